/** Thought reports 思想汇报: between a member and the secretary or an officer of the own branch, and nobody else. */
export { reportsOnNewDay } from './commands.ts';
export { reportPages } from './pages.tsx';
export { reportRoutes } from './routes.ts';
