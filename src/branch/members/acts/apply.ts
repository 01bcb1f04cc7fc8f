/** Carrying out what was approved, and taking it back: organisations, lists, rights and open work change together. */
import { conflict, invalid, notFound } from '../../../errors.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { endPartyGrants, reviveGrants } from '../../../people/accounts/index.ts';
import { getStanding, openBranch, reopenBranch, retypeOrg, shutBranch } from '../../../people/orgs/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { BranchDeps } from '../../records/index.ts';
import { placeMember } from '../commands/place.ts';
import { holdMember } from '../store.ts';
import type { MembershipKind } from '../types.ts';
import { openRecords, reportOn } from './report.ts';
import type { OrgAct, Plan, Undo } from './types.ts';

/** Where one act stands: its transaction, its day, whose it is, and what it has done so far. */
interface Doing {
  trx: Trx;
  deps: BranchDeps;
  on: LocalDate;
  by: string;
  documentNo: string;
  undo: Undo;
}

export async function carryOut(doing: Omit<Doing, 'undo'>, plan: Plan): Promise<Undo> {
  const undo: Undo = {
    closed: [],
    opened: [],
    retyped: [],
    moved: [],
    grants: [],
    records: [],
    transfers: [],
  };
  const all = { ...doing, undo };
  if (plan.kind === 'merge') await merge(all, plan);
  else if (plan.kind === 'split') await split(all, plan);
  else if (plan.kind === 'dissolve') await dissolve(all, plan.org);
  else await retype(all, plan);
  return undo;
}

const membersOf = async (trx: Trx, orgId: string): Promise<string[]> =>
  trx('memberships').where({ org_id: orgId, to_on: null }).orderBy('member_id').pluck('member_id');

async function moveMembers(
  { trx, deps, on, by, documentNo, undo }: Doing,
  ids: readonly string[],
  orgId: string,
  kind: MembershipKind,
): Promise<void> {
  for (const id of ids) {
    const member = await holdMember(trx, deps, id);
    if (member?.orgId == null) throw notFound('member.not_found');
    const ended = await placeMember(trx, deps, member, { orgId, on, kind, reason: documentNo }, by);
    undo.moved.push({ id, from: member.orgId, to: orgId });
    undo.grants.push(...ended.filter((g) => g.role !== 'party-member'));
  }
}

/** Whoever held an office there holds it no more; officers get new ones by name. */
async function endOffices({ trx, deps, on, by, undo }: Doing, orgId: string): Promise<void> {
  undo.grants.push(...(await endPartyGrants(trx, deps, { orgIds: [orgId], on, by })));
}

async function merge(doing: Doing, plan: Extract<Plan, { kind: 'merge' }>): Promise<void> {
  const { trx, on, undo } = doing;
  const target = await getStanding(trx, plan.org);
  for (const id of plan.sources) {
    const source = await getStanding(trx, id);
    if (source.kind !== target.kind || id === target.id)
      throw invalid([{ pointer: '/sources', message: `${source.name}不能并入${target.name}`, code: 'kind' }]);
    if ((await reportOn(trx, doing.deps, id)).children > 0) throw conflict('org.has_children');
    await moveMembers(doing, await membersOf(trx, id), target.id, 'merged');
    await endOffices(doing, id);
    const going = openRecords(trx, [id]).whereIn('module', plan.rehome);
    const records: { id: string }[] = await going.select('id');
    undo.records.push(...records.map((r) => ({ id: r.id, from: id })));
    await trx('branch_records')
      .whereIn(
        'id',
        records.map((r) => r.id),
      )
      .update({ org_id: target.id });
    await rehomeTransfers(doing, id, target.id);
    await shutBranch(trx, id, on);
    undo.closed.push(id);
  }
}

/** Transfers under way go on from and to where the branch has gone; one that would lead from it to itself stays to be withdrawn. */
async function rehomeTransfers({ trx, undo }: Doing, source: string, target: string): Promise<void> {
  for (const [side, other] of [
    ['from_org', 'to_org'],
    ['to_org', 'from_org'],
  ] as const) {
    const ids: string[] = await trx('transfers')
      .where({ [side]: source })
      .whereNot({ [other]: target })
      .whereNull('settled_at')
      .pluck('id');
    await trx('transfers')
      .whereIn('id', ids)
      .update({ [side]: target });
    if (side === 'from_org') await trx('branch_records').whereIn('id', ids).update({ org_id: target });
    undo.transfers.push(...ids.map((id) => ({ id, side, from: source })));
  }
}

async function split(doing: Doing, plan: Extract<Plan, { kind: 'split' }>): Promise<void> {
  const { trx, on, undo } = doing;
  const org = await getStanding(trx, plan.org);
  const members = await membersOf(trx, org.id);
  const unassigned = members.filter((id) => plan.assign[id] === undefined);
  if (unassigned.length > 0)
    throw invalid([
      { pointer: '/assign', message: `还有 ${unassigned.length} 名党员没有确定去向`, code: 'unassigned' },
    ]);
  const id = await openBranch(trx, org.parentId ?? '', plan.branch, on);
  undo.opened.push(id);
  const going = members.filter((m) => plan.assign[m] === 'goes');
  await moveMembers(doing, going, id, 'split');
}

/** @throws AppError 409 while members, open work or organisations are left */
async function dissolve(doing: Doing, orgId: string): Promise<void> {
  const report = await reportOn(doing.trx, doing.deps, orgId);
  if (report.children > 0) throw conflict('org.has_children');
  if (report.members > 0) throw conflict('org.has_members');
  if (report.records.length > 0 || report.transfers > 0) throw conflict('org.has_records');
  await shutBranch(doing.trx, orgId, doing.on);
  await endOffices(doing, orgId);
  doing.undo.closed.push(orgId);
}

/** A branch becomes a general branch with one branch beneath it that takes its members; back only when nothing is beneath it. */
async function retype(doing: Doing, plan: Extract<Plan, { kind: 'retype' }>): Promise<void> {
  const { trx, deps, on, undo } = doing;
  if (plan.to === 'branch' && (await reportOn(trx, deps, plan.org)).children > 0)
    throw conflict('org.has_children');
  const from = await retypeOrg(trx, plan.org, plan.to, on);
  if (from === plan.to) throw invalid([{ pointer: '/to', message: '类型没有变', code: 'same' }]);
  undo.retyped.push({ id: plan.org, from });
  if (plan.to !== 'general-branch') return;
  const id = await openBranch(trx, plan.org, plan.branch, on);
  undo.opened.push(id);
  await moveMembers(doing, await membersOf(trx, plan.org), id, 'split');
}

/**
 * The inverse, as a new event: whoever came by the act and is still there goes back, organisations and offices too.
 * @throws AppError 409 org.not_undoable when things have moved on
 */
export async function takeBack(
  trx: Trx,
  deps: BranchDeps,
  act: OrgAct,
  { on, by }: { on: LocalDate; by: string },
): Promise<void> {
  if (act.undo === null) throw conflict('org.not_undoable');
  const { closed, opened, retyped, moved, grants, records, transfers } = act.undo;
  for (const id of closed) await reopenBranch(trx, id, on);
  for (const { id, from } of retyped) await retypeOrg(trx, id, from, on);
  for (const { id, from, to } of moved) {
    const member = await holdMember(trx, deps, id);
    if (member?.orgId !== to) continue;
    await placeMember(trx, deps, member, { orgId: from, on, kind: 'other', reason: act.documentNo }, by);
  }
  for (const id of opened) {
    const report = await reportOn(trx, deps, id);
    if (report.members + report.children + report.transfers + report.records.length > 0)
      throw conflict('org.not_undoable');
    await shutBranch(trx, id, on);
    await endPartyGrants(trx, deps, { orgIds: [id], on, by });
  }
  await reviveGrants(
    trx,
    grants.filter((g) => g.role !== 'party-member'),
  );
  for (const { id, from } of records) await trx('branch_records').where({ id }).update({ org_id: from });
  for (const { id, side, from } of transfers) {
    const changed = await trx('transfers')
      .where({ id, settled_at: null })
      .update({ [side]: from });
    if (changed > 0 && side === 'from_org')
      await trx('branch_records').where({ id }).update({ org_id: from });
  }
}
