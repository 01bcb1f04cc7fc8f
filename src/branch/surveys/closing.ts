/** A survey ends: what was answered is counted, and the answers of an anonymous one are there no more. */
import { addMonths, localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { type Trx, transact } from '../../platform/db/index.ts';
import { type BranchDeps, type BranchRecord, HOUSE, moveRecord, type RecordActor } from '../records/index.ts';
import { isOpen, OPEN } from './policy.ts';
import { resultsOf } from './rules.ts';
import * as store from './store.ts';
import { CHANNELS, type Channel, type Sheet, type Survey } from './types.ts';

/** How long the answers of a named survey are kept after it closed (branch 7.11). */
const NAMED_MONTHS = 6;

async function takeSheets(
  trx: Trx,
  deps: BranchDeps,
  { record: { id }, mode }: Survey,
): Promise<{ sheets: Sheet[]; channels: Channel[] }> {
  if (mode === 'anonymous') return store.takeAnswers(trx, deps.vault, id);
  const named = await store.listNamed(trx, deps.vault, id);
  return { sheets: named.map((n) => n.sheet), channels: named.map((n) => n.channel) };
}

/** @throws AppError as `moveRecord` */
export async function closeNow(
  trx: Trx,
  deps: BranchDeps,
  survey: Survey,
  by: { actor: RecordActor; version: number },
): Promise<BranchRecord> {
  const { record, questions } = survey;
  const { sheets, channels } = await takeSheets(trx, deps, survey);
  const byChannel = Object.fromEntries(
    CHANNELS.map((c) => [c, channels.filter((each) => each === c).length]),
  ) as Record<Channel, number>;
  const results = resultsOf(questions, sheets, byChannel);
  const moved = await moveRecord(trx, deps, record, { event: 'CLOSE', ...by, content: results });
  await store.saveResults(trx, record.id, results, localDate(deps.clock.now()));
  const texts = questions.flatMap(({ kind }, question) =>
    kind !== 'text' || results.answered === null
      ? []
      : sheets.flatMap(({ answers }) => {
          const text = answers[question];
          return typeof text === 'string' && text.trim() !== '' ? [{ question, text: text.trim() }] : [];
        }),
  );
  await store.insertTexts(trx, deps.random, deps.vault, record.id, texts);
  return moved;
}

/** A new Shanghai day: what is over closes, and named answers are kept no longer than they may be. */
export async function surveysOnNewDay(deps: BranchDeps, today: LocalDate): Promise<void> {
  for (const { record } of await store.listDue(deps.db.read, OPEN, today))
    await transact(deps.db, async (trx) => {
      await store.lockSurvey(trx, record.id);
      const survey = await store.findSurvey(trx, record.id);
      if (!survey || !isOpen(survey) || survey.until >= today) return;
      await closeNow(trx, deps, survey, { actor: HOUSE, version: survey.record.version });
    });
  await transact(deps.db, (trx) => store.deleteNamedBefore(trx, addMonths(today, -NAMED_MONTHS)));
}
