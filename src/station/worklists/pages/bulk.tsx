/** One act on the cases ticked: choose it, look what it does to each, do it, read what became of each. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  LinkButton,
  RadioField,
  Table,
  TextArea,
} from '../../../platform/web/index.ts';
import type { CaseDeps, FullCase } from '../../cases/index.ts';
import { readSent, type Sent } from '../../sent.ts';
import { leaveFlash, StationPage, seeOther, show } from '../../shell.tsx';
import {
  actOnAll,
  type BulkScene,
  bulkScene,
  claimAll,
  comesTo,
  nameOf,
  type Outcome,
  opinionFaults,
  pickedCases,
} from '../bulk.ts';
import { BULK_ACTS, type BulkAct } from '../schema.ts';

/** `/worklists/bulk`, `…/confirm`, `…/run`, `…/claim`: forms that follow each other. */
export function mountBulk(router: Router, deps: CaseDeps): void {
  router.post('/worklists/bulk', async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    if (sent.all('case').length === 0) return nothingTicked(ctx, sent);
    choosePage(ctx, deps, sent, await sceneOf(deps, sent));
  });
  router.post('/worklists/bulk/confirm', async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    await confirm(ctx, deps, sent);
  });
  router.post('/worklists/bulk/run', async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const event = actOf(sent);
    if (!event || sent.all('case').length === 0) return nothingTicked(ctx, sent);
    const cases = sent.all('case').map((said) => {
      const [id = '', version = ''] = said.split(':');
      return { id, version: Number(version) };
    });
    const input = { event, opinion: sent.one('opinion'), cases };
    resultPage(ctx, deps, sent, await actOnAll(deps, sent.who, input, sent.requestId));
  });
  router.post('/worklists/bulk/claim', async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    if (sent.all('case').length === 0) return nothingTicked(ctx, sent);
    resultPage(ctx, deps, sent, await claimAll(deps, sent.who, sent.all('case'), sent.requestId));
  });
}

const actOf = (sent: Sent): BulkAct | undefined => BULK_ACTS.find((a) => a === sent.one('act'));

/** Back to the list as it was; never to another site. */
const backOf = (sent: Sent): string =>
  /^\/inbox(\?|$)/.test(sent.one('back')) ? sent.one('back') : '/inbox';

function nothingTicked(ctx: RouteContext, sent: Sent): void {
  leaveFlash(ctx, 'warn', '还没有选办件：先勾选，再办理。');
  seeOther(ctx, backOf(sent));
}

const sceneOf = async (deps: CaseDeps, sent: Sent): Promise<BulkScene> =>
  bulkScene(deps, sent.who, await pickedCases(deps, sent.who, sent.all('case')));

/** What every step hands on to the next. */
function Kept({ sent, deps, request }: { sent: Sent; deps: CaseDeps; request?: boolean }): JSX.Element {
  return (
    <>
      <CsrfField token={sent.who.csrf} />
      <input type="hidden" name="back" value={backOf(sent)} />
      {request && <input type="hidden" name="_request" value={newId(deps.clock.now(), deps.random)} />}
    </>
  );
}

const CaseFields = ({ cases }: { cases: readonly FullCase[] }): JSX.Element => (
  <>
    {cases.map(({ row }) => (
      <input key={row.id} type="hidden" name="case" value={row.id} />
    ))}
  </>
);

function Frame(props: {
  ctx: RouteContext;
  deps: CaseDeps;
  title: string;
  back: string;
  children: unknown;
}): JSX.Element {
  const { ctx, deps, title, back, children } = props;
  return (
    <StationPage
      ctx={ctx}
      deps={deps}
      title={title}
      heading={title}
      nav="inbox"
      breadcrumbs={[{ href: back, text: '待办' }, { text: title }]}
    >
      {children as JSX.Element}
    </StationPage>
  );
}

function choosePage(
  ctx: RouteContext,
  deps: CaseDeps,
  sent: Sent,
  scene: BulkScene,
  faults: readonly Fault[] = [],
): void {
  const { cases, offered, withheld } = scene;
  const chosen = actOf(sent) ?? (offered.length === 1 ? offered[0]?.act : undefined);
  show(
    ctx,
    <Frame ctx={ctx} deps={deps} title="批量办理" back={backOf(sent)}>
      <ErrorSummary faults={faults} />
      <p class="lead">选中 {cases.length} 件。下一步先看每件会怎样，再确认。</p>
      {withheld.length > 0 && (
        <Card title="不能批量办的" level={2}>
          <ul>
            {withheld.map(({ title, reason }) => (
              <li key={title}>
                {title}：{reason}。
              </li>
            ))}
          </ul>
        </Card>
      )}
      {offered.length === 0 ? (
        <Card title="选中的这些没有一种共同的办法" tone="warn">
          <p>
            批量只能“受理”“同意，送下一环节”“准予”，而且选中的每一件都要能这样办。其他办法要逐件填写，请打开办件办理。
          </p>
        </Card>
      ) : (
        <form method="post" action="/worklists/bulk/confirm">
          <Kept sent={sent} deps={deps} />
          <CaseFields cases={cases} />
          <RadioField
            id="f-act"
            name="act"
            label="怎样办"
            options={offered.map((o) => ({ value: o.act, text: o.title }))}
            {...(chosen && { value: chosen })}
            mark={false}
          />
          <TextArea
            id="f-opinion"
            name="opinion"
            label="意见"
            help="写一次，记在每一件上。"
            required={offered.some((o) => o.needsOpinion)}
            value={sent.one('opinion')}
          />
          <p class="help">要求补正、不予受理、现场核查这些要逐件填写的，请打开办件办理。</p>
          <Actions>
            <Button>下一步</Button>
          </Actions>
        </form>
      )}
      <CaseList cases={cases} />
    </Frame>,
    faults.length > 0 ? 422 : 200,
  );
}

function CaseList({ cases }: { cases: readonly FullCase[] }): JSX.Element {
  return (
    <Table
      caption="选中的办件"
      columns={[
        { title: '办件', head: true, cell: (c) => <a href={`/cases/${c.row.id}`}>{nameOf(c)}</a> },
        { title: '办件编号', cell: (c) => c.view.number ?? '' },
        { title: '村（社区）', cell: (c) => c.view.village.name },
        { title: '现在', cell: (c) => c.view.stateTitle },
      ]}
      rows={cases}
      rowKey={(c) => c.row.id}
    />
  );
}

async function confirm(ctx: RouteContext, deps: CaseDeps, sent: Sent): Promise<void> {
  if (sent.all('case').length === 0) return nothingTicked(ctx, sent);
  const scene = await sceneOf(deps, sent);
  const event = actOf(sent);
  const weighed = scene.offered.find((o) => o.act === event);
  const opinion = sent.one('opinion');
  if (!event || !weighed)
    return choosePage(ctx, deps, sent, scene, [{ pointer: '/act', message: '请选怎样办' }]);
  const faults = opinionFaults(deps, scene.cases[0] as FullCase, event, opinion);
  if (faults.length > 0) return choosePage(ctx, deps, sent, scene, faults);
  const rows = scene.cases.map((one, i) => {
    const refusal = weighed.refusals[i] ?? null;
    return { one, refusal, to: refusal === null ? comesTo(deps, sent.who, one, event, opinion) : null };
  });
  const doable = rows.filter((r) => r.refusal === null);
  show(
    ctx,
    <Frame ctx={ctx} deps={deps} title={`批量办理：${weighed.title}`} back={backOf(sent)}>
      <p class="lead">
        {doable.length} 件会办理{doable.length < rows.length && `，${rows.length - doable.length} 件不会`}。
        {opinion.trim() !== '' && `意见：${opinion.trim()}`}
      </p>
      <Table
        caption="每件会怎样"
        columns={[
          {
            title: '办件',
            head: true,
            cell: ({ one }) => <a href={`/cases/${one.row.id}`}>{nameOf(one)}</a>,
          },
          { title: '办件编号', cell: ({ one }) => one.view.number ?? '' },
          { title: '现在', cell: ({ one }) => one.view.stateTitle },
          {
            title: '办理以后',
            cell: ({ refusal, to }) =>
              refusal === null ? (
                <Badge tone="info" text={to as string} />
              ) : (
                <>
                  <Badge tone="warn" text="不办" /> {refusal}
                </>
              ),
          },
        ]}
        rows={rows}
        rowKey={({ one }) => one.row.id}
      />
      <form method="post" action="/worklists/bulk/run">
        <Kept sent={sent} deps={deps} request />
        <input type="hidden" name="act" value={event} />
        <input type="hidden" name="opinion" value={opinion} />
        {doable.map(({ one }) => (
          <input key={one.row.id} type="hidden" name="case" value={`${one.row.id}:${one.row.version}`} />
        ))}
        <Actions>
          {doable.length > 0 && <Button>办理这 {doable.length} 件</Button>}
          <LinkButton href={backOf(sent)}>不办了</LinkButton>
        </Actions>
      </form>
    </Frame>,
  );
}

function resultPage(ctx: RouteContext, deps: CaseDeps, sent: Sent, outcomes: readonly Outcome[]): void {
  const done = outcomes.filter((o) => o.done).length;
  show(
    ctx,
    <Frame ctx={ctx} deps={deps} title="批量办理的结果" back={backOf(sent)}>
      <p class="lead" role="status">
        办好 {done} 件{done < outcomes.length && `，没有办 ${outcomes.length - done} 件`}
        。刷新这一页不会重复办理。
      </p>
      <Table
        caption="每件的结果"
        columns={[
          { title: '办件', head: true, cell: (o) => <a href={`/cases/${o.id}`}>{o.name}</a> },
          { title: '办件编号', cell: (o) => o.number },
          {
            title: '结果',
            cell: (o) => <Badge tone={o.done ? 'done' : 'warn'} text={o.done ? '已办' : '没有办'} />,
          },
          { title: '说明', cell: (o) => o.text },
        ]}
        rows={outcomes}
        rowKey={(o) => o.id}
      />
      <Actions>
        <LinkButton kind="primary" href={backOf(sent)}>
          返回待办
        </LinkButton>
      </Actions>
    </Frame>,
  );
}
