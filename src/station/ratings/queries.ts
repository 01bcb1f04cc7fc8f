/** Ratings as staff see them: level, item, village and the words without numbers and names; whose it is only to call back. */
import { notFound } from '../../errors.ts';
import { maskNumbers } from '../../kernel/mask.ts';
import { localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { type SignedIn, visibleScopes } from '../../people/accounts/index.ts';
import { mayAnswer } from './policy.ts';
import { lateSince, type Standing, standingOf } from './rules.ts';
import { type RatedLine, type RatingQuery, searchRatings } from './search.ts';
import { findRatingOfCase, listFollowups } from './store.ts';
import type { Followup, Level, Rating, RatingDeps } from './types.ts';

const PAGE = 20;

export interface RatingView {
  id: string;
  level: Level;
  itemTitle: string;
  villageName: string;
  day: LocalDate;
  comment: string | null;
  supplement: string | null;
}

/** `late-contact`, `late-remedy`: the day for it has passed; `open`: not asked again yet. */
export type BadStanding = 'open' | 'late-contact' | 'late-remedy';

export interface RatingFilter {
  level?: Level;
  item?: string;
  department?: string;
  township?: string;
  days?: { from: LocalDate; to: LocalDate };
  standing?: BadStanding;
  after?: string;
}

/** Numbers are masked, and the applicant's name wherever it stands. */
function masked(text: string | null, name: string): string | null {
  if (text === null) return null;
  const plain = maskNumbers(text);
  return name === '' ? plain : plain.replaceAll(name, '＊'.repeat([...name].length));
}

const viewOf = (line: RatedLine): RatingView => ({
  id: line.id,
  level: line.level,
  itemTitle: line.itemTitle,
  villageName: line.villageName,
  day: line.day,
  comment: masked(line.comment, line.applicantName),
  supplement: masked(line.supplement?.comment ?? null, line.applicantName),
});

function queryOf(deps: RatingDeps, who: SignedIn, filter: RatingFilter): RatingQuery {
  const { township, standing, ...rest } = filter;
  const within = township === undefined ? undefined : (deps.orgs.find(township)?.path ?? '-');
  return { ...rest, ...(within && { within }), scopes: visibleScopes(who, deps.orgs), limit: PAGE + 1 };
}

const cut = <T extends { id: string }>(lines: T[]): { page: T[]; next: string | null } => ({
  page: lines.slice(0, PAGE),
  next: lines.length > PAGE ? (lines[PAGE - 1]?.id ?? null) : null,
});

/** What was said of a case, by whoever has proved that it is his; undefined before. */
export const ratingOf = (deps: RatingDeps, caseId: string): Promise<Rating | undefined> =>
  findRatingOfCase(deps.db.read, deps.vault, caseId);

/** A page of ratings, the latest first. */
export async function listRatings(
  deps: RatingDeps,
  who: SignedIn,
  filter: RatingFilter,
): Promise<{ ratings: RatingView[]; next: string | null }> {
  const { page, next } = cut(await searchRatings(deps.db.read, deps.vault, queryOf(deps, who, filter)));
  return { ratings: page.map(viewOf), next };
}

/** A bad rating, how it stands, and whose it is for the department that must call back. */
export interface BadView extends RatingView {
  standing: Standing;
  followups: Pick<Followup, 'step' | 'text' | 'day'>[];
  /** null: not this person's to answer. */
  case: { id: string; number: string } | null;
}

const badOf = (deps: RatingDeps, who: SignedIn, line: RatedLine, done: readonly Followup[]): BadView => {
  const isOwn = mayAnswer(who, deps.orgs, line);
  const today = localDate(deps.clock.now());
  return {
    ...viewOf(line),
    ...(isOwn && { comment: line.comment, supplement: line.supplement?.comment ?? null }),
    standing: standingOf(line.day, done, today, deps.calendar()),
    followups: isOwn ? done.map(({ step, text, day }) => ({ step, text, day })) : [],
    case: isOwn ? { id: line.caseId, number: line.number } : null,
  };
};

function missing(deps: RatingDeps, standing: BadStanding | undefined): Pick<RatingQuery, 'without'> {
  if (standing === undefined) return {};
  if (standing === 'open') return { without: { step: 'visit' } };
  const step = standing === 'late-contact' ? 'contact' : 'remedy';
  return { without: { step, until: lateSince(step, localDate(deps.clock.now()), deps.calendar()) } };
}

/** A page of bad ratings, the oldest first: what presses stands first. */
export async function listBad(
  deps: RatingDeps,
  who: SignedIn,
  filter: RatingFilter,
): Promise<{ ratings: BadView[]; next: string | null }> {
  const query = { ...queryOf(deps, who, filter), isBad: true as const, oldestFirst: true };
  const { page, next } = cut(
    await searchRatings(deps.db.read, deps.vault, { ...query, ...missing(deps, filter.standing) }),
  );
  const ids = page.map((r) => r.id);
  const done = await listFollowups(deps.db.read, deps.vault, ids);
  return { ratings: page.map((line) => badOf(deps, who, line, done.get(line.id) ?? [])), next };
}

/** @throws notFound `rating.not_found`, also for one that may not be seen */
export async function getBad(deps: RatingDeps, who: SignedIn, id: string): Promise<BadView> {
  const query = { ...queryOf(deps, who, {}), id, isBad: true as const };
  const [line] = await searchRatings(deps.db.read, deps.vault, query);
  if (!line) throw notFound('rating.not_found');
  const done = await listFollowups(deps.db.read, deps.vault, [id]);
  return badOf(deps, who, line, done.get(id) ?? []);
}
