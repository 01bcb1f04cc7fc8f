/** What every page of the station shares: header, banner, message, sign-in on the way, error page. */
import type { JSX, VNode } from 'preact';
import { AppError } from '../errors.ts';
import { pageUser } from '../people/accounts/index.ts';
import type { OrgTree } from '../people/orgs/index.ts';
import type { PlatformDeps } from '../platform/deps.ts';
import type { HttpContext, Problem, RouteContext } from '../platform/http/index.ts';
import {
  ErrorPage,
  type FlashMessage,
  Page,
  type PageProps,
  render,
  SITE_PATHS,
} from '../platform/web/index.ts';
import { ROLE_WORDS } from '../workflow/words.ts';
import { kioskOf, readingOf } from './visitor.ts';

export type ShellDeps = Pick<PlatformDeps, 'clock' | 'mode'> & { orgs: OrgTree };
type AnyContext = HttpContext | RouteContext;

const FLASH_COOKIE = 'cunban-flash';
const FLASH_MS = 60_000;
const COOKIE = { httpOnly: true, sameSite: 'lax', signed: false, overwrite: true } as const;

/** A script of ours at work in the background: no message is left for it or taken, and nothing is drawn twice. */
const isQuiet = (ctx: AnyContext): boolean => ctx.get('x-quiet') !== '';

/** Leave one message for the page that follows a form; no personal data, it lies in a cookie. */
export function leaveFlash(ctx: AnyContext, kind: FlashMessage['kind'], text: string): void {
  if (isQuiet(ctx)) return;
  ctx.cookies.set(FLASH_COOKIE, `${kind}.${encodeURIComponent(text)}`, { ...COOKIE, maxAge: FLASH_MS });
}

function takeFlash(ctx: AnyContext): FlashMessage | null {
  if (isQuiet(ctx)) return null;
  const sent = ctx.cookies.get(FLASH_COOKIE, { signed: false });
  const [, kind, text] = /^(done|warn|error)\.([\w%.~!*'()-]{1,2000})$/.exec(sent ?? '') ?? [];
  if (sent !== undefined) ctx.cookies.set(FLASH_COOKIE, null, COOKIE);
  if (kind === undefined || text === undefined) return null;
  try {
    return { kind: kind as FlashMessage['kind'], text: decodeURIComponent(text) };
  } catch {
    return null;
  }
}

/** A page in the station's frame. Whatever is signed in, rehearsed or just done is drawn around it. */
export function StationPage(props: PageProps & { ctx: AnyContext; deps: ShellDeps }): JSX.Element {
  const { ctx, deps, ...page } = props;
  const { actor } = ctx.state;
  return (
    <Page
      signedIn={actor ? pageUser(actor, deps.orgs) : null}
      banner={deps.mode === 'rehearsal' ? { now: deps.clock.now() } : null}
      reading={readingOf(ctx)}
      kiosk={kioskOf(ctx, deps.orgs)}
      {...page}
      flash={page.flash === undefined ? takeFlash(ctx) : page.flash}
    />
  );
}

/** Answer with a page. */
export function show(ctx: AnyContext, page: VNode, status = 200): void {
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = render(page);
}

/** After a form: look at the result with GET; a script in the background is only told where it is. */
export function seeOther(ctx: AnyContext, path: string): void {
  if (isQuiet(ctx)) {
    ctx.body = { location: path };
    return;
  }
  ctx.redirect(path);
  ctx.status = 303;
}

/** A page for whoever is signed in: a stranger who only looks is sent to sign in and comes back. */
export function staffPage(
  handler: (ctx: RouteContext) => Promise<void> | void,
): (ctx: RouteContext) => Promise<void> {
  return async (ctx) => {
    if (ctx.method === 'GET' && !ctx.state.actor)
      return seeOther(ctx, `${SITE_PATHS.signIn}?next=${encodeURIComponent(ctx.url)}`);
    await handler(ctx);
  };
}

/** What the reader of an error can do, by code; where the problem itself tells more, from its data. */
const NEXT: Partial<Record<Problem['code'], string[]>> = {
  'case.not_found': ['核对地址或编号；外村的办件在这里看不到。'],
  'case.not_allowed': ['返回办件页，看看这一步由谁办理。'],
  'case.second_person': ['请同岗位的另一位同事办理这一步。'],
  'case.stale_version': ['返回办件页，看过最新情况再办。'],
  'case.event_not_possible': ['返回办件页，看看现在可以怎样办。'],
  'case.not_needed': ['把告知单打印出来交给群众；情况有变化的，可以随时再来申请。'],
  'quota.exhausted': ['返回办件页，看看排在第几位；不够的可以转入排队递补。'],
  'file.too_large': ['返回上一页，换一个小一些的文件，或者分成几个文件上传。'],
  'file.wrong_type': ['返回上一页，拍照或扫描成 JPG、PNG、PDF 后再上传。'],
  'session.csrf': ['返回上一页，刷新后重新提交。'],
  'session.required': ['登录以后会回到原来的页面。'],
  'session.expired': ['登录以后会回到原来的页面。'],
  not_allowed: ['请有这项权限的同事办理；要开通的，请找管理员。'],
  not_found: ['核对地址有没有写错。', '从上面的导航重新进入。'],
};

/** Where the parts of the house begin that are not reached by a case. */
const SECTIONS: Record<string, string> = {
  cash: '返回现金发放',
  certificates: '返回证照登记簿',
  desk: '返回领取台',
  payouts: '返回发放',
  transfers: '返回证照交接',
};

function nextSteps(problem: Problem): string[] {
  const next = [...(NEXT[problem.code] ?? [])];
  const may = problem.mayAct as { role: keyof typeof ROLE_WORDS; org: string } | undefined;
  if (may) next.unshift(`这一步由${may.org}的${ROLE_WORDS[may.role]}办理。`);
  if (typeof problem.stateTitle === 'string') next.unshift(`这件事项现在是“${problem.stateTitle}”。`);
  if (typeof problem.says === 'string') next.unshift(problem.says);
  for (const fault of problem.faults ?? []) next.push(fault.message);
  if (typeof problem.retryAfter === 'number') next.push(`请在 ${problem.retryAfter} 秒后再试。`);
  return next;
}

/** The page of a refused request; a whole document. */
export function errorPage(deps: ShellDeps, problem: Problem, ctx: HttpContext): string {
  const caseId = /^\/cases\/([0-9a-z]{26})\b/.exec(ctx.path)?.[1];
  const section = Object.keys(SECTIONS).find((s) => ctx.path.startsWith(`/${s}/`));
  const links = [
    ...(problem.status === 401
      ? [
          {
            href: `${SITE_PATHS.signIn}?next=${encodeURIComponent(ctx.method === 'GET' ? ctx.url : '/')}`,
            text: '去登录',
          },
        ]
      : []),
    ...(problem.code === 'case.not_needed' && typeof problem.note === 'string'
      ? [{ href: `/answers/${problem.note}`, text: '查看并打印告知单' }]
      : []),
    ...(caseId !== undefined && problem.status !== 404
      ? [{ href: `/cases/${caseId}`, text: '返回办件页' }]
      : []),
    ...(section !== undefined && problem.status >= 404
      ? [{ href: `/${section}`, text: SECTIONS[section] as string }]
      : []),
    { href: SITE_PATHS.home, text: '返回首页' },
  ];
  return render(
    <StationPage ctx={ctx} deps={deps} title={problem.title} narrow flash={null}>
      <ErrorPage
        status={problem.status}
        happened={problem.title}
        next={nextSteps(problem)}
        requestId={problem.requestId}
        links={links}
      />
    </StationPage>,
  );
}

/** Is this the house's own refusal with one of these codes? */
export const isRefusal = (error: unknown, ...codes: AppError['code'][]): error is AppError =>
  error instanceof AppError && (codes.length === 0 || codes.includes(error.code));

/** A drawing of `workflow/draw/index.ts`, which escapes every text; on a narrow screen it scrolls sideways. */
export function Drawing({ svg, label }: { svg: string; label: string }): JSX.Element {
  return (
    <section
      class="drawing"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
