import type { Knex } from 'knex';
import type { Instant, LocalDate } from '../../../kernel/types.ts';
import { beginsWith, type Trx } from '../../../platform/db/index.ts';
import type { BranchDeps } from '../../records/index.ts';

export interface Transfer {
  id: string;
  memberId: string;
  fromOrg: string;
  toOrg: string;
  reason: string;
  letterNumber: string | null;
  letterUntil: LocalDate | null;
}

interface TransferRow {
  id: string;
  member_id: string;
  from_org: string;
  to_org: string;
  reason_sealed: string;
  letter_number: string | null;
  letter_until: LocalDate | null;
}

export async function insertTransfer(
  trx: Trx,
  { vault }: Pick<BranchDeps, 'vault'>,
  t: Omit<Transfer, 'letterNumber' | 'letterUntil'>,
): Promise<void> {
  await trx('transfers').insert({
    id: t.id,
    member_id: t.memberId,
    from_org: t.fromOrg,
    to_org: t.toOrg,
    reason_sealed: vault.seal(t.reason),
  });
}

export async function findTransfer(
  db: Knex,
  { vault }: Pick<BranchDeps, 'vault'>,
  id: string,
): Promise<Transfer | undefined> {
  const row: TransferRow | undefined = await db('transfers').where({ id }).first();
  return (
    row && {
      id: row.id,
      memberId: row.member_id,
      fromOrg: row.from_org,
      toOrg: row.to_org,
      reason: vault.open(row.reason_sealed),
      letterNumber: row.letter_number,
      letterUntil: row.letter_until,
    }
  );
}

/** The transfer that a member has under way. */
export const findOpen = (db: Knex, memberId: string): Promise<{ id: string } | undefined> =>
  db('transfers').where({ member_id: memberId }).whereNull('settled_at').first('id');

export async function saveLetter(trx: Trx, id: string, number: string, until: LocalDate): Promise<void> {
  await trx('transfers').where({ id }).update({ letter_number: number, letter_until: until });
}

export async function saveSettled(trx: Trx, id: string, at: Instant): Promise<void> {
  await trx('transfers').where({ id }).update({ settled_at: at });
}

export interface TransferLine {
  id: string;
  memberName: string;
  fromOrg: string;
  toOrg: string;
  state: string;
  title: string;
  dueOn: LocalDate | null;
  createdAt: Instant;
}

/** Out of and into whatever lies beneath a path; those under way first, then the latest. */
export const listAt = (db: Knex, path: string): Promise<TransferLine[]> =>
  db('transfers as t')
    .join('branch_records as r', 'r.id', 't.id')
    .join('members as m', 'm.id', 't.member_id')
    .join('orgs as f', 'f.id', 't.from_org')
    .join('orgs as o', 'o.id', 't.to_org')
    .where((any) => any.where(beginsWith(db, 'f.path', path)).orWhere(beginsWith(db, 'o.path', path)))
    .orderByRaw('case when t.settled_at is null then 0 else 1 end, t.id desc')
    .limit(200)
    .select(
      't.id',
      'm.name as memberName',
      't.from_org as fromOrg',
      't.to_org as toOrg',
      'r.state',
      'r.due_on as dueOn',
      'r.created_at as createdAt',
    );
