/** 代发文件: the payments of a run, as the bank's fixed-width text. */
import { sha256 } from '../../../kernel/canonical.ts';
import type { Fen } from '../../../kernel/types.ts';
import { putLine, type Wrong } from './codec.ts';
import { PAYMENT } from './layout.ts';
import type { BankBatch, BankFile, LineFault } from './types.ts';

/** Lines of a file with their ends, and all that could not be written. */
interface Rendered {
  lines: Buffer[];
  faults: LineFault[];
  total: Fen;
  checksum: string;
}

const at = (line: number, wrong: readonly Wrong[]): LineFault[] =>
  wrong.map(({ code, message }) => ({ line, code, message }));

/** Rows whose number another row before them has. */
function doubled({ rows }: BankBatch): LineFault[] {
  const seen = new Set<number>();
  return rows.flatMap(({ seq }, i) => {
    const again = seen.has(seq);
    seen.add(seq);
    return again ? [{ line: i + 2, code: 'doubled', message: `序号 ${seq} 重复` }] : [];
  });
}

function render(batch: BankBatch): Rendered {
  const { rows } = batch;
  const count = rows.length;
  const total = rows.reduce((sum, r) => sum + r.amount, 0);
  const details = rows.map((r) => putLine(PAYMENT.D, r));
  const body = details.filter((d) => Buffer.isBuffer(d));
  const checksum = sha256(Buffer.concat(body));
  const head = putLine(PAYMENT.H, { ...batch, count, total });
  const tail = putLine(PAYMENT.T, { count, total, checksum });
  const all = [head, ...details, tail];
  return {
    lines: all.filter((l) => Buffer.isBuffer(l)),
    faults: [...all.flatMap((l, i) => (Buffer.isBuffer(l) ? [] : at(i + 1, l))), ...doubled(batch)],
    total,
    checksum,
  };
}

/** Everything that keeps a run from being written for the bank, by the line it would stand in. */
export const batchFaults = (batch: BankBatch): LineFault[] => render(batch).faults;

/**
 * The run as fixed-width text in GB 18030, laid out as `PAYMENT`.
 * @throws RangeError for a run with `batchFaults`
 */
export function writeBankText(batch: BankBatch): BankFile {
  const { lines, faults, total, checksum } = render(batch);
  const [first] = faults;
  if (first) throw new RangeError(`line ${first.line} cannot be written: ${first.code} ${first.message}`);
  return { bytes: Buffer.concat(lines), count: batch.rows.length, total, checksum };
}
