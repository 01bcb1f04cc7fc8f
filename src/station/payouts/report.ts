/** 对账: does the ledger say what the lines and debts say, to the fen? */
import type { Knex } from 'knex';
import type { Fen } from '../../kernel/types.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import type { Trx } from '../../platform/db/index.ts';
import { ACCOUNTS, type Balances, balancesByScheme } from './ledger/index.ts';
import { maySeeTotals } from './policy.ts';
import { listSchemes } from './schemes.ts';
import type { Account, DebtState, LineState, PayoutDeps } from './types.ts';

type Db = Trx | Knex;

interface LinesOf {
  state: LineState;
  count: number;
  gross: Fen;
  offset: Fen;
  net: Fen;
}

interface DebtsOf {
  state: DebtState;
  count: number;
  amount: Fen;
  recovered: Fen;
}

/** What an account should come to by lines and debts, and does not. */
interface Difference {
  account: Account;
  /** What is compared, in words. */
  says: string;
  fen: Fen;
}

export interface SchemeReport {
  scheme: string;
  title: string;
  department: string;
  balances: Balances;
  lines: LinesOf[];
  debts: DebtsOf[];
  /** Every difference; none when it balances. */
  differences: Difference[];
  verdict: '平衡' | '不平';
}

export interface MoneyReport {
  schemes: SchemeReport[];
  verdict: '平衡' | '不平';
}

/** Of all schemes that money moved in, or of some. */
export async function moneyReport(
  db: Db,
  { schemes: wanted }: { schemes?: readonly string[] } = {},
): Promise<MoneyReport> {
  const [balances, lines, debts] = [
    await balancesByScheme(db),
    await linesByScheme(db),
    await debtsByScheme(db),
  ];
  const reports = listSchemes()
    .filter(({ code }) => wanted?.includes(code) ?? true)
    .filter(({ code }) => balances.has(code) || lines.has(code) || debts.has(code))
    .map(({ code, title, department }): SchemeReport => {
      const told = {
        balances: balances.get(code) ?? nothing(),
        lines: lines.get(code) ?? [],
        debts: debts.get(code) ?? [],
      };
      const differences = differencesIn(told);
      return { scheme: code, title, department, ...told, differences, verdict: verdictOf(differences) };
    });
  return { schemes: reports, verdict: verdictOf(reports.flatMap((r) => r.differences)) };
}

/** The report of the schemes whose sums somebody may see. */
export function reportFor(
  deps: Pick<PayoutDeps, 'db' | 'orgs'>,
  who: SignedIn,
  { scheme }: { scheme?: string } = {},
): Promise<MoneyReport> {
  const schemes = listSchemes()
    .filter((s) => scheme === undefined || s.code === scheme)
    .filter((s) => maySeeTotals(who, deps.orgs, s));
  return moneyReport(deps.db.read, { schemes: schemes.map((s) => s.code) });
}

const verdictOf = (differences: readonly Difference[]) => (differences.length === 0 ? '平衡' : '不平');

const nothing = () => Object.fromEntries(ACCOUNTS.map((a) => [a, 0])) as Balances;

async function linesByScheme(db: Db): Promise<Map<string, LinesOf[]>> {
  const rows: (LinesOf & { scheme: string })[] = await db('payout_lines as l')
    .join('payout_runs as r', 'r.id', 'l.run_id')
    .groupBy('r.scheme', 'l.state')
    .orderBy(['r.scheme', 'l.state'])
    .select('r.scheme', 'l.state')
    .count({ count: '*' })
    .sum({ gross: 'l.gross', offset: 'l.offset', net: 'l.net' });
  return grouped(rows);
}

async function debtsByScheme(db: Db): Promise<Map<string, DebtsOf[]>> {
  const rows: (DebtsOf & { scheme: string })[] = await db('payout_debts')
    .groupBy('scheme', 'state')
    .orderBy(['scheme', 'state'])
    .select('scheme', 'state')
    .count({ count: '*' })
    .sum({ amount: 'amount', recovered: 'recovered' });
  return grouped(rows);
}

function grouped<T>(rows: readonly (T & { scheme: string })[]): Map<string, T[]> {
  const all = new Map<string, T[]>();
  for (const { scheme, ...row } of rows) {
    const known = all.get(scheme);
    if (known) known.push(row as T);
    else all.set(scheme, [row as T]);
  }
  return all;
}

interface Told {
  balances: Balances;
  lines: readonly LinesOf[];
  debts: readonly DebtsOf[];
}

/**
 * bank = what was sent and not answered. paid = what was due and arrived, without what was paid too much. receivable =
 * what is still owed of it. Cash in the villages is never more than the lines that wait for it; whether each bag holds
 * what it should is for the end of the day there.
 */
function differencesIn({ balances, lines, debts }: Told): Difference[] {
  const line = (state: LineState) => lines.find((l) => l.state === state) ?? { gross: 0, net: 0 };
  const rest = (state: DebtState) => {
    const found = debts.find((d) => d.state === state);
    return found ? found.amount - found.recovered : 0;
  };
  const overpaid = debts.reduce((sum, d) => sum + d.amount, 0) - rest('cancelled');
  const all = ACCOUNTS.reduce((sum, account) => sum + balances[account], 0);
  const inBags = balances.cash;
  const differences: Difference[] = [
    { account: 'bank', says: '银行在途与已报送未回盘的明细', fen: balances.bank - line('sent').net },
    { account: 'paid', says: '已发放与已付明细、多发', fen: balances.paid - (line('paid').gross - overpaid) },
    { account: 'receivable', says: '应收回与未收回的多发', fen: balances.receivable - rest('open') },
    {
      account: 'written-off',
      says: '核销与已核销的多发',
      fen: balances['written-off'] - rest('written-off'),
    },
    {
      account: 'cash',
      says: '村级现金与待领取的明细',
      fen: Math.min(0, inBags) + Math.max(0, inBags - line('cash').net),
    },
    { account: 'fund', says: '全部科目合计', fen: all },
  ];
  return differences.filter((d) => d.fen !== 0);
}
