import { localDate } from '../../../kernel/time.ts';
import { withoutTimes } from '../../../platform/files/timeless.ts';
import { type BankFile, writeBankText, writeBankWorkbook } from '../bank/index.ts';
import type { Scheme } from '../rules/schemes.ts';
import type { Line, PayoutDeps, Run } from '../types.ts';
import { organOf, purposeOf } from './composed.ts';
import { bankRow } from './rules.ts';

/** The two files for the bank. */
interface BankFiles {
  text: BankFile;
  workbook: BankFile;
}

/** What stands in the bank's files, and in what its answer is compared with. */
export const bankRows = (scheme: Scheme, run: Pick<Run, 'period'>, lines: readonly Line[]) =>
  lines.map((line) => bankRow(line, purposeOf({ scheme, period: run.period })));

/**
 * The files of an approved run, worked out from its lines and the day it was approved: the same bytes whenever they
 * are made. Null when all of it is handed out in cash.
 */
async function writeFiles(
  deps: PayoutDeps,
  scheme: Scheme,
  run: Run,
  lines: readonly Line[],
): Promise<BankFiles | null> {
  const [first] = lines;
  if (!first) return null;
  if (!run.approved) throw new Error(`run ${run.number} was not approved`);
  const batch = {
    run: run.number,
    scheme: scheme.title,
    organ: organOf(deps, scheme, first.villageId),
    date: localDate(run.approved.at),
    rows: bankRows(scheme, run, lines),
  };
  const workbook = await writeBankWorkbook(batch);
  return { text: writeBankText(batch), workbook: { ...workbook, bytes: withoutTimes(workbook.bytes) } };
}

/** Files kept by their content, as the run remembers them. */
export interface Kept {
  text_hash: string;
  workbook_hash: string;
  checksum: string;
}

/** Write the files of an approved run and keep them; null when there is nothing for the bank. */
export async function keepFiles(
  deps: PayoutDeps,
  scheme: Scheme,
  run: Run,
  lines: readonly Line[],
): Promise<Kept | null> {
  const files = await writeFiles(deps, scheme, run, lines);
  if (!files) return null;
  const text = await deps.files.put(files.text.bytes);
  const workbook = await deps.files.put(files.workbook.bytes);
  return { text_hash: text.hash, workbook_hash: workbook.hash, checksum: files.text.checksum };
}
