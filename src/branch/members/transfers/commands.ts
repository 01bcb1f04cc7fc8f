/** A member changes branch: until the new one has placed him, the old one lists him. */
import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { addDays, addMonths, localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { requireStanding } from '../../../people/orgs/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { nextNumber, type Trx, writeOnce } from '../../../platform/db/index.ts';
import {
  type BranchDeps,
  type BranchRecord,
  chartOf,
  getRecord,
  lapseRecords,
  moveRecord,
  openRecord,
} from '../../records/index.ts';
import { placeMember } from '../commands/place.ts';
import { mayKeep, mayKeepMember } from '../policy.ts';
import { findListed, holdMember } from '../store.ts';
import type { MemberDeps, Who } from '../types.ts';
import { partsOf } from './policy.ts';
import * as store from './store.ts';

const MODULE = 'transfer';
/** A letter of introduction holds thirty days, and three months at the most. */
const LETTER_DAYS = 30;
const LETTER_MONTHS = 3;

/**
 * Asked for by the member himself, or by the officer of his branch for him.
 * @throws AppError 404 member.not_found; 409 member.not_here, member.in_transfer, org.closed; 422
 */
export async function applyForTransfer(
  deps: MemberDeps,
  who: Who,
  given: { member?: string | undefined; to: string; reason: string },
  requestId?: string,
): Promise<{ id: string }> {
  return writeOnce(deps, who, requestId, { transfer: given }, async (trx) => {
    const own = given.member ?? (await findListed(trx, deps, { account_id: who.accountId }))[0]?.id ?? '';
    const member = await holdMember(trx, deps, own);
    const isOwn = member?.accountId === who.accountId;
    if (!member || !(isOwn || mayKeepMember(who, member, deps.orgs))) throw notFound('member.not_found');
    if (member.orgId === null) throw conflict('member.not_here');
    if (await store.findOpen(trx, member.id)) throw conflict('member.in_transfer');
    const to = deps.orgs.find(given.to);
    if (to?.kind !== 'branch' || to.id === member.orgId)
      throw invalid([{ pointer: '/to', message: '请选择另一个党支部', code: 'kind' }]);
    if (given.reason.trim() === '')
      throw invalid([{ pointer: '/reason', message: '请写明转接的原因', code: 'required' }]);
    await requireStanding(trx, to.id);
    const { id } = await openRecord(trx, deps, {
      module: MODULE,
      orgId: member.orgId,
      authorId: who.accountId,
      visibility: 'named',
      content: given,
    });
    await store.insertTransfer(trx, deps, {
      id,
      memberId: member.id,
      fromOrg: member.orgId,
      toOrg: to.id,
      reason: given.reason.trim(),
    });
    await auditBy(trx, deps, who, 'member.transfer', member.id, { to: to.id });
    return { id };
  });
}

export interface TransferAct {
  event: string;
  version: number;
  reason?: string | undefined;
  /** How long the letter holds, where another term than thirty days is needed. */
  days?: number | undefined;
}

/**
 * One step of a transfer. The last one moves list and rights together.
 * @throws AppError 404 record.not_found; 403 record.not_yours; 409 record.not_possible, record.stale_version, org.closed; 422
 */
export async function actOnTransfer(
  deps: MemberDeps,
  who: Who,
  id: string,
  act: TransferAct,
  requestId?: string,
): Promise<void> {
  await writeOnce(deps, who, requestId, { transfer: id, act }, async (trx) => {
    const transfer = await store.findTransfer(trx, deps, id);
    if (!transfer) throw notFound('record.not_found');
    const member = await holdMember(trx, deps, transfer.memberId);
    if (!member) throw new Error(`transfer ${id} is of nobody`);
    const record = await getRecord(trx, MODULE, id);
    const parts = partsOf(who, transfer, member, deps.orgs);
    if (parts.size === 0) throw notFound('record.not_found');
    const { event, version, reason } = act;
    const dueOn = event === 'ISSUE_LETTER' ? letterUntil(deps, act.days) : undefined;
    const actor = { accountId: who.accountId, parts };
    const moved = await moveRecord(trx, deps, record, {
      event,
      version,
      reason,
      actor,
      ...(dueOn !== undefined && { dueOn }),
    });
    if (dueOn !== undefined) await store.saveLetter(trx, id, await letterNumber(trx, deps), dueOn);
    if (moved.state === 'placed')
      await placeMember(
        trx,
        deps,
        member,
        {
          orgId: transfer.toOrg,
          on: localDate(deps.clock.now()),
          kind: 'transferred',
          reason: transfer.letterNumber ?? '',
        },
        who.accountId,
      );
    await follow(trx, deps, moved, member.phone);
    return {};
  });
}

/** @throws AppError 422 for more than three months */
function letterUntil(deps: BranchDeps, days = LETTER_DAYS): LocalDate {
  const today = localDate(deps.clock.now());
  const until = addDays(today, days);
  if (days < 1 || until > addMonths(today, LETTER_MONTHS))
    throw invalid([{ pointer: '/days', message: '介绍信的有效期最长三个月', code: 'range' }]);
  return until;
}

async function letterNumber(trx: Trx, deps: BranchDeps): Promise<string> {
  const year = localDate(deps.clock.now()).slice(0, 4);
  const number = await nextNumber(trx, 'party-letter', Number(year));
  return `组转〔${year}〕${String(number).padStart(4, '0')}号`;
}

/** What follows of every step: the member is told, and what is over makes room for another. */
async function follow(trx: Trx, deps: MemberDeps, moved: BranchRecord, phone: string | null): Promise<void> {
  const { chart, title } = chartOf(MODULE);
  if (chart.states[moved.state]?.end) await store.saveSettled(trx, moved.id, deps.clock.now());
  if (phone !== null)
    await deps.send(trx, { to: phone, template: 'party-transfer', words: { state: title(moved.state) } });
}

/** Letters whose days are over: the member stays where he is. */
export async function membersOnNewDay(deps: MemberDeps, today: LocalDate): Promise<void> {
  await lapseRecords(deps, MODULE, today, async (trx, moved) => {
    const transfer = await store.findTransfer(trx, deps, moved.id);
    const member = transfer && (await holdMember(trx, deps, transfer.memberId));
    await follow(trx, deps, moved, member?.phone ?? null);
  });
}

export interface TransferView extends store.Transfer {
  state: string;
  title: string;
  version: number;
  dueOn: LocalDate | null;
  dueProvisional: boolean;
  memberName: string;
  possible: { event: string; title: string; reason: boolean }[];
}

/** @throws AppError 404 record.not_found, also for somebody who has no part in it */
export async function getTransfer(deps: BranchDeps, who: Who, id: string): Promise<TransferView> {
  const transfer = await store.findTransfer(deps.db.read, deps, id);
  const [member] = transfer ? await findListed(deps.db.read, deps, { id: transfer.memberId }) : [];
  if (!transfer || !member) throw notFound('record.not_found');
  const parts = partsOf(who, transfer, member, deps.orgs);
  if (parts.size === 0) throw notFound('record.not_found');
  const { state, version, dueOn, dueProvisional } = await getRecord(deps.db.read, MODULE, id);
  const running = chartOf(MODULE);
  const possible = running
    .possible(state, parts)
    .map(({ event, title, reason }) => ({ event, title, reason: reason ?? false }));
  const title = running.title(state);
  return { ...transfer, state, title, version, dueOn, dueProvisional, memberName: member.name, possible };
}

/** Transfers out of and into a branch or what lies beneath an organisation, those under way first. */
export async function listTransfers(
  deps: BranchDeps,
  who: Who,
  orgId: string,
): Promise<store.TransferLine[]> {
  if (!mayKeep(who, orgId, deps.orgs)) throw notAllowed();
  const lines = await store.listAt(deps.db.read, deps.orgs.get(orgId).path);
  const { title } = chartOf(MODULE);
  return lines.map((line) => ({ ...line, title: title(line.state) }));
}
