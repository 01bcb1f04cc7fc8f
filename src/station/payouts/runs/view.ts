import { capitals } from '../../../kernel/money.ts';
import type { Fen } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { mayApprove, mayPrepare, maySeeTotals } from '../policy.ts';
import { periodTitle } from '../rules/periods.ts';
import type { Scheme } from '../rules/schemes.ts';
import { listSchemes, schemeOf } from '../schemes.ts';
import type { Held, LineState, PayoutDeps, Run, RunState, Way } from '../types.ts';
import { type Differences, differencesOf } from './differences.ts';
import { type LineSum, sumLines } from './lines-store.ts';
import { requireSeen } from './seen.ts';
import { listFiles, listRuns, type ReturnedFile, type StoredRun } from './store.ts';

export { type LineInput, type LineView, runLines } from './lines-view.ts';

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

interface Sum {
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
