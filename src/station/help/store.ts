import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';

/** How a tour ended. */
export type TourEnd = 'done' | 'skipped';

/** The last end counts. */
export const saveTour = (
  trx: Knex.Transaction,
  accountId: string,
  end: TourEnd,
  at: Instant,
): Promise<unknown> =>
  trx('tours').insert({ account_id: accountId, end, at }).onConflict('account_id').merge();

export const hasTour = async (read: Knex, accountId: string): Promise<boolean> =>
  (await read('tours').where({ account_id: accountId }).first()) !== undefined;
