/** Questions about the work of the party 党务咨询: asked by anybody, answered in time, published without names. */
export { questionsOnNewDay } from './commands.ts';
export { questionPages } from './pages.tsx';
export { questionRoutes } from './routes.ts';
