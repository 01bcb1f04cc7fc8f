/** How many working days a decision took and was promised in, as the ledgers count them. Pure. */
import { type Calendar, countWorkdays } from '../../kernel/calendar.ts';
import { deriveDue, workdaysCounted } from '../../kernel/deadline.ts';
import { localDate } from '../../kernel/time.ts';
import type { CaseState } from '../../workflow/types.ts';
import { lastClock } from './clock-facts.ts';

export interface Days {
  /** From acceptance to decision; null where nothing tells it: never accepted, or its clock counts hours. */
  taken: number | null;
  /** From acceptance to the end of the promised term; null without one. */
  promised: number | null;
}

const UNKNOWN: Days = { taken: null, promised: null };

/** Days on which the term stood still are left out of both, days by which it was extended belong to the promise. */
export function daysOf(state: CaseState, calendar: Calendar): Days {
  const { acceptedOn, decidedAt } = state.context;
  if (acceptedOn === null || decidedAt === null) return UNKNOWN;
  const decidedOn = localDate(decidedAt);
  const promised = lastClock(state, 'promised');
  const ledger = promised ?? lastClock(state, 'statutory');
  if (!ledger) return { taken: countWorkdays(calendar, acceptedOn, decidedOn), promised: null };
  if ('hours' in ledger.budget) return UNKNOWN;
  const due = promised ? deriveDue(promised, calendar).due : null;
  return {
    taken: workdaysCounted(ledger, acceptedOn, decidedOn, calendar),
    promised:
      due === null || promised === undefined ? null : workdaysCounted(promised, acceptedOn, due, calendar),
  };
}
