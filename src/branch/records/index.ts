/** What all modules of the branch wing share: a record with a state, its chart, its log, and who may look. */
export { chartOf, listCharts } from './charts.ts';
export { getRecord, lapseRecords, type Move, moveRecord, type NewRecord, openRecord } from './commands.ts';
export { maySeeRecord, partsAt, partsFor, type Sight, sightOf } from './policy.ts';
export { atPlaces, listEvents, type RecordRow, toRecord, whereVisible } from './store.ts';
export {
  type BranchDeps,
  type BranchEvent,
  type BranchRecord,
  HOUSE,
  type ModuleId,
  type RecordActor,
  type Visibility,
  type Who,
} from './types.ts';
