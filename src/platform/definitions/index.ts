/** Item definitions: read from `workflows/` and `forms/`, checked, compiled, pinned by hash, stored by value. */
export {
  findProposal,
  insertProposal,
  listEntered,
  listProposals,
  type Proposal,
  type ProposalState,
  settleProposal,
} from './entered.ts';
export { type DefinitionFault, type DefinitionFolders, definitionFolders } from './files.ts';
export {
  DefinitionsError,
  faultLine,
  type Inspection,
  inspectDefinitions,
  type LoadOptions,
  loadDefinitions,
} from './load.ts';
export type { Definitions, Pinned } from './pinned.ts';
export { storeDefinitions } from './store.ts';
