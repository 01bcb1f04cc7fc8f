/** `/notices/:id`: one notice, and the objection that anybody may make. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault, invalid } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import { limit, type RouteContext, requireShape, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  ErrorSummary,
  fieldId,
  PrintButton,
  TextArea,
  TextField,
} from '../../../platform/web/index.ts';
import { entriesOf } from '../../facts.ts';
import { StationPage, seeOther, show } from '../../shell.tsx';
import { fileObjection, getNotice } from '../commands.ts';
import { OBJECTION_LIMIT } from '../routes.ts';
import { OBJECTION_BODY } from '../schema.ts';
import type { BoardDeps, Notice, ObjectionSink } from '../types.ts';
import { NoticeState } from './board.tsx';

function ObjectionForm(props: {
  csrf: string;
  id: string;
  /** Of the objection that this form becomes. */
  objectionId: string;
  given: Record<string, string>;
  faults: Fault[];
}): JSX.Element {
  const { csrf, id, objectionId, given, faults } = props;
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
    <section class="no-print">
      <Card title="提出异议" id="object">
        <form method="post" action={`/notices/${id}/objections`}>
          <CsrfField token={csrf} />
          <input type="hidden" name="_request" value={objectionId} />
          {faults.length > 0 && <ErrorSummary faults={faults} />}
          <TextArea {...shared('text')} label="异议内容" help="说明哪里与事实不符，5 到 2000 字。" required />
          <TextField {...shared('name')} label="姓名" help="可以不填，匿名提出。" />
          <TextField {...shared('contact')} label="联系方式" help="填了方便答复您；只有核查人员能看到。" />
          <Actions>
            <Button>提交异议</Button>
          </Actions>
        </form>
      </Card>
    </section>
  );
}

/** The id that a form was drawn with; nothing of another shape is taken for one. */
const keyOf = (sent: string | undefined): { id?: string } =>
  sent !== undefined && /^[0-9a-z]{26}$/.test(sent) ? { id: sent } : {};

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

export function mountNotice(router: Router, deps: BoardDeps, sink: ObjectionSink): void {
  const detail = (ctx: RouteContext, notice: Notice, given: Record<string, string>, faults: Fault[]) =>
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        title={notice.title}
        heading={notice.title}
        nav="notices"
        scripts={['reading']}
        breadcrumbs={[{ href: '/notices', text: '公示' }, { text: notice.title }]}
      >
        <NoticeDetail notice={notice} />
        <Actions>
          <PrintButton>打印公示</PrintButton>
        </Actions>
        {notice.state === 'open' && (
          <ObjectionForm
            csrf={ctx.state.csrf ?? ''}
            id={notice.id}
            objectionId={newId(deps.clock.now(), deps.random)}
            given={given}
            faults={faults}
          />
        )}
      </StationPage>,
      faults.length > 0 ? 422 : 200,
    );

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
    const { objection, isNew } = await fileObjection(deps, {
      noticeId: notice.id,
      ...(given as { text: string }),
      ...keyOf(sent.get('_request')),
    });
    if (isNew) await sink.onObjection(objection.caseId, objection.id);
    seeOther(ctx, `/objections/${objection.receiptCode}`);
  });
}
