import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { yuan } from '../kernel/money.ts';
import { openStore } from '../service.ts';
import { type MoneyReport, moneyReport } from '../station/payouts/index.ts';

type Print = (s: string) => void;

/**
 * `cunban payouts report [--json]`: the ledger against lines and debts, scheme by scheme.
 * @returns 0 everything balances, 1 it does not, 2 the call is wrong
 */
export async function payouts(argv: string[], out: Print, err: Print): Promise<number> {
  const asked = askedIn(argv);
  if (!asked) {
    err('usage: cunban payouts report [--json]');
    return 2;
  }
  const { db } = await openStore(readConfig());
  try {
    const report = await moneyReport(db.read);
    if (asked.json) out(JSON.stringify(report, null, 2));
    else for (const line of reportLines(report)) out(line);
    return report.verdict === '平衡' ? 0 : 1;
  } finally {
    await db.close();
  }
}

function askedIn(argv: string[]): { json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { json: { type: 'boolean' } },
    });
    return positionals.join(' ') === 'report' ? { json: values.json === true } : null;
  } catch {
    return null;
  }
}

const HEADINGS = ['项目', '财政', '银行在途', '已发放', '村级现金', '应收回', '核销', '结论'];

/** Columns of Chinese stand under each other: a wide character takes two places. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, c) => sum + (/[\u2e80-\u9fff\uff00-\uffef]/.test(c) ? 2 : 1), 0);

function reportLines({ schemes, verdict }: MoneyReport): string[] {
  const rows = schemes.map(({ title, balances: b, verdict: own }) => [
    title,
    ...[b.fund, b.bank, b.paid, b.cash, b.receivable, b['written-off']].map(yuan),
    own,
  ]);
  const all = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, i) => Math.max(...all.map((row) => widthOf(row[i] as string))));
  const table = all.map((row) =>
    row
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] as number) - widthOf(cell));
        return i === 0 || i === HEADINGS.length - 1 ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  const wrong = schemes.flatMap(({ title, differences }) =>
    differences.map(({ says, fen }) => `${title}：${says}相差 ${yuan(fen)} 元`),
  );
  return [...table, ...wrong, verdict];
}
