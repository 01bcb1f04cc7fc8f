import type { Knex } from 'knex';
import { conflict, notAllowed, notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { mayApprove, mayPrepare, maySeeTotals } from '../policy.ts';
import type { Scheme } from '../rules/schemes.ts';
import { findScheme, schemeOf } from '../schemes.ts';
import type { PayoutDeps, Run, RunState } from '../types.ts';
import { findRun, type StoredRun } from './store.ts';

/** A scheme, for an officer of the department that pays. @throws notFound `payout.scheme_not_found`, notAllowed */
export function requireScheme(deps: PayoutDeps, who: SignedIn, code: string): Scheme {
  const scheme = findScheme(code);
  if (!scheme) throw notFound('payout.scheme_not_found');
  if (!mayPrepare(who, deps.orgs, scheme)) throw notAllowed();
  return scheme;
}

const either = (...asked: Parameters<typeof mayPrepare>): boolean =>
  mayPrepare(...asked) || mayApprove(...asked);

/** Who may do what to a run. */
const MAY = {
  prepare: mayPrepare,
  approve: mayApprove,
  discard: either,
  download: either,
};

/** A run for the one who acts on it. */
export interface Acted {
  run: StoredRun;
  scheme: Scheme;
}

/**
 * A run and its scheme, for whoever may act on it.
 * @throws notFound `payout.run_not_found` for who may not even see its sums, notAllowed
 */
export async function requireRun(
  db: Trx | Knex,
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  may: keyof typeof MAY,
): Promise<Acted> {
  const run = await findRun(db, deps.vault, id);
  if (!run) throw notFound('payout.run_not_found');
  const scheme = schemeOf(run.scheme);
  if (!maySeeTotals(who, deps.orgs, scheme)) throw notFound('payout.run_not_found');
  if (!MAY[may](who, deps.orgs, scheme)) throw notAllowed();
  return { run, scheme };
}

/** Somebody was faster, or looked at an older version. */
export const stale = ({ state, version, number }: Run) =>
  conflict('payout.stale', { state, version, number });

/**
 * Somebody was faster: with the same step it is done already (a second click), with another it is refused.
 * @throws conflict `payout.stale`
 */
export async function requireMoved(
  trx: Trx,
  deps: PayoutDeps,
  id: string,
  state: RunState,
  version: number,
): Promise<StoredRun> {
  const run = (await findRun(trx, deps.vault, id)) as StoredRun;
  if (run.state !== state || run.version !== version + 1) throw stale(run);
  return run;
}
