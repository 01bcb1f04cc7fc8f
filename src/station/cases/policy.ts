import type { CaseEvent, EventName } from '../../workflow/types.ts';

/** Acts that decide the case: whoever worked on it before may not also decide it (B.6 职责分离). */
const DECIDING: readonly EventName[] = ['APPROVE', 'REJECT'];
const WORKING: readonly EventName[] = ['FILE', 'ACCEPT', 'FORWARD', 'RECORD_VISIT', 'RESUBMIT'];

/** Has this account already worked on the case, so that another must decide? */
export const hasWorkedOn = (accountId: string, log: CaseEvent[]): boolean =>
  log.some((e) => e.by.id === accountId && WORKING.includes(e.type));

/** A decision needs a person who has not worked on the case. */
export const needsSecondPerson = (event: EventName): boolean => DECIDING.includes(event);
