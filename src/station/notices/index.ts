/** Public notices 公示 and the objections to them (catalogue B.5). */
export {
  closeNotice,
  listObjections,
  noticesOnDisplay,
  openNotice,
  settleObjection,
} from './commands.ts';
export { noticesPages } from './pages/index.ts';
export { noticesRoutes } from './routes.ts';
export type { Notice, NoticeDeps, Objection, ObjectionSink, OpenNotice } from './types.ts';
