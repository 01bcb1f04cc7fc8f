/** 排队叫号: numbers are taken, called, called again; a station's queue begins anew every day. */
import { conflict, notFound } from '../../../errors.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { writeOnce } from '../../../platform/db/index.ts';
import * as store from '../store/queue.ts';
import type { Device, Purpose, StationDeps, Ticket } from '../types.ts';
import { keptStation } from './facts.ts';

const today = (deps: StationDeps) => localDate(deps.clock.now());

/** Take a number for a citizen at the counter. */
export async function takeTicket(
  deps: StationDeps,
  who: SignedIn,
  orgId: string,
  purpose: Purpose | null,
  requestId?: string,
): Promise<Ticket> {
  const { id: org } = keptStation(deps, who, orgId);
  return writeOnce(deps, who, requestId, { take: purpose, org }, (trx) => takeIn(trx, deps, org, purpose));
}

/** Take a number at a screen that the station's clerk has opened for it. */
export const takeAtKiosk = (
  deps: StationDeps,
  device: Device,
  purpose: Purpose | null,
  requestId?: string,
): Promise<Ticket> =>
  writeOnce(deps, { accountId: `kiosk:${device.id}` }, requestId, { take: purpose }, (trx) =>
    takeIn(trx, deps, device.org, purpose),
  );

async function takeIn(trx: Trx, deps: StationDeps, org: string, purpose: Purpose | null): Promise<Ticket> {
  const day = today(deps);
  const ticket: Ticket = {
    org,
    day,
    seq: await store.nextSeq(trx, org, day),
    purpose,
    state: 'waiting',
    takenAt: deps.clock.now(),
    firstCalledAt: null,
    calledAt: null,
    calls: 0,
    counter: null,
    endedAt: null,
  };
  await store.insertTicket(trx, ticket);
  return ticket;
}

/** Call the next to a counter; whoever stood there is served. @throws conflict `queue.empty` */
export async function callNext(
  deps: StationDeps,
  who: SignedIn,
  orgId: string,
  counter: number | null,
  requestId?: string,
): Promise<Ticket> {
  const { id: org } = keptStation(deps, who, orgId);
  return writeOnce(deps, who, requestId, { next: counter, org }, async (trx) => {
    await store.lockQueue(trx, org);
    const day = today(deps);
    const at = deps.clock.now();
    const next = await store.firstWaiting(trx, org, day);
    if (!next) throw conflict('queue.empty');
    await store.endAtCounter(trx, { org, day, counter, at });
    await store.markCalled(trx, next, { at, counter });
    return called(trx, next);
  });
}

export type TicketAct = 'again' | 'absent' | 'done';

const FROM: Record<TicketAct, readonly Ticket['state'][]> = {
  again: ['called', 'absent'],
  absent: ['called'],
  done: ['called'],
};

/**
 * Call a number again, put it aside because nobody came, or end it.
 * @throws notFound `queue.ticket_not_found`, also for a number of another day; conflict `queue.not_possible`
 */
export async function actOnTicket(
  deps: StationDeps,
  who: SignedIn,
  orgId: string,
  act: TicketAct,
  { seq, counter, requestId }: { seq: number; counter: number | null; requestId?: string | undefined },
): Promise<Ticket> {
  const { id: org } = keptStation(deps, who, orgId);
  return writeOnce(deps, who, requestId, { act, seq, counter, org }, async (trx) => {
    await store.lockQueue(trx, org);
    const ticket = await store.findTicket(trx, org, today(deps), seq);
    if (!ticket) throw notFound('queue.ticket_not_found');
    if (!FROM[act].includes(ticket.state)) throw conflict('queue.not_possible');
    const at = deps.clock.now();
    if (act !== 'again') await store.markEnded(trx, ticket, act === 'done' ? 'served' : 'absent', at);
    else {
      // Somebody who comes late takes the place of whoever stands at the counter.
      if (ticket.state === 'absent') await store.endAtCounter(trx, { org, day: ticket.day, counter, at });
      await store.markCalled(trx, ticket, {
        at,
        counter: ticket.state === 'absent' ? counter : ticket.counter,
      });
    }
    return called(trx, ticket);
  });
}

const called = async (trx: Trx, { org, day, seq }: Ticket): Promise<Ticket> =>
  (await store.findTicket(trx, org, day, seq)) as Ticket;
