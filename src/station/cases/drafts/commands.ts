/** Drafts change hands within a village, are put aside and brought back. Nothing typed is ever lost by it. */
import type { Knex } from 'knex';
import { conflict, invalid, notAllowed, notFound } from '../../../errors.ts';
import { addDays, localDate, startOfDay } from '../../../kernel/time.ts';
import type { Instant } from '../../../kernel/types.ts';
import { holds, listColleagues, type SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import type { CaseDeps } from '../deps.ts';
import { findCase, saveDesks } from '../store.ts';
import { type Draft, findDraft, removeDraft, saveDiscarded, saveHolder } from './store.ts';

/** So long a discarded draft can be brought back. */
export const UNDO_DAYS = 30;

/** What was discarded before this moment stays discarded. */
export const undoSince = (now: Instant): Instant => startOfDay(addDays(localDate(now), -UNDO_DAYS));

/** @throws conflict `draft.discarded` */
export async function requireNotDiscarded(trx: Trx, caseId: string): Promise<void> {
  if ((await findDraft(trx, caseId))?.discardedAt) throw conflict('draft.discarded');
}

/** The application is handed in or withdrawn: it is a draft no longer. @throws conflict `draft.discarded` */
export async function endDraft(trx: Trx, caseId: string): Promise<void> {
  await requireNotDiscarded(trx, caseId);
  await removeDraft(trx, caseId);
}

/** A draft of a village this person files for. */
async function loadDraft(trx: Trx, deps: CaseDeps, who: SignedIn, id: string): Promise<Draft> {
  const draft = await findDraft(trx, id);
  if (!draft || !holds(who, 'clerk', draft.villageId, deps.orgs)) throw notFound('draft.not_found');
  return draft;
}

/** One's own, not discarded. @throws conflict `draft.not_yours`, `draft.discarded` */
async function loadOwn(trx: Trx, deps: CaseDeps, who: SignedIn, id: string): Promise<Draft> {
  const draft = await loadDraft(trx, deps, who, id);
  if (draft.discardedAt) throw conflict('draft.discarded');
  if (draft.holder !== who.accountId) throw conflict('draft.not_yours');
  return draft;
}

/** The others who file for a village: to them a draft may be handed. */
export async function otherClerks(
  deps: CaseDeps,
  who: SignedIn,
  villageId: string,
  db: Knex = deps.db.read,
): Promise<{ accountId: string; name: string }[]> {
  const seats = [{ role: 'clerk', org: villageId }];
  const found = await listColleagues(db, deps.orgs, seats, localDate(deps.clock.now()));
  return found
    .filter((c) => c.accountId !== who.accountId)
    .map(({ accountId, name }) => ({ accountId, name }));
}

/**
 * Give a draft to a colleague of the same village, with a word on what is still to be done.
 * @throws notFound, conflict, invalid at `/to`
 */
export const handDraftOver = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  { to, note = '' }: { to: string; note?: string },
  requestId?: string,
): Promise<{ id: string }> =>
  writeOnce(deps, who, requestId, { hand: id, to, note }, async (trx) => {
    const { villageId } = await loadOwn(trx, deps, who, id);
    const colleagues = await otherClerks(deps, who, villageId, trx);
    if (!colleagues.some((c) => c.accountId === to))
      throw invalid([{ pointer: '/to', message: '请选择本村的另一位代办员' }]);
    await saveHolder(trx, deps.vault, id, { holder: to, from: who.name, note: note.trim() });
    await auditBy(trx, deps, who, 'draft.hand-over', id, { to });
    return { id };
  });

/** Take a colleague's draft of the same village: he is away, and the citizen is here. */
export const takeDraftOver = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<{ id: string }> =>
  writeOnce(deps, who, requestId, { take: id }, async (trx) => {
    const draft = await loadDraft(trx, deps, who, id);
    if (draft.discardedAt) throw conflict('draft.discarded');
    await saveHolder(trx, deps.vault, id, { holder: who.accountId, from: null, note: '' });
    await auditBy(trx, deps, who, 'draft.take-over', id, { from: draft.holder });
    return { id };
  });

/** Put a draft aside: it leaves the lists and the desk, and stays whole. */
export const discardDraft = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<{ id: string }> =>
  writeOnce(deps, who, requestId, { discard: id }, async (trx) => {
    await loadOwn(trx, deps, who, id);
    await saveDiscarded(trx, id, deps.clock.now());
    const row = await findCase(trx, deps.vault, id);
    if (!row) throw notFound('draft.not_found');
    await saveDesks(trx, row, []);
    await auditBy(trx, deps, who, 'draft.discard', id);
    return { id };
  });

/** Bring a discarded draft back to its holder and its desk. @throws conflict `draft.gone` when it is too late */
export const restoreDraft = (
  deps: CaseDeps,
  who: SignedIn,
  id: string,
  requestId?: string,
): Promise<{ id: string }> =>
  writeOnce(deps, who, requestId, { restore: id }, async (trx) => {
    const { discardedAt } = await loadDraft(trx, deps, who, id);
    if (discardedAt === null) return { id };
    if (discardedAt < undoSince(deps.clock.now())) throw conflict('draft.gone');
    await saveDiscarded(trx, id, null);
    const row = await findCase(trx, deps.vault, id);
    if (!row?.deskOrg || !row.deskRole) throw notFound('draft.not_found');
    await saveDesks(trx, row, [{ org: row.deskOrg, role: row.deskRole }]);
    await auditBy(trx, deps, who, 'draft.restore', id);
    return { id };
  });

/** The villages somebody files for. @throws notAllowed `case.not_clerk` */
export function clerkVillages(deps: Pick<CaseDeps, 'orgs'>, who: SignedIn): string[] {
  const grants = who.grants.filter((g) => g.role === 'clerk' && deps.orgs.find(g.org));
  const orgs = grants.flatMap((g) => (g.subtree ? deps.orgs.within(g.org) : [deps.orgs.get(g.org)]));
  const villages = orgs.filter((o) => o.kind === 'village').map((o) => o.id);
  if (villages.length === 0) throw notAllowed('case.not_clerk');
  return [...new Set(villages)];
}
