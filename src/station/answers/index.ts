/** Answers 无需办理告知: somebody asked, nothing needs to be filed, and the note says so (B1-4 ①). */
export {
  type AnswerDeps,
  type AnswerGiven,
  type AnswerNote,
  getAnswer,
  listAnswers,
  recordAnswer,
} from './commands.ts';
export { answerRoutes } from './routes.ts';
