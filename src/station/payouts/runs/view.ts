/** Runs as people see them: sums for whoever may see sums, people for whoever may see them, numbers masked. */
import { notAllowed, notFound } from '../../../errors.ts';
import { capitals } from '../../../kernel/money.ts';
import type { Fen } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { mayApprove, mayPay, mayPrepare, maySeeTotals, seenVillages } from '../policy.ts';
import { periodsTitle, periodTitle } from '../rules/periods.ts';
import type { Scheme } from '../rules/schemes.ts';
import { listSchemes, schemeOf } from '../schemes.ts';
import type { Held, LineState, PayoutDeps, Run, RunState, Way } from '../types.ts';
import { type Differences, differencesOf } from './differences.ts';
import { type LineSum, listLines, sumLines } from './lines-store.ts';
import { findRun, listFiles, listRuns, type ReturnedFile, type StoredRun } from './store.ts';

export interface RunSummary
  extends Pick<
    Run,
    | 'id'
    | 'number'
    | 'scheme'
    | 'kind'
    | 'period'
    | 'state'
    | 'count'
    | 'total'
    | 'version'
    | 'exportedAt'
    | 'settledAt'
  > {
  schemeTitle: string;
  periodTitle: string;
  prepared: { name: string; at: string };
  approved: { name: string; at: string } | null;
}

export interface Sum {
  count: number;
  gross: Fen;
  offset: Fen;
  net: Fen;
}

export interface Place extends Sum {
  id: string;
  name: string;
}

export interface RunView extends RunSummary {
  /** The total in capitals. */
  capitals: string;
  checksum: string | null;
  hasFiles: boolean;
  byState: (Sum & { way: Way; state: LineState })[];
  townships: (Place & { villages: Place[] })[];
  /** null: only sums are this person's to see. */
  held: Held[] | null;
  differences: Differences | null;
  returns: Omit<ReturnedFile, 'runId' | 'by'>[];
  may: { approve: boolean; discard: boolean; export: boolean; import: boolean; download: boolean };
}

export interface LineView {
  id: string;
  seq: number;
  entitlementId: string;
  name: string;
  village: string;
  /** The last four. */
  accountTail: string;
  way: Way;
  periods: string;
  gross: Fen;
  offset: Fen;
  net: Fen;
  state: LineState;
  reason: string | null;
  settledAt: string | null;
}

const summary = (run: StoredRun): RunSummary => {
  const { id, number, scheme, kind, period, state, count, total, version, exportedAt, settledAt } = run;
  return {
    ...{ id, number, scheme, kind, period, state, count, total, version, exportedAt, settledAt },
    schemeTitle: schemeOf(scheme).title,
    periodTitle: periodTitle(period),
    prepared: { name: run.prepared.name, at: run.prepared.at },
    approved: run.approved && { name: run.approved.name, at: run.approved.at },
  };
};

export interface ListInput {
  scheme?: string;
  state?: RunState;
  after?: string;
  limit?: number;
}

const PAGE = 20;

/** Runs of the schemes whose sums somebody may see, newest first. */
export async function runList(
  deps: PayoutDeps,
  who: SignedIn,
  { scheme, limit = PAGE, ...query }: ListInput,
): Promise<{ runs: RunSummary[]; next: string | null }> {
  const schemes = listSchemes()
    .filter((s) => scheme === undefined || s.code === scheme)
    .filter((s) => maySeeTotals(who, deps.orgs, s))
    .map((s) => s.code);
  const found = await listRuns(deps.db.read, deps.vault, { ...query, schemes, limit: limit + 1 });
  const runs = found.slice(0, limit);
  return { runs: runs.map(summary), next: found.length > limit ? (runs.at(-1)?.id ?? null) : null };
}

/** @throws notFound `payout.run_not_found` also for who may see neither sums nor people of it */
async function requireSeen(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
): Promise<{ run: StoredRun; scheme: Scheme; villages: readonly string[] | 'all' }> {
  const run = await findRun(deps.db.read, deps.vault, id);
  if (!run) throw notFound('payout.run_not_found');
  const scheme = schemeOf(run.scheme);
  const villages = mayPay(who, deps.orgs, scheme) ? 'all' : seenVillages(who, deps.orgs, scheme);
  if (villages.length === 0 && !maySeeTotals(who, deps.orgs, scheme)) throw notFound('payout.run_not_found');
  return { run, scheme, villages };
}

/** A run with its sums by place, what it holds back, and how it differs from the one before. */
export async function runView(deps: PayoutDeps, who: SignedIn, id: string): Promise<RunView> {
  const { run, scheme, villages } = await requireSeen(deps, who, id);
  const db = deps.db.read;
  const seesPeople = villages === 'all';
  const sums = await sumLines(
    db,
    id,
    seesPeople || maySeeTotals(who, deps.orgs, scheme) ? undefined : villages,
  );
  const own = totalOf(sums);
  return {
    ...summary(run),
    count: own.count,
    total: own.net,
    capitals: capitals(own.net),
    checksum: run.checksum,
    hasFiles: run.textHash !== null,
    byState: sumsBy(sums, (s) => `${s.way}/${s.state}`).map(([key, some]) => {
      const [way, state] = key.split('/') as [Way, LineState];
      return { way, state, ...totalOf(some) };
    }),
    townships: byPlace(deps, sums),
    held: seesPeople ? run.held : null,
    differences: seesPeople ? await differencesOf(db, deps, scheme, run) : null,
    returns: (await listFiles(db, id)).map(({ runId: _run, by: _by, ...file }) => file),
    may: mayNow(deps, who, scheme, run),
  };
}

function mayNow(deps: PayoutDeps, who: SignedIn, scheme: Scheme, run: StoredRun): RunView['may'] {
  const { state } = run;
  const prepares = mayPrepare(who, deps.orgs, scheme);
  const approves = mayApprove(who, deps.orgs, scheme);
  return {
    approve: state === 'draft' && approves && run.prepared.by !== who.accountId,
    discard: (state === 'draft' && (prepares || approves)) || (state === 'approved' && approves),
    export: state === 'approved' && prepares,
    import: state === 'exported' && run.kind === 'regular' && prepares,
    download: run.textHash !== null && (prepares || approves),
  };
}

function totalOf(sums: readonly LineSum[]): Sum {
  const live = sums.filter((s) => s.state !== 'void');
  const add = (of: (s: LineSum) => number): number => live.reduce((sum, s) => sum + of(s), 0);
  return {
    count: add((s) => s.count),
    gross: add((s) => s.gross),
    offset: add((s) => s.offset),
    net: add((s) => s.net),
  };
}

const sumsBy = (sums: readonly LineSum[], keyOf: (s: LineSum) => string): [string, LineSum[]][] => {
  const groups = new Map<string, LineSum[]>();
  for (const sum of sums) groups.set(keyOf(sum), [...(groups.get(keyOf(sum)) ?? []), sum]);
  return [...groups];
};

function byPlace({ orgs }: PayoutDeps, sums: readonly LineSum[]): RunView['townships'] {
  const townshipOf = (villageId: string): string => orgs.get(villageId).parentId as string;
  const place = (id: string, some: readonly LineSum[]): Place => ({
    id,
    name: orgs.get(id).name,
    ...totalOf(some),
  });
  return sumsBy(sums, (s) => townshipOf(s.villageId)).map(([id, some]) => ({
    ...place(id, some),
    villages: sumsBy(some, (s) => s.villageId).map(([village, those]) => place(village, those)),
  }));
}

export interface LineInput {
  after?: number;
  limit?: number;
  state?: LineState;
  village?: string;
  /** Part of a name. */
  text?: string;
}

const LINES = 100;

/**
 * Lines of a run, people masked as lists are: the account by its last four. Only those of one's own villages.
 * @throws notFound, notAllowed for who may see sums alone
 */
export async function runLines(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  { after, limit = LINES, state, village, text }: LineInput,
): Promise<{ lines: LineView[]; next: number | null }> {
  const { villages } = await requireSeen(deps, who, id);
  if (villages.length === 0) throw notAllowed();
  const wanted =
    village === undefined ? villages : villages === 'all' || villages.includes(village) ? [village] : [];
  const found = await listLines(deps.db.read, {
    runId: id,
    limit: limit + 1,
    ...(after !== undefined && { after }),
    ...(state !== undefined && { states: [state] }),
    ...(wanted !== 'all' && { villages: wanted }),
    ...(text !== undefined && { text }),
  });
  const lines = found.slice(0, limit).map((l): LineView => {
    const { id: line, seq, entitlementId, name, accountTail, way, gross, offset, net } = l;
    return {
      ...{ id: line, seq, entitlementId, name, accountTail, way, gross, offset, net },
      village: deps.orgs.get(l.villageId).name,
      periods: periodsTitle(l.periods.map((p) => p.period)),
      state: l.state,
      reason: l.reason,
      settledAt: l.settledAt,
    };
  });
  return { lines, next: found.length > limit ? (lines.at(-1)?.seq ?? null) : null };
}
