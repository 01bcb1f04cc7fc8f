import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import { skipLocked } from '../db/dialect.ts';
import type { Trx } from '../db/index.ts';

/** An effect waiting to be carried out after the commit that asked for it. */
export interface OutboxRow {
  id: string;
  effect: string;
  payload_sealed: string;
  case_id: string;
  event_seq: number;
  ordinal: number;
  attempts: number;
}

/** A rung of a clock, and when it speaks. */
export interface RawDeadline {
  id: string;
  case_id: string;
  clock: string;
  rung: string;
  fires_at: Instant;
  attempts: number;
}

export interface Lease {
  now: Instant;
  until: Instant;
  worker: string;
}

const free = (rows: Knex.QueryBuilder, now: Instant) =>
  rows.where((q) => q.whereNull('leased_until').orWhere('leased_until', '<=', now));

/** Take the next effect due, if no earlier one of its case is waiting: effects of one case keep their order. */
export async function leaseEffect(trx: Trx, lease: Lease, caseId?: string): Promise<OutboxRow | undefined> {
  const rows = trx('outbox as o')
    .select('o.*')
    .where({ 'o.state': 'waiting' })
    .where('o.next_at', '<=', lease.now)
    .whereNotExists(
      trx('outbox as e')
        .select(trx.raw('1'))
        .whereRaw('e.case_id = o.case_id')
        .where('e.state', 'waiting')
        .whereRaw('(e.event_seq < o.event_seq or (e.event_seq = o.event_seq and e.ordinal < o.ordinal))'),
    )
    .orderBy(['o.next_at', 'o.id'])
    .limit(1);
  if (caseId !== undefined) rows.where('o.case_id', caseId);
  const [row] = await skipLocked(trx, free(rows, lease.now));
  if (row) await hold(trx, 'outbox', row.id, lease);
  return row;
}

/** Take the deadline that has been due longest. */
export async function leaseDeadline(trx: Trx, lease: Lease): Promise<RawDeadline | undefined> {
  const rows = trx('deadlines')
    .whereNull('fired_at')
    .where('fires_at', '<=', lease.now)
    .where((q) => q.whereNull('next_at').orWhere('next_at', '<=', lease.now))
    .orderBy(['fires_at', 'id'])
    .limit(1);
  const [row] = await skipLocked(trx, free(rows, lease.now));
  if (row) await hold(trx, 'deadlines', row.id, lease);
  return row;
}

async function hold(trx: Trx, table: string, id: string, lease: Lease): Promise<void> {
  await trx(table)
    .where({ id })
    .update({ leased_by: lease.worker, leased_until: lease.until })
    .increment('attempts', 1);
}

export async function finishEffect(trx: Trx, id: string, now: Instant): Promise<void> {
  await trx('outbox')
    .where({ id })
    .update({ state: 'done', done_at: now, error: null, ...FREE });
}

/** Free again at `nextAt`; null parks an effect until somebody looks at it. */
export async function postpone(
  trx: Trx,
  table: 'outbox' | 'deadlines',
  id: string,
  nextAt: Instant | null,
  error: string,
): Promise<void> {
  await trx(table)
    .where({ id })
    .update({ error, ...FREE, ...(nextAt === null ? { state: 'parked' } : { next_at: nextAt }) });
}

const FREE = { leased_by: null, leased_until: null };
