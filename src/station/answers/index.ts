/** Answers 无需办理告知: somebody asked, nothing needs to be filed, and the note says so (B1-4 ①). */
export { findAnswerByCode, recordAnswer } from './commands.ts';
export { answerPages } from './pages.tsx';
export { answerRoutes } from './routes.ts';
export type { AnswerDeps, AnswerGiven, AnswerNote, AnswerPrintDeps } from './types.ts';
