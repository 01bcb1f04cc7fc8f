/** The outbox and the deadlines as their keeper sees them: what waits, what failed, what was set aside. */
import type { Knex } from 'knex';
import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../db/index.ts';

/** `waiting` may be in hand; `parked`: set aside until somebody looks at it. */
export type JobState = 'waiting' | 'parked' | 'done';

/** An effect, without what it is about: payloads are sealed. */
export interface JobLine {
  id: string;
  effect: string;
  state: JobState;
  attempts: number;
  nextAt: Instant;
  /** Somebody is at it until then. */
  leasedUntil: Instant | null;
  error: string | null;
  createdAt: Instant;
  doneAt: Instant | null;
  caseId: string;
}

export interface JobsStanding {
  waiting: number;
  /** Of those waiting: in hand just now. */
  leased: number;
  parked: number;
  done: number;
  doneLastDay: number;
  /** The oldest effect that waits. */
  oldestAt: Instant | null;
  deadlinesDue: number;
  deadlinesFailed: number;
}

type Raw = Record<string, string | number | null>;

const toLine = (r: Raw): JobLine => ({
  id: r.id as string,
  effect: r.effect as string,
  state: r.state as JobState,
  attempts: r.attempts as number,
  nextAt: r.next_at as string,
  leasedUntil: r.leased_until as string | null,
  error: r.error as string | null,
  createdAt: r.created_at as string,
  doneAt: r.done_at as string | null,
  caseId: r.case_id as string,
});

const count = async (rows: Knex.QueryBuilder): Promise<number> =>
  Number((await rows.count({ n: '*' }).first())?.n);

/** Effects that are set aside, by effect. */
export async function countParked(db: Trx | Knex): Promise<{ effect: string; n: number }[]> {
  const rows: { effect: string; n: number }[] = await db('outbox')
    .where({ state: 'parked' })
    .groupBy('effect')
    .orderBy('effect')
    .select('effect')
    .count({ n: '*' });
  return rows.map(({ effect, n }) => ({ effect, n: Number(n) }));
}

const DAY_MS = 86_400_000;

export async function jobsStanding(db: Knex, now: Instant): Promise<JobsStanding> {
  const of = (state: JobState) => db('outbox').where({ state });
  const yesterday = new Date(Date.parse(now) - DAY_MS).toISOString();
  const open = () => db('deadlines').whereNull('fired_at');
  const oldest = await of('waiting').orderBy('id').first('created_at');
  return {
    waiting: await count(of('waiting')),
    leased: await count(of('waiting').where('leased_until', '>', now)),
    parked: await count(of('parked')),
    done: await count(of('done')),
    doneLastDay: await count(db('outbox').where('done_at', '>', yesterday)),
    oldestAt: oldest?.created_at ?? null,
    deadlinesDue: await count(open().where('fires_at', '<=', now)),
    deadlinesFailed: await count(open().where('fires_at', '<=', now).whereNotNull('error')),
  };
}

/** One page: what is open, the oldest first; what is done, the newest first. */
export async function listJobs(
  db: Knex,
  { state, effect, after, limit }: { state: JobState; effect?: string; after?: string; limit: number },
): Promise<{ jobs: JobLine[]; next: string | null }> {
  const newestFirst = state === 'done';
  const rows = db('outbox')
    .where({ state, ...(effect !== undefined && { effect }) })
    .orderBy('id', newestFirst ? 'desc' : 'asc')
    .limit(limit + 1);
  if (after !== undefined) rows.where('id', newestFirst ? '<' : '>', after);
  const found: Raw[] = await rows;
  const jobs = found.slice(0, limit).map(toLine);
  return { jobs, next: found.length > limit ? (jobs.at(-1)?.id ?? null) : null };
}

/** A deadline that is due and could not be acted on. */
export interface FailedDeadline {
  id: string;
  clock: string;
  firesAt: Instant;
  attempts: number;
  nextAt: Instant | null;
  error: string;
}

export async function listFailedDeadlines(db: Knex, now: Instant, limit: number): Promise<FailedDeadline[]> {
  const rows: Raw[] = await db('deadlines')
    .whereNull('fired_at')
    .where('fires_at', '<=', now)
    .whereNotNull('error')
    .orderBy(['fires_at', 'id'])
    .limit(limit);
  return rows.map((r) => ({
    id: r.id as string,
    clock: r.clock as string,
    firesAt: r.fires_at as string,
    attempts: r.attempts as number,
    nextAt: r.next_at as string | null,
    error: r.error as string,
  }));
}

export async function findJob(db: Trx | Knex, id: string): Promise<JobLine | undefined> {
  const row: Raw | undefined = await db('outbox').where({ id }).first();
  return row && toLine(row);
}

const inNobodysHand = (rows: Knex.QueryBuilder, now: Instant) =>
  rows.where((q) => q.whereNull('leased_until').orWhere('leased_until', '<=', now));

/** Have an effect that waits or is parked tried again at once, from the first try; false when it is in hand or done. */
export async function releaseJob(trx: Trx, id: string, now: Instant): Promise<boolean> {
  const rows = trx('outbox').where({ id }).whereIn('state', ['waiting', 'parked']);
  return (await inNobodysHand(rows, now).update(fresh(now))) === 1;
}

/** The same with everything parked of one effect; returns how many. */
export const releaseParked = (trx: Trx, effect: string, now: Instant): Promise<number> =>
  trx('outbox').where({ effect, state: 'parked' }).update(fresh(now));

const fresh = (now: Instant) => ({
  state: 'waiting',
  attempts: 0,
  next_at: now,
  leased_by: null,
  leased_until: null,
});

/** Set an effect aside; false when it does not wait, or is in hand. */
export async function parkJob(trx: Trx, id: string, now: Instant): Promise<boolean> {
  const rows = trx('outbox').where({ id, state: 'waiting' });
  return (await inNobodysHand(rows, now).update({ state: 'parked' })) === 1;
}

/** Have a deadline tried again at once; false when it has spoken. */
export async function releaseDeadline(trx: Trx, id: string, now: Instant): Promise<boolean> {
  const rows = trx('deadlines').where({ id, fired_at: null }).whereNotNull('error');
  return (await inNobodysHand(rows, now).update({ next_at: now, attempts: 0 })) === 1;
}
