import { invalid, notAllowed, notFound } from '../../errors.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { type Database, type Trx, transact } from '../../platform/db/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import { mapOrgs, type Org, type OrgMap, PARENT_KIND, pathUnder } from './rules.ts';
import * as store from './store.ts';

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

type MoveDeps = Pick<PlatformDeps, 'db' | 'clock'> & { orgs: OrgTree };

/** Whoever moves organisations; `mayManage` is the policy's answer for one of them. */
export interface OrgManager {
  accountId: string;
  mayManage(orgId: string): boolean;
}

/**
 * Hangs an organisation, with everything beneath it, under another parent from a day on (Shanghai date).
 * Paths and history change in one transaction; "as it was then" stays answerable.
 * @throws AppError 403 not_allowed; 404 org.not_found; 422 for a cycle, a wrong kind of parent, or a day
 *   before the present place began
 */
export async function moveOrg(
  deps: MoveDeps,
  by: OrgManager,
  move: { org: string; parent: string; on: LocalDate },
): Promise<void> {
  if (!by.mayManage(move.org) || !by.mayManage(move.parent)) throw notAllowed();
  await transact(deps.db, async (trx) => {
    const org = await getOrg(trx, move.org);
    const parent = await getOrg(trx, move.parent);
    await requireSoundMove(trx, org, parent, move.on);
    const path = pathUnder(parent.path, org.id);
    for (const each of await store.subtreeOf(trx, org.path)) {
      const place = { ...each, path: path + each.path.slice(org.path.length) };
      await store.savePlace(trx, each.id === org.id ? { ...place, parentId: parent.id } : place, move.on);
    }
    await auditBy(trx, deps, by, 'org.move', org.id, { from: org.parentId, to: parent.id, on: move.on });
  });
  await deps.orgs.refresh();
}

async function getOrg(trx: Trx, id: string): Promise<Org> {
  const org = await store.findOrg(trx, id);
  if (!org) throw notFound('org.not_found', { org: id });
  return org;
}

async function requireSoundMove(trx: Trx, org: Org, parent: Org, on: LocalDate): Promise<void> {
  if (parent.path.startsWith(org.path)) {
    throw invalid([{ pointer: '/parent', message: '不能把机构移到它自己或它的下级之下。', code: 'cycle' }]);
  }
  if (PARENT_KIND[org.kind] !== parent.kind) {
    throw invalid([{ pointer: '/parent', message: `${org.name}不能挂在${parent.name}之下。`, code: 'kind' }]);
  }
  if (on < (await store.standsSince(trx, org.id))) {
    throw invalid([{ pointer: '/on', message: '调整日期不能早于上一次调整。', code: 'before' }]);
  }
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
