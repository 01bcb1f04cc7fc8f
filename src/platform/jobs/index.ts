/**
 * What happens after commit and what happens when a day has come: effects in the outbox, deadlines in their
 * table, both rows written in the transaction that asked for them and leased by whoever works them off.
 * Long because the promises of both tables (order, once, never lost) are best checked against each other.
 */
import type { Knex } from 'knex';
import { newId } from '../../kernel/ids.ts';
import { localDate } from '../../kernel/time.ts';
import type { Instant, LocalDate } from '../../kernel/types.ts';
import type { Clock } from '../clock.ts';
import { type Database, type Trx, transact } from '../db/index.ts';
import { describeError, type Logger } from '../log.ts';
import type { Vault } from '../vault/index.ts';
import * as store from './store.ts';

export * from './review.ts';

export interface EffectOrder {
  effect: string;
  payload: unknown;
  caseId: string;
  eventSeq: number;
  ordinal: number;
}

export interface DeadlineRow {
  id: string;
  caseId: string;
  clock: string;
  rung: string;
  firesAt: Instant;
}

interface WriteDeps {
  clock: Clock;
  random: (n: number) => Uint8Array;
  vault: Vault;
}

/** Ask for effects in the transaction that makes them due. */
export async function enqueue(trx: Trx, deps: WriteDeps, orders: EffectOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const now = deps.clock.now();
  await trx('outbox').insert(
    orders.map((o) => ({
      id: newId(now, deps.random),
      effect: o.effect,
      payload_sealed: deps.vault.seal(JSON.stringify(o.payload)),
      case_id: o.caseId,
      event_seq: o.eventSeq,
      ordinal: o.ordinal,
      state: 'waiting',
      attempts: 0,
      next_at: now,
      created_at: now,
    })),
  );
}

/** Cases for which an effect was asked for and is not carried out: it waits, is in hand, or is parked. */
export async function casesAwaiting(db: Trx | Knex, effect: string): Promise<Set<string>> {
  const ids: string[] = await db('outbox')
    .where({ effect })
    .whereIn('state', ['waiting', 'parked'])
    .distinct()
    .pluck('case_id');
  return new Set(ids);
}

/**
 * Set when the rungs of a case's running clocks speak. A rung that has spoken never speaks again; rungs not
 * named are silent (their clock ended or stands still).
 */
export async function armDeadlines(
  trx: Trx,
  deps: Pick<WriteDeps, 'clock' | 'random'>,
  caseId: string,
  rungs: { clock: string; rung: string; firesAt: Instant }[],
): Promise<void> {
  await trx('deadlines').where({ case_id: caseId, fired_at: null }).update({ fires_at: null, next_at: null });
  if (rungs.length === 0) return;
  const now = deps.clock.now();
  await trx('deadlines')
    .insert(
      rungs.map((r) => ({
        id: newId(now, deps.random),
        case_id: caseId,
        clock: r.clock,
        rung: r.rung,
        fires_at: r.firesAt,
        attempts: 0,
      })),
    )
    .onConflict(['case_id', 'clock', 'rung'])
    .merge(['fires_at', 'attempts'])
    .whereNull('deadlines.fired_at');
}

/**
 * Claim a deadline for good inside the transaction that acts on it, before anything else there. False when it
 * has spoken already, or was moved or silenced since it was handed out: then do nothing.
 */
export async function markFired(trx: Trx, id: string, now: Instant): Promise<boolean> {
  const changed = await trx('deadlines')
    .where({ id, fired_at: null })
    .where('fires_at', '<=', now)
    .update({ fired_at: now });
  return changed === 1;
}

export interface Escalation {
  id: string;
  caseId: string;
  clock: string;
  rung: string;
  at: Instant;
  told: { org: string; role: string | null }[];
}

/** One row for each rung of each clock of a case, never two. */
export async function recordEscalation(trx: Trx, e: Escalation): Promise<void> {
  await trx('escalations')
    .insert({
      id: e.id,
      case_id: e.caseId,
      clock: e.clock,
      rung: e.rung,
      at: e.at,
      told: JSON.stringify(e.told),
    })
    .onConflict(['case_id', 'clock', 'rung'])
    .ignore();
}

export interface Handlers {
  /** Carry out an effect; may be called again after a crash, so it must be idempotent. */
  effect(name: string, payload: unknown): Promise<void>;
  /** Act on a deadline; must call `markFired` in its own transaction. */
  deadline(row: DeadlineRow): Promise<void>;
  /** What a new Shanghai day brings, once a day; may be called again after a crash, so it must be idempotent. */
  daily?(today: LocalDate): Promise<void>;
}

export interface Jobs {
  /** Carry out the effects due now, of one case or of all; returns how many were done. */
  drain(caseId?: string): Promise<number>;
  /** Everything due now, deadlines and effects, until nothing is due. */
  tick(): Promise<void>;
  start(everyMs?: number): void;
  /** No new round; waits for the one under way. */
  stop(): Promise<void>;
}

interface JobDeps extends WriteDeps {
  db: Database;
  log: Logger;
}

const LEASE_MS = 60_000;
const MOST_ATTEMPTS = 8;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 3_600_000;

const DAY = 'jobs.day';

const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

export function createJobs(deps: JobDeps, handlers: Handlers): Jobs {
  const worker = newId(deps.clock.now(), deps.random);
  const underWay = tracker();
  const lease = (): store.Lease => {
    const now = deps.clock.now();
    return { now, until: later(now, LEASE_MS), worker };
  };
  /**
   * A failing row backs off and never stops another case's. An effect is parked in the end; a deadline is a
   * legal term, so it is tried every hour for as long as it takes.
   */
  const failed = async (
    table: 'outbox' | 'deadlines',
    row: { id: string; attempts: number; effect?: string },
    error: unknown,
  ) => {
    const tries = row.attempts + 1;
    const described = describeError(error);
    const text = typeof described === 'string' ? described : described.message;
    deps.log.error({ table, id: row.id, tries, err: error }, 'job failed');
    const delay = Math.min(FIRST_DELAY_MS * 2 ** tries, LONGEST_DELAY_MS);
    const parks = table === 'outbox' && tries >= MOST_ATTEMPTS;
    if (parks)
      deps.log.error({ id: row.id, effect: row.effect }, 'effect parked: a system administrator must look');
    const nextAt = parks ? null : later(deps.clock.now(), delay);
    await transact(deps.db, (trx) => store.postpone(trx, table, row.id, nextAt, text));
  };
  const nextEffect = (caseId?: string): Promise<boolean> =>
    underWay.take(() => transact(deps.db, (trx) => store.leaseEffect(trx, lease(), caseId)), oneEffect);
  const oneEffect = async (row: store.OutboxRow): Promise<void> => {
    try {
      if (row.attempts >= MOST_ATTEMPTS) throw new Error('every worker that took it died');
      await handlers.effect(row.effect, JSON.parse(deps.vault.open(row.payload_sealed)));
      await transact(deps.db, (trx) => store.finishEffect(trx, row.id, deps.clock.now()));
    } catch (error) {
      await failed('outbox', row, error);
    }
  };
  const nextDeadline = (): Promise<boolean> =>
    underWay.take(() => transact(deps.db, (trx) => store.leaseDeadline(trx, lease())), oneDeadline);
  const oneDeadline = async (row: store.RawDeadline): Promise<void> => {
    const { id, case_id: caseId, clock, rung, fires_at: firesAt } = row;
    try {
      await handlers.deadline({ id, caseId, clock, rung, firesAt });
    } catch (error) {
      await failed('deadlines', row, error);
    }
  };
  let day: LocalDate = '';
  /** The first round of a Shanghai day, told in `meta`, so that a restart does not run it again. */
  const turnDay = async (): Promise<void> => {
    const today = localDate(deps.clock.now());
    if (!handlers.daily || day === today) return;
    const last = (await deps.db.read('meta').where({ key: DAY }).first())?.value;
    if (last !== today) {
      await handlers.daily(today);
      await transact(deps.db, (trx) =>
        trx('meta').insert({ key: DAY, value: today }).onConflict('key').merge(),
      );
    }
    day = today;
  };
  let turning: Promise<void> | undefined;
  /** Rounds that meet turn the day together, once. */
  const newDay = (): Promise<void> => {
    turning ??= turnDay().finally(() => {
      turning = undefined;
    });
    return turning;
  };
  /** What another round of this program has in hand is waited for, so that the caller finds everything done. */
  const drain = async (caseId?: string): Promise<number> => {
    let done = 0;
    do while (await nextEffect(caseId)) done++;
    while (await underWay.wait(caseId));
    return done;
  };
  const tick = async (): Promise<void> => {
    do await drain();
    while ((await nextDeadline()) || (await underWay.wait()));
    await newDay();
  };
  return { drain, tick, ...poller(tick, deps.log) };
}

/** What this program has in hand, by case; a row that is just being leased may turn out to be of any case. */
function tracker() {
  const inHand = new Set<{ caseId: string | null; done: Promise<boolean> }>();
  return {
    /** Lease a row and work on it; false when there was none. */
    async take<R extends { case_id: string }>(
      lease: () => Promise<R | undefined>,
      work: (row: R) => Promise<void>,
    ): Promise<boolean> {
      const one = { caseId: null as string | null, done: Promise.resolve(false) };
      one.done = lease().then(async (row) => {
        if (!row) return false;
        one.caseId = row.case_id;
        await work(row);
        return true;
      });
      inHand.add(one);
      try {
        return await one.done;
      } finally {
        inHand.delete(one);
      }
    },
    /** Wait for what is in hand, of one case or of all; false when nothing was worked on. */
    async wait(caseId?: string): Promise<boolean> {
      const all = [...inHand].filter((o) => caseId === undefined || (o.caseId ?? caseId) === caseId);
      const worked = await Promise.all(all.map(({ done }) => done.catch(() => false)));
      return worked.some(Boolean);
    },
  };
}

/** Rounds at an interval, never two at once. */
function poller(tick: () => Promise<void>, log: Logger): Pick<Jobs, 'start' | 'stop'> {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let stopped = false;
  const run = (everyMs: number) => {
    round = tick()
      .catch((error: unknown) => log.error({ err: error }, 'ticker round failed'))
      .then(() => {
        if (!stopped) timer = setTimeout(run, everyMs, everyMs).unref();
      });
  };
  return {
    start: (everyMs = 2_000) => run(everyMs),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
