/** From sound lines to a return file: codes known, no payment answered twice, sums and checksum right. */
import { sha256 } from '../../../kernel/canonical.ts';
import { yuan } from '../../../kernel/money.ts';
import type { RETURN, ValuesOf } from './layout.ts';
import type { Parsed } from './read.ts';
import { findResult, OTHER, type Outcome, resultWords } from './results.ts';
import type { LineFault, ReturnFile, ReturnRow } from './types.ts';

type Detail = ValuesOf<typeof RETURN.D>;
type Trailer = ValuesOf<typeof RETURN.T>;

const fault = (line: number, code: string, message: string): LineFault => ({ line, code, message });

/** The file, or every way in which its lines contradict each other. `lines`: header, details, trailer. */
export function assemble(lines: readonly Parsed[]): ReturnFile | LineFault[] {
  const header = lines.find((l) => l.letter === 'H');
  const trailer = lines.find((l) => l.letter === 'T');
  if (!header || !trailer) throw new RangeError('a return file has a header and a trailer');
  const details = lines.filter((l) => l.letter === 'D');
  const read = details.map(({ line, values }) => readRow(line, values));
  const rows = read.flatMap((r) => r.row);
  const faults = [...read.flatMap((r) => r.faults), ...checkDoubled(details)];
  if (faults.length > 0) return faults;
  const [paid, refused] = [sumOf(rows, 'paid'), sumOf(rows, 'refused')];
  const checksum = sha256(Buffer.concat([header.bytes, ...details.map((d) => d.bytes)]));
  const wrong = checkTrailer(trailer.line, trailer.values, { paid, refused, checksum });
  return wrong.length > 0 ? wrong : { ...header.values, rows, paid, refused, checksum };
}

function readRow(line: number, values: Detail): { row: ReturnRow[]; faults: LineFault[] } {
  const { code, reason } = values;
  const broken = (what: string, message: string) => ({ row: [], faults: [fault(line, what, message)] });
  const result = findResult(code);
  if (!result) return broken('unknown_code', `没有结果码 ${code}`);
  if (code === OTHER && reason === '') return broken('no_reason', `结果码 ${OTHER} 要写明原因`);
  if (result.outcome === 'paid' && reason !== '')
    return broken('reason_of_paid', `已付的不应有原因“${reason}”`);
  const { outcome } = result;
  return { row: [{ line, ...values, outcome, words: resultWords(result, reason) }], faults: [] };
}

function checkDoubled(details: readonly { line: number; values: Detail }[]): LineFault[] {
  const seen = new Map<number, number>();
  return details.flatMap(({ line, values: { seq } }) => {
    const before = seen.get(seq);
    if (before !== undefined) return [fault(line, 'doubled', `序号 ${seq} 在第 ${before} 行已经有了`)];
    seen.set(seq, line);
    return [];
  });
}

function sumOf(rows: readonly ReturnRow[], outcome: Outcome): ReturnFile['paid'] {
  const those = rows.filter((r) => r.outcome === outcome);
  return { count: those.length, total: those.reduce((sum, r) => sum + r.amount, 0) };
}

function checkTrailer(
  line: number,
  said: Trailer,
  { paid, refused, checksum }: Pick<ReturnFile, 'paid' | 'refused' | 'checksum'>,
): LineFault[] {
  const count = (code: string, word: string, told: number, found: number) =>
    told === found ? [] : [fault(line, code, `${word}写的是 ${told} 笔，明细有 ${found} 笔`)];
  const total = (code: string, word: string, told: number, found: number) =>
    told === found ? [] : [fault(line, code, `${word}写的是 ${yuan(told)} 元，明细合计 ${yuan(found)} 元`)];
  return [
    ...count('paid_count', '已付笔数', said.paidCount, paid.count),
    ...total('paid_total', '已付金额', said.paidTotal, paid.total),
    ...count('refused_count', '退回笔数', said.refusedCount, refused.count),
    ...total('refused_total', '退回金额', said.refusedTotal, refused.total),
    ...(said.checksum === checksum ? [] : [fault(line, 'checksum', '校验码不对，文件在途中被改动过')]),
  ];
}
