import {
  type ActName,
  type CaseEvent,
  type Desk,
  type EventName,
  FACTS,
  type StateMeta,
} from '../../workflow/types.ts';

/** Acts done at the village counter whatever desk the case lies at. */
const COUNTER: readonly EventName[] = ['FILE', 'RESUBMIT', 'WITHDRAW', 'OBJECT'];
const VILLAGE_CLERK: Desk = { at: 'village', role: 'clerk' };

/** Acts that decide the case: whoever worked on it before may not also decide it (B.6 职责分离). */
const DECIDING: readonly EventName[] = ['APPROVE', 'REJECT'];
const WORKING: readonly EventName[] = ['FILE', 'ACCEPT', 'FORWARD', 'RECORD_VISIT', 'RESUBMIT'];

/**
 * The desk an event belongs to in a state: the counter for what the citizen does through the village,
 * the state's own desk for everything else; null for facts, which only the house reports.
 */
export function deskFor(event: EventName, meta: StateMeta): Desk | null {
  if ((FACTS as readonly string[]).includes(event)) return null;
  return COUNTER.includes(event) ? VILLAGE_CLERK : meta.desk;
}

/** Has this account already worked on the case, so that another must decide? */
export const hasWorkedOn = (accountId: string, log: CaseEvent[]): boolean =>
  log.some((e) => e.by.id === accountId && WORKING.includes(e.type));

/** A decision needs a person who has not worked on the case. */
export const needsSecondPerson = (event: EventName): event is ActName => DECIDING.includes(event);
