/** Accounts and roles that follow from another register, in the transaction in which that register changes. */
import { invalid } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { addDays } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { recordAudit } from '../../../platform/audit/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Grant } from '../policy.ts';
import { findAccountByLogin, insertGrant, takenLogins } from '../store.ts';
import { accountFaults, enterAccount, TAKEN } from './accounts.ts';
import type { ManageDeps } from './authority.ts';
import { normaliseLogin } from './prove.ts';
import { withLogins } from './several.ts';

/** Somebody whom another register knows; without a login one is proposed from the name. */
export interface Vouched {
  login: string;
  name: string;
  passwordHash: string;
  /** The password was not chosen by its owner. */
  mustChange: boolean;
  grants: Grant[];
  /** Account that vouches; null: the owner proved himself. */
  by: string | null;
}

/** @throws AppError 422 for a login that is taken or badly formed */
export async function enterVouched(
  trx: Trx,
  deps: ManageDeps,
  given: Vouched,
): Promise<{ id: string; login: string }> {
  const [named] = await withLogins(trx, [given]);
  const login = normaliseLogin(named?.login ?? '') || (await unspelled(trx));
  const faults = accountFaults(deps.orgs, { ...given, login });
  if (await findAccountByLogin(trx, login)) faults.push(TAKEN);
  if (faults.length > 0) throw invalid(faults);
  const id = await enterAccount(trx, deps, { ...given, login, demo: false, pending: new Set<Grant>() });
  await recordAudit(trx, {
    at: deps.clock.now(),
    actor: given.by,
    act: 'account.create',
    subject: id,
    detail: { login, grants: given.grants, waits: 0 },
  });
  return { id, login };
}

/** For a name without a spelling. */
async function unspelled(trx: Trx): Promise<string> {
  const taken = new Set(await takenLogins(trx, ['dangyuan']));
  for (let n = 1; ; n++) if (!taken.has(`dangyuan${n}`)) return `dangyuan${n}`;
}

/** A role at a place from a day on. */
export async function grantInCourse(
  trx: Trx,
  deps: ManageDeps,
  accountId: string,
  grant: Grant,
  by: string | null,
): Promise<void> {
  const at = deps.clock.now();
  await insertGrant(trx, newId(at, deps.random), accountId, grant, { by, at, pending: false });
  await recordAudit(trx, {
    at,
    actor: by,
    act: 'grant.give',
    subject: accountId,
    detail: { before: [], given: { ...grant }, waits: false },
  });
}

/** A grant that was ended in course, with the last day it had before. */
export interface EndedGrant {
  id: string;
  role: string;
  to: LocalDate | null;
}

/** The same grants hold again as before. */
export async function reviveGrants(trx: Trx, grants: readonly EndedGrant[]): Promise<void> {
  for (const { id, to } of grants)
    await trx('grants').where({ id }).update({ valid_to: to, ended_by: null, ended_at: null });
}

/**
 * Every role of the party at these organisations ends: of one account, or of everybody. `on`: the first day without it.
 * Returns the ended ones with the last day each had before, so that this can be undone.
 */
export async function endPartyGrants(
  trx: Trx,
  deps: ManageDeps,
  { orgIds, accountId, on, by }: { orgIds: string[]; accountId?: string; on: LocalDate; by: string | null },
): Promise<EndedGrant[]> {
  const last = addDays(on, -1);
  const query = trx('grants')
    .whereIn('org_id', orgIds)
    .where('role', 'like', 'party-%')
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', last));
  if (accountId !== undefined) query.where({ account_id: accountId });
  const rows: { id: string; account_id: string; role: string; org_id: string; valid_to: LocalDate | null }[] =
    await query.select('id', 'account_id', 'role', 'org_id', 'valid_to');
  const at = deps.clock.now();
  for (const row of rows) {
    await trx('grants').where({ id: row.id }).update({ valid_to: last, ended_by: by, ended_at: at });
    await recordAudit(trx, {
      at,
      actor: by,
      act: 'grant.withdraw',
      subject: row.account_id,
      detail: { before: { role: row.role, org: row.org_id, to: row.valid_to }, after: { to: last } },
    });
  }
  return rows.map((row) => ({ id: row.id, role: row.role, to: row.valid_to }));
}
