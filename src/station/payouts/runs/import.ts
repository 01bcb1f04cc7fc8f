import { conflict, type Fault, invalid } from '../../../errors.ts';
import { sha256 } from '../../../kernel/canonical.ts';
import { localDate } from '../../../kernel/time.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { checkReturn, type LineFault, type Outcome, type ReturnFile, readReturn } from '../bank/index.ts';
import type { Line, PayoutDeps, PayoutPorts } from '../types.ts';
import { bankRows } from './files.ts';
import { listLines, openLine, type PlainLine } from './lines-store.ts';
import { settle } from './settle.ts';
import { findFile, findRun, insertFile, moveRun, type StoredRun } from './store.ts';
import { type Acted, requireRun, stale } from './writing.ts';

/** What a return file did. */
export interface Imported {
  file: string;
  paid: number;
  refused: number;
}

/**
 * Read what the bank answers to a run, whole or in parts; several files may answer one run. A file with any fault is
 * refused whole, every fault told by its line, and nothing of it is applied. The same bytes are read once.
 * @throws notAllowed, 422 `payout.return_faults`, conflict `payout.file_known` with when it was read,
 *   `payout.stale` for a run that is not out
 */
export async function importReturn(
  deps: PayoutDeps,
  ports: PayoutPorts,
  who: SignedIn,
  id: string,
  { bytes, name }: { bytes: Buffer; name: string },
  requestId?: string,
): Promise<Imported> {
  await requireRun(deps.db.read, deps, who, id, 'prepare');
  const hash = sha256(bytes);
  const known = await findFile(deps.db.read, hash);
  const read = known ? null : await readReturn(bytes);
  if (read?.ok === false) throw refused(read.faults);
  if (read) await deps.files.put(bytes);
  return writeOnce(deps, who, requestId, { import: id, hash }, async (trx) => {
    const acted = await requireRun(trx, deps, who, id, 'prepare');
    if (!read) throw await fileKnown(trx, deps, hash);
    const { file } = read;
    const now = deps.clock.now();
    const sums = { paid: file.paid.count, refused: file.refused.count };
    const mark = { hash, runId: id, name: name.slice(0, 200), ...sums, at: now, by: who.accountId };
    if (!(await insertFile(trx, mark))) throw await fileKnown(trx, deps, hash);
    const run = await lockRun(trx, acted.run);
    const lines = await requireAnswer(trx, deps, { ...acted, run }, file);
    await settle(trx, deps, ports, { ...acted, run, file, lines, now });
    await auditBy(trx, deps, who, 'payout.import', id, { number: acted.run.number, file: hash, ...sums });
    return { file: hash, ...sums };
  });
}

/** Two files for one run are read one after the other: the later finds another version. */
async function lockRun(trx: Trx, run: StoredRun): Promise<StoredRun> {
  if (run.state !== 'exported') return run;
  if (!(await moveRun(trx, run, 'exported', 'exported'))) throw stale(run);
  return { ...run, version: run.version + 1 };
}

/** The lines of the run that went to the bank, when the file answers them. @throws 422, conflict */
async function requireAnswer(
  trx: Trx,
  deps: PayoutDeps,
  { run, scheme }: Acted,
  file: ReturnFile,
): Promise<(Line & PlainLine)[]> {
  if (run.exportedAt === null) throw stale(run);
  const lines = (await listLines(trx, { runId: run.id, way: 'bank' }))
    .filter((l) => l.state !== 'void')
    .map((l) => openLine(deps.vault, l));
  const settled = new Map(
    lines.flatMap(({ seq, state }): [number, Outcome][] =>
      state === 'paid' || state === 'refused' ? [[seq, state]] : [],
    ),
  );
  const faults = checkReturn(file, { run: run.number, rows: bankRows(scheme, run, lines), settled });
  if (file.date > localDate(deps.clock.now()))
    faults.unshift({ line: 1, code: 'future', message: `回盘日期 ${file.date} 还没有到` });
  if (faults.length > 0) throw refused(faults);
  return lines;
}

const refused = (faults: readonly LineFault[]) => invalid(faults.map(asFault), 'payout.return_faults');

const asFault = ({ line, message, code }: LineFault): Fault => ({
  pointer: `/file/lines/${line}`,
  message: `第 ${line} 行：${message}`,
  code,
});

async function fileKnown(trx: Trx, deps: PayoutDeps, hash: string) {
  const known = await findFile(trx, hash);
  if (!known) throw new Error('a return file that was there is gone');
  const run = await findRun(trx, deps.vault, known.runId);
  const { paid, refused, at } = known;
  return conflict('payout.file_known', { importedAt: at, run: run?.number, paid, refused });
}
