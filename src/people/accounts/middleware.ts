/** Who is asking, and whether the request came from our own pages. */
import { timingSafeEqual } from 'node:crypto';
import { AppError, notAllowed, unauthenticated } from '../../errors.ts';
import {
  type HttpContext,
  type HttpMiddleware,
  type RouteContext,
  wantsHtml,
} from '../../platform/http/index.ts';
import { SITE_PATHS } from '../../platform/web/index.ts';
import { type AccountDeps, findSession, type SignedIn } from './commands/index.ts';
import { sessionToken } from './cookie.ts';

declare module 'koa' {
  interface DefaultState {
    /** Whoever is signed in. Use `requireSession(ctx)` where a session is needed. */
    actor?: SignedIn;
    /** The session's proof, for the forms of the page. */
    csrf?: string;
    /** Signed in, but the proof is inside a body not yet read: becomes `actor` by `checkCsrf`. */
    unproven?: SignedIn;
    /** A session cookie came that is no longer good. */
    sessionExpired?: boolean;
  }
}

type AnyContext = HttpContext | RouteContext;

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses every changing request that another site sent; finds the session of the cookie; asks changing
 * requests of a session for its proof (header `x-csrf-token` or body field `_csrf`). Stands after the body
 * parser. A multipart body is read later: until its route has called `checkCsrf`, nobody is signed in.
 * Where nobody is to be known (`untraced`) there is no session either.
 * A page asked for without a session leads to the sign-in page and back; nothing but the own account is open until a
 * password that an administrator gave is changed.
 * @throws AppError 403 session.csrf, account.must_change
 */
export function sessionMiddleware(deps: AccountDeps): HttpMiddleware {
  return async (ctx, next) => {
    const changes = !SAFE.has(ctx.method);
    if (changes) refuseForeign(ctx);
    const token = ctx.state.untraced ? undefined : sessionToken(ctx);
    const who = token === undefined ? undefined : await findSession(deps, token);
    ctx.state.sessionExpired = token !== undefined && who === undefined;
    if (who) {
      ctx.state.csrf = who.csrf;
      ctx.state.unproven = who;
      if (!changes || (ctx.method === 'POST' && OPENS.includes(ctx.path))) prove(ctx);
      else if (ctx.get('x-csrf-token') !== '' || !ctx.is('multipart/form-data'))
        checkCsrf(ctx, sentProof(ctx));
    }
    if (who?.mustChange && !OPEN_BEFORE_CHANGE.includes(ctx.path)) return leadToPassword(ctx);
    await next().catch((error: unknown) => leadToSignIn(ctx, error));
  };
}

/** Where a session is opened, and so has no proof yet. */
const OPENS: readonly string[] = ['/api/session', SITE_PATHS.signIn];

/** What is open to somebody whose password an administrator has given. */
const OPEN_BEFORE_CHANGE: readonly string[] = [
  SITE_PATHS.account,
  `${SITE_PATHS.account}/password`,
  SITE_PATHS.signOut,
  '/api/session',
];

/** @throws AppError 403 account.must_change, where no page was asked for */
function leadToPassword(ctx: HttpContext): void {
  const asked = ctx.method === 'GET' && !ctx.path.startsWith('/api/') && wantsHtml(ctx);
  if (!asked) throw notAllowed('account.must_change');
  ctx.redirect(SITE_PATHS.account);
}

function leadToSignIn(ctx: HttpContext, error: unknown): void {
  const asked = error instanceof AppError && error.status === 401 && ctx.method === 'GET';
  if (!asked || ctx.path.startsWith('/api/') || !wantsHtml(ctx)) throw error;
  ctx.redirect(`${SITE_PATHS.signIn}?next=${encodeURIComponent(ctx.url)}`);
}

/** Sec-Fetch-Site where the browser tells it, and the Origin's host against ours. */
function refuseForeign(ctx: AnyContext): void {
  const site = ctx.get('sec-fetch-site');
  if (site !== '' && site !== 'same-origin' && site !== 'none') throw notAllowed('session.csrf');
  const origin = ctx.get('origin');
  if (origin === '') return;
  if (!URL.canParse(origin) || new URL(origin).host !== ctx.host) throw notAllowed('session.csrf');
}

function sentProof(ctx: AnyContext): unknown {
  const header = ctx.get('x-csrf-token');
  if (header !== '') return header;
  const body: unknown = ctx.request.body;
  return typeof body === 'object' && body !== null && '_csrf' in body ? body._csrf : undefined;
}

function prove(ctx: AnyContext): void {
  if (ctx.state.unproven) ctx.state.actor = ctx.state.unproven;
  delete ctx.state.unproven;
}

/**
 * Compares the proof of a session; a route that reads a multipart body calls it with the body's `_csrf`
 * before `requireSession`. Without a session, or when it was proven before, nothing happens.
 * @throws AppError 403 session.csrf
 */
export function checkCsrf(ctx: AnyContext, proof: unknown): void {
  const who = ctx.state.unproven;
  if (!who) return;
  const given = Buffer.from(typeof proof === 'string' ? proof : '');
  const wanted = Buffer.from(who.csrf);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw notAllowed('session.csrf');
  prove(ctx);
}

const nobody = (ctx: AnyContext): AppError =>
  unauthenticated(ctx.state.sessionExpired ? 'session.expired' : 'session.required');

/** Lets whoever has a session pass; of a body not yet read the proof is still to come. @throws AppError 401 */
export const admitSignedIn: HttpMiddleware = (ctx, next) => {
  if (!ctx.state.actor && !ctx.state.unproven) throw nobody(ctx);
  return next();
};

/**
 * Whoever is signed in, and proven.
 * @throws AppError 401 session.required, or session.expired when the session has run out
 */
export function requireSession(ctx: AnyContext): SignedIn {
  if (ctx.state.actor) return ctx.state.actor;
  if (ctx.state.unproven) throw notAllowed('session.csrf');
  throw nobody(ctx);
}
