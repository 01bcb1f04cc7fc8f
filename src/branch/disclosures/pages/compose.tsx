/** `/branch/disclosures/dues/:id`: the text for what is due, checked before it is proposed; also for one that was returned. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDue, localDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { multipart, type RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  FileField,
  fieldId,
  SelectField,
  TextArea,
  TextField,
} from '../../../platform/web/index.ts';
import type { BranchDeps } from '../../records/index.ts';
import { BranchPage, leaveFlash, seeOther, show, staffPage } from '../../shell.tsx';
import * as acts from '../acts.ts';
import { checkContent } from '../commands/propose.ts';
import { dueById, workOf } from '../queries.ts';
import { isWider } from '../rules/audience.ts';
import type { Finding } from '../rules/scan.ts';
import type { Audience, Content } from '../types.ts';
import { readGrid } from '../workbook.ts';
import { AUDIENCES, Findings, GridTable } from './parts.tsx';
import { carriedGrid, type Sent, sentBy } from './sent.ts';

/** What is written for: something due, or the same again after it was returned. */
interface Writing {
  action: string;
  item: string;
  heading: string;
  dueOn: string;
  scope: Audience;
  /** Of a returned text: why, and its version. */
  version: number | null;
}

interface Typed {
  content: Content;
  audience: Audience;
  findings: Finding[] | null;
  faults: Fault[];
}

const HOME = '/branch/disclosures';

function Form({
  writing,
  typed,
  csrf,
  request,
}: {
  writing: Writing;
  typed: Typed;
  csrf: string;
  request: string;
}): JSX.Element {
  const { content, audience, findings, faults } = typed;
  const error = (pointer: string) => {
    const fault = faults.find((f) => f.pointer === pointer);
    return fault ? { error: fault.message } : {};
  };
  return (
    <form method="post" action={writing.action} enctype="multipart/form-data">
      <CsrfField token={csrf} />
      <input type="hidden" name="_request" value={request} />
      <input type="hidden" name="version" value={writing.version ?? ''} />
      <input type="hidden" name="grid" value={content.grid ? JSON.stringify(content.grid) : ''} />
      {faults.length > 0 && <ErrorSummary faults={faults} />}
      {findings && <Findings findings={findings} />}
      <TextField
        id={fieldId('/title')}
        name="title"
        label="标题"
        value={content.title}
        required
        {...error('/title')}
      />
      <SelectField
        id={fieldId('/audience')}
        name="audience"
        label="公开范围"
        help="最宽到目录规定的范围；确要放宽的，由审批人决定。"
        options={AUDIENCES.filter((o) => !isWider(o.value as Audience, writing.scope))}
        value={audience}
        required
        {...error('/audience')}
      />
      <TextArea
        id={fieldId('/text')}
        name="text"
        label="公开的内容"
        rows={8}
        value={content.text}
        {...error('/text')}
      />
      <FileField
        id={fieldId('/file')}
        name="file"
        label="表格"
        accept=".xlsx,.csv"
        help="只公布表格里看得见的内容，文件本身不公布。隐藏的工作表、行、列和批注要先清掉。"
        {...error('/file')}
      />
      {content.grid && <GridTable grid={content.grid} title="将要公布的表格" />}
      <Actions>
        <Button kind="secondary" name="do" value="check">
          检查个人信息
        </Button>
        {findings?.some((f) => f.blocks || f.kind === 'name') && (
          <Button kind="secondary" name="do" value="mask">
            按建议遮挡
          </Button>
        )}
        {content.grid && (
          <Button kind="quiet" name="do" value="drop">
            不要表格
          </Button>
        )}
        <Button name="do" value="propose">
          送审
        </Button>
      </Actions>
    </form>
  );
}

export function mountCompose(router: Router, deps: BranchDeps): void {
  const draw = (ctx: RouteContext, writing: Writing, typed: Typed) =>
    show(
      ctx,
      <BranchPage
        ctx={ctx}
        deps={deps}
        title={writing.heading}
        heading={writing.heading}
        breadcrumbs={[{ href: HOME, text: '公开' }, { text: '拟稿' }]}
      >
        <p class="lead">最迟 {writing.dueOn} 公布。送审以后由另外的人逐项审查、批准。</p>
        <Card>
          <Form
            writing={writing}
            typed={typed}
            csrf={ctx.state.csrf ?? ''}
            request={newId(deps.clock.now(), deps.random)}
          />
        </Card>
      </BranchPage>,
      typed.faults.length > 0 ? 422 : 200,
    );

  const forDue = async (ctx: RouteContext): Promise<{ writing: Writing; typed: Typed }> => {
    const id = ctx.params.id as string;
    const { due, item, title } = await dueById(deps, requireSession(ctx), id);
    return {
      writing: {
        action: `${HOME}/dues/${id}`,
        item: item.id,
        heading: title,
        dueOn: chineseDue(due.dueOn, due.dueProvisional),
        scope: item.scope,
        version: null,
      },
      typed: {
        content: { title: title.slice(0, 100), text: '', grid: null },
        audience: item.scope,
        findings: null,
        faults: [],
      },
    };
  };
  const forReturned = async (ctx: RouteContext): Promise<{ writing: Writing; typed: Typed }> => {
    const id = ctx.params.id as string;
    const work = await workOf(deps, requireSession(ctx), id);
    const { due } = await dueById(deps, requireSession(ctx), work.dueId);
    const { title, text, grid, audience, findings, version, scope, item } = work;
    return {
      writing: {
        action: `${HOME}/${id}/edit`,
        item,
        heading: title,
        dueOn: chineseDue(due.dueOn, due.dueProvisional),
        scope,
        version,
      },
      typed: { content: { title, text, grid }, audience, findings, faults: [] },
    };
  };
  const send = async (
    ctx: RouteContext,
    sent: Sent,
    writing: Writing,
    content: Content,
    audience: Audience,
  ) => {
    const who = requireSession(ctx);
    const id = ctx.params.id as string;
    const { id: made } =
      writing.version === null
        ? await acts.propose(deps, who, { dueId: id, audience, ...content }, sent.requestId)
        : await acts.proposeAgain(
            deps,
            who,
            { id, version: Number(sent.one('version')), audience, ...content },
            sent.requestId,
          );
    leaveFlash(ctx, 'done', '已送审。');
    seeOther(ctx, `${HOME}/${made}`);
  };

  for (const [path, target] of [
    [`${HOME}/dues/:id`, forDue],
    [`${HOME}/:id/edit`, forReturned],
  ] as const) {
    router.get(
      path,
      staffPage(async (ctx) => {
        const { writing, typed } = await target(ctx);
        draw(ctx, writing, typed);
      }),
    );
    router.post(path, multipart(), async (ctx: RouteContext) => {
      const sent = sentBy(ctx);
      const { writing } = await target(ctx);
      const audience = (AUDIENCES.find((o) => o.value === sent.one('audience'))?.value ??
        'subtree') as Audience;
      let content: Content = {
        title: sent.one('title').slice(0, 100),
        text: sent.one('text').slice(0, 10_000),
        grid: null,
      };
      try {
        content = { ...content, grid: sent.one('do') === 'drop' ? null : carriedGrid(sent.one('grid')) };
        if (sent.file) content = { ...content, grid: await readGrid(sent.file, localDate(deps.clock.now())) };
        if (sent.one('do') === 'propose') return await send(ctx, sent, writing, content, audience);
        if (sent.one('do') === 'mask') content = checkContent(deps, writing.item, content).suggested;
        const { findings } = checkContent(deps, writing.item, content);
        draw(ctx, writing, { content, audience, findings, faults: [] });
      } catch (error) {
        if (!(error instanceof AppError) || !error.faults) throw error;
        const { findings } = checkContent(deps, writing.item, content);
        draw(ctx, writing, { content, audience, findings, faults: error.faults });
      }
    });
  }
}
