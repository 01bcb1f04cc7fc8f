/**
 * The filing desk 收件台: whom the clerk has before him, what is asked for, drafts, and the receipt. What is filled in
 * and handed in is the cases noun's.
 */
export { filingPages } from './pages/index.tsx';
export { filingRoutes } from './routes.ts';
