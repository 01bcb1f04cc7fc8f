/**
 * Cases 办件: one application from the village counter to the hand-over. Every write is one transaction,
 * answered once for a request id, and followed by whatever it set in motion (papers, notices, messages).
 */
export { actsOf } from './acts.ts';
export { fallDue } from './commands/due.ts';
export { act, saveForm } from './commands/index.ts';
export { type MoveMap, type MoveResult, moveCases } from './commands/move.ts';
export { recountTerms } from './commands/recount.ts';
export { banIfFalse, casesAbout, reportIn } from './commands/report.ts';
export type { Actor, CaseDeps } from './deps.ts';
export { factsAt } from './facts.ts';
export { ruleFacts } from './filing.ts';
export { mountCasePages } from './pages/index.tsx';
export type { CaseView } from './present.ts';
export { type FullCase, getCase, getEditable } from './queries.ts';
export { caseRoutes } from './routes.ts';
