/**
 * Remarks 留言: what staff say to one another about a case and whom they want to look, phrases for opinions, acts begun
 * and not sent, and who looked. Nothing of it belongs to the file of the case or is for the public.
 */
export { RemarksCard } from './card.tsx';
export { isUnread, markRead, mentionsFor, remark, remarksOf, type Said } from './commands.ts';
export { type ActDraft, dropDraft, findDraft, keepDraft } from './drafts.ts';
export { afterAnswer, listLooks, looksSettled, noteLook } from './looks.ts';
export { LooksCard } from './looks-card.tsx';
export { remarkPages } from './pages.tsx';
export { insertion, PhraseBar, withPhrase } from './phrases/bar.tsx';
export { opinionsFor, phrasesOf, reasonsFor } from './phrases/commands.ts';
export { phrasePages } from './phrases/pages.tsx';
export { EXAMPLES, type PlaceKind, REASONS } from './phrases/standard.ts';
export type { Phrase } from './phrases/store.ts';
export { remarkRoutes } from './routes.ts';
export type { CaseGate } from './types.ts';
