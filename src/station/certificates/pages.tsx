import type Router from '@koa/router';
import type { JSX } from 'preact';
import { maskName } from '../../kernel/mask.ts';
import { chineseDate, localDate } from '../../kernel/time.ts';
import { type ApiRoute, limit, type RouteContext, wantsHtml } from '../../platform/http/index.ts';
import { Actions, Badge, Button, Card, DefinitionList, TextField } from '../../platform/web/index.ts';
import { findAnswerByCode } from '../answers/index.ts';
import { findPaperByCode } from '../papers/index.ts';
import { type ShellDeps, StationPage, show } from '../shell.tsx';
import { findByCode } from './commands.ts';
import { type Verdict, verdictOn } from './rules.ts';
import type { CertificateDeps } from './types.ts';

/** What the public learns from a code: never an identity number or an address. */
export interface Checked {
  verdict: Verdict | 'paper' | 'unknown';
  title?: string;
  number?: string;
  holder?: string;
  organ?: string;
  issuedOn?: string | null;
  expiresOn?: string | null;
}

const WORDS: Record<Checked['verdict'], { text: string; tone: 'done' | 'warn' | 'danger' }> = {
  valid: { text: '有效', tone: 'done' },
  expired: { text: '已过期', tone: 'warn' },
  void: { text: '已作废', tone: 'danger' },
  'not-issued': { text: '尚未颁发', tone: 'warn' },
  paper: { text: '文书属实', tone: 'done' },
  unknown: { text: '查无此证', tone: 'danger' },
};

async function check(deps: VerifyDeps, code: string): Promise<Checked> {
  const certificate = await findByCode(deps.db.read, code);
  if (certificate) {
    const { title, number, organ, issuedOn, expiresOn } = certificate;
    return {
      verdict: verdictOn(certificate, localDate(deps.clock.now())),
      title,
      number,
      holder: maskName(certificate.holderName),
      organ: organ.name,
      issuedOn,
      expiresOn,
    };
  }
  const paper = (await findPaperByCode(deps, code)) ?? (await findAnswerByCode(deps, code));
  if (!paper) return { verdict: 'unknown' };
  const { title, number, applicant, organ, madeOn } = paper;
  return { verdict: 'paper', title, number, holder: applicant, organ, issuedOn: madeOn };
}

function Result({ checked }: { checked: Checked }): JSX.Element {
  const { text, tone } = WORDS[checked.verdict];
  const rows = [
    { term: '名称', detail: checked.title },
    { term: '编号', detail: checked.number },
    { term: '持有人', detail: checked.holder },
    { term: '颁发机关', detail: checked.organ },
    { term: '颁发日期', detail: checked.issuedOn ? chineseDate(checked.issuedOn) : undefined },
    {
      term: '有效期至',
      detail: checked.expiresOn
        ? chineseDate(checked.expiresOn)
        : checked.verdict === 'paper' || checked.verdict === 'not-issued'
          ? undefined
          : '长期',
    },
  ].filter((row) => row.detail !== undefined);
  return (
    <Card title="核验结果">
      <p class="lead">
        <Badge tone={tone} text={text} />
      </p>
      {checked.verdict === 'unknown' ? (
        <p>没有这个校验码。请对照证照核对有没有抄错；仍然查不到的，请向颁发机关查询。</p>
      ) : (
        <DefinitionList items={rows.map(({ term, detail }) => ({ term, detail: detail ?? '' }))} />
      )}
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
        help="印在证照和文书二维码下方，共 16 位。"
        required
        mark={false}
      />
      <Actions>
        <Button>核验</Button>
      </Actions>
    </form>
  </Card>
);

type VerifyDeps = CertificateDeps & ShellDeps;

const page = (ctx: RouteContext, deps: VerifyDeps, children: JSX.Element, status = 200): void =>
  show(
    ctx,
    <StationPage ctx={ctx} deps={deps} title="证照核验" heading="证照核验" nav="verify" narrow>
      {children}
    </StationPage>,
    status,
  );

/** The page on which a code is typed in. */
export function verifyPages(router: Router, deps: VerifyDeps): void {
  router.get('/verify', (ctx: RouteContext) => {
    const code = typeof ctx.query.code === 'string' ? ctx.query.code.trim() : '';
    if (code === '') return page(ctx, deps, <CodeForm />);
    ctx.redirect(`/verify/${encodeURIComponent(code)}`);
    ctx.status = 303;
  });
}

/** Is a certificate or paper genuine? Anybody may ask, by page or by API; an unknown code is answered plainly. */
export function verifyRoutes(deps: VerifyDeps): ApiRoute[] {
  const answer = { description: 'What the code stands for', schema: { type: 'object' } };
  return [
    {
      method: 'get',
      path: '/verify/:code',
      summary: 'Is a certificate or paper genuine? JSON or a page, as asked for',
      tag: 'public',
      auth: 'public',
      before: [limit({ max: 60, perSeconds: 60 })],
      responses: { 200: answer, 404: { ...answer, description: 'Nobody has this code' } },
      async handler(ctx) {
        const checked = await check(deps, ctx.params.code as string);
        const status = checked.verdict === 'unknown' ? 404 : 200;
        if (wantsHtml(ctx))
          return page(
            ctx,
            deps,
            <>
              <Result checked={checked} />
              <CodeForm />
            </>,
            status,
          );
        ctx.body = { ...checked, says: WORDS[checked.verdict].text };
        ctx.status = status;
      },
    },
  ];
}
