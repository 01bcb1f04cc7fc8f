import type Router from '@koa/router';
import type { JSX } from 'preact';
import { chineseDate } from '../../kernel/time.ts';
import { type ApiRoute, limit, type RouteContext, wantsHtml } from '../../platform/http/index.ts';
import { Actions, Badge, Button, Card, DefinitionList, Table, TextField } from '../../platform/web/index.ts';
import { type ShellDeps, StationPage, show } from '../shell.tsx';
import { type Checked, type VerifyDeps, verify } from './commands/verify.ts';
import type { Difference } from './rules.ts';

interface Words {
  text: string;
  tone: 'done' | 'warn' | 'danger';
  /** What it means and what to do. */
  advice?: string;
}

const ASK = '请向颁发机关核实。';
const OVER = '不能再使用。';
const WORDS: Record<Checked['verdict'], Words> = {
  valid: { text: '有效', tone: 'done', advice: '请对照手里的证照，看下面的内容是不是一样。' },
  expired: { text: '已过期', tone: 'warn', advice: '有效期已经过了，不能再使用。' },
  suspended: { text: '暂停使用', tone: 'warn', advice: '恢复之前不能使用。' },
  revoked: { text: '已撤销', tone: 'danger', advice: OVER },
  withdrawn: { text: '已撤回', tone: 'danger', advice: OVER },
  cancelled: { text: '已注销', tone: 'danger', advice: OVER },
  replaced: { text: '已被替换', tone: 'danger', advice: '颁发机关已经换发新证，请查看新证。' },
  'not-issued': { text: '尚未颁发', tone: 'warn', advice: '还没有生效，不能使用。' },
  paper: { text: '文书属实', tone: 'done', advice: '请对照手里的文书，看下面的内容是不是一样。' },
  unknown: {
    text: '查无此证',
    tone: 'danger',
    advice: '没有这个校验码。请对照证照核对有没有抄错；仍然查不到的，请向颁发机关查询。',
  },
  mismatch: {
    text: '码上内容与登记不符',
    tone: 'danger',
    advice: `以登记的为准。证照可能在打印以后变更过，也可能被改动过，${ASK}`,
  },
  'bad-signature': {
    text: '签名不符',
    tone: 'danger',
    advice: `二维码不是颁发机关生成的，或者被改动过。下面是登记中这个校验码的内容，${ASK}`,
  },
  'unknown-key': {
    text: '不认识的密钥',
    tone: 'danger',
    advice: `二维码不是用本站的密钥签名的。下面是登记中这个校验码的内容，${ASK}`,
  },
  unreadable: {
    text: '二维码内容读不出',
    tone: 'danger',
    advice: `二维码可能没有扫全，请重新扫一次。下面是登记中这个校验码的内容，${ASK}`,
  },
};

const LABELS: Record<Difference['field'], string> = {
  title: '名称',
  number: '编号',
  holder: '持有人',
  organ: '颁发机关',
  issuedOn: '颁发日期',
  expiresOn: '有效期至',
};

const shown = (field: Difference['field'], value: string | null): string => {
  if (value === null) return field === 'expiresOn' ? '长期' : '无';
  return field === 'issuedOn' || field === 'expiresOn' ? chineseDate(value) : value;
};

/** Nothing ends that has not begun, and papers say themselves until when. */
const hasTerm = ({ verdict, issuedOn }: Checked): boolean => verdict !== 'paper' && issuedOn !== null;

function Result({ checked }: { checked: Checked }): JSX.Element {
  const { text, tone, advice } = WORDS[checked.verdict];
  const rows = (Object.keys(LABELS) as Difference['field'][])
    .filter((field) => (field === 'expiresOn' ? hasTerm(checked) : checked[field] !== null))
    .flatMap((field) => {
      const value = checked[field];
      return value === undefined ? [] : [{ term: LABELS[field], detail: shown(field, value) }];
    });
  return (
    <Card title="核验结果">
      <p class="verdict">
        <Badge tone={tone} text={text} />
      </p>
      {advice !== undefined && <p>{advice}</p>}
      {checked.differs && (
        <Table
          caption="不相符的内容"
          columns={[
            { title: '项目', head: true, cell: ({ field }) => LABELS[field] },
            { title: '码上', cell: ({ field, code }) => shown(field, code) },
            { title: '登记', cell: ({ field, register }) => shown(field, register) },
          ]}
          rows={checked.differs}
          rowKey={({ field }) => field}
        />
      )}
      {rows.length > 0 && <DefinitionList items={rows} />}
    </Card>
  );
}

const CodeForm = (): JSX.Element => (
  <Card title="输入校验码">
    <form method="get" action="/verify">
      <TextField
        id="code"
        name="code"
        label="校验码"
        help="印在证照和文书二维码下方，共 16 位；也可以粘贴扫码得到的整段文字。"
        required
        mark={false}
      />
      <Actions>
        <Button>核验</Button>
      </Actions>
    </form>
  </Card>
);

const Offline = (): JSX.Element => (
  <Card title="没有网络也能核验">
    <p>
      二维码里有证照的名称、编号、持有人（隐去名字）、颁发机关和有效期，并带有数字签名，改动一个字都会被发现。
      撤销、注销等颁发以后的变化，须联网核验才能知道。
    </p>
    <p>
      电子文件（PDF）由颁发机关签名，用常见的 PDF 阅读软件打开，在签名栏可以看到签名机关和文件是否被改动。
    </p>
    <details>
      <summary>断网时怎样核验二维码（给管理电脑的人）</summary>
      <p>
        事先<a href="/api/verify/keys">下载公钥文件</a>，断网时在装有本系统的电脑上运行{' '}
        <code class="break">cunban verify 扫码得到的文字 --keys keys.json</code>
      </p>
    </details>
  </Card>
);

type PageDeps = VerifyDeps & ShellDeps;

const page = (ctx: RouteContext, deps: PageDeps, children: JSX.Element | null, status = 200): void =>
  show(
    ctx,
    <StationPage ctx={ctx} deps={deps} title="证照核验" heading="证照核验" nav="verify" narrow>
      {children}
      <div class="no-print">
        <CodeForm />
        <Offline />
      </div>
    </StationPage>,
    status,
  );

/** Where a code leads that was typed in, or pasted with everything a scan gives. */
function placeOf(typed: string): string {
  const [, code = typed, token] = /verify\/([^/?]+)(?:\?s=(.*))?$/.exec(typed) ?? [];
  const query = token === undefined ? '' : `?s=${encodeURIComponent(token)}`;
  return `/verify/${encodeURIComponent(code)}${query}`;
}

/** The page on which a code is typed in. */
export function verifyPages(router: Router, deps: PageDeps): void {
  router.get('/verify', (ctx: RouteContext) => {
    const code = typeof ctx.query.code === 'string' ? ctx.query.code.trim() : '';
    if (code === '') return page(ctx, deps, null);
    ctx.redirect(placeOf(code));
    ctx.status = 303;
  });
}

/**
 * Is a certificate or paper genuine? Anybody may ask, by page or by API; an unknown code is answered plainly. The
 * signed part of a scanned code comes as `s`: a part after `#` would never reach a page without script.
 */
export function verifyRoutes(deps: PageDeps): ApiRoute[] {
  const answer = { description: 'What the code stands for', schema: { type: 'object' } };
  const open = { method: 'get', tag: 'public', auth: 'public' } as const;
  const before = [limit({ max: 60, perSeconds: 60 })];
  return [
    {
      ...open,
      path: '/verify/:code',
      summary: 'Is a certificate or paper genuine? JSON or a page, as asked for',
      query: { type: 'object', properties: { s: { type: 'string', maxLength: 1000 } } },
      before,
      responses: { 200: answer, 404: { ...answer, description: 'Nobody has this code' } },
      async handler(ctx) {
        const checked = await verify(deps, ctx.params.code as string, ctx.query.s as string | undefined);
        const status = checked.verdict === 'unknown' ? 404 : 200;
        if (wantsHtml(ctx)) return page(ctx, deps, <Result checked={checked} />, status);
        ctx.body = { ...checked, says: WORDS[checked.verdict].text };
        ctx.status = status;
      },
    },
    {
      ...open,
      path: '/api/verify/keys',
      summary: 'Public keys by which codes are checked without a network; the authority that certifies PDFs',
      before,
      responses: { 200: { description: 'Keys', schema: { type: 'object' } } },
      async handler(ctx) {
        ctx.body = { keys: await deps.signing.codeKeys(), authority: await deps.signing.authority() };
      },
    },
  ];
}
