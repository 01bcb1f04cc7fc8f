/** Members of the party: who belongs to which branch, and how each comes to an account. */
export { orgActRoutes } from './acts/routes.ts';
export { rollUp } from './commands/coverage.ts';
export { memberRoutes } from './routes.ts';
export { seedMembers } from './seed.ts';
export { membersOnNewDay } from './transfers/commands.ts';
export { transferRoutes } from './transfers/routes.ts';
export type { MemberDeps } from './types.ts';
