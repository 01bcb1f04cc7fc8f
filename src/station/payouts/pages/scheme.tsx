/** `/payouts/schemes/:code`: what a scheme pays, by which numbers, and its runs; `/new`: a run is prepared. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { notAllowed, notFound } from '../../../errors.ts';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  LinkButton,
  Pager,
  RadioField,
  Table,
} from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { OFFICE_WORDS } from '../../../workflow/draw/words.ts';
import type { Parameter } from '../../../workflow/parameters.ts';
import { saying } from '../../../workflow/rules.ts';
import { readSent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { mayPrepare, maySeeTotals, seenPaths } from '../policy.ts';
import { nextPeriod, periodOf, periodTitle } from '../rules/periods.ts';
import type { Scheme } from '../rules/schemes.ts';
import { prepareRun } from '../runs/prepare.ts';
import { type RunSummary, runList } from '../runs/view.ts';
import { findScheme } from '../schemes.ts';
import { address, chosen, Money, OnceFields, type PageDeps, page, State } from './parts.tsx';
import { HELD_REASONS, RHYTHMS, RUN_STATES, WAYS } from './words.ts';

const pathOf = ({ code }: Scheme): string => `/payouts/schemes/${code}`;

export function mountSchemes(router: Router, deps: PageDeps): void {
  router.get(
    '/payouts/schemes/:code',
    staffPage((ctx) => schemePage(ctx, deps)),
  );
  router.get(
    '/payouts/schemes/:code/new',
    staffPage((ctx) => newPage(ctx, deps, {})),
  );
  router.post('/payouts/schemes/:code/new', (ctx: RouteContext) => prepareSent(ctx, deps));
}

/** @throws notFound also for who sees neither its sums nor anybody it pays */
function schemeAt(ctx: RouteContext, { orgs }: PageDeps): Scheme {
  const who = requireSession(ctx);
  const scheme = findScheme(ctx.params.code as string);
  if (!scheme || (!maySeeTotals(who, orgs, scheme) && seenPaths(who, orgs, scheme).length === 0))
    throw notFound('payout.scheme_not_found');
  return scheme;
}

async function schemePage(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const who = requireSession(ctx);
  const scheme = schemeAt(ctx, deps);
  const seesTotals = maySeeTotals(who, deps.orgs, scheme);
  const after = chosen(ctx, 'after');
  const { runs, next } = await runList(deps, who, { scheme: scheme.code, ...(after && { after }) });
  page(
    ctx,
    deps,
    { title: scheme.title, crumbs: [{ text: scheme.title }], lead: sentence(deps, scheme.who) },
    <>
      <Card
        title="标准和规则"
        tone="now"
        aside={!scheme.verified && <Badge tone="warn" text="标准待主管部门核定" />}
      >
        <DefinitionList
          items={[
            { term: '标准', detail: sentence(deps, scheme.standard), wide: true },
            {
              term: '怎样发',
              detail: `${RHYTHMS[scheme.rhythm]}编制批次；${scheme.ways.map((w) => WAYS[w]).join('、')}`,
            },
            { term: '每人', detail: RHYTHMS[scheme.claims] },
            { term: '起发', detail: startOf(scheme), wide: true },
            { term: '停发', detail: stopOf(scheme), wide: true },
            { term: '由谁发放', detail: OFFICE_WORDS[scheme.department] },
            { term: '事项', detail: <Items scheme={scheme} deps={deps} /> },
            { term: '来源', detail: scheme.source, wide: true },
          ]}
        />
        <Actions>
          {mayPrepare(who, deps.orgs, scheme) && (
            <LinkButton kind="primary" href={`${pathOf(scheme)}/new`}>
              编制批次
            </LinkButton>
          )}
          {seenPaths(who, deps.orgs, scheme).length > 0 && (
            <LinkButton href={`/payouts/entitlements?scheme=${scheme.code}`}>领取人员</LinkButton>
          )}
          {seesTotals && <LinkButton href={`/payouts/report?scheme=${scheme.code}`}>收支报告</LinkButton>}
        </Actions>
      </Card>
      <Parameters list={parametersOf(deps, scheme)} />
      {seesTotals && (
        <Card title="批次">
          <RunTable runs={runs} />
          <Pager
            prev={after === undefined ? null : pathOf(scheme)}
            next={next && address(pathOf(scheme), { after: next })}
          />
        </Card>
      )}
    </>,
  );
}

const sentence = (deps: PageDeps, text: string): string =>
  saying(text, deps.definitions.params(localDate(deps.clock.now())));

const startOf = ({ claims, backPay }: Scheme): string => {
  const missed = backPay ? '暂停期间的，恢复以后补发。' : '暂停期间的，恢复以后不补发。';
  return claims === 'once' ? '按决定一次发清。' : `按决定写明的首期起发。${missed}`;
};

const stopOf = ({ claims, stopsFrom, until }: Scheme): string => {
  if (claims === 'once') return '发放以前终止的，不再发放。';
  const rule =
    stopsFrom === 'next-period' ? '从停发事由发生的下一期起停发。' : '从停发事由发生的当期起停发。';
  return until === null ? rule : `${rule}到期自动停发。`;
};

const Items = ({ scheme, deps }: { scheme: Scheme; deps: PageDeps }): JSX.Element => (
  <div>
    {scheme.items.map((code) => (
      <p key={code}>
        <a href={`/items/${code}`}>{deps.definitions.list().find((d) => d.code === code)?.title ?? code}</a>
      </p>
    ))}
  </div>
);

const NAMED = /params\.([A-Za-z0-9]+)/g;

/** Every parameter that the scheme is worked out by, each of its values. */
function parametersOf({ definitions }: PageDeps, scheme: Scheme): Parameter[] {
  const { who, standard, from, until, cash } = scheme;
  const said = [who, standard, from, until, cash].join(' ');
  const names = new Set([...said.matchAll(NAMED)].map((m) => m[1]));
  return definitions.parameters().filter((p) => names.has(p.name));
}

const Parameters = ({ list }: { list: readonly Parameter[] }): JSX.Element | null =>
  list.length === 0 ? null : (
    <Card title="参数">
      <Table
        caption="标准中用到的参数"
        captionHidden
        rows={list}
        rowKey={(p) => `${p.name} ${p.from}`}
        columns={[
          { title: '参数', head: true, cell: (p) => p.title },
          { title: '值', nowrap: true, cell: (p) => `${[p.value].flat().join('、')} ${p.unit}` },
          {
            title: '有效期',
            cell: (p) => `${chineseDate(p.from)}起${p.to === null ? '' : `，至 ${chineseDate(p.to)}`}`,
          },
          {
            title: '来源',
            cell: (p) => (
              <div>
                {p.source}
                {!p.verified && <p class="help">待主管部门核定</p>}
              </div>
            ),
          },
        ]}
      />
    </Card>
  );

export const RunTable = ({ runs }: { runs: readonly RunSummary[] }): JSX.Element => (
  <Table
    caption="批次，最近的在前"
    captionHidden
    rows={runs}
    rowKey={(r) => r.id}
    empty={<EmptyState title="还没有批次">承办人编制以后会出现在这里。</EmptyState>}
    columns={[
      {
        title: '批次',
        head: true,
        cell: (r) => (
          <div>
            <a href={`/payouts/runs/${r.id}`}>{r.number}</a>
            {r.kind === 'outside' && <p class="help">手工发放</p>}
          </div>
        ),
      },
      { title: '期', nowrap: true, cell: (r) => r.periodTitle },
      { title: '人数', numeric: true, cell: (r) => r.count },
      { title: '合计', numeric: true, nowrap: true, cell: (r) => <Money fen={r.total} /> },
      {
        title: '编制',
        nowrap: true,
        cell: (r) => `${r.prepared.name} ${chineseDate(localDate(r.prepared.at))}`,
      },
      { title: '状态', cell: (r) => <State word={RUN_STATES[r.state]} /> },
    ]}
  />
);

/** The period that runs now, and how many before it may be chosen. */
const BACK = 2;

interface New {
  period?: string;
  faults?: readonly Fault[];
  problem?: string;
  status?: number;
  requestId?: string;
}

async function newPage(ctx: RouteContext, deps: PageDeps, given: New): Promise<void> {
  const scheme = schemeAt(ctx, deps);
  if (!mayPrepare(requireSession(ctx), deps.orgs, scheme)) throw notAllowed();
  const now = periodOf(scheme.rhythm, localDate(deps.clock.now()));
  const periods = Array.from({ length: BACK + 1 }, (_, i) => nextPeriod(now, -i));
  const { runs } = await runList(deps, requireSession(ctx), { scheme: scheme.code, state: 'draft' });
  page(
    ctx,
    deps,
    {
      title: `编制批次：${scheme.title}`,
      heading: '编制批次',
      crumbs: [{ href: pathOf(scheme), text: scheme.title }, { text: '编制批次' }],
      lead: scheme.title,
      status: given.status ?? 200,
      ...(given.problem && { flash: { kind: 'warn', text: given.problem } as const }),
    },
    runs.length > 0 ? (
      <Card tone="warn" title="这个项目还有一个批次没有审批">
        <p>批准或者作废它以后，才能编制新的批次。</p>
        <RunTable runs={runs} />
      </Card>
    ) : (
      <form method="post" action={`${pathOf(scheme)}/new`}>
        <OnceFields ctx={ctx} deps={deps} requestId={given.requestId} />
        <ErrorSummary faults={given.faults ?? []} />
        <RadioField
          id="f-period"
          name="period"
          label="发到哪一期"
          help="到这一期为止应发而没有发的，一次编入：包括以前各期漏发的、银行退回要重发的。编制以后先看预览，另一人批准以后才会发出。"
          required
          value={given.period ?? now}
          options={periods.map((p, i) => ({
            value: p,
            text: `${periodTitle(p)}${i === 0 ? '（本期）' : ''}`,
          }))}
        />
        <Actions>
          <Button>编制并预览</Button>
          <LinkButton kind="quiet" href={pathOf(scheme)}>
            返回
          </LinkButton>
        </Actions>
      </form>
    ),
  );
}

async function prepareSent(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const sent = await readSent(ctx);
  const { code } = schemeAt(ctx, deps);
  const [period, requestId] = [sent.one('period'), sent.one('_request')];
  try {
    const id = await prepareRun(deps, sent.who, { scheme: code, period }, requestId || undefined);
    leaveFlash(ctx, 'done', '批次已编制，请核对预览。');
    return seeOther(ctx, `/payouts/runs/${id}`);
  } catch (error) {
    if (isRefusal(error, 'payout.draft_open', 'payout.nothing_due', 'payout.moved'))
      return newPage(ctx, deps, { period, problem: problemOf(error), status: 409 });
    if (!isRefusal(error) || !error.faults || error.code === 'request.reused') throw error;
    return newPage(ctx, deps, { period, faults: error.faults, status: 422, requestId });
  }
}

/** 没有应发的钱……暂停发放 2 人，账户有误 1 人 */
function problemOf({ code, data }: { code: string; data: Record<string, unknown> | undefined }): string {
  const held = Object.entries((data?.held ?? {}) as Record<keyof typeof HELD_REASONS, number>);
  const told = held.map(([why, count]) => `${HELD_REASONS[why as keyof typeof HELD_REASONS]} ${count} 人`);
  const words = ERROR_WORDING[code as keyof typeof ERROR_WORDING];
  return told.length > 0 ? `${words}暂不发放的：${told.join('，')}。` : words;
}
