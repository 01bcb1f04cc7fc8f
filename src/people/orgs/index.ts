/** Organisations: governments, villages, departments and township offices, and the tree they form. */
export { addOrg, closeOrg, renameOrg } from './commands/change.ts';
export { moveOrg } from './commands/move.ts';
export { type NewBranch, openBranch, reopenBranch, retypeOrg, shutBranch } from './commands/party.ts';
export {
  createOrgTree,
  getStanding,
  type OrgManager,
  type OrgTree,
  orgAsOf,
  requireStanding,
  treeAsOf,
} from './commands/tree.ts';
export {
  type Issuer,
  mayHangOn,
  type NewOrg,
  type Org,
  type OrgKind,
  type OrgMap,
  PARTY_KINDS,
} from './rules.ts';
export { seedOrgs } from './seed.ts';
export { listHanging, listPasts, type OrgPast, searchOrgs } from './store.ts';
