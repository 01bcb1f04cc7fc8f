/** `/payouts/schemes/:code`: what a scheme pays, by which numbers, and its runs. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Card,
  DefinitionList,
  LinkButton,
  Pager,
  Table,
} from '../../../platform/web/index.ts';
import { OFFICE_WORDS } from '../../../workflow/draw/words.ts';
import type { Parameter } from '../../../workflow/parameters.ts';
import { saying } from '../../../workflow/rules.ts';
import { staffPage } from '../../shell.tsx';
import { mayPrepare, maySeeTotals, seenPaths } from '../policy.ts';
import type { Scheme } from '../rules/schemes.ts';
import { runList } from '../runs/view.ts';
import { address, chosen, type PageDeps, page } from './parts.tsx';
import { RunTable } from './run-table.tsx';
import { schemeAt, schemePath } from './scheme-at.ts';
import { RHYTHMS, WAYS } from './words.ts';

export function mountSchemes(router: Router, deps: PageDeps): void {
  router.get(
    '/payouts/schemes/:code',
    staffPage((ctx) => schemePage(ctx, deps)),
  );
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
            <LinkButton kind="primary" href={`${schemePath(scheme)}/new`}>
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
            prev={after === undefined ? null : schemePath(scheme)}
            next={next && address(schemePath(scheme), { after: next })}
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
