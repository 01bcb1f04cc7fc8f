/** A citizen rates a case once, and may add to it once; a department answers a bad rating step by step. */
import { conflict, type Fault, invalid, notAllowed, notFound } from '../../errors.ts';
import { newId } from '../../kernel/ids.ts';
import { localDate } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { auditBy } from '../../platform/audit/index.ts';
import { transact, writeOnce } from '../../platform/db/index.ts';
import { mayAnswer } from './policy.ts';
import { isBad, levelOf, nextStep } from './rules.ts';
import * as store from './store.ts';
import type { FollowStep, RatedCase, Rating, RatingDeps, Way } from './types.ts';

/** The longest comment, in characters. */
export const LONGEST = 500;

const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

function tooLong(text: string): Fault[] {
  const length = [...text].length;
  return length > LONGEST
    ? [{ pointer: '/comment', message: `最多 ${LONGEST} 字，现在 ${length} 字`, code: 'maxLength' }]
    : [];
}

/**
 * Rate a case that is over, once. Whoever asks has proved that the case is his.
 * @param said `id` of the form: sent twice it counts once
 * @throws invalid, conflict `rating.too_early` / `rating.given`
 */
export async function rate(
  deps: RatingDeps,
  of: RatedCase,
  said: { level: string | undefined; comment: string; way: Way; id?: string | undefined },
): Promise<void> {
  const level = levelOf(said.level);
  const comment = tidy(said.comment);
  const faults = tooLong(comment);
  if (level === undefined) faults.unshift({ pointer: '/level', message: '请选一项', code: 'required' });
  if (!of.isOver) throw conflict('rating.too_early');
  if (level === undefined || faults.length > 0) throw invalid(faults);
  const at = deps.clock.now();
  const rating: Rating = {
    id: said.id ?? newId(at, deps.random),
    caseId: of.id,
    villageId: of.villageId,
    itemCode: of.itemCode,
    department: of.department,
    level,
    comment: comment === '' ? null : comment,
    way: said.way,
    day: localDate(at),
    at,
    supplement: null,
  };
  await transact(deps.db, async (trx) => {
    if (await store.insertRating(trx, deps.vault, rating)) return;
    const kept = await store.findRatingOfCase(trx, deps.vault, of.id);
    if (kept?.id !== rating.id) throw conflict('rating.given');
  });
}

/** @throws invalid, notFound `rating.not_found`, conflict `rating.supplemented` */
export async function supplement(deps: RatingDeps, of: RatedCase, text: string): Promise<void> {
  const comment = tidy(text);
  if (comment === '') throw invalid([{ pointer: '/comment', message: '请写下要补充的话', code: 'required' }]);
  const faults = tooLong(comment);
  if (faults.length > 0) throw invalid(faults);
  await transact(deps.db, async (trx) => {
    const rating = await store.findRatingOfCase(trx, deps.vault, of.id);
    if (!rating) throw notFound('rating.not_found');
    if (await store.insertSupplement(trx, deps.vault, { ratingId: rating.id, comment, at: deps.clock.now() }))
      return;
    const kept = await store.findRatingOfCase(trx, deps.vault, of.id);
    if (kept?.supplement?.comment !== comment) throw conflict('rating.supplemented');
  });
}

/**
 * Write down what was done about a bad rating: called, put right, asked again, in this order.
 * @throws notFound `rating.not_found`, notAllowed, invalid, conflict `rating.not_possible`
 */
export function followUp(
  deps: RatingDeps,
  who: SignedIn,
  id: string,
  { step, text }: { step: FollowStep; text: string },
  requestId?: string,
): Promise<{ id: string }> {
  return writeOnce(deps, who, requestId, { rating: id, step, text }, async (trx) => {
    const row = await trx('ratings').where({ id }).first('village_id', 'department', 'level');
    if (!row || !isBad(row.level)) throw notFound('rating.not_found');
    if (!mayAnswer(who, deps.orgs, { villageId: row.village_id, department: row.department }))
      throw notAllowed();
    const said = tidy(text);
    if (said === '') throw invalid([{ pointer: '/text', message: '请写明情况', code: 'required' }]);
    const long = tooLong(said).map((f) => ({ ...f, pointer: '/text' }));
    if (long.length > 0) throw invalid(long);
    const done = (await store.listFollowups(trx, deps.vault, [id])).get(id) ?? [];
    const at = deps.clock.now();
    const entry = { step, text: said, byId: who.accountId, byName: who.name, day: localDate(at), at };
    if (nextStep(done) !== step || !(await store.insertFollowup(trx, deps.vault, id, entry)))
      throw conflict('rating.not_possible');
    await auditBy(trx, deps, who, 'rating.follow-up', id, { step });
    return { id };
  });
}
