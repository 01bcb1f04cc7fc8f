/**
 * Commitments 承诺: of members, secretaries and organisations; checked by the branch, reviewed by its meeting. There are
 * no points and no order but that of their making.
 */
export { commitmentsOnNewDay } from './commands.ts';
export { commitmentPages } from './pages.tsx';
export { commitmentRoutes } from './routes.ts';
