/**
 * Surveys 调查中心: members are asked, with their names or without, and told what came of it. Without a name means that
 * nobody can find out, whatever he may read: see `store.ts` on how answers are kept and `closing.ts` on how they end.
 */
export { surveysOnNewDay } from './closing.ts';
export { answerByMessage } from './commands.ts';
export { surveyPages } from './pages.tsx';
export { surveyRoutes } from './routes.ts';
