/** Organisations: governments, villages, departments and township offices, and the tree they form. */
export { createOrgTree, moveOrg, type OrgTree, orgAsOf } from './commands.ts';
export type { Issuer, Org, OrgKind, OrgMap } from './rules.ts';
export { seedOrgs } from './seed.ts';
export type { OrgPast } from './store.ts';
