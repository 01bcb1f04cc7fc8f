/** `/branch/thought-reports`: written by a member, read by the one it is for. Works without a script. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { chineseDate, chineseDateTime } from '../../kernel/time.ts';
import { requireSession } from '../../people/accounts/index.ts';
import { type RouteContext, sentForm } from '../../platform/http/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  EmptyState,
  ErrorSummary,
  fieldId,
  RowLink,
  SelectField,
  Table,
  TextArea,
} from '../../platform/web/index.ts';
import { ActForms, fieldOf } from '../forms.tsx';
import type { BranchDeps } from '../records/index.ts';
import { BranchPage, leaveFlash, type ShellDeps, seeOther, show, staffPage } from '../shell.tsx';
import { actOnReport, addressees, sendReport } from './commands.ts';
import { listReports, lookAtReport } from './queries.ts';

type PageDeps = BranchDeps & ShellDeps;
const HOME = '/branch/thought-reports';

export function reportPages(router: Router, deps: PageDeps): void {
  router.get(
    HOME,
    staffPage((ctx) => listPage(ctx, deps)),
  );
  router.get(
    `${HOME}/:id`,
    staffPage((ctx) => reportPage(ctx, deps)),
  );
  router.post(HOME, async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const sent = new Map(sentForm(ctx).fields);
    const [org = '', addressee = ''] = (sent.get('to') ?? '').split(':');
    const text = (sent.get('text') ?? '').trim();
    if (text === '' || addressee === '') {
      const faults = [
        ...(addressee === '' ? [{ pointer: '/to', message: '请选写给谁' }] : []),
        ...(text === '' ? [{ pointer: '/text', message: '请写下汇报的内容' }] : []),
      ];
      return listPage(ctx, deps, faults, text);
    }
    const { id } = await sendReport(deps, who, { org, addressee, text }, sent.get('_request') || undefined);
    leaveFlash(ctx, 'done', '已送到，只有收件人看得到。');
    seeOther(ctx, `${HOME}/${id}`);
  });
  router.post(`${HOME}/:id/act/:event`, async (ctx: RouteContext) => {
    const { id = '', event = '' } = ctx.params as Record<string, string>;
    const sent = new Map(sentForm(ctx).fields);
    const act = { event, version: Number(sent.get('version')), answer: sent.get('answer') ?? '' };
    try {
      await actOnReport(deps, requireSession(ctx), id, act, sent.get('_request') || undefined);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return reportPage(ctx, deps, error.faults);
    }
    leaveFlash(ctx, 'done', '已办理。');
    seeOther(ctx, `${HOME}/${id}`);
  });
}

async function listPage(
  ctx: RouteContext,
  deps: PageDeps,
  faults: readonly Fault[] = [],
  typed = '',
): Promise<void> {
  const who = requireSession(ctx);
  const reports = await listReports(deps, who);
  const orgs = [...new Set(who.grants.filter((g) => g.role === 'party-member').map((g) => g.org))];
  const options = [];
  for (const org of orgs)
    for (const { accountId, name } of await addressees(deps, who, org))
      options.push({ value: `${org}:${accountId}`, text: `${name}（${deps.orgs.get(org).name}）` });
  show(
    ctx,
    <BranchPage ctx={ctx} deps={deps} title="思想汇报" heading="思想汇报">
      <p class="lead">只有收件人看得到内容，上级只看得到件数；办结两年后销毁。</p>
      <Table
        caption="写的和收到的汇报"
        list
        rows={reports}
        rowKey={(r) => r.id}
        empty={<EmptyState title="没有汇报">写了的、收到的都列在这里。</EmptyState>}
        columns={[
          {
            title: '汇报',
            head: true,
            cell: (r) => (
              <RowLink href={`${HOME}/${r.id}`}>{r.isOwn ? `写给${r.addressee}` : `${r.author}写来`}</RowLink>
            ),
          },
          { title: '时间', nowrap: true, cell: (r) => chineseDateTime(r.sentAt) },
          { title: '状态', cell: (r) => <Badge text={r.stateTitle} /> },
        ]}
      />
      {options.length > 0 && (
        <WriteForm deps={deps} csrf={ctx.state.csrf ?? ''} options={options} faults={faults} typed={typed} />
      )}
    </BranchPage>,
    faults.length > 0 ? 422 : 200,
  );
}

function WriteForm(props: {
  deps: PageDeps;
  csrf: string;
  options: { value: string; text: string }[];
  faults: readonly Fault[];
  typed: string;
}): JSX.Element {
  const { deps, csrf, options, faults, typed } = props;
  const field = fieldOf({ text: typed }, faults);
  return (
    <Card title="写汇报">
      <ErrorSummary faults={faults} />
      <form method="post" action={HOME}>
        <CsrfField token={csrf} />
        <input type="hidden" name="_request" value={newId(deps.clock.now(), deps.random)} />
        <SelectField {...field('to')} label="写给" required options={options} />
        <TextArea {...field('text')} label="内容" rows={8} required />
        <Actions>
          <Button>送出</Button>
        </Actions>
      </form>
    </Card>
  );
}

async function reportPage(ctx: RouteContext, deps: PageDeps, faults: readonly Fault[] = []): Promise<void> {
  const report = await lookAtReport(deps, requireSession(ctx), ctx.params.id as string);
  const title = report.isOwn ? `写给${report.addressee}的汇报` : `${report.author}的汇报`;
  show(
    ctx,
    <BranchPage
      ctx={ctx}
      deps={deps}
      title="思想汇报"
      heading={title}
      breadcrumbs={[{ href: HOME, text: '思想汇报' }, { text: title }]}
    >
      <p>
        <Badge text={report.stateTitle} /> {chineseDateTime(report.sentAt)}
        {report.dueOn !== null &&
          `，${chineseDate(report.dueOn)}前${report.dueProvisional ? '（暂定）' : ''}`}
      </p>
      <Card title="内容">
        <p>{report.text ?? '内容已销毁。'}</p>
      </Card>
      {report.answer !== null && (
        <Card title="回复">
          <p>{report.answer}</p>
        </Card>
      )}
      <ActForms
        possible={report.possible}
        version={report.version}
        action={`${HOME}/${report.id}/act`}
        csrf={ctx.state.csrf ?? ''}
        faults={faults}
        fields={(event) =>
          event === 'ANSWER' && <TextArea id={fieldId('/answer')} name="answer" label="回复" required />
        }
        kind={(event) => (event === 'WITHDRAW' ? 'danger' : 'secondary')}
      />
    </BranchPage>,
    faults.length > 0 ? 422 : 200,
  );
}
