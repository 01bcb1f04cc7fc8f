/**
 * Cases 办件: one application from the village counter to the hand-over. Every write is one transaction,
 * answered once for a request id, and followed by whatever it set in motion (papers, notices, messages).
 */

export { keptMultipart, readSent, type Sent } from '../sent.ts';
export { requireAct } from './access.ts';
export { checkLogs, type LogCheck, type LogChoice, MOST_LOGS } from './chain.ts';
export { type ClaimScene, claimCase } from './claims/index.ts';
export { actIn } from './commands/act.ts';
export { fallDue } from './commands/due.ts';
export { attachIn } from './commands/edit.ts';
export { act } from './commands/index.ts';
export { type MoveMap, type MoveResult, moveCases } from './commands/move.ts';
export { openAt, villageOf } from './commands/open.ts';
export { payIn, readyToPay } from './commands/paying.ts';
export { type Affected, affectedBy, recountTerms } from './commands/recount.ts';
export { banIfFalse, casesAbout, reportIn } from './commands/report.ts';
export type { Actor, CaseDeps } from './deps.ts';
export {
  clerkVillages,
  type DraftLine,
  type DraftView,
  discardDraft,
  draftCounts,
  draftsFor,
  draftsOfCitizen,
  getDraft,
  handDraftOver,
  otherClerks,
  restoreDraft,
  takeDraftOver,
  UNDO_DAYS,
} from './drafts/index.ts';
export { factsAt } from './facts.ts';
export { fillFigures } from './figures.ts';
export { checkForm, type FormCheck, notNeeded, ruleFacts, standingsOf } from './filing.ts';
export { frequentItems } from './frequent.ts';
export { grantedCase } from './granted.ts';
export { termHint } from './hints.ts';
export {
  type InboxCounts,
  inbox,
  inboxCounts,
  type ListedCase,
  type ListFilters,
  type ListPage,
  listCases,
  MOST_COUNTED,
  SOON,
} from './lists.ts';
export { countInHand } from './lying.ts';
export { mountCasePages } from './pages/index.tsx';
export { FORM_WORDS, Materials, Warnings } from './pages/materials.tsx';
export { inPageOrder } from './pages/order.ts';
export { dueText, endText, leftText, mostUrgent, OUTCOME_WORDS, PHASE_WORDS, toneOf } from './pages/words.ts';
export { caseGate } from './people.ts';
export { type Known, knownFor, type OpenedCitizen, openCitizen, standingHints } from './prefill.ts';
export type { CaseView } from './present.ts';
export { type FullCase, getCase } from './queries.ts';
export { ratingGate } from './rated.ts';
export { rosterCases } from './roster-cases.ts';
export { caseRoutes } from './routes.ts';
export { applicantOf, type MaterialStanding, type MaterialWay, missingMaterials } from './rules.ts';
export { SCANNED } from './search/query.ts';
export type { MaterialRow } from './store.ts';
