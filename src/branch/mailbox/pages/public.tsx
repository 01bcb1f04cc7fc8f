/**
 * `/branch/mailbox`: writing to the secretary and reading what was answered, for anybody. Nobody is known here, signed in
 * or not: these addresses are among those that leave no trace (app.tsx).
 */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { chineseDate } from '../../../kernel/time.ts';
import { searchOrgs } from '../../../people/orgs/index.ts';
import { limit, type RouteContext, requireShape, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  DefinitionList,
  ErrorSummary,
  fieldId,
  LinkButton,
  optionsOf,
  PrintButton,
  RadioField,
  SelectField,
  Table,
  TextArea,
  TextField,
  Timeline,
} from '../../../platform/web/index.ts';
import { BranchPage, isRefusal, type ShellDeps, show } from '../../shell.tsx';
import { writeLetter } from '../commands/write.ts';
import { actByCode, readByCode, type Thread } from '../commands/writer.ts';
import { publicNumbers, publishedLetters } from '../queries.ts';
import { CODE_LIMIT, WRITE_LIMIT } from '../routes.ts';
import { LETTER_BODY, type LetterBody, WRITER_ACT_BODY, type WriterActBody } from '../schema.ts';
import { type MailDeps, MODES } from '../types.ts';

type PageDeps = MailDeps & ShellDeps;
type Given = Record<string, string>;

const SIDES = { writer: '写信人', office: '办理单位', house: '系统告知' };
const FOUND = 20;

/** Committees that a letter about nobody is for: the prefecture's and the counties'. */
export const committees = ({ orgs }: Pick<MailDeps, 'orgs'>): { value: string; text: string }[] => {
  const roots = ['P532600'].flatMap((id) => orgs.find(id) ?? []);
  const all = [...roots, ...roots.flatMap((root) => orgs.children(root.id))];
  return all
    .filter((org) => org.kind === 'party-committee' && org.closedOn === null)
    .map((org) => ({ value: org.id, text: org.name }));
};

const fieldOf = (given: Given, faults: readonly Fault[]) => (name: string) => {
  const error = faults.find((f) => f.pointer === `/${name}`)?.message;
  return {
    id: fieldId(`/${name}`),
    name,
    ...(error && { error }),
    ...(given[name] && { value: given[name] }),
  };
};

/** What a form sent, without what was left empty. */
export const givenBy = (ctx: RouteContext): Given =>
  Object.fromEntries(
    sentForm(ctx).fields.flatMap(([name, value]) =>
      name === '_csrf' || value.trim() === '' ? [] : [[name, value.trim()]],
    ),
  );

function About({ deps, about }: { deps: PageDeps; about: string | undefined }): JSX.Element {
  return (
    <Card title="第一步：这封信说的是不是某个党组织？">
      {about ? (
        <>
          <p>
            说的是：<b>{deps.orgs.get(about).name}</b>。信交给它的上一级，它和它下面的人都看不到。
          </p>
          <Actions>
            <LinkButton kind="quiet" href="/branch/mailbox">
              不是，重新选
            </LinkButton>
          </Actions>
        </>
      ) : (
        <form method="get" action="/branch/mailbox">
          <TextField
            id="q"
            name="q"
            label="党组织名称"
            help="反映某个支部、党委的，先在这里找到它；不是的，直接写下面的信。"
            type="search"
            mark={false}
          />
          <Actions>
            <Button kind="secondary">查找</Button>
          </Actions>
        </form>
      )}
    </Card>
  );
}

function LetterForm(props: {
  deps: PageDeps;
  once: string;
  given: Given;
  faults: readonly Fault[];
}): JSX.Element {
  const { deps, once, given, faults } = props;
  const field = fieldOf(given, faults);
  const { name: _, ...tip } = field('tip');
  return (
    <Card title="第二步：写信">
      <form method="post" action="/branch/mailbox">
        <input type="hidden" name="once" value={once} />
        {given.about && <input type="hidden" name="about" value={given.about} />}
        {faults.length > 0 && <ErrorSummary faults={faults} />}
        <RadioField
          {...field('mode')}
          label="谁能看到您是谁"
          required
          options={optionsOf(
            Object.fromEntries(Object.entries(MODES).map(([id, m]) => [id, `${m.title}：${m.sees}`])),
          )}
        />
        {!given.about && <SelectField {...field('to')} label="写给" required options={committees(deps)} />}
        <TextField {...field('title')} label="标题" required />
        <TextArea
          {...field('text')}
          label="内容"
          help="5 到 5000 字。匿名的不要写出自己是谁。"
          required
          rows={8}
        />
        <CheckField
          id={tip.id}
          name="tip"
          checked={given.tip !== undefined}
          label="这是检举（反映违纪违法）"
          help="检举由专门的人办理，信箱的办理人看不到。"
        />
        <TextField {...field('name')} label="姓名" help="署名、署名保密的必填，匿名的不填。" />
        <TextField
          {...field('phone')}
          label="手机号"
          type="tel"
          help="填了有答复时发短信。短信不能匿名，匿名的不填。"
        />
        <Actions>
          <Button>寄出</Button>
          <LinkButton kind="secondary" href="/branch/mailbox/read">
            凭回执码看答复
          </LinkButton>
        </Actions>
      </form>
    </Card>
  );
}

function CodeForm({ faults = [] }: { faults?: readonly Fault[] }): JSX.Element {
  const field = fieldOf({}, faults);
  return (
    <Card>
      <form method="post" action="/branch/mailbox/read">
        {faults.length > 0 && <ErrorSummary faults={faults} />}
        <TextField
          {...field('code')}
          label="回执码"
          help="寄信时给您的 16 位数字，在哪台设备上输入都可以。"
          inputMode="numeric"
          mark={false}
        />
        <Actions>
          <Button>查看</Button>
        </Actions>
      </form>
    </Card>
  );
}

const SAYS = new Set(['SUPPLY', 'REOPEN', 'ASK_REVIEW']);

function Answers({
  thread,
  code,
  faults,
}: {
  thread: Thread;
  code: string;
  faults: readonly Fault[];
}): JSX.Element {
  const field = fieldOf({}, faults);
  const possible = [
    ...thread.possible,
    { event: 'CONSENT', title: '同意公开答复（不写姓名）' },
    { event: 'REFUSE', title: '不同意公开' },
  ];
  return (
    <Card title="您可以">
      <form method="post" action="/branch/mailbox/acts">
        <input type="hidden" name="code" value={code} />
        {faults.length > 0 && <ErrorSummary faults={faults} />}
        {possible.some((p) => SAYS.has(p.event)) && (
          <TextArea
            {...field('text')}
            label="要说的话"
            help="补充情况、不满意、请求复查的，请写明，5 字以上。"
          />
        )}
        <Actions>
          {possible.map(({ event, title }) => (
            <Button key={event} name="event" value={event} kind="secondary">
              {title}
            </Button>
          ))}
        </Actions>
      </form>
    </Card>
  );
}

const consentWord = (consent: boolean | null): string =>
  consent === null ? '还没有说' : consent ? '同意' : '不同意';

function ThreadView({ thread }: { thread: Thread }): JSX.Element {
  return (
    <Card title={thread.title}>
      <DefinitionList
        items={[
          { term: '状态', detail: thread.stateTitle },
          { term: '办理单位', detail: thread.office },
          {
            term: '这一步最迟',
            detail: thread.dueOn
              ? `${chineseDate(thread.dueOn)}${thread.dueProvisional ? '（暂定）' : ''}`
              : '—',
          },
          { term: '公开答复', detail: consentWord(thread.consent) },
        ]}
      />
      <Timeline
        entries={thread.messages.map((m) => ({
          when: chineseDate(m.on),
          dateTime: m.on,
          title: SIDES[m.side],
          detail: <p class="prose">{m.text}</p>,
        }))}
      />
    </Card>
  );
}

/** The pages of the writer. */
export function writerPages(router: Router, deps: PageDeps): void {
  const once = () => Buffer.from(deps.random(16)).toString('hex');
  const frame = (ctx: RouteContext, title: string, content: JSX.Element, status = 200) =>
    show(
      ctx,
      <BranchPage ctx={ctx} deps={deps} title={title} heading={title} narrow>
        {content}
      </BranchPage>,
      status,
    );
  const form = (ctx: RouteContext, given: Given, faults: readonly Fault[] = [], found?: JSX.Element) =>
    frame(
      ctx,
      '书记信箱',
      <>
        <p class="lead">谁都可以写。即使您已经登录，这里也不认您的账号。信不会交到您反映的组织手里。</p>
        <About deps={deps} about={given.about} />
        {found}
        <LetterForm deps={deps} once={once()} given={given} faults={faults} />
        <p>
          <a href="/branch/mailbox/numbers">已经公开的来信和办理数字</a>
        </p>
      </>,
      faults.length > 0 ? 422 : 200,
    );

  router.get('/branch/mailbox', async (ctx: RouteContext) => {
    const { q, about } = ctx.query as Record<string, string | undefined>;
    const chosen = about?.startsWith('P') ? deps.orgs.find(about) : undefined;
    const found = q?.trim()
      ? await searchOrgs(deps.db.read, { places: ['/P'], text: q.trim(), limit: FOUND })
      : [];
    const hits = q?.trim() ? (
      <Card title="找到的党组织">
        {found.length === 0 && <p>没有找到，请少打几个字再试。</p>}
        <ul>
          {found.map((org) => (
            <li key={org.id}>
              <a href={`/branch/mailbox?about=${org.id}`}>{org.name}</a>
            </li>
          ))}
        </ul>
      </Card>
    ) : undefined;
    form(ctx, chosen ? { about: chosen.id } : {}, [], hits);
  });

  router.post('/branch/mailbox', limit(WRITE_LIMIT), async (ctx: RouteContext) => {
    const given = givenBy(ctx);
    try {
      const { tip, ...texts } = given;
      const body = requireShape<LetterBody>(LETTER_BODY, { ...texts, ...(tip && { tip: true }) });
      const { code } = await writeLetter(deps, body);
      frame(
        ctx,
        '信已寄出',
        <Card title="请抄下回执码" tone="now">
          <p class="receipt-code">
            <b>{code}</b>
          </p>
          <p>只显示这一次，丢了不能补。凭它在任何设备上看答复、补充情况；别人拿到它也能看，请收好。</p>
          <Actions>
            <PrintButton>打印回执码</PrintButton>
            <LinkButton kind="secondary" href="/branch/mailbox/read">
              凭回执码看答复
            </LinkButton>
          </Actions>
        </Card>,
        201,
      );
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      form(ctx, given, error.faults);
    }
  });

  router.get('/branch/mailbox/read', (ctx: RouteContext) => frame(ctx, '凭回执码看答复', <CodeForm />));

  const thread = (ctx: RouteContext, code: string, read: Thread, faults: readonly Fault[] = []) =>
    frame(
      ctx,
      '来信和答复',
      <>
        <ThreadView thread={read} />
        <Answers thread={read} code={code} faults={faults} />
      </>,
      faults.length > 0 ? 422 : 200,
    );

  router.post('/branch/mailbox/read', limit(CODE_LIMIT), async (ctx: RouteContext) => {
    const { code = '' } = givenBy(ctx);
    try {
      thread(ctx, code, await readByCode(deps, code));
    } catch (error) {
      if (!isRefusal(error, 'letter.code_not_found')) throw error;
      const faults = [{ pointer: '/code', message: '没有这个回执码，请核对 16 位数字' }];
      frame(ctx, '凭回执码看答复', <CodeForm faults={faults} />, 404);
    }
  });

  router.post('/branch/mailbox/acts', limit(CODE_LIMIT), async (ctx: RouteContext) => {
    const given = givenBy(ctx);
    const { code = '' } = given;
    try {
      const body = requireShape<WriterActBody>(WRITER_ACT_BODY, given);
      thread(ctx, code, await actByCode(deps, body));
    } catch (error) {
      if (!(error instanceof AppError) || !error.faults) throw error;
      thread(ctx, code, await readByCode(deps, code), error.faults);
    }
  });

  router.get('/branch/mailbox/numbers', async (ctx: RouteContext) => {
    const offices = await publicNumbers(deps);
    const published = await publishedLetters(deps);
    frame(
      ctx,
      '来信办理公开',
      <>
        <Table
          caption="各单位办理来信的件数（不含检举）"
          rows={offices}
          rowKey={(o) => o.org}
          empty={<p>还没有来信。</p>}
          columns={[
            { title: '单位', head: true, cell: (o) => o.org },
            { title: '收到', numeric: true, cell: (o) => o.received },
            { title: '已答复', numeric: true, cell: (o) => o.answered },
            { title: '超期未办', numeric: true, cell: (o) => o.overdue },
            { title: '公开', numeric: true, cell: (o) => o.published },
            { title: '不公开', numeric: true, cell: (o) => o.withheld },
            { title: '不予受理', numeric: true, cell: (o) => o.declined },
            { title: '转出', numeric: true, cell: (o) => o.transferred },
          ]}
        />
        {published.map((p) => (
          <Card key={`${p.publishedOn}${p.title}`} title={p.title}>
            <p class="prose">{p.question}</p>
            <h3>答复</h3>
            <p class="prose">{p.answer}</p>
            <p class="help">{p.publishedOn && chineseDate(p.publishedOn)} 公开</p>
          </Card>
        ))}
      </>,
    );
  });
}
