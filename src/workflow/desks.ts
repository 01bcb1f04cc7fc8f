import { type Desk, type EventName, FACTS, type StateMeta } from './types.ts';

/** Acts done at the village counter whatever desk the case lies at. */
const COUNTER: readonly EventName[] = [
  'FILE',
  'RESUBMIT',
  'SUPPLY',
  'EXTEND_CORRECTION',
  'REAPPRAISE',
  'WITHDRAW',
  'OBJECT',
];
const VILLAGE_CLERK: Desk = { at: 'village', role: 'clerk' };

export const isFact = (event: EventName): boolean => (FACTS as readonly string[]).includes(event);

/** The desks a case lies on in a state: one, several in a joint review, none while a notice hangs. */
export const desksOf = (meta: StateMeta): Desk[] =>
  meta.parts ? Object.values(meta.parts) : meta.desk ? [meta.desk] : [];

/**
 * The desk an event belongs to in a state: the counter for what the citizen does through the village, the desk of
 * the office that answers in a joint review, the deciding desk for the end of what goes on, the state's own desk for everything else; null for facts, which only
 * the house reports.
 * @param part the office of a joint review that answers
 */
export function deskFor(event: EventName, meta: StateMeta, part?: string): Desk | null {
  if (isFact(event)) return null;
  if (COUNTER.includes(event)) return VILLAGE_CLERK;
  if (event === 'END' && meta.ender) return meta.ender;
  if (meta.parts) return (part !== undefined && meta.parts[part]) || (desksOf(meta)[0] as Desk);
  return meta.desk;
}
