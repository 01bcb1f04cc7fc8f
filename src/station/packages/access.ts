import type { Knex } from 'knex';
import { conflict, notAllowed, notFound } from '../../errors.ts';
import { holds, maySee, type SignedIn } from '../../people/accounts/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { CaseDeps } from '../cases/index.ts';
import { type Plan, planOf } from './plan.ts';
import { type ChildRow, findPackage, listChildren, type PackageRow } from './store.ts';

/** A package with its items. */
export interface Loaded {
  row: PackageRow;
  children: ChildRow[];
}

/**
 * Load a package somebody may see: its village, its township, the departments of its items.
 * @throws notFound `package.not_found`
 */
export async function loadPackage(
  db: Trx | Knex,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
): Promise<Loaded> {
  const row = await findPackage(db, deps.vault, id);
  if (!row) throw notFound('package.not_found');
  const children = await listChildren(db, deps.vault, id);
  const isVisible = children.some(({ department }) =>
    maySee(who, deps.orgs, { villageId: row.villageId, department }),
  );
  if (!isVisible) throw notFound('package.not_found');
  return { row, children };
}

/** Does somebody fill in packages of this village? */
export const mayEdit = (deps: CaseDeps, who: SignedIn, row: PackageRow): boolean =>
  row.state === 'draft' && holds(who, 'clerk', row.villageId, deps.orgs);

/**
 * A draft, for the clerk of its village.
 * @throws notAllowed `case.not_clerk`, conflict `package.not_editable`, `case.stale_version`
 */
export async function loadDraft(
  trx: Trx | Knex,
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  expected?: number,
): Promise<Loaded> {
  const loaded = await loadPackage(trx, deps, who, id);
  const { row } = loaded;
  if (!holds(who, 'clerk', row.villageId, deps.orgs)) throw notAllowed('case.not_clerk');
  if (row.state !== 'draft') throw conflict('package.not_editable', { state: row.state });
  if (expected !== undefined && expected !== row.version)
    throw conflict('case.stale_version', { version: row.version });
  return loaded;
}

/** The package as it was chosen, on the items as they are now. */
export const planFor = (deps: CaseDeps, { row, children }: Loaded): Plan =>
  planOf(deps, row.definition, {
    items: children.map((c) => c.itemCode),
    situations: Object.fromEntries(children.map((c) => [c.itemCode, c.situation])),
  });
