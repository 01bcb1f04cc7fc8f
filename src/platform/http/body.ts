import { bodyParser } from '@koa/bodyparser';
import { malformed } from '../../errors.ts';
import type { HttpMiddleware } from './context.ts';

/** The character no text has and no database keeps, as addresses and bodies write it. */
const NUL_IN_ADDRESS = '%00';
const NUL_IN_JSON = /(?<!\\)(?:\\\\)*\\u0000/;

/**
 * Reads JSON and urlencoded bodies of up to 1 MB into `ctx.request.body`; broken JSON is 400, more is 413.
 * JSON must be an object or array. Multipart is read by the routes that take files (multipart.ts).
 * An address or a body with the character NUL is 400.
 */
export function readBody(): HttpMiddleware {
  const read = reader();
  return (ctx, next) => {
    if (ctx.url.includes(NUL_IN_ADDRESS)) throw malformed();
    return read(ctx, () => {
      const raw = ctx.request.rawBody ?? '';
      if (ctx.is('json') ? NUL_IN_JSON.test(raw) : raw.includes(NUL_IN_ADDRESS)) throw malformed();
      return next();
    });
  };
}

function reader(): HttpMiddleware {
  return bodyParser({
    enableTypes: ['json', 'form'],
    jsonLimit: '1mb',
    formLimit: '1mb',
    onError(error, ctx) {
      const status = 'status' in error ? Number(error.status) : 500;
      if (status === 400) throw malformed(ctx.is('json') ? 'request.malformed_json' : 'request.malformed');
      throw error;
    },
  });
}
