/** The bank's files: what goes out (代发文件), what comes back (回盘文件). Pure. */
export { checkReturn, type Sent } from './check.ts';
export { LAYOUT_RULES, layoutTables } from './help.ts';
export { readReturn } from './read.ts';
export { type Outcome, RESULTS } from './results.ts';
export type { BankBatch, BankFile, BankRow, LineFault, ReturnFile, ReturnRow } from './types.ts';
export { writeBankWorkbook } from './workbook.ts';
export { batchFaults, writeBankText } from './write.ts';
