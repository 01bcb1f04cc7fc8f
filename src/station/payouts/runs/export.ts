import { localDate } from '../../../kernel/time.ts';
import type { Fen, Instant } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { post } from '../ledger/index.ts';
import type { PayoutDeps, PayoutPorts, RunState } from '../types.ts';
import { requireUnchanged } from './decide.ts';
import { sendLines } from './endings-store.ts';
import { type Kept, keepFiles } from './files.ts';
import { isWaiting, listLines, openLine, type PlainLine } from './lines-store.ts';
import { moveRun } from './store.ts';
import { type Acted, requireMoved, requireRun } from './writing.ts';

const OUT: readonly RunState[] = ['exported', 'settled'];

/**
 * Send an approved run off: the files for the bank are written and kept by their content; then, in one transaction,
 * everybody in it is looked at once more, its lines are marked, the ledger is posted and the cases are told. After a
 * crash in between the files lie there and nothing else has happened: doing it again gives the same bytes. A run
 * that is out already stays as it is.
 * @throws notAllowed, conflict `payout.stale` / `payout.changed`
 */
export async function exportRun(
  deps: PayoutDeps,
  ports: PayoutPorts,
  who: SignedIn,
  id: string,
  version: number,
  requestId?: string,
): Promise<void> {
  const kept = await filesOf(deps, await requireRun(deps.db.read, deps, who, id, 'prepare'));
  await writeOnce(deps, who, requestId, { export: id, version }, async (trx) => {
    const acted = await requireRun(trx, deps, who, id, 'prepare');
    if (OUT.includes(acted.run.state)) return null;
    const now = deps.clock.now();
    if (!(await moveRun(trx, { id, version }, 'approved', 'exported', { exported_at: now, ...kept }))) {
      await requireMoved(trx, deps, id, 'exported', version);
      return null;
    }
    const lines = await requireUnchanged(trx, deps, acted);
    await sendOff(trx, deps, ports, { ...acted, lines }, now);
    await auditBy(trx, deps, who, 'payout.export', id, {
      number: acted.run.number,
      lines: acted.run.count,
      total: acted.run.total,
      ...kept,
    });
    return null;
  });
}

/** The files of an approved run; its lines do not change any more, unless its version does. */
async function filesOf(deps: PayoutDeps, { run, scheme }: Acted): Promise<Kept | null> {
  if (run.state !== 'approved') return null;
  const lines = await listLines(deps.db.read, { runId: run.id, way: 'bank', states: ['planned'] });
  return keepFiles(
    deps,
    scheme,
    run,
    lines.map((line) => openLine(deps.vault, line)),
  );
}

async function sendOff(
  trx: Trx,
  deps: PayoutDeps,
  { cases }: PayoutPorts,
  { run, scheme, lines }: Acted & { lines: readonly PlainLine[] },
  now: Instant,
): Promise<void> {
  await sendLines(trx, run.id, 'bank', 'sent');
  await sendLines(trx, run.id, 'cash', 'cash');
  const total = lines.filter((l) => l.way === 'bank').reduce((sum, l) => sum + l.net, 0);
  if (total > 0)
    await post(trx, deps, {
      scheme: scheme.code,
      memo: `${run.number} 报送银行`,
      at: now,
      runId: run.id,
      entries: [
        { account: 'fund', fen: -total },
        { account: 'bank', fen: total },
      ],
    });
  const amounts = netByCase(lines);
  const ready = await cases.ready(trx, 'PAY', [...amounts.keys()]);
  for (const caseId of ready)
    await cases.act(trx, caseId, 'PAY', {
      batch: run.number,
      paidOn: localDate(now),
      amount: (amounts.get(caseId) as Fen) / 100,
    });
  if (!(await isWaiting(trx, run.id)))
    await moveRun(trx, { id: run.id, version: run.version + 1 }, 'exported', 'settled', { settled_at: now });
}

/** What each case gets, in the order of the lines. */
function netByCase(lines: readonly PlainLine[]): Map<string, Fen> {
  const amounts = new Map<string, Fen>();
  for (const { caseId, net } of lines) amounts.set(caseId, (amounts.get(caseId) ?? 0) + net);
  return amounts;
}
