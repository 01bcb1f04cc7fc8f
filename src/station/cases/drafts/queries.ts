import { notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { CaseDeps } from '../deps.ts';
import { clerkVillages, undoSince } from './commands.ts';
import * as store from './store.ts';

const PAGE = 20;

/** Drafts somebody may go on with, those typed last first; keyset pages. @throws notAllowed `case.not_clerk` */
export async function draftsFor(
  deps: CaseDeps,
  who: SignedIn,
  { view = 'own', ...q }: { view?: store.DraftView; text?: string; after?: string },
): Promise<{ drafts: store.DraftLine[]; next: string | null }> {
  const found = await store.listDrafts(deps.db.read, deps.vault, {
    ...q,
    view,
    villages: clerkVillages(deps, who),
    holder: who.accountId,
    since: undoSince(deps.clock.now()),
    limit: PAGE,
  });
  const drafts = found.slice(0, PAGE);
  const last = drafts.at(-1);
  return { drafts, next: found.length > PAGE && last ? `${last.typedAt}_${last.caseId}` : null };
}

/** How many drafts wait for somebody, and how many of them came from a colleague. */
export const draftCounts = (deps: CaseDeps, who: SignedIn): Promise<{ own: number; handed: number }> =>
  store.countDrafts(deps.db.read, clerkVillages(deps, who), who.accountId);

/** Drafts for one citizen in the villages somebody files for. */
export const draftsOfCitizen = (
  deps: CaseDeps,
  who: SignedIn,
  idNumber: string,
): Promise<store.DraftLine[]> =>
  store.listDraftsOf(deps.db.read, deps.vault, clerkVillages(deps, who), idNumber);

/** Is this case a draft that was put aside? */
export const isDiscarded = async (deps: CaseDeps, caseId: string): Promise<boolean> =>
  Boolean((await store.findDraft(deps.db.read, caseId))?.discardedAt);

/** One draft of a village this person files for. @throws notFound `draft.not_found` */
export async function getDraft(deps: CaseDeps, who: SignedIn, id: string): Promise<store.DraftLine> {
  const line = await store.findLine(deps.db.read, deps.vault, id);
  if (!line || !clerkVillages(deps, who).includes(line.villageId)) throw notFound('draft.not_found');
  return line;
}
