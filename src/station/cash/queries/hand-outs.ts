/** Hand-outs: one, those of a day, and everything of one. */
import type { LocalDate } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { audited, today } from '../commands/common.ts';
import { handOutSeen } from '../commands/hand-out.ts';
import { mayBook, mayConfirm } from '../policy.ts';
import { type HandOutView, handOutView, type LineView, lineView } from '../present.ts';
import * as days from '../store/days.ts';
import { listHandOuts } from '../store/hand-outs.ts';
import * as lines from '../store/lines.ts';
import type { CashDeps, CashLine, HandOutDetails } from '../types.ts';

/** What a village handed out on a day, with names and sums, for the list of the day. */
export async function handedOutOn(
  deps: CashDeps,
  villageId: string,
  day: LocalDate,
): Promise<{ handOut: HandOutView; line: LineView<CashLine>; person: string }[]> {
  const db = deps.db.read;
  const done = (await listHandOuts(db, deps.vault, villageId, day)).filter((h) => h.state !== 'undone');
  const known = await lines.listLines(db, deps.vault, { ids: done.map((h) => h.lineId) });
  const byId = new Map(known.map((l) => [l.lineId, l]));
  return done.map((h) => {
    const line = byId.get(h.lineId) as CashLine;
    return { handOut: handOutView(h), line: lineView(line), person: line.person };
  });
}

/** One hand-out, whose money it was, and what can be done with it now. @throws notFound `cash.not_found` */
export async function handOutDetail(
  deps: CashDeps,
  who: SignedIn,
  id: string,
): Promise<{
  handOut: HandOutView;
  line: LineView<CashLine>;
  possible: { undo: boolean; confirm: boolean };
}> {
  const db = deps.db.read;
  const found = await handOutSeen(db, deps, who, id);
  const day = await days.findDay(db, found.villageId, found.day);
  const isOpen = found.day === today(deps) && day?.state === 'open';
  return {
    handOut: handOutView(found),
    line: lineView((await lines.findLine(db, deps.vault, found.lineId)) as CashLine),
    possible: {
      undo: isOpen && found.state === 'done' && mayBook(who, deps.orgs, found.villageId),
      confirm:
        isOpen &&
        found.state === 'undoing' &&
        mayConfirm(who, deps.orgs, found.villageId) &&
        found.undoAsked?.by !== who.accountId,
    },
  };
}

/**
 * Everything that was written down of a hand-out, identity number and pictures in full: the view itself is audited.
 * @throws notFound `cash.not_found`
 */
export async function revealHandOut(
  deps: CashDeps,
  who: SignedIn,
  id: string,
): Promise<HandOutView & { details: HandOutDetails; photo: string | null }> {
  const found = await handOutSeen(deps.db.read, deps, who, id);
  await transact(deps.db, (trx) => audited(trx, deps, who, 'reveal', id));
  const photo = found.photoHash === null ? null : await deps.files.get(found.photoHash);
  return {
    ...handOutView(found),
    details: found.details,
    photo: photo && `data:image/${photo[0] === 0xff ? 'jpeg' : 'png'};base64,${photo.toString('base64')}`,
  };
}
