import { invalid } from '../../errors.ts';
import type { RouteContext } from './context.ts';

/** The key a client sends so that a repeat gets the first answer; an empty or endless one is refused. */
export function requestIdOf(ctx: RouteContext): string | undefined {
  const key = ctx.get('Idempotency-Key');
  if (key === '') return undefined;
  if (key.length > 100) throw invalid([{ pointer: '/headers/Idempotency-Key', message: '请求编号太长' }]);
  return key;
}
