/** The arithmetic of quotas. Amounts are decimal numbers with at most four places, summed without drift. Pure. */
import type { Claim } from './types.ts';

const SCALE = 10_000;

/** The sum of amounts, exact to four decimal places. */
export const sumOf = (amounts: readonly number[]): number =>
  amounts.reduce((sum, a) => sum + Math.round(a * SCALE), 0) / SCALE;

/** Who goes first: the higher score, then the earlier acceptance, then the earlier claim (B2-15). */
function inLine(claims: readonly Claim[]): Claim[] {
  return [...claims].sort(
    (a, b) =>
      (b.score ?? 0) - (a.score ?? 0) ||
      a.acceptedOn.localeCompare(b.acceptedOn) ||
      a.claimedAt.localeCompare(b.claimedAt) ||
      a.caseId.localeCompare(b.caseId),
  );
}

/** How a claim stands: what is left for it once those before it in line are served. */
export interface Standing {
  total: number;
  taken: number;
  /** Place in line, from 1; 0 once it is served. */
  place: number;
  /** What those before it ask for. */
  ahead: number;
  left: number;
  fits: boolean;
}

/** @param claims every claim of the pool that is waiting or taken */
export function standingOf(total: number, claims: readonly Claim[], mine: Claim): Standing {
  const taken = sumOf(claims.filter((c) => c.state === 'taken').map((c) => c.amount));
  const line = inLine(claims.filter((c) => c.state === 'waiting'));
  const place = line.findIndex((c) => c.caseId === mine.caseId && c.step === mine.step);
  const ahead = sumOf(line.slice(0, Math.max(place, 0)).map((c) => c.amount));
  const left = sumOf([total, -taken, -ahead]);
  return { total, taken, place: place + 1, ahead, left, fits: mine.amount <= left };
}
