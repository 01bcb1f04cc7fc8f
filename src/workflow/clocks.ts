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
import { localDate } from '../kernel/time.ts';
import type { Instant, LocalDate } from '../kernel/types.ts';
import type { Named } from './machine.ts';
import { budgetFrom, numbered } from './terms.ts';
import type { CaseContext, CaseEvent, Count, Term } from './types.ts';

interface Moment {
  on: LocalDate;
  event: CaseEvent;
  context: CaseContext;
}

/** A clock that is started a second time (a notice posted anew) gets its own ledger: `posting#2`. */
export const baseName = ({ name }: Pick<Ledger, 'name'>): string => name.split('#')[0] as string;

/** The running or paused ledger of a name, if any. */
export function activeClock(clocks: Ledger[], name: string): Ledger | undefined {
  return clocks.findLast((c) => baseName(c) === name && c.endedOn === undefined);
}

/** What the fact of a clock says: the office of a joint review whose silence it reports (`part:LY`). */
export function factData(ledger: Ledger): Record<string, unknown> {
  const [kind, part] = baseName(ledger).split(':');
  return kind === 'part' ? { part } : {};
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

/** What clock actions carry beside the budget. */
interface Params {
  name: string;
  onDue?: string;
  from?: 'acceptance' | 'receipt';
  basis?: string;
  reason?: string;
  days?: Count;
}

function move(clocks: Ledger[], action: Named, moment: Moment): Ledger[] {
  const params = (action.params ?? {}) as unknown as Params;
  const { on, event } = moment;
  if (action.type === 'stopAllClocks') return clocks.map((c) => (c.endedOn ? c : end(c, on, event.at)));
  if (action.type === 'startClock') return [...clocks, started(clocks, params, moment)];
  const ledger = activeClock(clocks, params.name);
  if (!ledger) return clocks;
  const moved = change(ledger, action.type, params, moment);
  return clocks.map((c) => (c === ledger ? moved : c));
}

function started(clocks: Ledger[], params: Params, { on, event, context }: Moment): Ledger {
  const { name, onDue, from, basis, reason, ...rest } = params;
  const budget = budgetFrom(rest as Term | Budget, context.counts);
  const earlier = clocks.filter((c) => baseName(c) === name).length;
  const unique = earlier === 0 ? name : `${name}#${earlier + 1}`;
  const since = { acceptance: context.acceptedOn, receipt: context.handedInOn };
  if ('hours' in budget) {
    const at = hoursFrom(from, event, context);
    return startLedger(unique, budget, localDate(at), onDue, at);
  }
  const start = startOf(budget, from === undefined ? on : since[from]);
  if (start === null) throw new Error(`clock ${name} has no starting day`);
  return startLedger(unique, budget, start, onDue);
}

/** A licence that has ended meanwhile ends its clock at once (B2-12). */
const startOf = (budget: Budget, day: LocalDate | null): LocalDate | null =>
  'until' in budget && day !== null && budget.until < day ? budget.until : day;

/** Hours run from the act itself, or from the moment the file came in: also when its acceptance is deemed (B1-5). */
function hoursFrom(from: Params['from'], { at }: CaseEvent, { handedInAt, deemed }: CaseContext): Instant {
  const sinceReceipt = from === 'receipt' || (from === 'acceptance' && deemed);
  return sinceReceipt && handedInAt !== null ? handedInAt : at;
}

/** A term already paused stays paused, and one not paused need not resume: an item without a term has none to move. */
function change(ledger: Ledger, type: string, params: Params, { on, event, context }: Moment): Ledger {
  const at: Instant = event.at;
  const how = {
    on,
    at,
    by: event.by.name,
    reason: params.reason ?? reasonOf(event),
    ...(params.basis !== undefined && { basis: params.basis }),
  };
  switch (type) {
    case 'stopClock':
      return end(ledger, on, at);
    case 'pauseClock':
      return isPaused(ledger) ? ledger : pause(ledger, how);
    case 'resumeClock':
      return isPaused(ledger) ? resume(ledger, how) : ledger;
    case 'extendClock':
      // Only days are extended: an urgent situation of the same item may count hours.
      if (!('days' in ledger.budget)) return ledger;
      return extend(ledger, { ...how, days: numbered(params.days as Count, context.counts) });
    default:
      throw new Error(`unknown clock action ${type}`);
  }
}
