/** Filing with the line cut 断网受理: which pages a browser may keep, under which key it keeps what is typed. */
export { KeepMark, offlinePages } from './pages.tsx';
export { offlineRoutes } from './routes.ts';
