import { bodyParser } from '@koa/bodyparser';
import { malformed } from '../../errors.ts';
import type { HttpMiddleware } from './context.ts';

/**
 * Reads JSON and urlencoded bodies of up to 1 MB into `ctx.request.body`; broken JSON is 400, more is 413.
 * JSON must be an object or array. Multipart is read by the routes that take files (multipart.ts).
 */
export function readBody(): HttpMiddleware {
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
