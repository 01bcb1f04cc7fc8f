/** What leaves the house of a commitment. */
import { daysBetween } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import { chartOf, type Who } from '../records/index.ts';
import { partsIn } from './policy.ts';
import type { Commitment, Outcome } from './types.ts';

/** Days before the day promised on which its author is reminded. */
const SOON = 7;

export interface CommitmentView {
  id: string;
  org: string;
  author: string;
  of: string;
  kind: string;
  text: string;
  beneficiary: string;
  promisedOn: LocalDate;
  state: string;
  stateTitle: string;
  version: number;
  dueOn: LocalDate | null;
  /** The day promised is near or over, and nothing is reported. */
  isDue: boolean;
  evidence: string | null;
  reviews: Commitment['reviews'];
  possible: { event: string; title: string; reason: boolean }[];
}

export function viewCommitment(
  commitment: Commitment,
  who: Who | null,
  at: { orgs: OrgMap; names: ReadonlyMap<string, string>; today: LocalDate },
): CommitmentView {
  const { record, of, kind, text, beneficiary, promisedOn, evidence, reviews } = commitment;
  const chart = chartOf('commitment');
  const parts = who ? partsIn(who, commitment, at.orgs) : new Set<string>();
  const author = of === 'organisation' ? at.orgs.get(record.orgId).name : at.names.get(record.authorId ?? '');
  return {
    id: record.id,
    org: record.orgId,
    author: author ?? '',
    of,
    kind,
    text,
    beneficiary,
    promisedOn,
    state: record.state,
    stateTitle: chart.title(record.state),
    version: record.version,
    dueOn: record.dueOn,
    isDue: record.state === 'published' && daysBetween(at.today, promisedOn) <= SOON,
    evidence,
    reviews,
    possible: chart
      .possible(record.state, parts)
      .filter(({ event }) => event !== 'OBJECT' || reviews.at(-1)?.outcome !== 'fulfilled')
      .map(({ event, title, reason }) => ({ event, title, reason: reason === true })),
  };
}

/** How many, in one organisation: never one organisation beside another, nor one person. */
export interface Tally extends Record<Outcome, number> {
  /** Holders with a commitment that is known. */
  holders: number;
  items: number;
  undecided: number;
  /** Reported, and not reviewed in time. */
  late: number;
}

export function tally(commitments: readonly Commitment[], today: LocalDate): Tally {
  const counted = commitments.filter(
    ({ record }) => !['draft', 'submitted', 'cancelled'].includes(record.state),
  );
  const outcome = (c: Commitment): Outcome | undefined => c.reviews.at(-1)?.outcome;
  const of = (wanted: Outcome | undefined): number => counted.filter((c) => outcome(c) === wanted).length;
  const isLate = ({ record }: Commitment): boolean =>
    ['reported_done', 'answered'].includes(record.state) && record.dueOn !== null && record.dueOn < today;
  return {
    holders: new Set(counted.map((c) => (c.of === 'organisation' ? c.record.orgId : c.record.authorId))).size,
    items: counted.length,
    fulfilled: of('fulfilled'),
    partly: of('partly'),
    not: of('not'),
    undecided: of(undefined),
    late: counted.filter(isLate).length,
  };
}
