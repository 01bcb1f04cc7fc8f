import { invalid } from '../../errors.ts';
import { localDate } from '../../kernel/time.ts';
import { checkAgainst } from '../../workflow/formats.ts';
import { wallClock } from '../clock.ts';

/**
 * The value, when it fits the schema.
 * @param where put before each pointer of a fault, e.g. `` or `/query`
 * @throws AppError 422 `request.invalid` with every fault
 */
export function requireShape<T>(schema: object, value: unknown, where = ''): T {
  const today = localDate(wallClock.now());
  const faults = checkAgainst(schema, value ?? {}, { prefix: where, today });
  if (faults.length > 0) throw invalid(faults);
  return value as T;
}
