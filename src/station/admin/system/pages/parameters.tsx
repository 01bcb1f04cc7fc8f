/** `/admin/parameters`: every number that may change, what it was on a day, and what it is to become. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault, notFound } from '../../../../errors.ts';
import { chineseDate, isLocalDate, localDate } from '../../../../kernel/time.ts';
import type { SignedIn } from '../../../../people/accounts/index.ts';
import { listProposals, type Proposal } from '../../../../platform/definitions/index.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import {
  Badge,
  Card,
  EmptyState,
  ErrorSummary,
  FilterForm,
  Pager,
  RowLink,
  Table,
} from '../../../../platform/web/index.ts';
import type { Parameter } from '../../../../workflow/parameters.ts';
import { listSchemes } from '../../../payouts/index.ts';
import { readSent } from '../../../sent.ts';
import { isRefusal, leaveFlash, seeOther } from '../../../shell.tsx';
import type { SystemDeps } from '../house.ts';
import { type Decision, decideValue, presentOf, proposeValue, type Typed, valuesOf } from '../parameters.ts';
import { endingSoon } from '../standing.ts';
import { type Use, usesOf } from '../usage.ts';
import { valueText } from '../values.ts';
import { DayCard, PATH, Present, ProposalCards, ProposeForm, Uses, Values } from './parameters-view.tsx';
import { address, answer, chosen, faultsOf, keeperPage, requireKeeper, wordsOf } from './parts.tsx';

const ON_A_PAGE = 50;
const SHOWS = { proposed: '等批准的', ending: '60 天内到期的', unverified: '没有核实的' };
type Show = keyof typeof SHOWS;

const DECISIONS: Record<Decision, string> = {
  approve: '已批准。',
  refuse: '已退回。',
  withdraw: '已撤回，仍按原来的数值。',
};

export function mountParameters(router: Router, deps: SystemDeps): void {
  let known: ReadonlyMap<string, readonly Use[]> | undefined;
  const uses = () => {
    known ??= usesOf(deps.definitions, listSchemes());
    return known;
  };
  const one = (ctx: RouteContext, who: SignedIn, refused?: Refused) =>
    onePage(ctx, deps, who, uses(), refused);
  router.get(
    PATH,
    keeperPage((ctx) => listPage(ctx, deps, uses())),
  );
  router.get(`${PATH}/:name`, keeperPage(one));
  router.post(`${PATH}/:name`, async (ctx) => {
    const sent = await readSent(ctx);
    requireKeeper(ctx);
    const typed: Typed = {
      name: nameOf(ctx),
      text: sent.one('text'),
      from: sent.one('from'),
      source: sent.one('source'),
      unitIs: sent.one('unitIs') === 'on',
    };
    try {
      await proposeValue(deps, sent.who, typed, sent.requestId);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults || error.code === 'request.reused') throw error;
      return one(ctx, sent.who, { typed, faults: error.faults, status: 422 });
    }
    leaveFlash(ctx, 'done', '已提出，等另一位系统管理员批准以后生效。');
    seeOther(ctx, `${PATH}/${typed.name}`);
  });
  router.post(`${PATH}/:name/:id/:decision`, async (ctx) => {
    const sent = await readSent(ctx);
    requireKeeper(ctx);
    const { id = '', decision = '' } = ctx.params as Record<string, string>;
    if (!Object.hasOwn(DECISIONS, decision)) throw notFound();
    const given = { id, decision: decision as Decision, reason: sent.one('reason') };
    try {
      await decideValue(deps, sent.who, given, sent.requestId);
      leaveFlash(ctx, 'done', DECISIONS[given.decision]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (error.faults) return one(ctx, sent.who, { faults: faultsOf(error), status: 422 });
      if (error.status !== 409 && error.code !== 'parameter.second_person') throw error;
      leaveFlash(ctx, 'error', wordsOf(error));
    }
    seeOther(ctx, `${PATH}/${nameOf(ctx)}`);
  });
}

interface Refused {
  typed?: Typed;
  faults: readonly Fault[];
  status: number;
}

const nameOf = (ctx: RouteContext): string => String(ctx.params.name);

interface Line {
  present: Parameter;
  pending: number;
}

async function listPage(
  ctx: RouteContext,
  deps: SystemDeps,
  uses: ReadonlyMap<string, readonly Use[]>,
): Promise<void> {
  const today = localDate(deps.clock.now());
  const proposals = await listProposals(deps.db.read, { state: 'proposed' });
  const text = chosen(ctx, 'text');
  const show = chosen(ctx, 'show');
  const after = chosen(ctx, 'after') ?? '';
  const found = linesOf(deps, proposals, today).filter(
    (l) => (text === undefined || matches(l.present, text, uses)) && isShown(deps, l, show as Show, today),
  );
  const lines = found.filter((l) => l.present.name > after);
  const page = lines.slice(0, ON_A_PAGE);
  const last = lines.length > ON_A_PAGE ? page.at(-1)?.present.name : undefined;
  answer(
    ctx,
    deps,
    {
      title: '参数',
      section: PATH,
      lead: `标准、限额、期限共 ${found.length} 个。新值由一人提出、另一人批准，从写明的那天起算；在办事项的期限仍按收件时的数值。`,
    },
    <>
      <FilterForm
        action={PATH}
        filters={[
          { name: 'text', label: '名称或者事项', value: text },
          {
            name: 'show',
            label: '只看',
            blank: '全部',
            width: 'medium',
            value: show,
            options: Object.entries(SHOWS).map(([value, t]) => ({ value, text: t })),
          },
        ]}
      />
      <Lines lines={page} uses={uses} today={today} />
      <Pager
        prev={after === '' ? null : address(PATH, { text, show })}
        next={last === undefined ? null : address(PATH, { text, show, after: last })}
      />
    </>,
  );
}

function linesOf(deps: SystemDeps, proposals: readonly Proposal[], today: string): Line[] {
  const byName = new Map<string, Parameter[]>();
  for (const p of deps.definitions.parameters()) byName.set(p.name, [...(byName.get(p.name) ?? []), p]);
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) => ({
      present: presentOf(values, today),
      pending: proposals.filter((p) => p.name === name).length,
    }));
}

const matches = (p: Parameter, text: string, uses: ReadonlyMap<string, readonly Use[]>): boolean =>
  [p.title, p.name, ...(uses.get(p.name) ?? []).map((u) => u.title)].some((t) => t.includes(text));

function isShown(
  deps: SystemDeps,
  { present, pending }: Line,
  show: Show | undefined,
  today: string,
): boolean {
  if (show === 'proposed') return pending > 0;
  if (show === 'unverified') return !present.verified;
  if (show === 'ending')
    return endingSoon(deps.definitions.parameters(), today).some((p) => p.name === present.name);
  return true;
}

function Lines(props: {
  lines: readonly Line[];
  uses: ReadonlyMap<string, readonly Use[]>;
  today: string;
}): JSX.Element {
  const { lines, uses, today } = props;
  return (
    <Card>
      <Table
        list
        caption="参数"
        captionHidden
        rows={lines}
        rowKey={(l) => l.present.name}
        empty={<EmptyState title="没有符合条件的参数" />}
        columns={[
          {
            title: '名称',
            head: true,
            cell: ({ present }) => <RowLink href={`${PATH}/${present.name}`}>{present.title}</RowLink>,
          },
          {
            title: '现在',
            cell: ({ present }) => (
              <>
                {valueText(present.value)} {typeof present.value === 'number' && present.unit}
              </>
            ),
          },
          { title: '起止', cell: ({ present }) => spanText(present, today) },
          {
            title: '用在',
            cell: ({ present }) =>
              (uses.get(present.name) ?? []).map((u) => u.title.split(' ')[0]).join('、'),
          },
          {
            title: '状态',
            cell: ({ present, pending }) => (
              <>
                <Badge
                  tone={present.verified ? 'done' : 'neutral'}
                  text={present.verified ? '已核实' : '没有核实'}
                />{' '}
                {pending > 0 && <Badge tone="info" text="有新值等批准" />}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** `2026年1月1日起`, `2026年1月1日至2026年12月31日` */
export function spanText({ from, to }: Parameter, today: string): string {
  const until = to === null ? '起' : `至${chineseDate(to)}`;
  return `${chineseDate(from)}${until}${to !== null && to < today ? '（已到期）' : ''}`;
}

async function onePage(
  ctx: RouteContext,
  deps: SystemDeps,
  who: SignedIn,
  uses: ReadonlyMap<string, readonly Use[]>,
  refused?: Refused,
): Promise<void> {
  const name = nameOf(ctx);
  const values = valuesOf(deps, name);
  const today = localDate(deps.clock.now());
  const present = presentOf(values, today);
  const asked = chosen(ctx, 'on');
  const proposals = await listProposals(deps.db.read, { name });
  answer(
    ctx,
    deps,
    { title: present.title, section: PATH, ...(refused && { status: refused.status }) },
    <>
      {refused && <ErrorSummary faults={refused.faults} title="没有办成" />}
      <Present present={present} today={today} />
      <ProposalCards deps={deps} who={who} proposals={proposals} present={present} today={today} />
      <ProposeForm
        deps={deps}
        who={who}
        present={present}
        today={today}
        typed={refused?.typed}
        faults={refused?.faults ?? []}
      />
      <Values values={values} proposals={proposals} today={today} />
      <DayCard
        name={name}
        values={values}
        on={asked !== undefined && isLocalDate(asked) ? asked : undefined}
      />
      <Uses uses={uses.get(name) ?? []} />
    </>,
  );
}
