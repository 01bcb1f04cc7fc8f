/** How a member comes to an account: by a code sent to the telephone on the list, or on the word of two persons. */
import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { normaliseId } from '../../../kernel/identity.ts';
import { localDate } from '../../../kernel/time.ts';
import {
  enterVouched,
  hashPassword,
  oneTimePassword,
  passwordFaults,
} from '../../../people/accounts/index.ts';
import { auditBy, recordAudit } from '../../../platform/audit/index.ts';
import { type Trx, transact, writeOnce } from '../../../platform/db/index.ts';
import type { BranchDeps } from '../../records/index.ts';
import { mayWitness } from '../policy.ts';
import { CODE_TRIES, codeUntil, newCode } from '../rules.ts';
import * as store from '../store.ts';
import type { Listed, MemberDeps, Who } from '../types.ts';
import { holdKept, save } from './keep.ts';
import { membersGrant } from './place.ts';

const codeBlind = ({ vault }: Pick<BranchDeps, 'vault'>, memberId: string, code: string): string =>
  vault.blind(`member-code:${memberId}:${code}`);

/**
 * Sends a code to the telephone on the list; a new one replaces the last. Nobody at a desk sees it.
 * @throws AppError 404; 409 member.already_activated, member.not_reachable
 */
export async function invite(
  deps: MemberDeps,
  who: Who,
  id: string,
  requestId?: string,
): Promise<{ until: string }> {
  return writeOnce(deps, who, requestId, { invite: id }, async (trx) => {
    const member = await holdKept(trx, deps, who, id);
    if (member.activatedAt !== null) throw conflict('member.already_activated');
    if (member.phone === null) throw conflict('member.not_reachable');
    const at = deps.clock.now();
    const code = newCode(deps.random);
    const row = {
      member_id: id,
      code_blind: codeBlind(deps, id, code),
      tries: 0,
      expires_at: codeUntil(at),
      sent_by: who.accountId,
      sent_at: at,
    };
    await trx('member_codes').insert(row).onConflict('member_id').merge();
    await deps.send(trx, { to: member.phone, template: 'party-activation', words: { code } });
    await auditBy(trx, deps, who, 'member.invite', id);
    return { until: row.expires_at };
  });
}

export interface Activation {
  phone: string;
  /** Of the identity number: a family may share the telephone. */
  lastFour: string;
  code: string;
  /** Empty: one is proposed from the name. */
  login: string;
  password: string;
}

/**
 * The member opens his account. Whoever guesses gets the same answer for everything that is wrong, and five tries.
 * @throws AppError 403 member.code_wrong; 422 for login or password
 */
export async function activate(deps: BranchDeps, given: Activation): Promise<{ login: string }> {
  const faults = passwordFaults(given.password, given.login, '/password');
  if (faults.length > 0) throw invalid(faults);
  const meant = await findMeant(deps, given);
  if (!meant) throw notAllowed('member.code_wrong');
  const passwordHash = await hashPassword(given.password);
  return transact(deps.db, async (trx) => {
    const member = await store.holdMember(trx, deps, meant);
    const proven = { member_id: meant, code_blind: codeBlind(deps, meant, normaliseId(given.code)) };
    const used = await trx('member_codes').where(proven).delete();
    if (!member || used === 0 || member.activatedAt !== null) throw notAllowed('member.code_wrong');
    const { login } = given;
    return open(trx, deps, member, { login, passwordHash, mustChange: false, by: null, how: 'code' });
  });
}

/** Whose code it is; a wrong one counts for everybody it may have been meant for. */
async function findMeant(
  deps: BranchDeps,
  { phone, lastFour, code }: Activation,
): Promise<string | undefined> {
  const now = deps.clock.now();
  const blind = store.phoneBlind(deps, normaliseId(phone));
  const last = normaliseId(lastFour);
  return transact(deps.db, async (trx) => {
    const sharing = (await store.findListed(trx, deps, { phone_blind: blind })).map((m) => m.id);
    const codes: { member_id: string; code_blind: string; tries: number; expires_at: string }[] = await trx(
      'member_codes',
    )
      .whereIn('member_id', sharing)
      .forUpdate();
    for (const row of codes) {
      if (row.tries >= CODE_TRIES || row.expires_at < now) continue;
      const [member] = await store.findListed(trx, deps, { id: row.member_id });
      const fits = row.code_blind === codeBlind(deps, row.member_id, normaliseId(code));
      if (fits && member?.idNumber.slice(-4) === last) return row.member_id;
    }
    const ids = codes.map((row) => row.member_id);
    await trx('member_codes').whereIn('member_id', ids).increment('tries', 1);
    await recordAudit(trx, {
      at: now,
      actor: null,
      act: 'member.code-wrong',
      subject: ids[0] ?? null,
      detail: {},
    });
    return undefined;
  });
}

/**
 * The officer of the branch knows the member by sight; the paper list is signed.
 * @throws AppError 404; 409 member.already_activated
 */
export async function vouch(deps: BranchDeps, who: Who, id: string, requestId?: string): Promise<void> {
  await writeOnce(deps, who, requestId, { vouch: id }, async (trx) => {
    const member = await holdKept(trx, deps, who, id);
    if (member.activatedAt !== null) throw conflict('member.already_activated');
    if (member.accountId === who.accountId) throw notAllowed('member.second_person');
    const row = { member_id: id, vouched_by: who.accountId, vouched_at: deps.clock.now() };
    await trx('member_vouches').insert(row).onConflict('member_id').merge();
    await auditBy(trx, deps, who, 'member.vouch', id);
    return {};
  });
}

/**
 * A second person says the same: the account opens with a password for one sign-in, shown this once to be handed over.
 * @throws AppError 404; 403 member.second_person; 409 member.already_activated, member.not_vouched
 */
export async function vouchToo(
  deps: BranchDeps,
  who: Who,
  id: string,
): Promise<{ login: string; password: string }> {
  const password = oneTimePassword(deps);
  const passwordHash = await hashPassword(password);
  return transact(deps.db, async (trx) => {
    const member = await store.holdMember(trx, deps, id);
    if (!member || member.orgId === null || !mayWitness(who, member.orgId, deps.orgs))
      throw notFound('member.not_found');
    if (member.activatedAt !== null) throw conflict('member.already_activated');
    const first = await trx('member_vouches').where({ member_id: id }).first();
    if (!first) throw conflict('member.not_vouched');
    if (first.vouched_by === who.accountId) throw notAllowed('member.second_person');
    await trx('member_vouches').where({ member_id: id }).delete();
    const by = who.accountId;
    const { login } = await open(trx, deps, member, {
      login: '',
      passwordHash,
      mustChange: true,
      by,
      how: 'vouched',
    });
    return { login, password };
  });
}

interface Opening {
  login: string;
  passwordHash: string;
  mustChange: boolean;
  by: string | null;
  how: 'code' | 'vouched';
}

/** The account with the right to its branch, and the entry that knows it. @throws AppError 409 member.not_here; 422 */
async function open(
  trx: Trx,
  deps: BranchDeps,
  member: Listed,
  opening: Opening,
): Promise<{ login: string }> {
  if (member.orgId === null) throw conflict('member.not_here');
  const { how, ...given } = opening;
  const now = deps.clock.now();
  const grants = [membersGrant(member.orgId, localDate(now))];
  const { id, login } = await enterVouched(trx, deps, { ...given, name: member.name, grants });
  await save(trx, deps, member, {
    account_id: id,
    activated_at: now,
    ...(how === 'code' && { phone_verified_at: now }),
  });
  await trx('memberships').where({ member_id: member.id, to_on: null }).update({ activated: 1 });
  await recordAudit(trx, {
    at: now,
    actor: opening.by,
    act: 'member.activate',
    subject: member.id,
    detail: { how },
  });
  return { login };
}
