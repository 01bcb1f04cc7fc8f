/** Does a return answer what was sent? */
import { maskCard } from '../../../kernel/mask.ts';
import { yuan } from '../../../kernel/money.ts';
import { plainName } from '../../../kernel/names.ts';
import type { Outcome } from './results.ts';
import type { BankRow, LineFault, ReturnFile, ReturnRow } from './types.ts';

/** The run that a return must answer, and what became of its rows so far, by `seq`. */
export interface Sent {
  run: string;
  rows: readonly BankRow[];
  settled: ReadonlyMap<number, Outcome>;
}

const SETTLED: Record<Outcome, string> = { paid: '已付', refused: '已退回' };

/**
 * Everything in which a return differs from what was sent; account numbers in the messages are masked. Rows that it
 * does not mention are no fault: the bank may answer in parts.
 */
export function checkReturn(file: ReturnFile, sent: Sent): LineFault[] {
  if (file.run !== sent.run)
    return [{ line: 1, code: 'other_run', message: `这是批次 ${file.run} 的回盘，不是 ${sent.run} 的` }];
  const bySeq = new Map(sent.rows.map((r) => [r.seq, r]));
  return file.rows.flatMap((row) => checkRow(row, bySeq.get(row.seq), sent.settled.get(row.seq)));
}

function checkRow(row: ReturnRow, sent: BankRow | undefined, settled: Outcome | undefined): LineFault[] {
  const told = (code: string, message: string): LineFault => ({ line: row.line, code, message });
  if (!sent) return [told('foreign_row', `序号 ${row.seq} 不在本批次中`)];
  if (row.reference !== sent.reference)
    return [told('foreign_row', `明细编号 ${row.reference} 不是序号 ${row.seq} 的 ${sent.reference}`)];
  const faults: LineFault[] = [];
  if (settled) faults.push(told('settled', `序号 ${row.seq} 此前已记为${SETTLED[settled]}`));
  if (row.account !== sent.account)
    faults.push(told('account', `账号 ${maskCard(row.account)} 与发出的 ${maskCard(sent.account)} 不同`));
  if (row.amount !== sent.amount)
    faults.push(told('amount', `金额 ${yuan(row.amount)} 元与发出的 ${yuan(sent.amount)} 元不同`));
  if (row.outcome === 'paid' && plainName(row.holder) !== plainName(sent.holder))
    faults.push(told('holder', `已付给“${row.holder}”，发出的户名是“${sent.holder}”`));
  return faults;
}
