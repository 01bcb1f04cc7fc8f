import type { Knex } from 'knex';
import { newId } from '../../kernel/ids.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { beginsWith, type Trx } from '../../platform/db/index.ts';
import type { BranchDeps } from '../records/index.ts';
import type { Listed, Member, MemberKind, MemberState, Membership, MembershipKind } from './types.ts';

type Sealing = Pick<BranchDeps, 'vault'>;

export interface MemberRow {
  id: string;
  name: string;
  id_sealed: string;
  id_blind: string;
  phone_sealed: string | null;
  phone_blind: string | null;
  shared_phone: number;
  phone_verified_at: Instant | null;
  kind: MemberKind;
  state: MemberState;
  account_id: string | null;
  activated_at: Instant | null;
  version: number;
}

type ListedRow = MemberRow & { org_id: string | null; invited_at: Instant | null };

interface MembershipRow {
  id: string;
  member_id: string;
  org_id: string;
  from_on: LocalDate;
  to_on: LocalDate | null;
  kind: MembershipKind;
  reason: string;
}

/** Keys under which numbers are found again. */
export const idBlind = ({ vault }: Sealing, idNumber: string): string => vault.blind(`member:${idNumber}`);
export const phoneBlind = ({ vault }: Sealing, phone: string): string => vault.blind(`member-phone:${phone}`);

const toMember = ({ vault }: Sealing, row: MemberRow): Member => ({
  id: row.id,
  name: row.name,
  idNumber: vault.open(row.id_sealed),
  phone: row.phone_sealed === null ? null : vault.open(row.phone_sealed),
  sharedPhone: row.shared_phone === 1,
  phoneVerifiedAt: row.phone_verified_at,
  kind: row.kind,
  state: row.state,
  accountId: row.account_id,
  activatedAt: row.activated_at,
  version: row.version,
});

const toListed = (deps: Sealing, row: ListedRow): Listed => ({
  ...toMember(deps, row),
  orgId: row.org_id,
  invitedAt: row.invited_at,
});

const toMembership = (row: MembershipRow): Membership => ({
  id: row.id,
  memberId: row.member_id,
  orgId: row.org_id,
  from: row.from_on,
  to: row.to_on,
  kind: row.kind,
  reason: row.reason,
});

/** The columns of a member as a form or a file gives them. */
export const rowOf = (
  deps: Sealing,
  m: Pick<Member, 'name' | 'idNumber' | 'phone' | 'sharedPhone' | 'kind'>,
) => ({
  name: m.name,
  id_sealed: deps.vault.seal(m.idNumber),
  id_blind: idBlind(deps, m.idNumber),
  phone_sealed: m.phone === null ? null : deps.vault.seal(m.phone),
  phone_blind: m.phone === null ? null : phoneBlind(deps, m.phone),
  shared_phone: m.sharedPhone ? 1 : 0,
  kind: m.kind,
});

const listed = (db: Knex): Knex.QueryBuilder =>
  db('members as m')
    .leftJoin('memberships as s', (on) => on.on('s.member_id', 'm.id').andOnNull('s.to_on'))
    .leftJoin('member_codes as c', 'c.member_id', 'm.id')
    .select('m.*', 's.org_id', 'c.sent_at as invited_at');

/** Everybody whom these organisations list now, in the order of entry, a page at a time. */
export async function listOf(
  db: Knex,
  deps: Sealing,
  orgId: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Listed[]> {
  const query = db('memberships as s')
    .join('members as m', 'm.id', 's.member_id')
    .leftJoin('member_codes as c', 'c.member_id', 'm.id')
    .where('s.org_id', orgId)
    .whereNull('s.to_on')
    .orderBy('s.member_id')
    .limit(limit)
    .select('m.*', 's.org_id', 'c.sent_at as invited_at');
  if (after !== undefined) query.where('s.member_id', '>', after);
  const rows: ListedRow[] = await query;
  return rows.map((row) => toListed(deps, row));
}

export async function findListed(
  db: Knex,
  deps: Sealing,
  by: { id: string } | { account_id: string } | { id_blind: string } | { phone_blind: string },
): Promise<Listed[]> {
  const [[column, value]] = Object.entries(by) as [[string, string]];
  const rows: ListedRow[] = await listed(db).where(`m.${column}`, value).orderBy('m.id');
  return rows.map((row) => toListed(deps, row));
}

/** Locked until the transaction ends: nothing else happens to this member meanwhile. */
export async function holdMember(trx: Trx, deps: Sealing, id: string): Promise<Listed | undefined> {
  if (!(await trx('members').where({ id }).forUpdate().first('id'))) return undefined;
  const [member] = await findListed(trx, deps, { id });
  return member;
}

export async function insertMember(
  trx: Trx,
  deps: Sealing,
  m: Pick<Member, 'id' | 'name' | 'idNumber' | 'phone' | 'sharedPhone' | 'kind'>,
  at: Instant,
): Promise<boolean> {
  const placed = await trx('members')
    .insert({
      id: m.id,
      ...rowOf(deps, m),
      phone_verified_at: null,
      state: 'standing',
      account_id: null,
      activated_at: null,
      version: 1,
      created_at: at,
      changed_at: at,
    })
    .onConflict('id_blind')
    .ignore()
    .returning('id');
  return placed.length === 1;
}

/** New values of a member that still has the version it was read with; false when somebody was faster. */
export async function saveMember(
  trx: Trx,
  member: Pick<Member, 'id' | 'version'>,
  values: Partial<Omit<MemberRow, 'id' | 'version'>>,
  at: Instant,
): Promise<boolean> {
  const changed = await trx('members')
    .where({ id: member.id, version: member.version })
    .update({ ...values, version: member.version + 1, changed_at: at });
  return changed === 1;
}

export async function listMemberships(db: Knex, memberId: string): Promise<Membership[]> {
  const rows: MembershipRow[] = await db('memberships')
    .where({ member_id: memberId })
    .orderBy(['from_on', 'id']);
  return rows.map(toMembership);
}

/** The open membership ends: this is the first day without it. */
export async function endMembership(trx: Trx, memberId: string, on: LocalDate): Promise<void> {
  await trx('memberships').where({ member_id: memberId, to_on: null }).update({ to_on: on });
}

export async function insertMembership(
  trx: Trx,
  deps: Pick<BranchDeps, 'clock' | 'random'>,
  m: Omit<Membership, 'id' | 'to'> & { activated: boolean },
  by: string | null,
): Promise<void> {
  const at = deps.clock.now();
  await trx('memberships').insert({
    id: newId(at, deps.random),
    member_id: m.memberId,
    org_id: m.orgId,
    from_on: m.from,
    to_on: null,
    kind: m.kind,
    reason: m.reason,
    activated: m.activated ? 1 : 0,
    by_id: by,
    at,
  });
}

/** How many are listed and how many have an account, by branch, beneath a path. */
export async function countByBranch(
  db: Knex,
  path: string,
): Promise<{ orgId: string; listed: number; activated: number }[]> {
  const query = db('orgs as o')
    .join('memberships as s', 's.org_id', 'o.id')
    .where(beginsWith(db, 'o.path', path))
    .whereNull('s.to_on')
    .groupBy('s.org_id')
    .select('s.org_id')
    .count('* as listed')
    .sum('s.activated as activated');
  const rows = (await query) as { org_id: string; listed: number | string; activated: number | string }[];
  return rows.map((r) => ({ orgId: r.org_id, listed: Number(r.listed), activated: Number(r.activated) }));
}
