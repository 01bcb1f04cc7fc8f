/** What is different from the run before: who is new, who is gone and why, whose sum changed. */

import type { Knex } from 'knex';
import type { Fen } from '../../../kernel/types.ts';
import { inChunks } from '../../../platform/db/index.ts';
import { periodsTitle } from '../rules/periods.ts';
import type { Scheme } from '../rules/schemes.ts';
import type { EntitlementState, Held, PayoutDeps, Period } from '../types.ts';
import { listLines, type PlainLine } from './lines-store.ts';
import { findRunBefore, type StoredRun } from './store.ts';

export interface Differences {
  /** Number of the run it is compared with. */
  since: string;
  added: Difference[];
  gone: (Difference & { why: string })[];
  changed: (Difference & { before: Fen; beforePeriods: string })[];
}

export interface Difference {
  entitlementId: string;
  name: string;
  villageId: string;
  net: Fen;
  /** What it is paid for, in words. */
  periods: string;
}

/**
 * A run against the regular run of its scheme before it. Null when there is none, for a run of one case, and for
 * schemes of single sums: there everybody is another.
 */
export async function differencesOf(
  db: Knex,
  deps: PayoutDeps,
  scheme: Scheme,
  run: StoredRun,
): Promise<Differences | null> {
  if (run.kind !== 'regular' || run.caseId !== null || scheme.claims === 'once') return null;
  const before = await findRunBefore(db, deps.vault, run);
  if (!before) return null;
  const were = byClaim(await listLines(db, { runId: before.id }));
  const are = byClaim(await listLines(db, { runId: run.id }));
  const gone = [...were.values()].filter((l) => !are.has(l.entitlementId));
  const why = await reasonsFor(
    db,
    gone.map((l) => l.entitlementId),
    run.held,
  );
  return {
    since: before.number,
    added: [...are.values()].filter((l) => !were.has(l.entitlementId)).map(difference),
    gone: gone.map((l) => ({ ...difference(l), why: why.get(l.entitlementId) as string })),
    changed: [...are.values()].flatMap((line) => {
      const was = were.get(line.entitlementId);
      if (!was || was.net === line.net) return [];
      return [{ ...difference(line), before: was.net, beforePeriods: difference(was).periods }];
    }),
  };
}

const byClaim = (lines: readonly PlainLine[]): Map<string, PlainLine> =>
  new Map(lines.map((l) => [l.entitlementId, l]));

const difference = ({ entitlementId, name, villageId, net, periods }: PlainLine): Difference => ({
  entitlementId,
  name,
  villageId,
  net,
  periods: periodsTitle(periods.map((p) => p.period)),
});

interface Standing {
  id: string;
  state: EntitlementState;
  reason: string | null;
  until_period: Period | null;
}

/** Why claims are not in a run: what held them, or how they ended. */
async function reasonsFor(
  db: Knex,
  ids: readonly string[],
  held: readonly Held[],
): Promise<Map<string, string>> {
  const rows: Standing[][] = await inChunks(ids, (some) =>
    db('payout_entitlements').whereIn('id', some).select('id', 'state', 'reason', 'until_period'),
  );
  return new Map([
    ...rows.flat().map((r): [string, string] => [r.id, standingWords(r)]),
    ...held.map((h): [string, string] => [h.entitlementId, h.says]),
  ]);
}

function standingWords({ state, reason, until_period }: Standing): string {
  if (state === 'ended') return reason ?? '已终止';
  if (state === 'suspended') return reason ?? '已暂停';
  return until_period === null ? '本期已经发放' : '期限已满，或者本期已经发放';
}
