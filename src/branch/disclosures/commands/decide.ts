/** Review, approval, publication and every way out: one act at a time, as the chart says. */
import { conflict, type Fault, invalid } from '../../../errors.ts';
import { localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import { type BranchDeps, HOUSE, moveRecord, type Who } from '../../records/index.ts';
import { itemOf } from '../catalogue.ts';
import { partsOf } from '../policy.ts';
import { openQuestions, QUESTION_WORDS } from '../rules/audience.ts';
import { lastDay } from '../rules/periods.ts';
import * as store from '../store.ts';
import type { Answers, Audience, Disclosure, Ground } from '../types.ts';
import { getWork, refuseNumbers } from './propose.ts';

/** The acts that change no text. */
const DECISIONS = [
  'REVIEW',
  'RETURN',
  'REJECT',
  'DEFER',
  'APPROVE',
  'PUBLISH',
  'ARCHIVE',
  'WITHDRAW',
] as const;
export type Decision = (typeof DECISIONS)[number];

export interface Decided {
  id: string;
  event: Decision;
  version: number;
  reason?: string | undefined;
  /** REVIEW: each question by itself. */
  answers?: Answers | undefined;
  /** APPROVE: another audience than was proposed, perhaps a wider one. */
  audience?: Audience | undefined;
  /** REJECT: what is counted in public. */
  ground?: Ground | undefined;
}

type Change = Partial<Omit<Disclosure, 'record'>>;

/** What each act demands beyond the chart, and what it writes down. */
const MEANS: Partial<
  Record<Decision, (deps: BranchDeps, who: Who, found: Disclosure, given: Decided) => Change>
> = {
  REVIEW(deps, who, found, { answers = {} }) {
    const item = itemOf(found.item);
    const faults = openQuestions(item, answers).map(
      (q): Fault => ({
        pointer: `/answers/${q}`,
        message: `“${QUESTION_WORDS[q]}”没有确认；不合格的请退回或者不予公开`,
        code: 'unsound',
      }),
    );
    if (faults.length > 0) throw invalid(faults);
    refuseNumbers(deps, item, found.content);
    return { answers, reviewedBy: who.accountId };
  },
  APPROVE(deps, _who, found, { audience }) {
    const item = itemOf(found.item);
    if (openQuestions(item, found.answers).length > 0) throw conflict('disclosure.not_reviewed');
    refuseNumbers(deps, item, found.content);
    return { audience: audience ?? found.audience };
  },
  DEFER: (_deps, who) => ({ deferredBy: who.accountId }),
  REJECT(_deps, _who, _found, { ground }) {
    if (ground === undefined)
      throw invalid([{ pointer: '/ground', message: '请选择不予公开属于哪一类', code: 'required' }]);
    return { ground };
  },
  RETURN: () => ({ answers: null, reviewedBy: null }),
  PUBLISH(deps, _who, found) {
    const publishedOn = localDate(deps.clock.now());
    return { publishedOn, expiresOn: expiryOf(deps, found, publishedOn) };
  },
};

/** Last day on display; null for what may stay. */
function expiryOf(deps: BranchDeps, { item }: Disclosure, publishedOn: LocalDate): LocalDate | null {
  const { expires } = itemOf(item);
  return expires ? lastDay(deps.calendar(), publishedOn, expires).due : null;
}

/**
 * One act of somebody on a disclosure.
 * @throws AppError 404 record.not_found; 409 and 403 as the chart says; 422 for a review with an open question, a
 *   refusal without its kind, numbers of persons
 */
export async function decide(
  trx: Trx,
  deps: BranchDeps,
  who: Who,
  given: Decided,
): Promise<{ id: string; version: number }> {
  const found = await getWork(trx, deps, who, given.id);
  const { event, version, reason } = given;
  const actor = { accountId: who.accountId, parts: partsOf(who, found, deps.orgs) };
  const record = await moveRecord(trx, deps, found.record, {
    event,
    actor,
    version,
    reason,
    ...(event === 'PUBLISH' && { visibility: found.audience, content: found.content }),
  });
  const change = MEANS[event]?.(deps, who, found, given) ?? {};
  await store.saveDisclosure(trx, deps.vault, { ...found, ...change, record });
  if (event === 'PUBLISH') await store.saveMet(trx, found.dueId, localDate(deps.clock.now()));
  if (event === 'WITHDRAW') await store.saveMet(trx, found.dueId, null);
  return { id: record.id, version: record.version };
}

/** On a new day: whatever has hung as long as it may is taken down. */
export async function takeDownExpired(deps: BranchDeps, today: LocalDate): Promise<number> {
  const over = await store.listExpired(deps.db.read, today);
  for (const id of over)
    await transact(deps.db, async (trx) => {
      const found = await store.findDisclosure(trx, deps.vault, id);
      if (!found || !store.ON_BOARD.some((state) => state === found.record.state)) return;
      const { record } = found;
      await moveRecord(trx, deps, record, {
        event: 'EXPIRE',
        actor: HOUSE,
        version: record.version,
        visibility: 'named',
        // What is still to be answered keeps its day.
        ...(record.state === 'feedback_open' && { dueOn: record.dueOn }),
      });
    });
  return over.length;
}
