import { tooMany } from '../../errors.ts';
import type { HttpContext, HttpMiddleware } from './context.ts';

interface Limit {
  /** Requests of one key in a window. */
  max: number;
  perSeconds: number;
  /** Who counts together; the client's address unless told otherwise. */
  key?: (ctx: HttpContext) => string;
  /** Milliseconds of a steady clock. */
  now?: () => number;
}

/** Most keys remembered; the oldest windows go first. */
const MOST_KEYS = 10_000;

/**
 * Fixed-window limit in memory, for look-ups open to everybody.
 * @throws AppError 429 `rate.too_many` with Retry-After
 */
export function limit({
  max,
  perSeconds,
  key = (ctx) => ctx.ip,
  now = () => performance.now(),
}: Limit): HttpMiddleware {
  const windows = new Map<string, { since: number; count: number }>();
  return async (ctx, next) => {
    const at = now();
    const id = key(ctx);
    const seen = windows.get(id);
    const fresh = !seen || at - seen.since >= perSeconds * 1000;
    const window = fresh ? { since: at, count: 0 } : seen;
    if (fresh) {
      windows.delete(id);
      windows.set(id, window);
      const oldest = windows.keys().next().value;
      if (windows.size > MOST_KEYS && oldest !== undefined) windows.delete(oldest);
    }
    if (++window.count > max) throw tooMany(Math.ceil(perSeconds - (at - window.since) / 1000));
    return next();
  };
}
