/** The HTML side of accounts: sign in and out, my roles, my password. */
import type Router from '@koa/router';
import { AppError, type Fault } from '../../errors.ts';
import type { Instant } from '../../kernel/types.ts';
import { limit, type RouteContext, sentForm } from '../../platform/http/index.ts';
import {
  type FlashMessage,
  type NavId,
  type PageUser,
  render,
  SITE_PATHS,
} from '../../platform/web/index.ts';
import { ERROR_WORDING } from '../../wording.ts';
import type { OrgMap } from '../orgs/index.ts';
import { changePassword, type SignedIn, signIn, signOut } from './commands/index.ts';
import { giveToken, sessionToken, takeToken } from './cookie.ts';
import { leavePages } from './deputies/pages.tsx';
import { requireSession } from './middleware.ts';
import { AccountPage, type Frame, SignInPage } from './pages.tsx';
import { doesCaseWork, visibleScopes } from './policy.ts';
import { grantView } from './present.ts';
import { type RouteDeps, titlesOf } from './routes.ts';

type PagesDeps = RouteDeps & {
  mode: 'service' | 'rehearsal';
  /** Where somebody begins who has not been shown round; undefined for whoever has, or without it. */
  firstLook?(who: SignedIn): Promise<string | undefined>;
};

/** Whoever is signed in, as the header of every page names them. */
export function pageUser(who: SignedIn, orgs: OrgMap): PageUser {
  const titles = titlesOf(orgs);
  const [first] = who.grants;
  return {
    name: who.name,
    orgName: first ? titles.org(first.org) : '',
    roleTitles: [
      ...new Set(who.grants.map((g) => titles.role(g.role) + (g.for ? `（代${g.for.name}）` : ''))),
    ],
    csrf: who.csrf,
    sections: sectionsOf(who, orgs),
  };
}

/** Sections that belong to a role, wherever it is held. */
const OF_ROLES: [id: NavId, roles: string[]][] = [
  ['filing', ['clerk']],
  ['desk', ['clerk', 'committee']],
  ['cash', ['clerk', 'committee', 'officer']],
  ['board', ['inspector', 'leader']],
  ['admin', ['system-admin', 'security-admin', 'auditor']],
];

/** What this person may enter beyond what is everybody's. */
function sectionsOf(who: SignedIn, orgs: OrgMap): NavId[] {
  const ofRoles = OF_ROLES.filter(([, roles]) => who.grants.some((g) => roles.includes(g.role)));
  const reviews = who.grants.some((g) => g.role === 'reviewer' && orgs.find(g.org)?.kind === 'department');
  return [
    ...(doesCaseWork(who) ? (['inbox'] as const) : []),
    ...(visibleScopes(who, orgs).length > 0 ? (['cases', 'certificates', 'payouts'] as const) : []),
    ...ofRoles.map(([id]) => id),
    ...(who.grants.some((g) => g.role.startsWith('party-')) ? (['branch'] as const) : []),
    ...(reviews ? (['board'] as const) : []),
  ];
}

/**
 * Mounts `/sign-in`, `/sign-out` and `/account`. `now` is the service's time, shown in a rehearsal;
 * `deps.clock` is what sessions live by.
 */
export function accountPages(router: Router, deps: PagesDeps, now: () => Instant = deps.clock.now): void {
  const frame = (ctx: RouteContext): Frame => ({
    signedIn: ctx.state.actor ? pageUser(ctx.state.actor, deps.orgs) : null,
    banner: deps.mode === 'rehearsal' ? { now: now() } : null,
  });
  signInPages(router, deps, frame);
  leavePages(router, deps, frame);
  router.get('/account', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const flash = ctx.query.done === 'password' ? await changed(deps, who) : null;
    ctx.body = accountPage(deps, { ...frame(ctx), flash }, who, []);
  });
  router.post('/account/password', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const faults = await tryNewPassword(deps, who, new Map(sentForm(ctx).fields));
    if (faults.length === 0) return seeOther(ctx, '/account?done=password');
    ctx.status = 422;
    ctx.body = accountPage(deps, frame(ctx), who, faults);
  });
}

function signInPages(router: Router, deps: PagesDeps, frame: (ctx: RouteContext) => Frame): void {
  router.get(SITE_PATHS.signIn, async (ctx: RouteContext) => {
    if (ctx.state.actor) return seeOther(ctx, await landing(deps, ctx.state.actor, ctx.query.next));
    ctx.body = render(<SignInPage frame={frame(ctx)} next={localPath(ctx.query.next)} />);
  });
  const attempts = limit({ max: 600, perSeconds: 60 });
  router.post(SITE_PATHS.signIn, attempts as never, async (ctx: RouteContext) => {
    const sent = new Map(sentForm(ctx).fields);
    const login = sent.get('login') ?? '';
    const password = sent.get('password') ?? '';
    const next = sent.get('next');
    try {
      const { token, who } = await signIn(deps, { login, password, replaces: sessionToken(ctx) });
      giveToken(ctx, token);
      seeOther(ctx, await landing(deps, who, next));
    } catch (error) {
      const problem = whyNot(error);
      ctx.status = problem.status;
      if (problem.retryAfter !== undefined) ctx.set('Retry-After', String(problem.retryAfter));
      const props = { frame: frame(ctx), login, next: localPath(next), problem: problem.text };
      ctx.body = render(<SignInPage {...props} />);
    }
  });
  router.post(SITE_PATHS.signOut, async (ctx: RouteContext) => {
    if (ctx.state.actor) await signOut(deps, ctx.state.actor);
    takeToken(ctx);
    seeOther(ctx, SITE_PATHS.signIn);
  });
}

/** After a form: look at the result with GET. */
function seeOther(ctx: RouteContext, path: string): void {
  ctx.redirect(path);
  ctx.status = 303;
}

/** A path of this site and nothing else: no other host, no scheme, no way back to the sign-in page. */
function localPath(next: unknown): string | undefined {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return undefined;
  return next.startsWith(SITE_PATHS.signIn) ? undefined : next;
}

/** After a new password: said, and the way to work. */
const changed = async (deps: PagesDeps, who: SignedIn): Promise<FlashMessage> => ({
  kind: 'done',
  text: '密码已修改。',
  undo: { text: '去办事', href: await landing(deps, who, undefined) },
});

/** Where somebody goes who has signed in: where he wanted to, else to his work, the first time with a guide. */
async function landing(deps: PagesDeps, who: SignedIn, next: unknown): Promise<string> {
  if (who.mustChange) return SITE_PATHS.account;
  const wanted = localPath(next);
  if (wanted !== undefined) return wanted;
  return (await deps.firstLook?.(who)) ?? (doesCaseWork(who) ? '/inbox' : SITE_PATHS.home);
}

interface Refused {
  status: number;
  text: string;
  retryAfter?: number;
}

/** The sentence for a failed sign-in; anything unexpected is thrown on. */
function whyNot(error: unknown): Refused {
  if (!(error instanceof AppError)) throw error;
  const text = ERROR_WORDING[error.code];
  const { attemptsLeft, retryAfter } = error.data ?? {};
  if (typeof attemptsLeft === 'number') {
    const more = attemptsLeft > 0 ? `还可以再试 ${attemptsLeft} 次。` : '账号已锁定 15 分钟。';
    return { status: error.status, text: text + more };
  }
  if (typeof retryAfter === 'number') {
    const minutes = Math.ceil(retryAfter / 60);
    return { status: error.status, text: `${text}（约 ${minutes} 分钟后）`, retryAfter };
  }
  return { status: error.status, text };
}

function accountPage(deps: PagesDeps, frame: Frame, who: SignedIn, faults: readonly Fault[]): string {
  const titles = titlesOf(deps.orgs);
  const grants = who.grants.map((g) => ({ ...grantView(g, titles), from: g.from, to: g.to, for: g.for }));
  const { name, login, csrf, mustChange } = who;
  return render(<AccountPage {...{ frame, name, login, grants, csrf, mustChange, faults }} />);
}

/** Changes the password; what is wrong with it otherwise. */
async function tryNewPassword(
  deps: PagesDeps,
  who: SignedIn,
  sent: ReadonlyMap<string, string>,
): Promise<readonly Fault[]> {
  const next = sent.get('next') ?? '';
  if (sent.get('again') !== next) {
    return [{ pointer: '/again', message: '两次输入的新密码不一样', code: 'again' }];
  }
  try {
    await changePassword(deps, who, { current: sent.get('current') ?? '', next });
    return [];
  } catch (error) {
    if (error instanceof AppError && error.faults) return error.faults;
    throw error;
  }
}
