/** The list of a branch, as its officer keeps it. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../../errors.ts';
import { normaliseId } from '../../../kernel/identity.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { auditAlone, auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import type { BranchDeps } from '../../records/index.ts';
import { mayKeep, mayKeepMember, maySearch } from '../policy.ts';
import { memberFaults, type NewMember, tidyMember } from '../rules.ts';
import * as store from '../store.ts';
import type { Listed, MemberState, Membership, Who } from '../types.ts';
import { leaveBranch, placeMember } from './place.ts';

const PAGE = 50;

/** The list of one branch, a page at a time. @throws AppError 403 for somebody who does not keep it */
export async function listBranch(
  deps: BranchDeps,
  who: Who,
  orgId: string,
  after?: string,
): Promise<{ members: Listed[]; next: string | null }> {
  if (!mayKeep(who, orgId, deps.orgs)) throw notAllowed();
  const found = await store.listOf(deps.db.read, deps, orgId, { after, limit: PAGE + 1 });
  const members = found.slice(0, PAGE);
  return { members, next: found.length > PAGE ? (members.at(-1)?.id ?? null) : null };
}

/** @throws AppError 404 member.not_found, also for one of another's branch */
export async function getMember(
  deps: BranchDeps,
  who: Who,
  id: string,
): Promise<{ member: Listed; memberships: Membership[] }> {
  const [member] = await store.findListed(deps.db.read, deps, { id });
  if (!member || !mayKeepMember(who, member, deps.orgs)) throw notFound('member.not_found');
  await auditAlone(deps, who, 'member.view', id);
  return { member, memberships: await store.listMemberships(deps.db.read, id) };
}

/** The full numbers, for a reason that stays in the log and that the member himself can read. */
export async function revealMember(
  deps: BranchDeps,
  who: Who,
  id: string,
  reason: string,
): Promise<{ idNumber: string; phone: string | null }> {
  const [member] = await store.findListed(deps.db.read, deps, { id });
  if (!member || !mayKeepMember(who, member, deps.orgs)) throw notFound('member.not_found');
  if (reason.trim() === '')
    throw invalid([{ pointer: '/reason', message: '请写明为什么要看', code: 'required' }]);
  await auditAlone(deps, who, 'member.reveal', id, { reason: reason.trim() });
  return { idNumber: member.idNumber, phone: member.phone };
}

/** By an exact number, of an identity card or a telephone, and nowhere else than in one's own reach; every search is kept. */
export async function searchMembers(deps: BranchDeps, who: Who, number: string): Promise<Listed[]> {
  if (!maySearch(who)) throw notAllowed();
  const exact = normaliseId(number);
  const [byId, byPhone] = await Promise.all([
    store.findListed(deps.db.read, deps, { id_blind: store.idBlind(deps, exact) }),
    store.findListed(deps.db.read, deps, { phone_blind: store.phoneBlind(deps, exact) }),
  ]);
  const found = [...byId, ...byPhone].filter((m) => mayKeepMember(who, m, deps.orgs));
  await auditAlone(deps, who, 'member.search', found[0]?.id ?? null, { found: found.length });
  return found;
}

const dayFaults = (deps: BranchDeps, on: LocalDate): Fault[] =>
  on > localDate(deps.clock.now()) ? [{ pointer: '/on', message: '日期不能晚于今天', code: 'ahead' }] : [];

/**
 * Somebody new in the list of a branch: newly taken in, or listed for another reason.
 * @throws AppError 403; 409 member.known for somebody who is on a list already, without saying on which; 422
 */
export async function addMember(
  deps: BranchDeps,
  who: Who,
  given: NewMember & { org: string; on: LocalDate; how: 'developed' | 'other'; reason: string },
  requestId?: string,
): Promise<{ id: string }> {
  if (!mayKeep(who, given.org, deps.orgs)) throw notAllowed();
  const tidy = tidyMember(given);
  const faults = [...memberFaults(tidy, localDate(deps.clock.now())), ...dayFaults(deps, given.on)];
  if (given.reason.trim() === '')
    faults.push({ pointer: '/reason', message: '请写明依据', code: 'required' });
  if (faults.length > 0) throw invalid(faults);
  return writeOnce(deps, who, requestId, { add: given }, async (trx) => {
    const id = newId(deps.clock.now(), deps.random);
    if (!(await store.insertMember(trx, deps, { id, ...tidy }, deps.clock.now())))
      throw conflict('member.known');
    const { org: orgId, on, how: kind } = given;
    const reason = given.reason.trim();
    await placeMember(
      trx,
      deps,
      { id, orgId: null, accountId: null },
      { orgId, on, kind, reason },
      who.accountId,
    );
    await auditBy(trx, deps, who, 'member.add', id, { org: orgId, on, how: kind });
    return { id };
  });
}

/** Held by the transaction, and the actor's to keep. @throws AppError 404; 409 member.stale */
export async function holdKept(
  trx: Trx,
  deps: BranchDeps,
  who: Who,
  id: string,
  version?: number,
): Promise<Listed> {
  const member = await store.holdMember(trx, deps, id);
  if (!member || !mayKeepMember(who, member, deps.orgs)) throw notFound('member.not_found');
  if (version !== undefined && member.version !== version) throw conflict('member.stale');
  return member;
}

/**
 * What may be put right: name, telephone, kind. A number of another person is another member.
 * @throws AppError 404; 409 member.stale; 422
 */
export async function changeMember(
  deps: BranchDeps,
  who: Who,
  id: string,
  given: Pick<NewMember, 'name' | 'phone' | 'sharedPhone' | 'kind'> & { version: number },
  requestId?: string,
): Promise<void> {
  await writeOnce(deps, who, requestId, { change: id, given }, async (trx) => {
    const member = await holdKept(trx, deps, who, id, given.version);
    const tidy = tidyMember({ ...given, idNumber: member.idNumber });
    const faults = memberFaults(tidy, localDate(deps.clock.now()));
    if (faults.length > 0) throw invalid(faults);
    const { id_sealed: _, id_blind: __, ...row } = store.rowOf(deps, tidy);
    const same = tidy.phone === member.phone;
    const verified = same ? member.phoneVerifiedAt : null;
    await save(trx, deps, member, { ...row, phone_verified_at: verified });
    await auditBy(trx, deps, who, 'member.change', id, { phone: !same, kind: [member.kind, tidy.kind] });
    return {};
  });
}

/** States in which somebody belongs to no branch any more. */
const GONE: ReadonlySet<MemberState> = new Set<MemberState>(['left', 'dead']);

/**
 * 停止党籍, 失联, 去世, and back: never without a reason. Whoever is dead or has left belongs to no branch from that day.
 * @throws AppError 404; 409 member.stale, member.in_transfer; 422
 */
export async function changeState(
  deps: BranchDeps,
  who: Who,
  id: string,
  given: { state: MemberState; on: LocalDate; reason: string; version: number },
  requestId?: string,
): Promise<void> {
  await writeOnce(deps, who, requestId, { state: id, given }, async (trx) => {
    const member = await holdKept(trx, deps, who, id, given.version);
    const faults = dayFaults(deps, given.on);
    if (given.reason.trim() === '')
      faults.push({ pointer: '/reason', message: '请写明依据', code: 'required' });
    if (faults.length > 0) throw invalid(faults);
    await save(trx, deps, member, { state: given.state });
    if (GONE.has(given.state)) {
      if (await trx('transfers').where({ member_id: id }).whereNull('settled_at').first('id'))
        throw conflict('member.in_transfer');
      await leaveBranch(trx, deps, member, given.on, who.accountId);
    }
    const { state: after, on, reason } = given;
    await auditBy(trx, deps, who, 'member.state', id, {
      before: member.state,
      after,
      on,
      reason: reason.trim(),
    });
    return {};
  });
}

/** @throws AppError 409 member.stale */
export async function save(
  trx: Trx,
  deps: BranchDeps,
  member: Listed,
  values: Parameters<typeof store.saveMember>[2],
): Promise<void> {
  if (!(await store.saveMember(trx, member, values, deps.clock.now()))) throw conflict('member.stale');
}
