/** Organisations come, are called otherwise, and go: each from a day on (Shanghai date), not later than today. */
import { conflict, type Fault, invalid, notAllowed } from '../../../errors.ts';
import { localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { type NewOrg, newOrgFaults, orgIdOf, pathUnder } from '../rules.ts';
import * as store from '../store.ts';
import { type ChangeDeps, getStanding, type OrgManager } from './tree.ts';

const dayFaults = (deps: ChangeDeps, on: LocalDate): Fault[] =>
  on > localDate(deps.clock.now())
    ? [{ pointer: '/on', message: '生效日期不能晚于今天，到了那天再办', code: 'ahead' }]
    : [];

/**
 * Enters a new organisation under a parent.
 * @throws AppError 403; 404; 409 org.closed; 422 with every fault
 */
export async function addOrg(
  deps: ChangeDeps,
  by: OrgManager,
  given: NewOrg,
  on: LocalDate,
  requestId?: string,
): Promise<{ id: string }> {
  if (!by.mayManage(given.parent)) throw notAllowed();
  const added = await writeOnce(deps, by, requestId, { add: given, on }, async (trx) => {
    const parent = await getStanding(trx, given.parent);
    const id = orgIdOf(given, parent);
    const siblings = (await store.listHanging(trx, parent.id)).filter((o) => o.closedOn === null);
    const known = new Set(siblings.flatMap((o) => o.departments));
    const faults = [
      ...newOrgFaults(given, parent, siblings, departmentsAt(deps, parent.id)),
      ...dayFaults(deps, on),
    ];
    if (await store.findOrg(trx, id))
      faults.push({ pointer: '/code', message: '这个代码已经用过', code: 'taken' });
    for (const code of given.departments.filter((d) => known.has(d)))
      faults.push({ pointer: '/departments', message: `${code} 已经由另一个机构承接`, code: 'taken' });
    if (faults.length > 0) throw invalid(faults);
    const { kind, departments } = given;
    const name = given.name.trim();
    await store.insertOrgs(
      trx,
      [
        {
          id,
          parentId: parent.id,
          path: pathUnder(parent.path, id),
          kind,
          name,
          short: given.short.trim() || name,
          docWord: given.docWord.trim() || null,
          departments: kind === 'department' ? [given.code.trim()] : departments,
          closedOn: null,
        },
      ],
      on,
    );
    await auditBy(trx, deps, by, 'org.add', id, {
      after: { name, parent: parent.id, kind, departments },
      on,
    });
    return { id };
  });
  await deps.orgs.refresh();
  return added;
}

/** Codes of the departments of the county in which an organisation lies. */
function departmentsAt(deps: ChangeDeps, orgId: string): string[] {
  const org = deps.orgs.get(orgId);
  if (org.kind !== 'county' && org.parentId !== null) return departmentsAt(deps, org.parentId);
  return deps.orgs.children(org.id).flatMap((o) => (o.kind === 'department' ? o.departments : []));
}

/**
 * Gives an organisation another name; "as it was then" stays answerable.
 * @throws AppError 403; 404; 409 org.closed; 422 with every fault
 */
export async function renameOrg(
  deps: ChangeDeps,
  by: OrgManager,
  given: { org: string; name: string; short: string; on: LocalDate },
  requestId?: string,
): Promise<void> {
  if (!by.mayManage(given.org)) throw notAllowed();
  await writeOnce(deps, by, requestId, { rename: given }, async (trx) => {
    const org = await getStanding(trx, given.org);
    const name = given.name.trim();
    const short = given.short.trim() || name;
    const faults = [...dayFaults(deps, given.on), ...(await sinceFaults(trx, org.id, given.on))];
    if (name === '') faults.push({ pointer: '/name', message: '请填写名称', code: 'required' });
    if (name === org.name && short === org.short)
      faults.push({ pointer: '/name', message: '名称没有变', code: 'same' });
    if (faults.length > 0) throw invalid(faults);
    await store.saveStanding(trx, { ...org, name, short }, given.on);
    await auditBy(trx, deps, by, 'org.rename', org.id, { before: org.name, after: name, on: given.on });
    return {};
  });
  await deps.orgs.refresh();
}

async function sinceFaults(trx: Trx, orgId: string, on: LocalDate): Promise<Fault[]> {
  return on < (await store.standsSince(trx, orgId))
    ? [{ pointer: '/on', message: '生效日期不能早于上一次变更', code: 'before' }]
    : [];
}

/** What closing asks of the rest of the house: it throws while work lies at the organisation. */
export type BeforeClosing = (trx: Trx) => Promise<void>;

/**
 * Closes an organisation: grants at it hold no more, nothing new comes to it, and what it did keeps its name. Offices and
 * departments name who takes over what they stand for.
 * @throws AppError 403; 404; 409 org.closed, org.has_children and what `before` throws; 422 with every fault
 */
export async function closeOrg(
  deps: ChangeDeps,
  by: OrgManager,
  given: { org: string; successor: string | null; on: LocalDate; reason: string },
  before: BeforeClosing,
  requestId?: string,
): Promise<void> {
  if (!by.mayManage(given.org)) throw notAllowed();
  await writeOnce(deps, by, requestId, { close: given }, async (trx) => {
    const org = await getStanding(trx, given.org);
    if (org.parentId === null) throw notAllowed();
    const siblings = (await store.listHanging(trx, org.parentId)).filter((o) => o.closedOn === null);
    if ((await store.listHanging(trx, org.id)).some((o) => o.closedOn === null))
      throw conflict('org.has_children');
    const faults = [...dayFaults(deps, given.on), ...(await sinceFaults(trx, org.id, given.on))];
    const heir = siblings.find((o) => o.id === given.successor && o.id !== org.id && o.kind === org.kind);
    if (org.departments.length > 0 && !heir)
      faults.push({ pointer: '/successor', message: '请选择由哪个机构承接它的事项', code: 'required' });
    if (given.reason.trim() === '')
      faults.push({ pointer: '/reason', message: '请填写撤销的依据', code: 'required' });
    if (faults.length > 0) throw invalid(faults);
    await before(trx);
    if (heir && org.departments.length > 0)
      await store.saveDepartments(trx, heir.id, [...heir.departments, ...org.departments]);
    await store.saveClosed(trx, org.id, given.on);
    const { successor, on } = given;
    await auditBy(trx, deps, by, 'org.close', org.id, { on, successor, reason: given.reason.trim() });
    return {};
  });
  await deps.orgs.refresh();
}
