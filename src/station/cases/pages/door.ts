/** What the pages use of their own noun's commands and queries, in one place. */
export { act, addMaterial, openCase, removeMaterial, reveal, saveForm } from '../commands/index.ts';
export { getCase, inbox, listCases, progressOf } from '../queries.ts';
