/** 代发文件 as a workbook: the same rows and the same checksum, for banks that take spreadsheets. */
import writeXlsx, { type Cell, type Row } from 'write-excel-file/node';
import { capitals } from '../../../kernel/money.ts';
import type { Field } from './layout.ts';
import { PAYMENT } from './layout.ts';
import type { BankBatch, BankFile } from './types.ts';
import { writeBankText } from './write.ts';

/** Amounts in yuan; everything else is text, so that no spreadsheet shortens an account. */
function cell({ kind }: Field, value: string | number): Cell {
  if (kind === 'amount') return { value: Number(value) / 100, type: Number, format: '0.00' };
  if (kind === 'number') return { value: Number(value), type: Number };
  return { value: String(value), type: String, format: '@' };
}

const titles = (fields: readonly Field[]): Row =>
  fields.map((f) => ({
    value: f.kind === 'amount' ? `${f.title}（元）` : f.title,
    fontWeight: 'bold' as const,
  }));

const cells = (fields: readonly Field[], values: object): Row =>
  fields.map((f) => cell(f, (values as Record<string, string | number>)[f.name] as string | number));

const shown = (fields: readonly Field[]): Field[] => fields.filter((f) => f.kind !== 'mark');

/** A word and a value below the column they sum up. */
function below(fields: readonly Field[], word: string, under: string, value: Cell): Row {
  return fields.map((f, i) => (f.name === under ? value : i === 0 ? word : null));
}

/**
 * Run, rows, sums, sum in capitals, checksum of the detail lines of the text form.
 * @throws RangeError for a run with `batchFaults`
 */
export async function writeBankWorkbook(batch: BankBatch): Promise<BankFile> {
  const { count, total, checksum } = writeBankText(batch);
  const [head, detail] = [shown(PAYMENT.H), shown(PAYMENT.D)];
  const sum: Cell = { value: total / 100, type: Number, format: '0.00' };
  const sheet = [
    titles(head),
    cells(head, { ...batch, count, total }),
    [],
    titles(detail),
    ...batch.rows.map((r) => cells(detail, r)),
    below(detail, '合计', 'amount', sum),
    ['大写金额', capitals(total)],
    ['校验码', checksum],
  ];
  const columns = detail.map((f) => ({ width: Math.min(40, Math.max(12, f.width / 2)) }));
  const bytes = await writeXlsx(sheet, { sheet: '代发明细', columns }).toBuffer();
  return { bytes, count, total, checksum };
}
