/**
 * Rosters 名册: the table of persons of a yearly batch. Filled from a spreadsheet or from last year's, compared
 * for death, duplicates and accounts, and paid by a list.
 */
export { type CheckView, checkRoster, findRosterCheck } from './commands/check.ts';
export { type Filled, importRoster, requireTable, takeOverLastYear } from './commands/fill.ts';
export { findPayList, isPayable, maySeePayList, payListOf, sumText } from './commands/paylist.ts';
export { type PayListView, payListView } from './present.ts';
export { rosterRoutes } from './routes.ts';
export { type FoundRow, toStrike } from './rules/check.ts';
export {
  amountFaults,
  bouncedFaults,
  handedIn,
  isRosterStep,
  type PayList,
  payList,
  paySteps,
  struckFaults,
} from './rules/paylist.ts';
export { type RosterTable, type Row, rowsOf, shortColumns, tableOf, withRows } from './rules/table.ts';
export type { Act, RosterCases, RosterDeps } from './types.ts';
export {
  FindingsCard,
  ImportFaults,
  isLong,
  LongTableEdit,
  LongTableView,
  PayListCard,
  pageOf,
  RosterControls,
} from './views.tsx';
