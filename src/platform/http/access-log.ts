import type { Logger } from '../log.ts';
import type { HttpContext, HttpMiddleware } from './context.ts';

/**
 * One line per request, when the answer has left or the client has gone: method, route pattern, status,
 * milliseconds, request id, account id. Never the address asked for: paths and queries carry case numbers
 * and identity digits. Of a request that is to leave no trace (`untraced`) there is no line.
 */
export function accessLog(log: Logger): HttpMiddleware {
  return async (ctx, next) => {
    const began = performance.now();
    ctx.res.once('close', () => {
      if (ctx.state.untraced) return;
      const line = {
        method: ctx.method,
        route: routeOf(ctx),
        status: ctx.res.statusCode,
        ms: Math.round(performance.now() - began),
        requestId: ctx.state.requestId,
        accountId: ctx.state.actor?.accountId,
      };
      if (ctx.res.writableFinished) log.info(line, 'request');
      else log.warn(line, 'request abandoned by the client');
    });
    await next();
  };
}

/** `/api/cases/:id`, or `(none)` when no route matched. */
function routeOf(ctx: HttpContext): string {
  const route: unknown = ctx._matchedRoute;
  return route === undefined ? '(none)' : String(route);
}
