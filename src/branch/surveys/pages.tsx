/** `/branch/surveys`: what one is asked, what came of it; and what the owner does next. Works without a script. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../errors.ts';
import { chineseDate } from '../../kernel/time.ts';
import { requireSession } from '../../people/accounts/index.ts';
import { type RouteContext, sentForm } from '../../platform/http/index.ts';
import { Badge, EmptyState, LinkButton, RowLink, Table } from '../../platform/web/index.ts';
import { ActForms } from '../forms.tsx';
import type { BranchDeps } from '../records/index.ts';
import { BranchPage, leaveFlash, type ShellDeps, seeOther, show } from '../shell.tsx';
import { actOnSurvey, answerSurvey, screenText } from './commands.ts';
import { AnswerForm, readAnswers } from './pages-answer.tsx';
import { actFields, ResultCards, Screening } from './pages-results.tsx';
import type { SurveyView } from './present.ts';
import { listFor, lookAtSurvey } from './queries.ts';

type PageDeps = BranchDeps & ShellDeps;
const HOME = { href: '/branch/surveys', text: '调查' };

export function surveyPages(router: Router, deps: PageDeps): void {
  router.get('/branch/surveys', (ctx) => listPage(ctx, deps));
  router.get('/branch/surveys/:id', (ctx) => surveyPage(ctx, deps));
  const post = (
    path: string,
    done: string,
    work: (ctx: RouteContext, sent: Map<string, string>) => Promise<void>,
  ) =>
    router.post(path, async (ctx: RouteContext) => {
      try {
        await work(ctx, new Map(sentForm(ctx).fields));
      } catch (error) {
        if (!(error instanceof AppError) || !error.faults) throw error;
        return surveyPage(ctx, deps, error.faults);
      }
      leaveFlash(ctx, 'done', done);
      seeOther(ctx, `/branch/surveys/${ctx.params.id}`);
    });
  post('/branch/surveys/:id/answers', '已收到您的回答，谢谢。', async (ctx) => {
    const id = ctx.params.id as string;
    const { questions } = await lookAtSurvey(deps, requireSession(ctx), id);
    await answerSurvey(deps, requireSession(ctx), id, readAnswers(questions, sentForm(ctx).fields), 'web');
  });
  post('/branch/surveys/:id/act/:event', '已办理。', async (ctx, sent) => {
    const { id = '', event = '' } = ctx.params as Record<string, string>;
    const [until, actions] = [sent.get('until'), sent.get('actions')];
    const act = { event, version: Number(sent.get('version')), reason: sent.get('reason') ?? '' };
    const more = { ...(until && { until }), ...(actions && { actions }) };
    await actOnSurvey(deps, requireSession(ctx), id, { ...act, ...more }, sent.get('_request') || undefined);
  });
  post('/branch/surveys/:id/texts/:text', '已审看。', async (ctx, sent) => {
    const { id = '', text = '' } = ctx.params as Record<string, string>;
    await screenText(deps, requireSession(ctx), id, text, sent.get('publish') === 'yes');
  });
}

function Surveys(props: {
  caption: string;
  rows: readonly SurveyView[];
  answered?: ReadonlySet<string>;
}): JSX.Element {
  const { caption, rows, answered } = props;
  return (
    <Table
      caption={caption}
      list
      rows={rows}
      rowKey={(s) => s.id}
      empty={<EmptyState title={`没有${caption}`}>有了会列在这里。</EmptyState>}
      columns={[
        {
          title: '调查',
          head: true,
          cell: (s) => <RowLink href={`/branch/surveys/${s.id}`}>{s.title}</RowLink>,
        },
        { title: '截止', nowrap: true, cell: (s) => chineseDate(s.until) },
        {
          title: '状态',
          cell: (s) =>
            answered ? (
              <Badge
                tone={answered.has(s.id) ? 'done' : 'info'}
                text={answered.has(s.id) ? '已回答' : '待回答'}
              />
            ) : (
              <Badge text={s.stateTitle} />
            ),
        },
      ]}
    />
  );
}

async function listPage(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const { open, kept, told } = await listFor(deps, ctx.state.actor ?? null);
  const answered = new Set(open.filter((o) => o.answered).map((o) => o.view.id));
  show(
    ctx,
    <BranchPage ctx={ctx} deps={deps} title="调查中心" heading="调查中心">
      <p class="lead">匿名调查查不出是谁答的；结果结束以后公布，并说明采取了什么行动。</p>
      {ctx.state.actor && (
        <Surveys caption="请您回答的调查" rows={open.map((o) => o.view)} answered={answered} />
      )}
      {kept.length > 0 && <Surveys caption="我办理的调查" rows={kept} />}
      <Surveys caption="已公布结果的调查" rows={told} />
    </BranchPage>,
  );
}

async function surveyPage(ctx: RouteContext, deps: PageDeps, faults: readonly Fault[] = []): Promise<void> {
  const view = await lookAtSurvey(deps, ctx.state.actor ?? null, ctx.params.id as string);
  const csrf = ctx.state.csrf ?? '';
  const isPublic = ['results_published', 'actions_reported'].includes(view.state);
  const sent = new Map(ctx.method === 'POST' ? sentForm(ctx).fields : []);
  show(
    ctx,
    <BranchPage
      ctx={ctx}
      deps={deps}
      title={view.title}
      heading={view.title}
      breadcrumbs={[HOME, { text: view.title }]}
    >
      <p class="lead">{view.purpose}</p>
      <p>
        <Badge text={view.stateTitle} /> {view.mode === 'anonymous' ? '匿名' : '实名'}调查，截止{' '}
        {chineseDate(view.until)}
      </p>
      {view.asked && view.answered && <p>您已经回答过了。</p>}
      {view.asked && !view.answered && <AnswerForm view={view} csrf={csrf} faults={faults} sent={sent} />}
      <ResultCards view={view} orgs={deps.orgs} />
      {isPublic && (
        <LinkButton kind="quiet" href={`/api/surveys/${view.id}/results.csv`}>
          下载统计表（CSV）
        </LinkButton>
      )}
      <Screening view={view} csrf={csrf} />
      <ActForms
        possible={view.possible}
        version={view.version}
        action={`/branch/surveys/${view.id}/act`}
        csrf={csrf}
        faults={view.asked && !view.answered ? [] : faults}
        fields={actFields}
      />
    </BranchPage>,
    faults.length > 0 ? 422 : 200,
  );
}
