/**
 * Packages 一件事: one form at the counter, several cases with their own clocks, and what follows them opened by
 * itself. The cases are the cases noun's; a package only holds them together.
 */
export { followOn } from './commands/follow.ts';
export { mountPackagePages } from './pages/index.tsx';
export { packageRoutes } from './routes.ts';
