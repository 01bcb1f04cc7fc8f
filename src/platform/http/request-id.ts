import type { HttpMiddleware } from './context.ts';

const SANE = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * Gives each request an id and echoes it as `X-Request-Id`. An id sent by a proxy is kept when it is
 * 8–64 plain characters, so that one request has one id in both logs.
 * @param random source of random bytes
 */
export function requestId(random: (n: number) => Uint8Array): HttpMiddleware {
  return async (ctx, next) => {
    const sent = ctx.get('X-Request-Id');
    ctx.state.requestId = SANE.test(sent) ? sent : Buffer.from(random(12)).toString('hex');
    ctx.set('X-Request-Id', ctx.state.requestId);
    await next();
  };
}
