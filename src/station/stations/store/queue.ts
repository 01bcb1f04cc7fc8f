import type { Instant, LocalDate } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Purpose, Ticket } from '../types.ts';
import type { Db } from './facts.ts';

type Raw = Record<string, string | number | null>;

const toTicket = (r: Raw): Ticket => ({
  org: r.org_id as string,
  day: r.day as string,
  seq: r.seq as number,
  purpose: r.purpose as Purpose | null,
  state: r.state as Ticket['state'],
  takenAt: r.taken_at as string,
  firstCalledAt: r.first_called_at as string | null,
  calledAt: r.called_at as string | null,
  calls: r.calls as number,
  counter: r.counter as number | null,
  endedAt: r.ended_at as string | null,
});

/**
 * The next number of a station's day, from 1. The row of the station stays locked until the transaction ends:
 * whoever works on its queue waits.
 */
export async function nextSeq(trx: Trx, org: string, day: LocalDate): Promise<number> {
  const [row] = await trx('queues')
    .insert({ org_id: org, day, last: 1 })
    .onConflict('org_id')
    .merge({ day, last: trx.raw('case when queues.day = excluded.day then queues.last + 1 else 1 end') })
    .returning('last');
  return row.last;
}

/** Waits for whoever works on this queue, and keeps others waiting until the transaction ends. */
export async function lockQueue(trx: Trx, org: string): Promise<void> {
  await trx('queues')
    .where({ org_id: org })
    .update({ last: trx.ref('last') });
}

export async function insertTicket(trx: Trx, ticket: Ticket): Promise<void> {
  await trx('queue_tickets').insert({
    org_id: ticket.org,
    day: ticket.day,
    seq: ticket.seq,
    purpose: ticket.purpose,
    state: ticket.state,
    taken_at: ticket.takenAt,
    calls: ticket.calls,
  });
}

/** Tickets of a day in the order of their numbers. */
export async function listTickets(db: Db, org: string, day: LocalDate): Promise<Ticket[]> {
  return (await db('queue_tickets').where({ org_id: org, day }).orderBy('seq')).map(toTicket);
}

export async function findTicket(
  db: Db,
  org: string,
  day: LocalDate,
  seq: number,
): Promise<Ticket | undefined> {
  const row = await db('queue_tickets').where({ org_id: org, day, seq }).first();
  return row && toTicket(row);
}

/** Of those who wait, the one with the lowest number. */
export async function firstWaiting(trx: Trx, org: string, day: LocalDate): Promise<Ticket | undefined> {
  const row = await trx('queue_tickets').where({ org_id: org, day, state: 'waiting' }).orderBy('seq').first();
  return row && toTicket(row);
}

const one = (trx: Trx, { org, day, seq }: Ticket) => trx('queue_tickets').where({ org_id: org, day, seq });

export async function markCalled(
  trx: Trx,
  ticket: Ticket,
  { at, counter }: { at: Instant; counter: number | null },
): Promise<void> {
  await one(trx, ticket).update({
    state: 'called',
    first_called_at: ticket.firstCalledAt ?? at,
    called_at: at,
    calls: ticket.calls + 1,
    counter,
    ended_at: null,
  });
}

export async function markEnded(
  trx: Trx,
  ticket: Ticket,
  state: 'served' | 'absent',
  at: Instant,
): Promise<void> {
  await one(trx, ticket).update({ state, ended_at: at });
}

/** Whoever stands at this counter is served when the next is called. */
export async function endAtCounter(
  trx: Trx,
  { org, day, counter, at }: { org: string; day: LocalDate; counter: number | null; at: Instant },
): Promise<void> {
  await trx('queue_tickets')
    .where({ org_id: org, day, state: 'called', counter })
    .update({ state: 'served', ended_at: at });
}
