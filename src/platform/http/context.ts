import type { RouterContext } from '@koa/router';
import type { DefaultContext, DefaultState, Middleware, Next, ParameterizedContext } from 'koa';

/** What every middleware may rely on. `people` adds `actor` and `csrf` when somebody is signed in. */
declare module 'koa' {
  interface DefaultState {
    /** Told to the client in `X-Request-Id` and in every problem; the key to our logs. */
    requestId: string;
  }
}

/** A request before routing. */
export type HttpContext = ParameterizedContext<DefaultState, DefaultContext>;
/** A request inside a route: has `params`. */
export type RouteContext = RouterContext;
export type HttpMiddleware = Middleware<DefaultState, DefaultContext>;
export type { Next };

/** True when the asker prefers a page to data: a browser, not fetch() or curl. */
export function wantsHtml(ctx: HttpContext | RouteContext): boolean {
  return ctx.accepts('application/problem+json', 'application/json', 'text/html') === 'text/html';
}
