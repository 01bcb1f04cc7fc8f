/** Opening the sealed identity of a confidential letter: one asks and says why, another agrees, the writer is told. */
import { conflict, notAllowed, notFound } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { localDate } from '../../../kernel/time.ts';
import { personsActing, type SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone, auditBy } from '../../../platform/audit/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { letterParts } from '../policy.ts';
import * as store from '../store.ts';
import type { Identity, Letter, MailDeps } from '../types.ts';
import { getSeen } from './handle.ts';
import { tellWriter } from './move.ts';

async function sealedLetter(deps: MailDeps, who: SignedIn, id: string): Promise<Letter> {
  const letter = await getSeen(deps, who, id);
  if (!letterParts(who, letter, deps.orgs).has('handler')) throw notAllowed('record.not_yours');
  if (letter.mode !== 'named_confidential') throw conflict('letter.not_sealed');
  return letter;
}

/** @throws AppError 404, 403 record.not_yours, 409 letter.not_sealed */
export async function askOpening(
  deps: MailDeps,
  who: SignedIn,
  letterId: string,
  reason: string,
): Promise<{ id: string }> {
  await sealedLetter(deps, who, letterId);
  const askedAt = deps.clock.now();
  const id = newId(askedAt, deps.random);
  await transact(deps.db, async (trx) => {
    await store.insertOpening(trx, deps.vault, { id, letterId, askedBy: who.accountId, askedAt, reason });
    await auditBy(trx, deps, who, 'letter.ask-identity', letterId, { opening: id });
  });
  return { id };
}

/**
 * The second person agrees; the writer finds it in the thread, with the reason.
 * @throws AppError 403 letter.second_person for whoever asked; 409 when it is agreed already
 */
export async function agreeOpening(
  deps: MailDeps,
  who: SignedIn,
  letterId: string,
  openingId: string,
): Promise<void> {
  const letter = await sealedLetter(deps, who, letterId);
  await transact(deps.db, async (trx) => {
    const opening = (await store.listOpenings(trx, deps.vault, letterId)).find((o) => o.id === openingId);
    if (!opening) throw notFound('record.not_found');
    const persons = personsActing(who, (holder) =>
      letterParts({ ...who, grants: [...holder.grants] }, letter, deps.orgs).has('handler'),
    );
    if (persons.includes(opening.askedBy)) throw notAllowed('letter.second_person');
    const at = deps.clock.now();
    if (!(await store.saveAgreed(trx, openingId, who.accountId, at))) throw conflict('record.stale_version');
    const text = `经两人同意，办理人查看了您封存的姓名和电话。理由：${opening.reason}`;
    await store.addMessage(trx, deps.vault, letterId, { side: 'house', text, on: localDate(at) });
    await tellWriter(trx, deps, letter);
    await auditBy(trx, deps, who, 'letter.open-identity', letterId, { opening: openingId });
  });
}

/** Name and phone, for the two who opened them. @throws AppError 404 before that, and for anybody else */
export async function openedIdentity(
  deps: MailDeps,
  who: SignedIn,
  letterId: string,
): Promise<Identity | null> {
  await sealedLetter(deps, who, letterId);
  const openings = await store.listOpenings(deps.db.read, deps.vault, letterId);
  const isOne = openings.some((o) => o.agreedBy !== null && [o.askedBy, o.agreedBy].includes(who.accountId));
  if (!isOne) throw notFound('record.not_found');
  await auditAlone(deps, who, 'letter.see-identity', letterId);
  return store.findIdentity(deps.db.read, deps.vault, letterId);
}
