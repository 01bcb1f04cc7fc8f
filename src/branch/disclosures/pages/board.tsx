/** `/disclosures`: the public boards, one disclosure with what readers said, and the answer for a receipt. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { chineseDate, chineseDue } from '../../../kernel/time.ts';
import { limit, type RouteContext, requireShape } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  fieldId,
  LinkButton,
  Pager,
  PrintButton,
  Table,
  TextArea,
  TextField,
} from '../../../platform/web/index.ts';
import { type BranchDeps, sightOf } from '../../records/index.ts';
import { BranchPage, seeOther, show } from '../../shell.tsx';
import * as acts from '../acts.ts';
import { villageOf } from '../catalogue.ts';
import { type BoardView, boardOf, type OnBoardView, objectionByReceipt, onBoard } from '../queries.ts';
import { OBJECTION_LIMIT } from '../routes.ts';
import { BOARD_QUERY, OBJECTION_BODY } from '../schema.ts';
import { Body } from './parts.tsx';
import { sentBy } from './sent.ts';

const BOARD = '/disclosures';

/** Public notices of a village's cases, from whoever keeps them; an objection to one goes back into its case there. */
export interface CaseNotices {
  of(villageId: string): Promise<{ title: string; href: string; until: string }[]>;
}

export const DisclosureTable = ({ board, caption }: { board: BoardView; caption: string }): JSX.Element => (
  <Table
    caption={caption}
    rows={board.disclosures}
    rowKey={(d) => d.id}
    empty={<EmptyState title="现在没有公开的内容" />}
    columns={[
      { title: '标题', head: true, cell: (d) => <a href={`${BOARD}/${d.id}`}>{d.title}</a> },
      { title: '类别', cell: (d) => `${d.wing === 'party' ? '党务' : '村务'} · ${d.category}` },
      { title: '组织', cell: (d) => d.org.name },
      { title: '公布', nowrap: true, cell: (d) => d.publishedOn && chineseDate(d.publishedOn) },
      { title: '公示到', nowrap: true, cell: (d) => (d.expiresOn ? chineseDate(d.expiresOn) : '长期') },
    ]}
  />
);

/** What is not shown is counted, with its reason. */
const Kept = ({ kept }: Pick<BoardView, 'kept'>): JSX.Element => (
  <Table
    caption="没有公开的"
    rows={kept}
    rowKey={(k) => k.ground}
    empty={<p>没有不予公开或者撤下的。</p>}
    columns={[
      { title: '原因', head: true, cell: (k) => k.words },
      { title: '件数', numeric: true, cell: (k) => k.n },
    ]}
  />
);

const Objections = ({ objections }: Pick<OnBoardView, 'objections'>): JSX.Element => (
  <Card title={`读者的意见（${objections.length}）`}>
    {objections.length === 0 && <p>还没有人提意见。</p>}
    {objections.map((o, i) => (
      <section key={i}>
        <h3>
          {chineseDate(o.raisedOn)}的意见 {o.late && <Badge tone="danger" text="逾期" />}
        </h3>
        {o.answer !== null && <p>{o.text ?? '原文不便公布。'}</p>}
        <p>
          {o.answer === null
            ? `最迟 ${chineseDue(o.dueOn, o.dueProvisional)} 答复。`
            : `答复（${chineseDate(o.answeredOn ?? o.raisedOn)}）：${o.answer}`}
        </p>
      </section>
    ))}
  </Card>
);

function ObjectForm({
  csrf,
  id,
  given,
  faults,
}: {
  csrf: string;
  id: string;
  given: Record<string, string>;
  faults: Fault[];
}): JSX.Element {
  const error = (pointer: string) => {
    const fault = faults.find((f) => f.pointer === pointer);
    return fault ? { error: fault.message } : {};
  };
  return (
    <section class="no-print">
      <Card title="提意见" id="object">
        <form method="post" action={`${BOARD}/${id}/objections`}>
          <CsrfField token={csrf} />
          {faults.length > 0 && <ErrorSummary faults={faults} />}
          <TextArea
            id={fieldId('/text')}
            name="text"
            label="意见"
            help="5 到 2000 字，可以不留姓名。五个工作日内答复，答复公布在本页。"
            value={given.text ?? ''}
            required
            {...error('/text')}
          />
          <TextField
            id={fieldId('/contact')}
            name="contact"
            label="联系方式"
            help="可以不填；只有本组织书记和审查、审批的人看得到。"
            value={given.contact ?? ''}
            {...error('/contact')}
          />
          <Actions>
            <Button>提交</Button>
          </Actions>
        </form>
      </Card>
    </section>
  );
}

const Facts = ({ one }: { one: OnBoardView }): JSX.Element => (
  <DefinitionList
    items={[
      { term: '组织', detail: <a href={`${BOARD}?org=${one.orgId}`}>{one.orgName}</a> },
      { term: '类别', detail: `${one.wing === 'party' ? '党务公开' : '村务公开'} · ${one.category}` },
      { term: '公布日期', detail: one.publishedOn && chineseDate(one.publishedOn) },
      { term: '公示到', detail: one.expiresOn ? chineseDate(one.expiresOn) : '长期' },
      { term: '依据', detail: one.basis },
    ]}
  />
);

function mountList(router: Router, deps: BranchDeps, cases: CaseNotices): void {
  router.get(BOARD, async (ctx: RouteContext) => {
    requireShape(BOARD_QUERY, { ...ctx.query }, '/query');
    const { org } = ctx.query as { org?: string };
    const board = await boardOf(deps, ctx.state.actor ?? null, ctx.query);
    const name = org === undefined ? '公开栏' : `${deps.orgs.get(org).name}公开栏`;
    const village = org === undefined ? undefined : villageOf(deps.orgs, org);
    const notices = village ? await cases.of(village.id) : [];
    show(
      ctx,
      <BranchPage ctx={ctx} deps={deps} title={name} heading={name}>
        <p class="lead">党务、村务公开。对公开的内容有意见的，打开它，在下面写；五个工作日内答复。</p>
        <DisclosureTable board={board} caption="正在公开" />
        <Pager
          next={board.next && `${BOARD}?${new URLSearchParams({ ...(org && { org }), before: board.next })}`}
        />
        {village && (
          <Table
            caption="办件公示"
            rows={notices}
            rowKey={(n) => n.href}
            empty={<p>{village.name}现在没有办件公示。</p>}
            columns={[
              { title: '公示', head: true, cell: (n) => <a href={n.href}>{n.title}</a> },
              { title: '截止', nowrap: true, cell: (n) => chineseDate(n.until) },
            ]}
          />
        )}
        {org !== undefined && <Kept kept={board.kept} />}
      </BranchPage>,
    );
  });
}

export function mountBoard(router: Router, deps: BranchDeps, cases: CaseNotices): void {
  mountList(router, deps, cases);
  const draw = async (ctx: RouteContext, given: Record<string, string>, faults: Fault[]) => {
    const one = await onBoard(deps, ctx.state.actor ?? null, ctx.params.id as string);
    // Copies elsewhere go with it, and what is about persons is in no index at all.
    if (one.expiresOn) ctx.set('X-Robots-Tag', 'noindex, noarchive');
    show(
      ctx,
      <BranchPage
        ctx={ctx}
        deps={deps}
        title={one.title}
        heading={one.title}
        breadcrumbs={[{ href: BOARD, text: '公开栏' }, { text: one.title }]}
      >
        <Card>
          <Facts one={one} />
          <Body title={one.title} text={one.text} grid={one.grid} />
        </Card>
        <Actions>
          <PrintButton>打印</PrintButton>
          {one.grid && (
            <LinkButton kind="quiet" href={`/api/disclosures/${one.id}/grid.csv`}>
              下载表格（CSV）
            </LinkButton>
          )}
        </Actions>
        <Objections objections={one.objections} />
        <ObjectForm csrf={ctx.state.csrf ?? ''} id={one.id} given={given} faults={faults} />
      </BranchPage>,
      faults.length > 0 ? 422 : 200,
    );
  };
  router.get(`${BOARD}/:id`, (ctx: RouteContext) => draw(ctx, {}, []));
  router.post(`${BOARD}/:id/objections`, limit(OBJECTION_LIMIT), async (ctx: RouteContext) => {
    const sent = sentBy(ctx);
    const contact = sent.one('contact');
    const given = { text: sent.one('text'), ...(contact && { contact }) };
    try {
      requireShape(OBJECTION_BODY, given);
      const { receipt } = await acts.object(deps, sightOf(ctx.state.actor ?? null, deps.orgs), {
        ...given,
        id: ctx.params.id as string,
      });
      seeOther(ctx, `${BOARD}/receipts/${receipt}`);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      await draw(ctx, given, error.faults);
    }
  });
  router.get(`${BOARD}/receipts/:code`, limit({ max: 60, perSeconds: 60 }), async (ctx: RouteContext) => {
    const code = ctx.params.code as string;
    const found = await objectionByReceipt(deps, code);
    show(
      ctx,
      <BranchPage ctx={ctx} deps={deps} title="意见回执" heading="意见回执" narrow>
        <Card>
          {found ? (
            <DefinitionList
              items={[
                { term: '回执编号', detail: code },
                { term: '提出', detail: chineseDate(found.raisedOn) },
                { term: '最迟答复', detail: chineseDue(found.dueOn, found.dueProvisional) },
                { term: '答复', detail: found.answer ?? '还没有答复', wide: true },
              ]}
            />
          ) : (
            <p>没有这个回执编号，请核对。</p>
          )}
        </Card>
        <p>请抄下回执编号，凭编号在本页查看答复；公开的内容撤下以后也查得到。</p>
      </BranchPage>,
      found ? 200 : 404,
    );
  });
}
