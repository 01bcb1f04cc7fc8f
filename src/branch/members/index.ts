/** Members of the party: who belongs to which branch, and how each comes to an account. */
export { orgActRoutes } from './acts/routes.ts';
export { rollUp } from './commands/coverage.ts';
export { leaveBranch, placeMember } from './commands/place.ts';
export { memberRoutes } from './routes.ts';
export { seedMembers } from './seed.ts';
export { countByBranch, listOf as listMembers } from './store.ts';
export { membersOnNewDay } from './transfers/commands.ts';
export { transferRoutes } from './transfers/routes.ts';
export type { Listed as ListedMember, MemberDeps } from './types.ts';
