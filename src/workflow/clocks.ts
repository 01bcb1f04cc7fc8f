import {
  type Budget,
  end,
  extend,
  isPaused,
  type Ledger,
  pause,
  resume,
  startLedger,
} from '../kernel/deadline.ts';
import type { DayUnit, LocalDate } from '../kernel/types.ts';
import type { Named } from './machine.ts';
import type { CaseContext, CaseEvent } from './types.ts';

interface Moment {
  on: LocalDate;
  event: CaseEvent;
  context: CaseContext;
}

/** A clock that is started a second time (a notice posted anew) gets its own ledger: `posting#2`. */
const baseName = (ledger: Ledger) => ledger.name.split('#')[0];

/** The running or paused ledger of a name, if any. */
export function activeClock(clocks: Ledger[], name: string): Ledger | undefined {
  return clocks.findLast((c) => baseName(c) === name && c.endedOn === undefined);
}

/** The text a person gave for moving a clock, which the ledger keeps. */
function reasonOf(event: CaseEvent): string {
  const { reason, procedure } = event.data as { reason?: string; procedure?: string };
  return [procedure, reason].filter(Boolean).join('：') || event.type;
}

/** Carry out the clock actions of one step, in order; returns new ledgers. */
export function moveClocks(clocks: Ledger[], actions: Named[], moment: Moment): Ledger[] {
  return actions.reduce((all, action) => move(all, action, moment), clocks);
}

function move(clocks: Ledger[], action: Named, { on, event, context }: Moment): Ledger[] {
  const params = (action.params ?? {}) as {
    name: string;
    days: number;
    unit: DayUnit;
    onDue?: string;
    from?: 'acceptance';
    basis?: string;
  };
  if (action.type === 'stopAllClocks') return clocks.map((c) => (c.endedOn ? c : end(c, on)));
  if (action.type === 'startClock') {
    const start = params.from === 'acceptance' ? context.acceptedOn : on;
    if (start === null) throw new Error(`clock ${params.name} has no starting day`);
    const earlier = clocks.filter((c) => baseName(c) === params.name).length;
    const name = earlier === 0 ? params.name : `${params.name}#${earlier + 1}`;
    const budget: Budget = { days: params.days, unit: params.unit };
    return [...clocks, startLedger(name, budget, start, params.onDue)];
  }
  const ledger = activeClock(clocks, params.name);
  if (!ledger) return clocks;
  const how = {
    on,
    by: event.by.name,
    reason: reasonOf(event),
    ...(params.basis !== undefined && { basis: params.basis }),
  };
  const moved = change(ledger, action.type, how, params.days);
  return clocks.map((c) => (c === ledger ? moved : c));
}

/** A term already paused stays paused, and one not paused need not resume: an item without a term has none to move. */
function change(
  ledger: Ledger,
  type: string,
  how: { on: LocalDate; by: string; reason: string; basis?: string },
  days: number,
): Ledger {
  switch (type) {
    case 'stopClock':
      return end(ledger, how.on);
    case 'pauseClock':
      return isPaused(ledger) ? ledger : pause(ledger, how);
    case 'resumeClock':
      return isPaused(ledger) ? resume(ledger, how) : ledger;
    case 'extendClock':
      return extend(ledger, { ...how, days });
    default:
      throw new Error(`unknown clock action ${type}`);
  }
}
