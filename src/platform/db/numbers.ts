import type { Trx } from './transact.ts';

/**
 * The next number of a series in a year, from 1, without gaps: the row is locked until the transaction
 * ends, and a rollback takes the number back.
 */
export async function nextNumber(trx: Trx, series: string, year: number): Promise<number> {
  const [row] = await trx('number_series')
    .insert({ series, year, last: 1 })
    .onConflict(['series', 'year'])
    .merge({ last: trx.raw('number_series.last + 1') })
    .returning('last');
  return row.last;
}
