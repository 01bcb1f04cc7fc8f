/** One act on a letter with everything that goes with it; whoever acts. */
import { conflict } from '../../../errors.ts';
import { localDate, startOfDay } from '../../../kernel/time.ts';
import type { Trx } from '../../../platform/db/index.ts';
import { type BranchRecord, moveRecord, type RecordActor } from '../../records/index.ts';
import { clockAfter } from '../rules.ts';
import * as store from '../store.ts';
import type { Letter, MailDeps, Message } from '../types.ts';

export interface Act {
  event: string;
  actor: RecordActor;
  version: number;
  reason?: string | undefined;
  /** What the other side reads. */
  say?: { side: Message['side']; text: string } | undefined;
}

/** Moves a letter, keeps its clock and what was said with the act. An act of the writer is kept by its day alone. */
export async function moveLetter(
  trx: Trx,
  deps: MailDeps,
  letter: Letter,
  { event, actor, version, reason, say }: Act,
): Promise<BranchRecord> {
  const today = localDate(deps.clock.now());
  const { dueOn, daysLeft } = clockAfter(event, letter, today, deps.calendar());
  const moved = await moveRecord(trx, deps, letter.record, {
    event,
    actor,
    version,
    reason,
    ...(dueOn !== undefined && { dueOn }),
    ...(actor.accountId === null && { at: startOfDay(today) }),
  });
  await store.saveLetter(trx, letter.record.id, {
    daysLeft,
    ...(event === 'ANSWER' && { answererId: actor.accountId }),
    ...(event === 'PROPOSE' && { editorId: actor.accountId }),
    ...(event === 'SATISFIED' && { satisfied: true }),
    ...((event === 'REOPEN' || event === 'ASK_REVIEW') && { satisfied: false }),
  });
  if (say) await store.addMessage(trx, deps.vault, letter.record.id, { ...say, on: today });
  return moved;
}

/** The letter as it is now, in the transaction that changes it. */
export async function again(trx: Trx, deps: MailDeps, letter: Letter): Promise<Letter> {
  const now = await store.findLetter(trx, deps.vault, letter.record.id);
  if (!now) throw conflict('record.stale_version');
  return now;
}

/** Tell a writer who left a number that there is something to read. */
export async function tellWriter(trx: Trx, deps: MailDeps, letter: Letter): Promise<void> {
  const identity = await store.findIdentity(trx, deps.vault, letter.record.id);
  if (identity?.phone) await deps.tell(trx, 'letter-news', identity.phone);
}
