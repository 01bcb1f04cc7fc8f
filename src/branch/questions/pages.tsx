/**
 * `/branch/ask`: asking about the work of the party, and reading the answer, for anybody unknown; `/branch/questions`: the
 * desk.
 */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault, notAllowed } from '../../errors.ts';
import { chineseDate } from '../../kernel/time.ts';
import { requireSession } from '../../people/accounts/index.ts';
import { limit, type RouteContext, requireShape } from '../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  LinkButton,
  PrintButton,
  RowLink,
  SelectField,
  Table,
  TextArea,
  TextField,
} from '../../platform/web/index.ts';
import { fieldOf, type Given, givenBy } from '../forms.tsx';
import {
  CODE_LIMIT,
  CodeForm,
  committees,
  doesMail,
  letterSight,
  type MailDeps,
  WRITE_LIMIT,
  WRONG_CODE,
} from '../mailbox/index.ts';
import { BranchPage, isRefusal, leaveFlash, type ShellDeps, seeOther, show, staffPage } from '../shell.tsx';
import {
  type AskersView,
  actOnQuestion,
  askQuestion,
  followUp,
  openQuestion,
  readQuestion,
} from './commands.ts';
import { lineOf, listQuestions, publishedQuestions } from './queries.ts';
import { ACT_BODY, FOLLOW_UP_BODY, QUESTION_BODY, type QuestionAct, type QuestionBody } from './schema.ts';

type PageDeps = MailDeps & ShellDeps;
const READ = '/branch/ask/read';

export function questionPages(router: Router, deps: PageDeps): void {
  askersPages(router, deps);
  deskPages(router, deps);
}

function AskForm({ deps, given, faults }: { deps: PageDeps; given: Given; faults: readonly Fault[] }) {
  const field = fieldOf(given, faults);
  return (
    <Card title="提问">
      <form method="post" action="/branch/ask">
        <input type="hidden" name="once" value={Buffer.from(deps.random(16)).toString('hex')} />
        <ErrorSummary faults={faults} />
        <SelectField {...field('to')} label="问哪一级党委" required options={committees(deps)} />
        <TextArea
          {...field('text')}
          label="问题"
          help="5 到 2000 字，公开时不写您的姓名。"
          required
          rows={6}
        />
        <TextField {...field('phone')} label="手机号" type="tel" help="填了有答复时发短信。" />
        <Actions>
          <Button>提交</Button>
          <LinkButton kind="secondary" href="/branch/ask/read">
            凭回执码看答复
          </LinkButton>
        </Actions>
      </form>
    </Card>
  );
}

function Answered({ view, code, faults }: { view: AskersView; code: string; faults: readonly Fault[] }) {
  return (
    <>
      <Card>
        <DefinitionList
          items={[
            { term: '问题', detail: view.text, wide: true },
            { term: '状态', detail: view.stateTitle },
            { term: '办理单位', detail: view.office },
            { term: '答复', detail: view.answer ?? '还没有答复', wide: true },
          ]}
        />
      </Card>
      {view.mayFollowUp && (
        <Card title="追问">
          <form method="post" action="/branch/ask/follow-up">
            <input type="hidden" name="code" value={code} />
            <ErrorSummary faults={faults} />
            <TextArea {...fieldOf({}, faults)('text')} label="还要问的" required />
            <Actions>
              <Button>追问</Button>
            </Actions>
          </form>
        </Card>
      )}
    </>
  );
}

function askersPages(router: Router, deps: PageDeps): void {
  const frame = (ctx: RouteContext, title: string, content: JSX.Element, status = 200) =>
    show(
      ctx,
      <BranchPage ctx={ctx} deps={deps} title={title} heading={title} narrow>
        {content}
      </BranchPage>,
      status,
    );
  const form = async (ctx: RouteContext, given: Given, faults: readonly Fault[]) => {
    const published = await publishedQuestions(deps);
    frame(
      ctx,
      '党务咨询',
      <>
        <AskForm deps={deps} given={given} faults={faults} />
        {published.map((p) => (
          <Card key={p.publishedOn + p.question} title={p.question}>
            <p class="prose">{p.answer}</p>
            <p class="help">{chineseDate(p.publishedOn)} 公开</p>
          </Card>
        ))}
      </>,
      faults.length > 0 ? 422 : 200,
    );
  };
  router.get('/branch/ask', (ctx: RouteContext) => form(ctx, {}, []));
  router.post('/branch/ask', limit(WRITE_LIMIT), async (ctx: RouteContext) => {
    const given = givenBy(ctx);
    try {
      const { code } = await askQuestion(deps, requireShape<QuestionBody>(QUESTION_BODY, given));
      const content = (
        <Card title="请抄下回执码" tone="now">
          <p>
            <b>{code}</b>
          </p>
          <p>只显示这一次。凭它在任何设备上看答复。</p>
          <Actions>
            <PrintButton>打印回执码</PrintButton>
          </Actions>
        </Card>
      );
      frame(ctx, '问题已收到', content, 201);
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      await form(ctx, given, error.faults);
    }
  });
  router.get('/branch/ask/read', (ctx: RouteContext) =>
    frame(ctx, '凭回执码看答复', <CodeForm action={READ} />),
  );
  const answered = (ctx: RouteContext, code: string, view: AskersView, faults: readonly Fault[] = []) =>
    frame(
      ctx,
      '提问和答复',
      <Answered view={view} code={code} faults={faults} />,
      faults.length > 0 ? 422 : 200,
    );
  router.post('/branch/ask/read', limit(CODE_LIMIT), async (ctx: RouteContext) => {
    const { code = '' } = givenBy(ctx);
    try {
      answered(ctx, code, await readQuestion(deps, code));
    } catch (error) {
      if (!isRefusal(error, 'letter.code_not_found')) throw error;
      frame(ctx, '凭回执码看答复', <CodeForm action={READ} faults={WRONG_CODE} />, 404);
    }
  });
  router.post('/branch/ask/follow-up', limit(CODE_LIMIT), async (ctx: RouteContext) => {
    const given = givenBy(ctx);
    const { code = '' } = given;
    try {
      const { text } = requireShape<{ text: string }>(FOLLOW_UP_BODY, given);
      answered(ctx, code, await followUp(deps, code, text));
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      answered(ctx, code, await readQuestion(deps, code), error.faults);
    }
  });
}

const CLASSES = [
  { value: 'simple', text: '简单，5 个工作日' },
  { value: 'usual', text: '一般，10 个工作日' },
  { value: 'hard', text: '复杂，15 个工作日' },
];

type Line = ReturnType<typeof lineOf>;

function DeskForm(props: {
  line: Line;
  others: Line[];
  csrf: string;
  given: Given;
  faults: readonly Fault[];
}): JSX.Element | null {
  const { line, others, csrf, given, faults } = props;
  const events = line.possible.map((p) => p.event);
  const field = fieldOf(given, faults);
  if (events.length === 0) return null;
  return (
    <Card title="办理" tone="now">
      <form method="post" action={`/branch/questions/${line.id}/acts`}>
        <CsrfField token={csrf} />
        <input type="hidden" name="version" value={line.version} />
        <ErrorSummary faults={faults} />
        {events.includes('TRIAGE') && <SelectField {...field('class')} label="答复期限" options={CLASSES} />}
        {events.includes('MERGE') && (
          <SelectField
            {...field('into')}
            label="并入同样的提问"
            options={others.map((o) => ({ value: o.id, text: o.text.slice(0, 40) }))}
          />
        )}
        {events.includes('ANSWER') && <TextArea {...field('answer')} label="答复" rows={6} />}
        {events.includes('PUBLISH') && (
          <>
            <TextArea {...field('publicQuestion')} label="公开的提问（不写姓名）" />
            <TextArea {...field('publicAnswer')} label="公开的答复" />
          </>
        )}
        {line.possible.some((p) => p.reason) && (
          <TextField {...field('reason')} label="理由" help="不公开、不予答复的必填。" />
        )}
        <Actions>
          {line.possible.map(({ event, title }, i) => (
            <Button key={event} name="event" value={event} kind={i === 0 ? 'primary' : 'secondary'}>
              {title}
            </Button>
          ))}
        </Actions>
      </form>
    </Card>
  );
}

/** What the form means: fields left empty say nothing. */
function actOf({ event, version, publicQuestion, publicAnswer, ...rest }: Given) {
  const { _request: _, ...given } = rest;
  const publication = publicQuestion && publicAnswer && { question: publicQuestion, answer: publicAnswer };
  return { ...given, event, version: Number(version), ...(publication && { publication }) };
}

function deskPages(router: Router, deps: PageDeps): void {
  router.get(
    '/branch/questions',
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      if (!doesMail(letterSight(who, deps.orgs))) throw notAllowed();
      const lines = (await listQuestions(deps, who)).map((q) => lineOf(deps, who, q));
      show(
        ctx,
        <BranchPage ctx={ctx} deps={deps} title="党务咨询" heading="党务咨询">
          <Table
            caption="您可以办理的提问，先到期的在前"
            list
            rows={lines}
            rowKey={(l) => l.id}
            empty={<EmptyState title="没有提问" />}
            columns={[
              {
                title: '问题',
                head: true,
                cell: (l) => <RowLink href={`/branch/questions/${l.id}`}>{l.text.slice(0, 60)}</RowLink>,
              },
              { title: '状态', nowrap: true, cell: (l) => l.stateTitle },
              { title: '最迟', nowrap: true, cell: (l) => (l.dueOn ? chineseDate(l.dueOn) : '—') },
            ]}
          />
        </BranchPage>,
      );
    }),
  );
  const page = async (ctx: RouteContext, given: Given = {}, faults: readonly Fault[] = []) => {
    const who = requireSession(ctx);
    const line = lineOf(deps, who, await openQuestion(deps, who, ctx.params.id as string));
    const all = (await listQuestions(deps, who)).map((q) => lineOf(deps, who, q));
    const others = all.filter((o) => o.id !== line.id && o.mergedInto === null);
    show(
      ctx,
      <BranchPage
        ctx={ctx}
        deps={deps}
        title="提问"
        heading="提问"
        breadcrumbs={[{ href: '/branch/questions', text: '党务咨询' }, { text: '提问' }]}
      >
        <Card>
          <DefinitionList
            items={[
              { term: '问题', detail: line.text, wide: true },
              { term: '状态', detail: line.stateTitle },
              { term: '最迟', detail: line.dueOn ? chineseDate(line.dueOn) : '—' },
              { term: '答复', detail: line.answer ?? '—', wide: true },
            ]}
          />
        </Card>
        <DeskForm line={line} others={others} csrf={ctx.state.csrf ?? ''} given={given} faults={faults} />
      </BranchPage>,
      faults.length > 0 ? 422 : 200,
    );
  };
  router.get(
    '/branch/questions/:id',
    staffPage((ctx) => page(ctx)),
  );
  router.post('/branch/questions/:id/acts', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const given = givenBy(ctx);
    try {
      await actOnQuestion(
        deps,
        who,
        ctx.params.id as string,
        requireShape<QuestionAct>(ACT_BODY, actOf(given)),
      );
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      return page(ctx, given, error.faults);
    }
    leaveFlash(ctx, 'done', '已办理。');
    seeOther(ctx, '/branch/questions');
  });
}
