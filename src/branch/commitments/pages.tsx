/** `/branch/commitments`: what a branch has promised, and what became of it. In the order it was made, and no other. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { chineseDate } from '../../kernel/time.ts';
import { requireSession } from '../../people/accounts/index.ts';
import { type RouteContext, requireShape, sentForm } from '../../platform/http/index.ts';
import { Badge, DefinitionList, EmptyState, RowLink, Table } from '../../platform/web/index.ts';
import { ActForms } from '../forms.tsx';
import type { BranchDeps } from '../records/index.ts';
import { BranchPage, leaveFlash, type ShellDeps, seeOther, show, staffPage } from '../shell.tsx';
import { actOnCommitment, type CommitmentAct, makeCommitment, type NewCommitment } from './commands.ts';
import { actFields, MakeForm } from './pages-forms.tsx';
import type { CommitmentView } from './present.ts';
import { commitmentsAt, lookAtCommitment, ownCommitments } from './queries.ts';
import { COMMITMENT_BODY, COMMITMENT_EVENT_BODY } from './schema.ts';
import { HOLDERS, KINDS, OUTCOMES } from './types.ts';

type PageDeps = BranchDeps & ShellDeps;
const HOME = '/branch/commitments';

export function commitmentPages(router: Router, deps: PageDeps): void {
  router.get(
    HOME,
    staffPage((ctx) => ownPage(ctx, deps)),
  );
  router.get(`${HOME}/at/:org`, (ctx) => orgPage(ctx, deps));
  router.get(`${HOME}/:id`, (ctx) => commitmentPage(ctx, deps));
  router.post(HOME, async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const { _request, _csrf: _, isForOrg, ...typed } = Object.fromEntries(sentForm(ctx).fields);
    const given = { ...typed, isForOrg: isForOrg === 'on' };
    try {
      requireShape(COMMITMENT_BODY, given);
      const { id } = await makeCommitment(
        deps,
        who,
        given as unknown as NewCommitment,
        _request || undefined,
      );
      leaveFlash(ctx, 'done', '已存为草稿，交支部审核后公布。');
      seeOther(ctx, `${HOME}/${id}`);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return ownPage(ctx, deps, error.faults, typed);
    }
  });
  router.post(`${HOME}/:id/act/:event`, async (ctx: RouteContext) => {
    const { id = '', event = '' } = ctx.params as Record<string, string>;
    const who = requireSession(ctx);
    try {
      const act = readAct(event, new Map(sentForm(ctx).fields));
      requireShape(COMMITMENT_EVENT_BODY, act);
      await actOnCommitment(deps, who, id, act);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return commitmentPage(ctx, deps, error.faults);
    }
    leaveFlash(ctx, 'done', '已办理。');
    seeOther(ctx, event === 'CANCEL' ? HOME : `${HOME}/${id}`);
  });
}

function readAct(event: string, sent: ReadonlyMap<string, string>): CommitmentAct {
  const one = (name: string): string => sent.get(name) ?? '';
  const act = { event, version: Number(one('version')) };
  if (event === 'REPORT') return { ...act, evidence: one('evidence') };
  if (!event.startsWith('REVIEW')) return { ...act, reason: one('reason') };
  const outcome = one('outcome') as keyof typeof OUTCOMES;
  return {
    ...act,
    review: { metOn: one('metOn'), present: Number(one('present')), outcome, remark: one('remark') },
  };
}

function Commitments({ caption, rows }: { caption: string; rows: readonly CommitmentView[] }): JSX.Element {
  return (
    <Table
      caption={caption}
      list
      rows={rows}
      rowKey={(c) => c.id}
      empty={<EmptyState title="还没有承诺">公布以后列在这里。</EmptyState>}
      columns={[
        { title: '承诺', head: true, cell: (c) => <RowLink href={`${HOME}/${c.id}`}>{c.text}</RowLink> },
        { title: '谁的', cell: (c) => c.author },
        { title: '兑现日期', nowrap: true, cell: (c) => chineseDate(c.promisedOn) },
        {
          title: '状态',
          cell: (c) => <Badge tone={c.isDue ? 'warn' : 'neutral'} text={c.isDue ? '快到期' : c.stateTitle} />,
        },
      ]}
    />
  );
}

async function ownPage(
  ctx: RouteContext,
  deps: PageDeps,
  faults: readonly Fault[] = [],
  typed: Record<string, string> = {},
): Promise<void> {
  const who = requireSession(ctx);
  const orgs = [...new Set(who.grants.filter((g) => g.role.startsWith('party-')).map((g) => g.org))];
  const places = orgs.map((id) => ({ id, name: deps.orgs.get(id).name }));
  const requestId = newId(deps.clock.now(), deps.random);
  show(
    ctx,
    <BranchPage ctx={ctx} deps={deps} title="承诺" heading="我的承诺">
      <p class="lead">承诺由支部会议评议，不打分、不排名。年老、有病的可以随时取消。</p>
      <Commitments caption="我的承诺" rows={await ownCommitments(deps, who)} />
      <ul>
        {places.map(({ id, name }) => (
          <li key={id}>
            <a href={`${HOME}/at/${id}`}>{name}的承诺</a>
          </li>
        ))}
      </ul>
      {places.length > 0 && (
        <MakeForm {...{ places, requestId, faults, typed }} csrf={ctx.state.csrf ?? ''} />
      )}
    </BranchPage>,
    faults.length > 0 ? 422 : 200,
  );
}

async function orgPage(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const org = ctx.params.org as string;
  const { commitments, tally } = await commitmentsAt(deps, ctx.state.actor ?? null, org);
  const title = `${deps.orgs.get(org).name}的承诺`;
  show(
    ctx,
    <BranchPage ctx={ctx} deps={deps} title={title} heading={title}>
      {tally && (
        <p class="lead">
          {tally.holders} 个承诺人，{tally.items} 项；已兑现 {tally.fulfilled} 项，部分兑现 {tally.partly}{' '}
          项，未兑现 {tally.not} 项，未评议 {tally.undecided} 项，其中超过期限 {tally.late} 项。
        </p>
      )}
      <Commitments caption="按承诺先后" rows={commitments} />
    </BranchPage>,
  );
}

async function commitmentPage(
  ctx: RouteContext,
  deps: PageDeps,
  faults: readonly Fault[] = [],
): Promise<void> {
  const view = await lookAtCommitment(deps, ctx.state.actor ?? null, ctx.params.id as string);
  show(
    ctx,
    <BranchPage ctx={ctx} deps={deps} title="承诺" heading={view.text}>
      <DefinitionList
        items={[
          { term: '承诺人', detail: `${view.author}（${HOLDERS[view.of as keyof typeof HOLDERS]}）` },
          { term: '类别', detail: KINDS[view.kind as keyof typeof KINDS] },
          { term: '受益人', detail: view.beneficiary },
          { term: '兑现日期', detail: chineseDate(view.promisedOn) },
          { term: '状态', detail: view.stateTitle },
          ...(view.evidence ? [{ term: '完成情况', detail: view.evidence }] : []),
          ...view.reviews.map((r, i) => ({
            term: i === 0 ? '会议评议' : '会议再议',
            detail: `${chineseDate(r.metOn)}，到会 ${r.present} 人：${OUTCOMES[r.outcome]}。${r.remark}`,
          })),
        ]}
      />
      <ActForms
        possible={view.possible}
        version={view.version}
        action={`${HOME}/${view.id}/act`}
        csrf={ctx.state.csrf ?? ''}
        faults={faults}
        fields={actFields}
      />
    </BranchPage>,
    faults.length > 0 ? 422 : 200,
  );
}
