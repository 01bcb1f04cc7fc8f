/** What the pages use of their own noun's commands and queries, in one place. */
export {
  act,
  addMaterial,
  openAgain,
  openCase,
  removeMaterial,
  reveal,
  saveForm,
} from '../commands/index.ts';
export { linksOf, shareOf } from '../links.ts';
export { actOnFile, removedFiles } from '../materials/commands.ts';
export { progressOf } from '../progress.ts';
export { eventViews, getCase } from '../queries.ts';
