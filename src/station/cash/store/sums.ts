import type { Fen } from '../../../kernel/types.ts';
import type { Db } from './bags.ts';

/** What a village's cash comes to: in the ledger, and at each place but the box itself. */
export async function sumsOf(
  db: Db,
  villageId: string,
): Promise<{ ledger: Fen; onTheWay: Fen; handed: Fen; goingBack: Fen }> {
  const own = { village_id: villageId };
  const [ledger] = await db('payout_entries')
    .where({ ...own, account: 'cash' })
    .sum({ fen: 'fen' });
  const [onTheWay] = await db('cash_bags')
    .where(own)
    .whereIn('state', ['sent', 'counted'])
    .sum({ fen: 'total' });
  const [handed] = await db('cash_lines')
    .where({ ...own, state: 'handed' })
    .sum({ fen: 'net' });
  const [goingBack] = await db('cash_returns')
    .where({ ...own, state: 'sent' })
    .sum({ fen: 'total' });
  const fenOf = (row: { fen?: Fen | null } | undefined): Fen => row?.fen ?? 0;
  return {
    ledger: fenOf(ledger),
    onTheWay: fenOf(onTheWay),
    handed: fenOf(handed),
    goingBack: fenOf(goingBack),
  };
}
