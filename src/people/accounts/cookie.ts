import type { HttpContext, RouteContext } from '../../platform/http/index.ts';

/** Name of the cookie that holds a session's token; `Secure` whenever the request came over TLS. */
const COOKIE = 'cunban';

type AnyContext = HttpContext | RouteContext;

export const sessionToken = (ctx: AnyContext): string | undefined =>
  ctx.cookies.get(COOKIE, { signed: false });

/** Lives as long as the browser; the server ends it earlier. */
export function giveToken(ctx: AnyContext, token: string): void {
  const kind = { httpOnly: true, sameSite: 'lax', path: '/', signed: false } as const;
  ctx.cookies.set(COOKIE, token, { ...kind, secure: ctx.secure });
}

export function takeToken(ctx: AnyContext): void {
  ctx.cookies.set(COOKIE, null, { path: '/', signed: false });
}
