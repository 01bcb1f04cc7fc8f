import type { CaseEvent, EventName } from '../../workflow/types.ts';

/** Acts by which a case comes in, acts by which an office examines it, and acts that decide it. */
const FILING: readonly EventName[] = ['FILE', 'RESUBMIT'];
const EXAMINING: readonly EventName[] = [
  'ACCEPT',
  'REQUEST_CORRECTION',
  'REFUSE',
  'FORWARD',
  'RECORD_VISIT',
  'REQUEST_RECTIFICATION',
  'RECORD_CHECK',
  'GIVE_OPINION',
  'RECORD_RESULT',
  'ALLOT',
  'RESERVE',
];
const DECIDING: readonly EventName[] = ['APPROVE', 'REJECT'];

/**
 * 职责分离 (B.6): who filed a case for a citizen examines it at no desk above the village, and who filed or
 * examined it does not decide it. A deputy 代班 is both himself and the one he stands in for.
 * @param inVillage the desk stands in the village, which examines nothing for an office (B1-10)
 * @param persons who would act, and for whom: account ids
 */
export function needsAnother(
  event: EventName,
  inVillage: boolean,
  persons: readonly string[],
  log: readonly CaseEvent[],
): boolean {
  const isOne = ({ by }: CaseEvent) => persons.includes(by.id) || (by.for && persons.includes(by.for));
  const did = (acts: readonly EventName[]) => log.some((e) => isOne(e) && acts.includes(e.type));
  if (DECIDING.includes(event)) return did([...FILING, ...EXAMINING]);
  return EXAMINING.includes(event) && !inVillage && did(FILING);
}
