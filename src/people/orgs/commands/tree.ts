import { conflict, notFound } from '../../../errors.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { Database, Trx } from '../../../platform/db/index.ts';
import type { PlatformDeps } from '../../../platform/deps.ts';
import { mapOrgs, type Org, type OrgMap } from '../rules.ts';
import * as store from '../store.ts';

/** The organisations in memory, read once; whoever changes them calls `refresh` after commit. */
export interface OrgTree extends OrgMap {
  refresh(): Promise<void>;
}

/** Reads all organisations into memory. */
export async function createOrgTree(db: Database): Promise<OrgTree> {
  let map = mapOrgs(await store.listOrgs(db.read));
  return {
    get: (id) => map.get(id),
    find: (id) => map.find(id),
    isWithin: (id, ancestorId) => map.isWithin(id, ancestorId),
    children: (id) => map.children(id),
    within: (id) => map.within(id),
    deskOrg: (desk, villageId, itemDepartment) => map.deskOrg(desk, villageId, itemDepartment),
    issuer: (orgId, itemDepartment) => map.issuer(orgId, itemDepartment),
    async refresh() {
      map = mapOrgs(await store.listOrgs(db.read));
    },
  };
}

/** Whoever changes organisations; `mayManage` is the policy's answer for one of them. */
export interface OrgManager {
  accountId: string;
  mayManage(orgId: string): boolean;
}

export type ChangeDeps = Pick<PlatformDeps, 'db' | 'clock' | 'vault'> & { orgs: OrgTree };

/** Locked until the transaction ends; one that stands. @throws AppError 404 org.not_found; 409 org.closed */
export async function getStanding(trx: Trx, id: string): Promise<Org> {
  const org = await store.findOrg(trx, id);
  if (!org) throw notFound('org.not_found', { org: id });
  if (org.closedOn !== null) throw conflict('org.closed');
  return org;
}

/** Something begins at an organisation: it is not closed until the transaction ends. @throws AppError 409 org.closed */
export async function requireStanding(trx: Trx, id: string): Promise<void> {
  if (await store.isClosed(trx, id)) throw conflict('org.closed');
}

/** Where an organisation stood on a day (Shanghai date). @throws AppError 404 org.not_found */
export async function orgAsOf(
  deps: Pick<PlatformDeps, 'db'>,
  id: string,
  on: LocalDate,
): Promise<store.OrgPast> {
  const past = await store.findPast(deps.db.read, id, on);
  if (!past) throw notFound('org.not_found', { org: id, on });
  return past;
}

/** An organisation with everything beneath it as they stood on a day. @throws AppError 404 org.not_found */
export async function treeAsOf(
  deps: Pick<PlatformDeps, 'db'>,
  id: string,
  on: LocalDate,
): Promise<store.OrgPast[]> {
  const { path } = await orgAsOf(deps, id, on);
  return store.listPastWithin(deps.db.read, path, on);
}
