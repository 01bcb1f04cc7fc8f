import { addDays, addYears, localDate } from '../../../kernel/time.ts';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { outerFacts } from '../../../workflow/advance.ts';
import type { EventName } from '../../../workflow/types.ts';
import type { CaseFacts } from '../../facts.ts';
import { loadCase } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { insertBan, listAbout } from '../store.ts';
import { actIn } from './act.ts';

const HOUSE = { kind: 'system' } as const;

/** Cases of an item about a person; `any`: also those in which the person only stands (household, roster). */
export const casesAbout = (
  trx: Trx,
  deps: CaseDeps,
  wanted: { item: string; idNumber: string; part: 'subject' | 'any' },
): Promise<string[]> => listAbout(trx, deps.vault, wanted);

/**
 * Report to a case what happened in another. False when the state it is in has no answer to it.
 * @param at when the other case did it
 */
export async function reportIn(
  trx: Trx,
  deps: CaseDeps,
  caseId: string,
  fact: EventName,
  data: Record<string, unknown>,
  at: Instant,
): Promise<boolean> {
  const { row, pinned } = await loadCase(trx, deps, HOUSE, caseId);
  if (!outerFacts(pinned.machine, row.snapshot).includes(fact)) return false;
  await actIn(trx, deps, HOUSE, caseId, { event: fact, data }, at);
  return true;
}

/** B2-14: a permit refused for false statements may not be applied for again for one year. */
export async function banIfFalse(trx: Trx, deps: CaseDeps, facts: CaseFacts): Promise<void> {
  const { event, item, applicant, caseId } = facts;
  if (event.type !== 'REJECT' || event.data.falsehood !== '有' || item.kind !== 'permit') return;
  const until = addDays(addYears(localDate(event.at), 1), -1);
  await insertBan(trx, deps.vault, { caseId, item: item.code, idNumber: applicant.idNumber, until });
}
