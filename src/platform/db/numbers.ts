import type { Trx } from './transact.ts';

/**
 * The next number of a series in a year, from 1, without gaps: the row is locked until the transaction
 * ends, and a rollback takes the number back.
 */
export async function nextNumber(trx: Trx, series: string, year: number): Promise<number> {
  await trx('number_series').insert({ series, year, last: 0 }).onConflict(['series', 'year']).ignore();
  await trx('number_series').where({ series, year }).increment('last', 1);
  const row = await trx('number_series').where({ series, year }).first();
  return row.last;
}
