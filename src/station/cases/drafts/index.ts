/** Drafts 草稿: whose they are, handing over, taking over, putting aside and bringing back. */
export {
  clerkVillages,
  discardDraft,
  endDraft,
  handDraftOver,
  otherClerks,
  requireNotDiscarded,
  restoreDraft,
  takeDraftOver,
  UNDO_DAYS,
} from './commands.ts';
export { draftCounts, draftsFor, draftsOfCitizen, getDraft, isDiscarded } from './queries.ts';
export { type DraftLine, type DraftView, insertDraft, touchDraft } from './store.ts';
