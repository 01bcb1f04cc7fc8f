/** Changes of party organisations, inside the transaction that also moves their members. Whoever calls refreshes the tree. */
import { type Fault, invalid } from '../../../errors.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { mayHangOn, newOrgFaults, type Org, type OrgKind, pathUnder } from '../rules.ts';
import * as store from '../store.ts';
import { getStanding } from './tree.ts';

/** A branch that comes into being by a split or a change of kind. */
export interface NewBranch {
  code: string;
  name: string;
  short: string;
}

/** @throws AppError 422 with every fault */
export async function openBranch(
  trx: Trx,
  parentId: string,
  given: NewBranch,
  on: LocalDate,
): Promise<string> {
  const parent = await getStanding(trx, parentId);
  const siblings = (await store.listHanging(trx, parentId)).filter((o) => o.closedOn === null);
  const branch = { ...given, kind: 'branch' as const, parent: parentId, docWord: '', departments: [] };
  const faults: Fault[] = newOrgFaults(branch, parent, siblings, []);
  const id = given.code.trim();
  if (await store.findOrg(trx, id))
    faults.push({ pointer: '/code', message: '这个代码已经用过', code: 'taken' });
  if (faults.length > 0) throw invalid(faults);
  const name = given.name.trim();
  const org: Org = {
    id,
    parentId,
    path: pathUnder(parent.path, id),
    kind: 'branch',
    name,
    short: given.short.trim() || name,
    docWord: null,
    departments: [],
    closedOn: null,
  };
  await store.insertOrgs(trx, [org], on);
  return id;
}

/** @throws AppError 409 org.closed */
export async function shutBranch(trx: Trx, id: string, on: LocalDate): Promise<void> {
  await getStanding(trx, id);
  await store.saveClosed(trx, id, on);
}

/** @throws AppError 409 org.closed when its parent is closed; 404 */
export async function reopenBranch(trx: Trx, id: string, on: LocalDate): Promise<void> {
  const org = await store.findOrg(trx, id);
  if (org?.parentId == null) throw new Error(`organisation ${id} cannot be opened again`);
  await getStanding(trx, org.parentId);
  await store.saveReopened(trx, org, on);
}

/** 支部 becomes 总支, or back. @throws AppError 409 org.closed; 422 where it may not hang as what it would be */
export async function retypeOrg(trx: Trx, id: string, kind: OrgKind, on: LocalDate): Promise<OrgKind> {
  const org = await getStanding(trx, id);
  const parent = await getStanding(trx, org.parentId ?? '');
  if (!mayHangOn(kind, parent.kind))
    throw invalid([{ pointer: '/to', message: `${parent.name}之下没有这一类组织`, code: 'kind' }]);
  await store.saveStanding(trx, { ...org, kind }, on);
  return org.kind;
}
