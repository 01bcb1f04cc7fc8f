import type { Knex } from 'knex';
import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';
import type { Held, Run, RunState } from '../types.ts';

type Db = Trx | Knex;
type Raw = Record<string, string | number | null>;

/** A run with what it left out; that names people, so it is sealed. */
export interface StoredRun extends Run {
  held: Held[];
}

const toRun = (vault: Vault, r: Raw): StoredRun => ({
  id: r.id as string,
  number: r.number as string,
  scheme: r.scheme as string,
  kind: r.kind as Run['kind'],
  period: r.period as string,
  caseId: r.case_id as string | null,
  state: r.state as RunState,
  count: r.count as number,
  total: r.total as number,
  held: JSON.parse(vault.open(r.held_sealed as string)),
  prepared: {
    by: r.prepared_by as string | null,
    name: r.prepared_name as string,
    at: r.prepared_at as string,
  },
  approved:
    r.approved_by === null
      ? null
      : { by: r.approved_by as string, name: r.approved_name as string, at: r.approved_at as string },
  exportedAt: r.exported_at as string | null,
  textHash: r.text_hash as string | null,
  workbookHash: r.workbook_hash as string | null,
  checksum: r.checksum as string | null,
  settledAt: r.settled_at as string | null,
  version: r.version as number,
});

/**
 * Write a run that is new.
 * @returns false when the scheme has an open draft already: the database holds one at a time
 */
export async function insertRun(
  trx: Trx,
  vault: Vault,
  run: Omit<StoredRun, 'approved' | 'textHash' | 'workbookHash' | 'checksum' | 'settledAt' | 'version'>,
): Promise<boolean> {
  const placed = await trx('payout_runs')
    .insert({
      id: run.id,
      number: run.number,
      scheme: run.scheme,
      kind: run.kind,
      period: run.period,
      case_id: run.caseId,
      state: run.state,
      count: run.count,
      total: run.total,
      held_sealed: vault.seal(JSON.stringify(run.held)),
      prepared_by: run.prepared.by,
      prepared_name: run.prepared.name,
      prepared_at: run.prepared.at,
      exported_at: run.exportedAt,
      version: 1,
    })
    .onConflict()
    .ignore()
    .returning('id');
  return placed.length === 1;
}

export async function findRun(db: Db, vault: Vault, id: string): Promise<StoredRun | undefined> {
  const row = await db('payout_runs').where({ id }).first();
  return row && toRun(vault, row);
}

export async function findDraft(db: Db, vault: Vault, scheme: string): Promise<StoredRun | undefined> {
  const row = await db('payout_runs').where({ scheme, state: 'draft' }).first();
  return row && toRun(vault, row);
}

/** The regular run of a scheme that was paid before this one. */
export async function findRunBefore(db: Db, vault: Vault, run: Run): Promise<StoredRun | undefined> {
  const row = await db('payout_runs')
    .where({ scheme: run.scheme, kind: 'regular', case_id: null })
    .whereIn('state', ['exported', 'settled'])
    .where('prepared_at', '<', run.prepared.at)
    .orderBy('prepared_at', 'desc')
    .first();
  return row && toRun(vault, row);
}

/** Runs paid by hand of a case, the latest first. */
export async function listOutside(
  db: Db,
  vault: Vault,
  { caseId, scheme }: { caseId: string; scheme: string },
): Promise<StoredRun[]> {
  const rows: Raw[] = await db('payout_runs')
    .where({ case_id: caseId, scheme, kind: 'outside' })
    .orderBy('prepared_at', 'desc');
  return rows.map((r) => toRun(vault, r));
}

export interface RunQuery {
  schemes: readonly string[];
  state?: RunState;
  after?: string;
  limit: number;
}

/** Newest first; `after` is the id of the last run of the page before. */
export async function listRuns(db: Knex, vault: Vault, query: RunQuery): Promise<StoredRun[]> {
  const rows = db('payout_runs').whereIn('scheme', query.schemes).orderBy('id', 'desc').limit(query.limit);
  if (query.state) rows.where({ state: query.state });
  if (query.after) rows.where('id', '<', query.after);
  const found: Raw[] = await rows;
  return found.map((r) => toRun(vault, r));
}

/** What a step of a run changes besides its state. */
export type Moved = Partial<{
  approved_by: string;
  approved_name: string;
  approved_at: Instant;
  exported_at: Instant;
  text_hash: string | null;
  workbook_hash: string | null;
  checksum: string | null;
  settled_at: Instant;
}>;

/** Compare and set: false when the run is no longer in the state and version it was seen in. */
export async function moveRun(
  trx: Trx,
  run: Pick<Run, 'id' | 'version'>,
  from: RunState,
  to: RunState,
  more: Moved = {},
): Promise<boolean> {
  const changed = await trx('payout_runs')
    .where({ id: run.id, state: from, version: run.version })
    .update({ state: to, version: run.version + 1, ...more });
  return changed === 1;
}

/** Lines taken out of a run that has not left the house: fewer, for less. */
export async function shrinkRun(trx: Trx, id: string, count: number, total: number): Promise<void> {
  await trx('payout_runs')
    .where({ id })
    .whereIn('state', ['draft', 'approved'])
    .update({
      count: trx.raw('count - ?', [count]),
      total: trx.raw('total - ?', [total]),
      version: trx.raw('version + 1'),
    });
}

export interface ReturnedFile {
  hash: string;
  runId: string;
  name: string;
  paid: number;
  refused: number;
  at: Instant;
  by: string;
}

const toFile = (r: Raw): ReturnedFile => ({
  hash: r.hash as string,
  runId: r.run_id as string,
  name: r.name as string,
  paid: r.paid as number,
  refused: r.refused as number,
  at: r.at as string,
  by: r.by as string,
});

/** @returns false when the same bytes were read before, for whichever run */
export async function insertFile(trx: Trx, { runId, ...file }: ReturnedFile): Promise<boolean> {
  const placed = await trx('payout_files')
    .insert({ ...file, run_id: runId, direction: 'in' })
    .onConflict('hash')
    .ignore()
    .returning('hash');
  return placed.length === 1;
}

export async function findFile(db: Db, hash: string): Promise<ReturnedFile | undefined> {
  const row = await db('payout_files').where({ hash }).first();
  return row && toFile(row);
}

export async function listFiles(db: Db, runId: string): Promise<ReturnedFile[]> {
  const rows: Raw[] = await db('payout_files').where({ run_id: runId }).orderBy(['at', 'hash']);
  return rows.map(toFile);
}
