/** What readers say to a disclosure, and what is answered within five working days. */
import { invalid, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { type BranchDeps, maySeeRecord, moveRecord, type Sight, type Who } from '../../records/index.ts';
import { catalogue, itemOf } from '../catalogue.ts';
import { partsOf } from '../policy.ts';
import { lastDay } from '../rules/periods.ts';
import { scan } from '../rules/scan.ts';
import * as store from '../store.ts';
import type { Disclosure } from '../types.ts';
import { getWork } from './propose.ts';

const TERM = { days: 5, unit: 'workday' } as const;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const newReceipt = (deps: BranchDeps): string =>
  [...deps.random(12)].map((b) => ALPHABET[b % ALPHABET.length]).join('');

/** A disclosure as it hangs, for somebody who may read it. @throws AppError 404 record.not_found */
export async function getOnBoard(
  db: Trx | BranchDeps['db']['read'],
  deps: BranchDeps,
  sight: Sight,
  id: string,
): Promise<Disclosure> {
  const found = await store.findDisclosure(db, deps.vault, id);
  const today = localDate(deps.clock.now());
  const hangs =
    found !== undefined &&
    store.ON_BOARD.some((state) => state === found.record.state) &&
    (found.expiresOn === null || found.expiresOn >= today);
  if (!found || !hangs || !maySeeRecord(sight, found.record)) throw notFound('record.not_found');
  return found;
}

/**
 * Somebody who may read it says something to it; who it was is not kept.
 * @throws AppError 404 record.not_found also when it no longer hangs
 */
export async function object(
  trx: Trx,
  deps: BranchDeps,
  sight: Sight,
  given: { id: string; text: string; contact?: string | undefined },
): Promise<{ receipt: string; dueOn: string }> {
  const found = await getOnBoard(trx, deps, sight, given.id);
  const today = localDate(deps.clock.now());
  const { due, provisional } = lastDay(deps.calendar(), today, TERM);
  const { record } = found;
  await moveRecord(trx, deps, record, {
    event: 'OBJECT',
    actor: { accountId: null, parts: new Set(['reader']) },
    version: record.version,
    // The first that waits sets the day.
    ...(record.state === 'feedback_open' && { dueOn: record.dueOn }),
  });
  const receipt = newReceipt(deps);
  await store.insertObjection(
    trx,
    deps.vault,
    {
      id: newId(deps.clock.now(), deps.random),
      disclosureId: found.record.id,
      text: given.text,
      contact: given.contact ?? null,
      raisedOn: today,
      dueOn: due,
      dueProvisional: provisional,
      answer: null,
      answeredOn: null,
      shown: false,
    },
    receipt,
  );
  return { receipt, dueOn: due };
}

export interface Answered {
  id: string;
  objectionId: string;
  version: number;
  answer: string;
  /** What was said stands beside the answer; otherwise the answer alone. */
  shown: boolean;
}

/**
 * The secretary answers one of them; the answer is public.
 * @throws AppError 404 record.not_found for one that is answered already; 422 for numbers of persons in what is shown
 */
export async function answerObjection(
  trx: Trx,
  deps: BranchDeps,
  who: Who,
  given: Answered,
): Promise<{ id: string; version: number }> {
  const found = await getWork(trx, deps, who, given.id);
  const waiting = (await store.listObjections(trx, deps.vault, [given.id])).filter(
    (o) => o.answeredOn === null,
  );
  const one = waiting.find((o) => o.id === given.objectionId);
  if (!one) throw notFound('record.not_found');
  requireClean(deps, found, given, one.text);
  const others = waiting.filter((o) => o !== one);
  const record = await moveRecord(trx, deps, found.record, {
    event: others.length > 0 ? 'ANSWER_ONE' : 'ANSWER',
    actor: { accountId: who.accountId, parts: partsOf(who, found, deps.orgs) },
    version: given.version,
    content: given.answer,
    ...(others[0] && { dueOn: others[0].dueOn }),
  });
  const answeredOn = localDate(deps.clock.now());
  await store.saveAnswer(trx, deps.vault, one.id, { answer: given.answer, answeredOn, shown: given.shown });
  return { id: record.id, version: record.version };
}

function requireClean(
  deps: BranchDeps,
  { item }: Disclosure,
  { answer, shown }: Answered,
  said: string,
): void {
  const rules = {
    today: localDate(deps.clock.now()),
    wording: catalogue().wording,
    names: itemOf(item).names === true,
  };
  const blocks = (text: string) => scan({ title: '', text, grid: null }, rules).some((f) => f.blocks);
  if (blocks(answer))
    throw invalid(
      [{ pointer: '/answer', message: '答复里有证件号、手机号或者卡号，请遮挡', code: 'number' }],
      'disclosure.personal_data',
    );
  if (shown && blocks(said))
    throw invalid(
      [{ pointer: '/shown', message: '意见原文里有证件号、手机号或者卡号，只公布答复', code: 'number' }],
      'disclosure.personal_data',
    );
}
