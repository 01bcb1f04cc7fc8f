/**
 * `/branch/mailbox`: writing to the secretary and reading what was answered, for anybody. Nobody is known here, signed in
 * or not: these addresses are among those that leave no trace (app.tsx).
 */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { AppError, type Fault } from '../../../errors.ts';
import { chineseDate } from '../../../kernel/time.ts';
import { searchOrgs } from '../../../people/orgs/index.ts';
import { limit, type RouteContext, requireShape } from '../../../platform/http/index.ts';
import { Actions, Card, LinkButton, PrintButton, Table } from '../../../platform/web/index.ts';
import { type Given, givenBy } from '../../forms.tsx';
import { BranchPage, isRefusal, type ShellDeps, show } from '../../shell.tsx';
import { writeLetter } from '../commands/write.ts';
import { actByCode, readByCode, type Thread } from '../commands/writer.ts';
import { publicNumbers, publishedLetters } from '../queries.ts';
import { CODE_LIMIT, WRITE_LIMIT } from '../routes.ts';
import { LETTER_BODY, type LetterBody, WRITER_ACT_BODY, type WriterActBody } from '../schema.ts';
import type { MailDeps } from '../types.ts';
import { CodeForm, WRONG_CODE } from './code.tsx';
import { Answers, ThreadView } from './thread.tsx';
import { About, LetterForm } from './write.tsx';

type PageDeps = MailDeps & ShellDeps;

const FOUND = 20;
const READ = '/branch/mailbox/read';
const WHICH = '寄信时给您的 16 位数字，在哪台设备上输入都可以。';

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

  router.get('/branch/mailbox/read', (ctx: RouteContext) =>
    frame(ctx, '凭回执码看答复', <CodeForm action={READ} help={WHICH} />),
  );

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
      frame(ctx, '凭回执码看答复', <CodeForm action={READ} help={WHICH} faults={WRONG_CODE} />, 404);
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
