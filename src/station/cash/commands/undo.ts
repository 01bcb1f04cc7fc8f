/** A hand-out taken back: asked for by the clerk, agreed to by the committee, on its own day. */
import { conflict, notAllowed } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { type Trx, transact } from '../../../platform/db/index.ts';
import { mayBook, mayConfirm } from '../policy.ts';
import * as store from '../store/hand-outs.ts';
import { moveLine } from '../store/lines.ts';
import type { CashDeps, HandOut } from '../types.ts';
import { audited, book, doneBy, holdToday, requireAnother, requireMoved } from './common.ts';
import { handOutSeen } from './hand-out.ts';

/**
 * The clerk asks to take a hand-out back: on its own day only, before that is closed.
 * @throws conflict `cash.day_closed` / `cash.not_possible`
 */
export async function askUndo(deps: CashDeps, who: SignedIn, id: string, reason: string): Promise<HandOut> {
  return transact(deps.db, async (trx) => {
    const found = await heldHandOut(trx, deps, who, id, mayBook);
    const undoAsked = doneBy(deps, who);
    requireMoved(await store.moveHandOut(trx, id, 'done', { state: 'undoing', undoAsked, reason }), found);
    await audited(trx, deps, who, 'undo.ask', id, { reason });
    return { ...found, state: 'undoing', undoAsked, reason };
  });
}

/** Another person, of the committee, agrees: the money lies in the box again and can be handed out. */
export async function confirmUndo(deps: CashDeps, who: SignedIn, id: string): Promise<HandOut> {
  return transact(deps.db, async (trx) => {
    const found = await heldHandOut(trx, deps, who, id, mayConfirm);
    requireAnother(who, (h) => mayConfirm(h, deps.orgs, found.villageId), found.handed, found.undoAsked);
    const undone = doneBy(deps, who);
    requireMoved(await store.moveHandOut(trx, id, 'undoing', { state: 'undone', undone }), found);
    requireMoved(await moveLine(trx, found.lineId, 'handed', 'box'), found);
    await book(trx, deps, who, {
      villageId: found.villageId,
      day: found.day,
      kind: 'undo',
      fen: found.amount,
      about: id,
      memo: `收据 ${found.number} 作废：${found.reason}`,
    });
    await audited(trx, deps, who, 'undo', id, { amount: found.amount });
    return { ...found, state: 'undone', undone };
  });
}

/** The committee does not agree: it stays handed out. */
export async function declineUndo(deps: CashDeps, who: SignedIn, id: string): Promise<HandOut> {
  return transact(deps.db, async (trx) => {
    const found = await heldHandOut(trx, deps, who, id, mayConfirm);
    requireMoved(
      await store.moveHandOut(trx, id, 'undoing', { state: 'done', undoAsked: null, reason: null }),
      found,
    );
    await audited(trx, deps, who, 'undo.decline', id);
    return { ...found, state: 'done', undoAsked: null, reason: null };
  });
}

async function heldHandOut(
  trx: Trx,
  deps: CashDeps,
  who: SignedIn,
  id: string,
  may: typeof mayBook,
): Promise<HandOut> {
  const found = await handOutSeen(trx, deps, who, id);
  if (!may(who, deps.orgs, found.villageId)) throw notAllowed();
  const day = await holdToday(trx, deps, found.villageId);
  if (found.day !== day) throw conflict('cash.day_closed', { day: found.day });
  return found;
}
