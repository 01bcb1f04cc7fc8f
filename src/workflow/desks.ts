import { type Desk, type EventName, FACTS, type StateMeta } from './types.ts';

/** Acts done at the village counter whatever desk the case lies at. */
const COUNTER: readonly EventName[] = ['FILE', 'RESUBMIT', 'WITHDRAW', 'OBJECT'];
const VILLAGE_CLERK: Desk = { at: 'village', role: 'clerk' };

export const isFact = (event: EventName): boolean => (FACTS as readonly string[]).includes(event);

/**
 * The desk an event belongs to in a state: the counter for what the citizen does through the village,
 * the state's own desk for everything else; null for facts, which only the house reports.
 */
export function deskFor(event: EventName, meta: StateMeta): Desk | null {
  if (isFact(event)) return null;
  return COUNTER.includes(event) ? VILLAGE_CLERK : meta.desk;
}
