import { AppError } from '../../errors.ts';
import type { Logger } from '../log.ts';
import { type HttpContext, type HttpMiddleware, wantsHtml } from './context.ts';
import { type Problem, problemOf } from './problem.ts';

/** Draws the page for a refused request; a full HTML document. */
export type ErrorPage = (problem: Problem, ctx: HttpContext) => string;

/** Headers that spoke of the answer that did not come. */
const STALE = [
  'Cache-Control',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Length',
  'Content-Type',
  'ETag',
  'Last-Modified',
];

/**
 * Turns whatever is thrown below into problem+json, or a page for a browser. An unexpected error is
 * logged with its stack and answered with nothing but the request id. A route that answered nothing
 * (404, 405, 501) becomes a problem too.
 */
export function errors(log: Logger, errorPage: ErrorPage): HttpMiddleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.body == null && ctx.status === 404) throw new AppError(404, 'not_found');
      if (ctx.body == null && (ctx.status === 405 || ctx.status === 501)) {
        throw new AppError(ctx.status, 'method_not_allowed');
      }
    } catch (error) {
      const problem = problemOf(error, ctx.state.requestId);
      if (problem.status >= 500 && problem.code === 'internal') {
        log.error({ err: error, requestId: ctx.state.requestId }, 'request failed');
      }
      answer(ctx, problem, errorPage);
    }
  };
}

function answer(ctx: HttpContext, problem: Problem, errorPage: ErrorPage): void {
  for (const header of STALE) ctx.remove(header);
  ctx.status = problem.status;
  ctx.set('Cache-Control', 'no-store');
  if (typeof problem.retryAfter === 'number') ctx.set('Retry-After', String(problem.retryAfter));
  if (wantsHtml(ctx)) {
    ctx.type = 'html';
    ctx.body = errorPage(problem, ctx);
  } else {
    ctx.body = JSON.stringify(problem);
    ctx.type = 'application/problem+json';
  }
}
