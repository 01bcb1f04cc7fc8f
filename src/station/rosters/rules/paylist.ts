/** The pay-list of a roster: its rows without those that were struck, with sum and checksum. Pure. */
import type { Fault } from '../../../errors.ts';
import { sha256 } from '../../../kernel/canonical.ts';
import { csvLine } from '../../../kernel/csv.ts';
import { capitals, yuan } from '../../../kernel/money.ts';
import type { Fen } from '../../../kernel/types.ts';
import { leftOut } from '../../../workflow/compile.ts';
import type { CheckStep, Definition, PayStep } from '../../../workflow/types.ts';
import type { Act } from '../types.ts';
import { type Form, type RosterTable, type Row, rowsOf, textAt } from './table.ts';

export interface PayRow {
  /** Number in the roster, from 1. */
  row: number;
  name: string;
  idNumber: string;
  holder: string;
  account: string;
  amount: Fen;
}

interface StruckRow {
  row: number;
  name: string;
  idNumber: string;
  reason: string;
}

export interface PayList {
  /** The pay step it is for. */
  step: string;
  rows: PayRow[];
  struck: StruckRow[];
  total: Fen;
  /** The total in capitals, 人民币大写. */
  capitals: string;
  /** SHA-256 of the rows as they stand in the file: each line with CRLF, UTF-8, without heading and sums. */
  checksum: string;
}

/** Steps of a situation that pay by the roster, in their order. */
export const paySteps = (definition: Definition, situation: string): PayStep[] =>
  definition.steps.filter(
    (s): s is PayStep => s.kind === 'pay' && s.roster === true && !leftOut(definition, s).includes(situation),
  );

/** Is this step one that checks, or pays by, a roster? */
export const isRosterStep = (definition: Definition, id: string): boolean =>
  definition.steps.some((s) => s.id === id && (s as CheckStep | PayStep).roster === true);

/**
 * Rows struck out so far, with the reason. What a step strikes stands until the same step is done again, or the
 * roster comes in anew; an account put right after the bank sent the money back leaves the rows as they are.
 */
export function struckRows(acts: readonly Act[]): Map<number, string> {
  const bySteps = new Map<string, { row: number; reason: string }[]>();
  let bounced = false;
  for (const { step, type, data } of acts) {
    if (type === 'FILE' || (type === 'RESUBMIT' && !bounced)) bySteps.clear();
    if (type === 'BOUNCE') bounced = true;
    if (type === 'RESUBMIT') bounced = false;
    if (type === 'RECORD_CHECK') bySteps.set(step, (data.struck ?? []) as { row: number; reason: string }[]);
  }
  const struck = new Map<number, string>();
  for (const { row, reason } of [...bySteps.values()].flat())
    struck.set(row, [...new Set([struck.get(row), reason])].filter(Boolean).join('；'));
  return struck;
}

/** The form as it was handed in last; null before that. */
export const handedIn = (acts: readonly Pick<Act, 'data'>[]): Form | null =>
  (acts.findLast((a) => a.data.form !== undefined)?.data.form as Form | undefined) ?? null;

/**
 * The pay-list of a step: as it was paid, or as it stands now when it has not been.
 * @throws Error when a row has no amount: a form that was handed in has one in each
 */
export function payList(table: RosterTable, acts: readonly Act[], step: string): PayList {
  const last = acts.findLastIndex((a) => (a.type === 'PAY' || a.type === 'BOUNCE') && a.step === step);
  const until = acts[last]?.type === 'PAY' ? acts.slice(0, last + 1) : acts;
  const rows = rowsOf(table, handedIn(until) ?? {});
  const reasons = struckRows(until);
  const kept = rows.map((row, i) => ({ row, number: i + 1 })).filter(({ number }) => !reasons.has(number));
  const paying = kept.map(({ row, number }) => payRow(table, row, number));
  const total = paying.reduce((sum, r) => sum + r.amount, 0);
  return {
    step,
    rows: paying,
    struck: [...reasons]
      .sort(([a], [b]) => a - b)
      .map(([number, reason]) => ({ row: number, ...personAt(table, rows[number - 1] ?? {}), reason })),
    total,
    capitals: capitals(total),
    checksum: sha256(paying.map(fileLine).join('')),
  };
}

const personAt = ({ spec }: RosterTable, row: Row) => ({
  name: textAt(row, spec.name),
  idNumber: textAt(row, spec.person),
});

function payRow(table: RosterTable, row: Row, number: number): PayRow {
  const { holder, account, amount } = table.spec;
  const value = amount === undefined ? undefined : row[amount];
  if (typeof value !== 'number') throw new Error(`row ${number} of the roster has no amount`);
  return {
    row: number,
    ...personAt(table, row),
    holder: textAt(row, holder),
    account: textAt(row, account),
    amount: Math.round(value * 100),
  };
}

/** Plain figures with two decimals, as banks read them. */
export const plainYuan = (fen: Fen): string => yuan(fen).replaceAll(',', '');

/** A row as it stands in the file. */
export const fileLine = (r: PayRow): string =>
  csvLine([r.row, r.name, r.idNumber, r.holder, r.account, plainYuan(r.amount)]);

/** PAY names the sum of the list, to the fen. */
export function amountFaults(list: PayList, amount: unknown): Fault[] {
  if (typeof amount === 'number' && Math.round(amount * 100) === list.total) return [];
  const left = list.struck.length > 0 ? `，已剔除 ${list.struck.length} 行` : '';
  const message = `发放金额应等于发放名单的合计 ${yuan(list.total)} 元（${list.rows.length} 人${left}）`;
  return [{ pointer: '/data/amount', message, code: 'paylist' }];
}

/** Rows that are struck exist, each once. */
export function struckFaults(count: number, struck: readonly { row: number }[]): Fault[] {
  return struck.flatMap(({ row }, i): Fault[] => {
    const pointer = `/data/struck/${i}/row`;
    if (row > count) return [{ pointer, message: `名册只有 ${count} 行，没有第 ${row} 行`, code: 'roster' }];
    return struck.findIndex((s) => s.row === row) < i
      ? [{ pointer, message: `第 ${row} 行填了两次`, code: 'roster' }]
      : [];
  });
}

/** After the bank sent money back only accounts change: nobody comes in, nobody's amount moves. */
export function bouncedFaults(table: RosterTable, before: Form, after: Form): Fault[] {
  const old = rowsOf(table, before);
  const now = rowsOf(table, after);
  const pointer = `/form${table.spec.field}`;
  if (old.length !== now.length)
    return [{ pointer, message: `银行退回以后只能更正账户，名册仍应是 ${old.length} 行`, code: 'roster' }];
  const columns = [table.spec.person, table.spec.amount, ...table.spec.unique];
  return now.flatMap((row, i) =>
    columns.every((c) => textAt(row, c) === textAt(old[i] as Row, c))
      ? []
      : [{ pointer: `${pointer}/${i}`, message: `第 ${i + 1} 行：银行退回以后只能更正账户`, code: 'roster' }],
  );
}
