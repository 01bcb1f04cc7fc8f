/** The hand-over desk 领取台: what lies ready for whom in a village, handed over in one go, and the list of a day. */
export { deskPages } from './pages/index.tsx';
export { deskRoutes } from './routes.ts';
