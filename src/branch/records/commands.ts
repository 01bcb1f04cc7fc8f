/** A record is opened, and carried on by one act at a time, as its module's chart says. */
import { conflict, invalid, notAllowed, notFound } from '../../errors.ts';
import { canonicalJson, sha256 } from '../../kernel/canonical.ts';
import { newId } from '../../kernel/ids.ts';
import { localDate } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { type Trx, transact } from '../../platform/db/index.ts';
import { chartOf } from './charts.ts';
import * as store from './store.ts';
import { type BranchDeps, type BranchRecord, HOUSE, type RecordActor, type Visibility } from './types.ts';

export interface NewRecord {
  module: string;
  orgId: string;
  /** Null: not to be known, or the house itself. */
  authorId: string | null;
  visibility: Visibility;
  /** What it says, for the log: only its hash is kept there. */
  content: unknown;
  /** Another moment than now, where the moment itself would tell who it was (§7.1): a day without its time. */
  at?: Instant;
}

const hashOf = (content: unknown): string | null =>
  content === undefined ? null : sha256(canonicalJson(content));

/** When the present state is over, as columns. */
function termOf(
  deps: BranchDeps,
  module: string,
  state: string,
  at: Instant,
): Pick<BranchRecord, 'dueOn' | 'dueProvisional'> {
  const term = chartOf(module).dueOf(state, localDate(at), deps.calendar());
  return { dueOn: term?.due ?? null, dueProvisional: term?.provisional ?? false };
}

/** Opens a record in the first state of its chart, in the transaction that writes what it says. */
export async function openRecord(trx: Trx, deps: BranchDeps, given: NewRecord): Promise<BranchRecord> {
  const { module, orgId, authorId, visibility } = given;
  const at = given.at ?? deps.clock.now();
  const { initial } = chartOf(module).chart;
  const record: BranchRecord = {
    // An id tells the moment it was made.
    id: newId(at, deps.random),
    module,
    orgId,
    orgPath: deps.orgs.get(orgId).path,
    authorId,
    visibility,
    state: initial,
    version: 1,
    ...termOf(deps, module, initial, at),
    legalHold: false,
    createdAt: at,
    changedAt: at,
  };
  await store.insertRecord(trx, record);
  await store.appendEvent(trx, deps.vault, record.id, {
    at,
    event: 'OPEN',
    fromState: null,
    toState: initial,
    actorId: authorId,
    reason: null,
    contentHash: hashOf(given.content),
  });
  return record;
}

export interface Move {
  event: string;
  actor: RecordActor;
  /** The version the actor saw. */
  version: number;
  reason?: string | undefined;
  /** What it says after the act, where the act changes it. */
  content?: unknown;
  /** Who may look from now on, where the act changes it. */
  visibility?: Visibility;
  /** Last day of the new state, where the module counts it itself. */
  dueOn?: LocalDate | null;
  at?: Instant;
}

/**
 * One act on a record. The chart decides whether it is possible and whose it is; nothing else moves a record.
 * @throws AppError 409 record.not_possible with what is possible, record.stale_version; 403 record.not_yours; 422 without a
 *   reason where the act must give one
 */
export async function moveRecord(
  trx: Trx,
  deps: BranchDeps,
  record: BranchRecord,
  move: Move,
): Promise<BranchRecord> {
  const { event, actor } = move;
  if (record.version !== move.version) throw conflict('record.stale_version');
  const running = chartOf(record.module);
  const next = running.after(record.state, event, actor.parts);
  if (typeof next !== 'string') {
    if (next.refused === 'not_yours') throw notAllowed('record.not_yours');
    const possible = running.possible(record.state, actor.parts).map((p) => p.title);
    throw conflict('record.not_possible', { state: running.title(record.state), possible });
  }
  const reason = move.reason?.trim() ?? '';
  if (running.chart.states[record.state]?.on?.[event]?.reason && reason === '')
    throw invalid([{ pointer: '/reason', message: '请写明理由', code: 'required' }]);
  const at = move.at ?? deps.clock.now();
  const moved: BranchRecord = {
    ...record,
    state: next,
    version: record.version + 1,
    visibility: move.visibility ?? record.visibility,
    ...termOf(deps, record.module, next, at),
    ...(move.dueOn !== undefined && { dueOn: move.dueOn, dueProvisional: false }),
    changedAt: at,
  };
  if (!(await store.saveRecord(trx, moved))) throw conflict('record.stale_version');
  await store.appendEvent(trx, deps.vault, record.id, {
    at,
    event,
    fromState: record.state,
    toState: next,
    actorId: actor.accountId,
    reason: reason === '' ? null : reason,
    contentHash: hashOf(move.content),
  });
  if (actor.accountId !== null)
    await auditBy(trx, deps, { accountId: actor.accountId }, 'record.act', record.id, {
      module: record.module,
      event,
    });
  return moved;
}

/** @throws AppError 404 record.not_found */
export async function getRecord(
  db: Trx | BranchDeps['db']['read'],
  module: string,
  id: string,
): Promise<BranchRecord> {
  const found = await store.findRecord(db, module, id);
  if (!found) throw notFound('record.not_found');
  return found;
}

/**
 * What the house does by itself on a new Shanghai day: every record of the module whose term is over takes the way that
 * its state names. `then` does in the same transaction what the module adds. May be called again; returns how many.
 */
export async function lapseRecords(
  deps: BranchDeps,
  module: string,
  today: LocalDate,
  then: (trx: Trx, moved: BranchRecord) => Promise<void> = async () => {},
): Promise<number> {
  const { states } = chartOf(module).chart;
  const lapsing = Object.entries(states).flatMap(([state, { term }]) => (term?.lapse ? [state] : []));
  const over = await store.listOver(deps.db.read, module, lapsing, today);
  for (const record of over)
    await transact(deps.db, async (trx) => {
      const now = await getRecord(trx, module, record.id);
      const event = states[now.state]?.term?.lapse;
      if (now.version !== record.version || event === undefined) return;
      await then(trx, await moveRecord(trx, deps, now, { event, actor: HOUSE, version: now.version }));
    });
  return over.length;
}
