/** `/branch/disclosures`: what waits for oneself, what is due, and the counters, each of which is a list. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDate, chineseDateTime, chineseDue, localDate } from '../../../kernel/time.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape } from '../../../platform/http/index.ts';
import {
  Badge,
  Button,
  Card,
  CsrfField,
  EmptyState,
  ErrorSummary,
  Fold,
  fieldId,
  LinkButton,
  Pager,
  RowLink,
  SelectField,
  StatTiles,
  Table,
  TextField,
} from '../../../platform/web/index.ts';
import type { BranchDeps } from '../../records/index.ts';
import { BranchPage, leaveFlash, seeOther, show, staffPage } from '../../shell.tsx';
import * as acts from '../acts.ts';
import { itemsFor, timingOf } from '../catalogue.ts';
import { mayPropose } from '../policy.ts';
import {
  type DuesAsked,
  type DueView,
  duesOf,
  figuresOf,
  OBJECTION_STANDINGS,
  objectionsOf,
  STANDINGS,
  waitingFor,
} from '../queries.ts';
import { DUES_QUERY, HAPPENED_BODY } from '../schema.ts';
import type { ObjectionStanding, Standing } from '../store.ts';
import { sentBy } from './sent.ts';

const HOME = '/branch/disclosures';
const WORDS: Readonly<Record<Standing, string>> = {
  open: '待公开',
  overdue: '逾期未公开',
  'in-hand': '在办',
  'on-time': '按期公开',
  late: '逾期公开',
  withheld: '不予公开',
};
const SAID: Readonly<Record<ObjectionStanding, string>> = {
  waiting: '意见待答复',
  late: '意见逾期未答复',
  answered: '意见按期答复',
  'answered-late': '意见逾期答复',
};

type Asked = DuesAsked & { said?: string };
const addressOf = (asked: Asked): string => {
  const query = new URLSearchParams(
    Object.entries(asked).filter(([, v]) => v) as [string, string][],
  ).toString();
  return query === '' ? HOME : `${HOME}?${query}`;
};

function Standings({ due }: { due: DueView }): JSX.Element {
  if (due.overdue) return <Badge tone="danger" text="逾期" />;
  if (due.disclosure) return <Badge tone="info" text={due.disclosure.title} />;
  return due.metOn ? <Badge tone="done" text="已公开" /> : <Badge text="待公开" />;
}

function Act({ due, mine }: { due: DueView; mine: boolean }): JSX.Element | string {
  if (due.disclosure) return <RowLink href={`${HOME}/${due.disclosure.id}`}>查看</RowLink>;
  return mine && due.metOn === null ? <RowLink href={`${HOME}/dues/${due.id}`}>拟稿</RowLink> : '—';
}

function Dues(props: {
  dues: DueView[];
  next: string | null;
  asked: Asked;
  mine(orgId: string): boolean;
}): JSX.Element {
  const { dues, next, asked, mine } = props;
  return (
    <>
      <Table
        caption={asked.standing ? WORDS[asked.standing] : '该公开的事项，按最迟日期排列'}
        rows={dues}
        rowKey={(d) => d.id}
        list
        empty={<EmptyState title="没有这样的事项">到了该公开的时候，会自动列在这里。</EmptyState>}
        columns={[
          { title: '事项', head: true, cell: (d) => d.title },
          { title: '组织', cell: (d) => d.org.name },
          { title: '最迟', nowrap: true, cell: (d) => chineseDue(d.dueOn, d.dueProvisional) },
          { title: '情况', cell: (d) => <Standings due={d} /> },
          { title: '办理', cell: (d) => <Act due={d} mine={mine(d.org.id)} /> },
        ]}
      />
      <Pager next={next && addressOf({ ...asked, after: next })} />
    </>
  );
}

/** A decision, a change, a request: what the calendar cannot know. */
function Happened(props: {
  deps: BranchDeps;
  who: SignedIn;
  csrf: string;
  faults: Fault[];
}): JSX.Element | null {
  const { deps, who, csrf, faults } = props;
  const org = who.grants.map((g) => g.org).find((id) => deps.orgs.find(id) && mayPropose(who, id, deps.orgs));
  if (org === undefined) return null;
  const items = itemsFor(deps.orgs, org).filter((i) => timingOf(i).kind !== 'periodic');
  const today = localDate(deps.clock.now());
  const error = (pointer: string) => {
    const fault = faults.find((f) => f.pointer === pointer);
    return fault ? { error: fault.message } : {};
  };
  return (
    <Fold title="登记一件刚发生、该公开的事" open={faults.length > 0}>
      <form method="post" action={`${HOME}/dues`}>
        <CsrfField token={csrf} />
        <input type="hidden" name="_request" value={newId(deps.clock.now(), deps.random)} />
        <input type="hidden" name="orgId" value={org} />
        {faults.length > 0 && <ErrorSummary faults={faults} />}
        <SelectField
          id={fieldId('/item')}
          name="item"
          label="目录项"
          blank="请选择"
          required
          options={items.map((i) => ({ value: i.id, text: `${i.title}（${timingOf(i).title}）` }))}
          {...error('/item')}
        />
        <TextField id={fieldId('/what')} name="what" label="什么事" required {...error('/what')} />
        <TextField
          id={fieldId('/on')}
          name="on"
          label="哪一天"
          type="date"
          value={today}
          required
          {...error('/on')}
        />
        <Button>登记</Button>
      </form>
    </Fold>
  );
}

/** The objections behind a counter. */
async function Said({
  deps,
  who,
  asked,
}: {
  deps: BranchDeps;
  who: SignedIn;
  asked: Asked;
}): Promise<JSX.Element> {
  const standing = asked.said as ObjectionStanding;
  const found = await objectionsOf(deps, who, asked, standing);
  return (
    <Table
      caption={SAID[standing]}
      rows={found}
      rowKey={(o) => o.id}
      empty={<EmptyState title="没有这样的意见" />}
      columns={[
        {
          title: '提出',
          head: true,
          cell: (o) => <a href={`${HOME}/${o.disclosureId}`}>{chineseDate(o.raisedOn)}</a>,
        },
        { title: '组织', cell: (o) => deps.orgs.get(o.orgId).name },
        { title: '最迟答复', cell: (o) => chineseDue(o.dueOn, o.dueProvisional) },
        { title: '答复', cell: (o) => (o.answeredOn ? chineseDate(o.answeredOn) : '—') },
      ]}
    />
  );
}

const Waiting = ({ lines }: { lines: Awaited<ReturnType<typeof waitingFor>> }): JSX.Element => (
  <Table
    caption="轮到您办的"
    rows={lines}
    rowKey={(l) => l.id}
    list
    empty={<EmptyState title="现在没有轮到您办的" />}
    columns={[
      { title: '标题', head: true, cell: (l) => l.title },
      { title: '组织', cell: (l) => l.orgName },
      { title: '到哪一步', cell: (l) => l.stateTitle },
      { title: '最迟', nowrap: true, cell: (l) => (l.dueOn ? chineseDue(l.dueOn, l.dueProvisional) : '—') },
      { title: '办理', cell: (l) => <RowLink href={`${HOME}/${l.id}`}>{l.act}</RowLink> },
    ]}
  />
);

async function Figures({
  deps,
  who,
  asked,
}: {
  deps: BranchDeps;
  who: SignedIn;
  asked: Asked;
}): Promise<JSX.Element> {
  const narrowed: Asked = { org: asked.org, wing: asked.wing, tree: asked.tree };
  const { dues, objections, asOf } = await figuresOf(deps, who, narrowed);
  return (
    <>
      <StatTiles
        label={`截至${chineseDateTime(asOf)}`}
        stats={[
          ...STANDINGS.map((s) => ({
            label: WORDS[s],
            value: dues[s],
            href: addressOf({ ...narrowed, standing: s }),
            tone: s === 'overdue' && dues[s] > 0 ? ('danger' as const) : ('plain' as const),
          })),
          ...OBJECTION_STANDINGS.map((s) => ({
            label: SAID[s],
            value: objections[s],
            href: addressOf({ ...narrowed, said: s }),
          })),
        ]}
      />
      <p class="help">
        截至 {chineseDateTime(asOf)}。
        {asked.tree === 'then' ? '按当时的组织关系统计。' : '按今天的组织关系统计。'}
        <a href={addressOf({ ...asked, tree: asked.tree === 'then' ? undefined : 'then' })}>
          {asked.tree === 'then' ? '改按今天的' : '改按当时的'}
        </a>
      </p>
    </>
  );
}

export function mountHome(router: Router, deps: BranchDeps): void {
  const draw = async (ctx: RouteContext, faults: Fault[]) => {
    const who = requireSession(ctx);
    const { said, ...query } = ctx.query as Asked;
    requireShape(DUES_QUERY, query, '/query');
    const asked: Asked = {
      ...query,
      ...(OBJECTION_STANDINGS.some((s) => s === said) && { said: said as string }),
    };
    const { dues, next } = await duesOf(deps, who, query);
    show(
      ctx,
      <BranchPage ctx={ctx} deps={deps} title="公开" heading="党务公开、村务公开">
        {await Figures({ deps, who, asked })}
        <Waiting lines={await waitingFor(deps, who)} />
        <Happened deps={deps} who={who} csrf={ctx.state.csrf ?? ''} faults={faults} />
        {asked.said ? (
          await Said({ deps, who, asked })
        ) : (
          <Dues dues={dues} next={next} asked={asked} mine={(org) => mayPropose(who, org, deps.orgs)} />
        )}
        <Card>
          <LinkButton kind="quiet" href="/disclosures">
            看公开栏
          </LinkButton>
        </Card>
      </BranchPage>,
      faults.length > 0 ? 422 : 200,
    );
  };
  router.get(
    HOME,
    staffPage((ctx) => draw(ctx, [])),
  );
  router.post(`${HOME}/dues`, async (ctx: RouteContext) => {
    const sent = sentBy(ctx);
    try {
      const given = {
        orgId: sent.one('orgId'),
        item: sent.one('item'),
        on: sent.one('on'),
        what: sent.one('what'),
      };
      requireShape(HAPPENED_BODY, given);
      const due = await acts.noteOccasion(deps, requireSession(ctx), given as never, sent.requestId);
      leaveFlash(ctx, 'done', '已登记，接着拟稿。');
      seeOther(ctx, `${HOME}/dues/${due.id}`);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      await draw(ctx, error.faults);
    }
  });
}
