import type { Knex } from 'knex';
import { canonicalJson, sha256 } from '../../kernel/canonical.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { beginsWith, type Trx } from '../../platform/db/index.ts';
import type { Vault } from '../../platform/vault/index.ts';
import type { Sight } from './policy.ts';
import type { BranchEvent, BranchRecord, Visibility } from './types.ts';

/** A row of `branch_records`; a module's own columns come beside it. */
export interface RecordRow {
  id: string;
  module: string;
  org_id: string;
  org_path: string;
  author_id: string | null;
  visibility: Visibility;
  state: string;
  version: number;
  due_on: LocalDate | null;
  due_provisional: number;
  legal_hold: number;
  created_at: Instant;
  changed_at: Instant;
}

interface EventRow {
  record_id: string;
  seq: number;
  at: Instant;
  event: string;
  from_state: string | null;
  to_state: string;
  actor_id: string | null;
  reason_sealed: string | null;
  content_hash: string | null;
  hash: string;
}

/** A row of `branch_records`, alone or joined: its columns are called as in the table. */
export const toRecord = (row: RecordRow): BranchRecord => ({
  id: row.id,
  module: row.module,
  orgId: row.org_id,
  orgPath: row.org_path,
  authorId: row.author_id,
  visibility: row.visibility,
  state: row.state,
  version: row.version,
  dueOn: row.due_on,
  dueProvisional: row.due_provisional === 1,
  legalHold: row.legal_hold === 1,
  createdAt: row.created_at,
  changedAt: row.changed_at,
});

const toRow = (r: BranchRecord): RecordRow => ({
  id: r.id,
  module: r.module,
  org_id: r.orgId,
  org_path: r.orgPath,
  author_id: r.authorId,
  visibility: r.visibility,
  state: r.state,
  version: r.version,
  due_on: r.dueOn,
  due_provisional: r.dueProvisional ? 1 : 0,
  legal_hold: r.legalHold ? 1 : 0,
  created_at: r.createdAt,
  changed_at: r.changedAt,
});

export async function insertRecord(trx: Trx, record: BranchRecord): Promise<void> {
  await trx('branch_records').insert(toRow(record));
}

export async function findRecord(db: Knex, module: string, id: string): Promise<BranchRecord | undefined> {
  const row: RecordRow | undefined = await db('branch_records').where({ module, id }).first();
  return row && toRecord(row);
}

/** The new standing of a record that still has the version it was read with; false when somebody was faster. */
export async function saveRecord(trx: Trx, record: BranchRecord): Promise<boolean> {
  const { id, module: _, ...row } = toRow(record);
  const changed = await trx('branch_records')
    .where({ id, version: record.version - 1 })
    .update(row);
  return changed === 1;
}

const ROOT_HASH = '';

/** The next line of a record's log, chained to the one before. */
export async function appendEvent(
  trx: Trx,
  vault: Vault,
  recordId: string,
  event: Omit<BranchEvent, 'seq'>,
): Promise<void> {
  const last: EventRow | undefined = await trx('branch_events')
    .where({ record_id: recordId })
    .orderBy('seq', 'desc')
    .first();
  const { reason, ...told } = event;
  const row = {
    record_id: recordId,
    seq: (last?.seq ?? 0) + 1,
    at: told.at,
    event: told.event,
    from_state: told.fromState,
    to_state: told.toState,
    actor_id: told.actorId,
    reason_sealed: reason === null ? null : vault.seal(reason),
    content_hash: told.contentHash,
  };
  await trx('branch_events').insert({ ...row, hash: chained(last?.hash ?? ROOT_HASH, row) });
}

const chained = (before: string, row: Omit<EventRow, 'hash'>): string => sha256(before + canonicalJson(row));

/** The log of a record, the oldest first. @throws Error when a line does not follow from the one before */
export async function listEvents(db: Knex, vault: Vault, recordId: string): Promise<BranchEvent[]> {
  const rows: EventRow[] = await db('branch_events').where({ record_id: recordId }).orderBy('seq');
  let before = ROOT_HASH;
  for (const { hash, ...row } of rows) {
    if (hash !== chained(before, row)) throw new Error(`log of ${recordId} was changed at line ${row.seq}`);
    before = hash;
  }
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    event: row.event,
    fromState: row.from_state,
    toState: row.to_state,
    actorId: row.actor_id,
    reason: row.reason_sealed === null ? null : vault.open(row.reason_sealed),
    contentHash: row.content_hash,
  }));
}

/** Records in these states whose last day is over. */
export async function listOver(
  db: Knex,
  module: string,
  states: readonly string[],
  today: LocalDate,
): Promise<BranchRecord[]> {
  const rows: RecordRow[] = await db('branch_records')
    .where({ module })
    .whereIn('state', states)
    .where('due_on', '<', today)
    .orderBy('id');
  return rows.map(toRecord);
}

/** That a path is one of these places, or lies beneath one that reaches down; of no places nothing is. */
export const atPlaces =
  (db: Knex, path: string, places: Sight['places']) =>
  (query: Knex.QueryBuilder): void => {
    query.whereRaw('1 = 0');
    for (const place of places)
      query.orWhere(place.subtree ? beginsWith(db, path, place.path) : db.raw('?? = ?', [path, place.path]));
  };

/** Narrows a query over `branch_records as r` to what somebody may see (policy `maySeeRecord`). */
export function whereVisible<T extends Knex.QueryBuilder>(db: Knex, query: T, sight: Sight): T {
  return query.where((any) => {
    any.where('r.visibility', 'public');
    if (sight.accountId !== null) any.orWhere('r.author_id', sight.accountId);
    if (sight.isMember) any.orWhere('r.visibility', 'members');
    any.orWhere((own) =>
      own.where('r.visibility', 'subtree').where((near) => {
        near.whereIn('r.org_id', sight.above);
        for (const { path, subtree } of sight.places)
          if (subtree) near.orWhere(beginsWith(db, 'r.org_path', path));
      }),
    );
  }) as T;
}
