/** The public board. Longer than most: three short pages share one form and its answers. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault, invalid } from '../../errors.ts';
import { chineseDate, chineseDateTime, localDate } from '../../kernel/time.ts';
import { limit, type RouteContext, requireShape, sentForm } from '../../platform/http/index.ts';
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
  Pager,
  SelectField,
  Table,
  TextArea,
  TextField,
} from '../../platform/web/index.ts';
import { entriesOf } from '../facts.ts';
import { StationPage, show } from '../shell.tsx';
import {
  boardsOnDisplay,
  fileObjection,
  getNotice,
  noticesOnDisplay,
  objectionByReceipt,
} from './commands.ts';
import { boardPath, OBJECTION_LIMIT } from './routes.ts';
import { OBJECTION_BODY } from './schema.ts';
import type { BoardDeps, Notice, ObjectionSink } from './types.ts';

const STATES: Record<string, string> = {
  open: '正在核查',
  sustained: '异议成立，将重新核查',
  dismissed: '异议不成立',
};

const NoticeState = ({ notice }: { notice: Notice }): JSX.Element =>
  notice.state === 'open' ? <Badge tone="info" text="公示中" /> : <Badge text="已结束" />;

/** Who it is about; of a batch whose list it is: the first thing shown. */
const aboutWhom = ({ shown }: Notice): string =>
  (shown.find((s) => s.label === '姓名') ?? shown[1] ?? shown[0])?.value || '—';

function Board(props: { notices: Notice[]; next: string | null; org: string }): JSX.Element {
  const { notices, next, org } = props;
  if (notices.length === 0)
    return <EmptyState title="现在没有公示">有新的公示时会在这里展示，村公示栏同时张贴。</EmptyState>;
  return (
    <>
      <Table
        caption="正在展示的公示"
        rows={notices}
        rowKey={(n) => n.id}
        columns={[
          { title: '公示', head: true, cell: (n) => <a href={`/notices/${n.id}`}>{n.title}</a> },
          { title: '公示人', cell: (n) => aboutWhom(n) },
          { title: '张贴处', cell: (n) => n.board.name },
          { title: '截止', nowrap: true, cell: (n) => chineseDate(n.until) },
          { title: '状态', cell: (n) => <NoticeState notice={n} /> },
        ]}
      />
      <Pager next={next && `/notices?${new URLSearchParams({ ...(org && { org }), before: next })}`} />
    </>
  );
}

/** Look at one board only; works without a script. */
function BoardChoice({ boards, org }: { boards: { id: string; name: string }[]; org: string }): JSX.Element {
  return (
    <Card>
      <form method="get" action="/notices">
        <SelectField
          id="org"
          name="org"
          label="张贴处"
          blank="全部"
          value={org}
          options={boards.map(({ id, name }) => ({ value: id, text: name }))}
          mark={false}
        />
        <Actions>
          <Button kind="secondary">查看</Button>
        </Actions>
      </form>
    </Card>
  );
}

function ObjectionForm(props: {
  csrf: string;
  id: string;
  given: Record<string, string>;
  faults: Fault[];
}): JSX.Element {
  const { csrf, id, given, faults } = props;
  const fault = (name: string) => faults.find((f) => f.pointer === `/${name}`)?.message;
  const shared = (name: string) => {
    const error = fault(name);
    return {
      id: fieldId(`/${name}`),
      name,
      ...(error && { error }),
      ...(given[name] && { value: given[name] }),
    };
  };
  return (
    <Card title="提出异议" id="object">
      <form method="post" action={`/notices/${id}/objections`}>
        <CsrfField token={csrf} />
        {faults.length > 0 && <ErrorSummary faults={faults} />}
        <TextArea {...shared('text')} label="异议内容" help="说明哪里与事实不符，5 到 2000 字。" required />
        <TextField {...shared('name')} label="姓名" help="可以不填，匿名提出。" />
        <TextField {...shared('contact')} label="联系方式" help="填了方便答复您；只有核查人员能看到。" />
        <Actions>
          <Button>提交异议</Button>
        </Actions>
      </form>
    </Card>
  );
}

/** Lists of many in numbered lines, side by side where there is room. */
function Lists({ shown }: Pick<Notice, 'shown'>): JSX.Element {
  return (
    <>
      {shown.map(({ label, value }) => {
        const entries = entriesOf(value);
        return (
          entries && (
            <section key={label}>
              <h2>
                {label}（{entries.length}）
              </h2>
              <ol class="name-list">
                {entries.map((entry, i) => (
                  <li key={i}>{entry}</li>
                ))}
              </ol>
            </section>
          )
        );
      })}
    </>
  );
}

function NoticeDetail({ notice }: { notice: Notice }): JSX.Element {
  const facts = notice.shown.filter(({ value }) => entriesOf(value) === null);
  return (
    <Card>
      <NoticeState notice={notice} />
      <DefinitionList
        items={[
          ...facts.map(({ label, value }) => ({ term: label, detail: value || '—' })),
          { term: '张贴处', detail: notice.board.name },
          {
            term: '公示期',
            detail: `${chineseDate(localDate(notice.openedAt))} 至 ${chineseDate(notice.until)}`,
          },
          { term: '依据', detail: notice.basis },
          ...(notice.result ? [{ term: '结果', detail: notice.result }] : []),
        ]}
      />
      <Lists shown={notice.shown} />
    </Card>
  );
}

/** The public board: what hangs, one notice with its objection form, and the answer for whoever holds a receipt. */
export function noticesPages(router: Router, deps: BoardDeps, sink: ObjectionSink): void {
  const detail = (ctx: RouteContext, notice: Notice, given: Record<string, string>, faults: Fault[]) =>
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        title={notice.title}
        heading={notice.title}
        nav="notices"
        breadcrumbs={[{ href: '/notices', text: '公示' }, { text: notice.title }]}
      >
        <NoticeDetail notice={notice} />
        {notice.state === 'open' && (
          <ObjectionForm csrf={ctx.state.csrf ?? ''} id={notice.id} given={given} faults={faults} />
        )}
      </StationPage>,
      faults.length > 0 ? 422 : 200,
    );

  router.get('/notices', async (ctx: RouteContext) => {
    const before = typeof ctx.query.before === 'string' ? ctx.query.before : undefined;
    const page = await noticesOnDisplay(deps, { ...boardPath(deps, ctx), ...(before && { before }) });
    const org = typeof ctx.query.org === 'string' ? ctx.query.org : '';
    const boards = await boardsOnDisplay(deps);
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="公示" heading="公示" nav="notices">
        <p class="lead">对公示内容有不同意见的，任何人都可以提出异议，可以不留姓名。</p>
        {boards.length > 1 && <BoardChoice boards={boards} org={org} />}
        <Board {...page} org={org} />
      </StationPage>,
    );
  });

  router.get('/notices/:id', async (ctx: RouteContext) =>
    detail(ctx, await getNotice(deps, ctx.params.id as string), {}, []),
  );

  router.post('/notices/:id/objections', limit(OBJECTION_LIMIT), async (ctx: RouteContext) => {
    const notice = await getNotice(deps, ctx.params.id as string);
    const sent = new Map(sentForm(ctx).fields);
    const filled = ['text', 'name', 'contact'].map((n) => [n, sent.get(n)?.trim() ?? ''] as const);
    const given = Object.fromEntries(filled.filter(([, v]) => v !== ''));
    try {
      if (given.text === undefined) throw invalid([{ pointer: '/text', message: '请写明异议内容' }]);
      requireShape(OBJECTION_BODY, given);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return detail(ctx, notice, given, error.faults);
    }
    const objection = await fileObjection(deps, { noticeId: notice.id, ...(given as { text: string }) });
    await sink.onObjection(objection.caseId, objection.id);
    ctx.redirect(`/objections/${objection.receiptCode}`);
    ctx.status = 303;
  });

  router.get('/objections/:code', limit({ max: 60, perSeconds: 60 }), async (ctx: RouteContext) => {
    const code = ctx.params.code as string;
    const objection = await objectionByReceipt(deps, code);
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="异议回执" heading="异议回执" nav="notices" narrow>
        <Card>
          {objection ? (
            <DefinitionList
              items={[
                { term: '回执编号', detail: objection.receiptCode },
                { term: '提出时间', detail: chineseDateTime(objection.at) },
                { term: '处理情况', detail: STATES[objection.state] ?? objection.state },
                ...(objection.reply ? [{ term: '答复', detail: objection.reply, wide: true }] : []),
              ]}
            />
          ) : (
            <p>没有这个回执编号，请核对。</p>
          )}
        </Card>
        <p>请抄下回执编号。五个工作日内由两名以上工作人员核查，凭编号在本页查看答复。</p>
      </StationPage>,
      objection ? 200 : 404,
    );
  });
}
