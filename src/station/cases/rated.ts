/** What ratings ask of the cases. */
import { notAllowed, notFound } from '../../errors.ts';
import { holds } from '../../people/accounts/index.ts';
import type { RatedCase, RatingGate } from '../ratings/index.ts';
import { loadCase } from './access.ts';
import type { CaseDeps } from './deps.ts';
import { applicantOf } from './rules.ts';
import { type CaseRow, findCaseByNumber, type Phase } from './store.ts';

/** Decided, or at its end. */
const OVER: readonly Phase[] = ['decided', 'kept', 'closed'];

export const isOver = ({ phase }: Pick<CaseRow, 'phase'>): boolean => OVER.includes(phase);

const ratedCase = (row: CaseRow): RatedCase => ({
  id: row.id,
  number: row.number ?? '',
  itemCode: row.itemCode,
  itemTitle: row.itemTitle,
  villageId: row.villageId,
  department: row.department,
  applicantName: row.applicantName,
  isOver: isOver(row),
});

/** The case of a number whose applicant's number ends in these four characters. */
export async function findByProof(
  deps: CaseDeps,
  number: string,
  lastFour: string,
): Promise<CaseRow | undefined> {
  const found = await findCaseByNumber(deps.db.read, deps.vault, number);
  const id = found ? (applicantOf(found.form).idNumber ?? '') : '';
  return lastFour.length === 4 && id.endsWith(lastFour.toUpperCase()) ? found : undefined;
}

export const ratingGate = (deps: CaseDeps): RatingGate => ({
  async byNumber(number, lastFour) {
    const found = await findByProof(deps, number, lastFour);
    if (!found) throw notFound('case.not_found');
    return ratedCase(found);
  },
  async byId(who, id) {
    const { row } = await loadCase(deps.db.read, deps, { kind: 'account', who }, id);
    if (!holds(who, 'clerk', row.villageId, deps.orgs)) throw notAllowed('case.not_clerk');
    return ratedCase(row);
  },
});
