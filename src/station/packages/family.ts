/** A package with its cases, as the house sees them. */
import { type CaseDeps, type FullCase, getCase } from '../cases/index.ts';
import type { Loaded } from './access.ts';
import { type CaseStanding, type ChildStanding, standingsOf } from './rules.ts';

export interface Family extends Loaded {
  /** Cases by item code. */
  full: ReadonlyMap<string, FullCase>;
  cases: ReadonlyMap<string, CaseStanding>;
  standings: ReadonlyMap<string, ChildStanding>;
}

export async function familyOf(deps: CaseDeps, { row, children }: Loaded): Promise<Family> {
  const found = await Promise.all(
    children.flatMap(({ itemCode, caseId }) =>
      caseId === null ? [] : [getCase(deps, { kind: 'system' }, caseId).then((c) => [itemCode, c] as const)],
    ),
  );
  const full = new Map(found);
  const cases = new Map(
    found.map(([code, { row: own }]) => [
      code,
      { phase: own.phase, outcome: own.outcome, decided: own.decidedAt !== null || own.phase === 'closed' },
    ]),
  );
  const items = children.map((c) => ({
    code: c.itemCode,
    after: row.definition.items.find((i) => i.code === c.itemCode)?.after ?? [],
    answered: c.answer !== null,
  }));
  return { row, children, full, cases, standings: standingsOf(items, cases, row.state !== 'filed') };
}
