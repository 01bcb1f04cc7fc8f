/**
 * Rosters 名册: the table of persons of a yearly batch. Filled from a spreadsheet or from last year's, compared
 * for death, duplicates and accounts, and paid by a list.
 */
export { type CheckView, checkRoster, findRosterCheck } from './commands/check.ts';
export { importRoster, requireTable, takeOverLastYear } from './commands/fill.ts';
export { findPayList, isPayable, sumText } from './commands/paylist.ts';
export { readGrid } from './file.ts';
export { rosterRoutes } from './routes.ts';
export { toStrike } from './rules/check.ts';
export {
  amountFaults,
  bouncedFaults,
  handedIn,
  isRosterStep,
  type PayList,
  payList,
  struckFaults,
} from './rules/paylist.ts';
export { type RosterTable, type Row, rowsOf, tableOf, textAt, withRows } from './rules/table.ts';
export type { Act, RosterCases } from './types.ts';
export { ImportFaults, RosterControls } from './views/controls.tsx';
export { FindingsCard } from './views/findings.tsx';
export { PayListCard } from './views/paylist.tsx';
export { isLong, LongTableEdit, LongTableView, pageOf } from './views/rows.tsx';
