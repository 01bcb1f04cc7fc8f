/** What the bank answered, carried into lines, ledger, claims, cases and messages. */
import { yuan } from '../../../kernel/money.ts';
import type { Fen, Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { ReturnFile, ReturnRow } from '../bank/index.ts';
import { debtsAfterPaid, owePassed } from '../debts/found.ts';
import { paidByVillage, post } from '../ledger/index.ts';
import { isRow } from '../rules/claims.ts';
import { periodsTitle } from '../rules/periods.ts';
import type { Line, PayMessage, PayoutDeps, PayoutPorts, Posting } from '../types.ts';
import { endLines, faultAccounts, holdEnded } from './endings-store.ts';
import { isBatchDone, isWaiting, type PlainLine } from './lines-store.ts';
import { moveRun } from './store.ts';
import type { Acted } from './writing.ts';

type OpenLine = Line & PlainLine;

interface Answer {
  line: OpenLine;
  row: ReturnRow;
}

export interface Return extends Acted {
  file: ReturnFile;
  /** Every line of the run that went to the bank. */
  lines: OpenLine[];
  now: Instant;
}

/** Refusals that only another account puts right: 账号不存在, 已销户, 户名不符, 被冻结. */
const ACCOUNT_FAULTS = ['1001', '1002', '1003', '1004'];
const isAccountFault = ({ row }: Answer): boolean => ACCOUNT_FAULTS.includes(row.code);

const netOf = (answers: readonly Answer[]): Fen => answers.reduce((sum, { line }) => sum + line.net, 0);

/** Apply a return that was checked against its run. */
export async function settle(trx: Trx, deps: PayoutDeps, ports: PayoutPorts, given: Return): Promise<void> {
  const bySeq = new Map(given.lines.map((l) => [l.seq, l]));
  const answers = given.file.rows.map((row) => ({ line: bySeq.get(row.seq) as OpenLine, row }));
  const paid = answers.filter(({ row }) => row.outcome === 'paid');
  const refused = answers.filter(({ row }) => row.outcome === 'refused');
  await endLines(trx, idsOf(paid), { state: 'paid', settledAt: given.now });
  const faulty: string[] = [];
  for (const [words, some] of byWords(refused)) {
    await endLines(trx, idsOf(some), { state: 'refused', reason: words, settledAt: given.now });
    const lines = some.filter(isAccountFault).map(({ line }) => line);
    faulty.push(...(await faultAccounts(trx, lines, words, given.now)));
  }
  await owePassed(trx, deps, idsOf(refused), given.now);
  await post(trx, deps, ...postings(given, paid, refused));
  const ended = await holdEnded(
    trx,
    paid.map(({ line }) => line.entitlementId),
  );
  for (const { line } of paid)
    if (line.offset > 0 || ended.has(line.entitlementId)) await debtsAfterPaid(trx, deps, line, given.now);
  const bounced = refused.filter(({ line }) => faulty.includes(line.entitlementId));
  const told = await reportToCases(trx, ports, given, paid, bounced);
  await ports.tell(
    trx,
    [...paid, ...refused].filter(({ line }) => !told.has(line.id)).map(messageOf(deps, given)),
  );
  await closeRun(trx, ports, given);
}

const idsOf = (answers: readonly Answer[]): string[] => answers.map(({ line }) => line.id);

function byWords(answers: readonly Answer[]): Map<string, Answer[]> {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const known = groups.get(answer.row.words);
    if (known) known.push(answer);
    else groups.set(answer.row.words, [answer]);
  }
  return groups;
}

/** What arrived is told village by village; what came back goes to the fund it was taken from. */
function postings(
  { run, file, now }: Return,
  paid: readonly Answer[],
  refused: readonly Answer[],
): Posting[] {
  const of = (memo: string, fen: Fen, to: Posting['entries']): Posting[] =>
    fen === 0
      ? []
      : [
          {
            scheme: run.scheme,
            memo: `${run.number} 回盘 ${file.number} ${memo}`,
            at: now,
            runId: run.id,
            entries: [{ account: 'bank', fen: -fen }, ...to],
          },
        ];
  return [
    ...of('已付', netOf(paid), paidByVillage(paid.map(({ line }) => line))),
    ...of('退回', netOf(refused), [{ account: 'fund', fen: netOf(refused) }]),
  ];
}

/**
 * SETTLE and BOUNCE for cases of persons; a batch is settled as a whole. A case is sent back only for what its account
 * must be put right for: what the bank could not do for another reason, or to an account that is another by now, is
 * tried again.
 * @returns lines whose citizens are told by a message of the case
 */
async function reportToCases(
  trx: Trx,
  { cases }: PayoutPorts,
  { file }: Return,
  paid: readonly Answer[],
  bounced: readonly Answer[],
): Promise<Set<string>> {
  const told = new Set<string>();
  const report = async (event: 'SETTLE' | 'BOUNCE', answers: readonly Answer[]) => {
    const own = answers.filter(({ line }) => line.lineKey === '');
    const ready = await cases.ready(trx, event, [...new Set(own.map(({ line }) => line.caseId))]);
    for (const { line, row } of own.filter((a) => ready.has(a.line.caseId))) {
      const data = event === 'SETTLE' ? { arrivedOn: file.date } : { reason: row.words };
      if (await cases.act(trx, line.caseId, event, data)) told.add(line.id);
    }
  };
  await report('SETTLE', paid);
  await report('BOUNCE', bounced);
  return told;
}

const messageOf =
  ({ orgs }: PayoutDeps, { scheme }: Return) =>
  ({ line, row }: Answer): PayMessage => ({
    caseId: line.caseId,
    lineId: line.id,
    template: row.outcome === 'paid' ? 'payout-paid' : 'payout-refused',
    to: line.payee.phone,
    words: {
      item: scheme.title,
      period: periodsTitle(line.periods.map((p) => p.period)),
      amount: yuan(line.net),
      ...(row.outcome === 'paid'
        ? { tail: line.accountTail }
        : { reason: row.words.split('：', 1)[0] as string, village: orgs.get(line.villageId).name }),
    },
  });

/** No line waits for the bank any more: the run is settled, and with it the batches it paid. */
async function closeRun(trx: Trx, { cases }: PayoutPorts, { run, file, lines, now }: Return): Promise<void> {
  if (await isWaiting(trx, run.id)) return;
  if (!(await moveRun(trx, run, 'exported', 'settled', { settled_at: now }))) return;
  const batches = [...new Set(lines.filter(isRow).map((l) => l.caseId))];
  for (const caseId of await cases.ready(trx, 'SETTLE', batches))
    if (await isBatchDone(trx, { runId: run.id, caseId }))
      await cases.act(trx, caseId, 'SETTLE', { arrivedOn: file.date });
}
