/** Cross-check of a roster: death, duplicates, accounts, what was settled one by one. Pure. */
import type { CodeFault } from '../../../kernel/identity.ts';
import { checkLuhn, normaliseId } from '../../../kernel/identity.ts';
import { maskCard, maskId } from '../../../kernel/mask.ts';
import { plainName } from '../../../kernel/names.ts';
import { chineseDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { type RosterTable, type Row, textAt, titleOf } from './table.ts';

type FindingKind =
  | 'death'
  | 'repeated'
  | 'other-batch'
  | 'single'
  | 'ended'
  | 'household'
  | 'account'
  | 'holder'
  | 'shared-account';

/** One thing found in a row. `stop`: it cannot be paid like this; `look`: it may be right, look at it. */
interface Finding {
  kind: FindingKind;
  level: 'stop' | 'look';
  /** A sentence for the officer. */
  says: string;
}

/** What was found in one row; `row` counts from 1. The identity number is masked. */
export interface FoundRow {
  row: number;
  name: string;
  idNumber: string;
  findings: Finding[];
}

/** A single application of the item about a person, or in which the person stands. */
export interface OtherCase {
  number: string;
  situationTitle: string;
  part: 'subject' | 'member';
  outcome: string | null;
  /** The situation pays by itself. */
  pays: boolean;
  /** Year it is for; of the form where it tells one. */
  year: number;
  decidedOn: LocalDate | null;
}

/** What the house knows of the persons of a roster, by identity number; of rows, by their key. */
export interface Known {
  deaths: ReadonlyMap<string, { number: string; decidedOn: LocalDate }>;
  cases: ReadonlyMap<string, readonly OtherCase[]>;
  /** Rows of other batches of the year, by `rowKey`. */
  batches: ReadonlyMap<string, readonly { number: string; village: string; row: number }[]>;
}

export const personOf = ({ spec }: RosterTable, row: Row): string => normaliseId(textAt(row, spec.person));

/** What may stand once per item and year, as one text; null when a part of it is missing. */
export function rowKey({ spec }: RosterTable, row: Row): string | null {
  const parts = spec.unique.map((c) => textAt(row, c).normalize('NFKC').replace(/\s/g, '').toUpperCase());
  return parts.includes('') ? null : parts.join('\u0000');
}

/** Every row in which something was found, in the order of the roster. */
export function checkRows(table: RosterTable, rows: readonly Row[], year: number, known: Known): FoundRow[] {
  const byKey = groups(rows, (row) => rowKey(table, row));
  const byAccount = groups(rows, (row) => textAt(row, table.spec.account).replace(/[\s-]/g, '') || null);
  return rows.flatMap((row, i) => {
    const findings = [
      ...deathOf(table, row, known),
      ...repeatedIn(table, row, i, byKey),
      ...otherBatches(table, row, known),
      ...singleCases(table, row, year, known),
      ...accountOf(table, row),
      ...holderOf(table, row),
      ...sharedAccount(table, rows, i, byAccount),
    ];
    if (findings.length === 0) return [];
    const idNumber = maskId(personOf(table, row));
    return [{ row: i + 1, name: textAt(row, table.spec.name), idNumber, findings }];
  });
}

/** Row indexes by a key; rows without one stand nowhere. */
function groups(rows: readonly Row[], keyOf: (row: Row) => string | null): Map<string, number[]> {
  const found = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const key = keyOf(row);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), i]);
  });
  return found;
}

function deathOf(table: RosterTable, row: Row, { deaths }: Known): Finding[] {
  const death = deaths.get(personOf(table, row));
  if (!death) return [];
  const says = `已办理死亡注销（办件 ${death.number}，${chineseDate(death.decidedOn)}决定）`;
  return [{ kind: 'death', level: 'stop', says }];
}

const SHOWN = 5;
const listOf = (parts: readonly (string | number)[]): string =>
  parts.length > SHOWN ? `${parts.slice(0, SHOWN).join('、')} 等 ${parts.length} 处` : parts.join('、');

function repeatedIn(table: RosterTable, row: Row, i: number, byKey: Map<string, number[]>): Finding[] {
  const key = rowKey(table, row);
  const others = (key === null ? [] : (byKey.get(key) ?? [])).filter((o) => o !== i).map((o) => o + 1);
  if (others.length === 0) return [];
  const titles = table.spec.unique.map((c) => `“${titleOf(table, c)}”`).join('、');
  return [{ kind: 'repeated', level: 'stop', says: `与第 ${listOf(others)} 行的${titles}相同` }];
}

function otherBatches(table: RosterTable, row: Row, { batches }: Known): Finding[] {
  const key = rowKey(table, row);
  const found = key === null ? [] : (batches.get(key) ?? []);
  if (found.length === 0) return [];
  const where = listOf(found.map((b) => `${b.village}的名册 ${b.number} 第 ${b.row} 行`));
  return [{ kind: 'other-batch', level: 'stop', says: `同一年度已经列入${where}` }];
}

function singleCases(table: RosterTable, row: Row, year: number, { cases }: Known): Finding[] {
  return (cases.get(personOf(table, row)) ?? []).flatMap((one): Finding[] => {
    const what = `“${one.situationTitle}”（办件 ${one.number}）`;
    if (one.outcome !== null && LOST.includes(one.outcome)) return [];
    if (one.part === 'member')
      return [{ kind: 'household', level: 'look', says: `在别人申请的${what}里出现，请核对是哪一户` }];
    if (one.outcome !== null && OVER.includes(one.outcome))
      return [{ kind: 'ended', level: 'stop', says: `本人的${what}已经终止` }];
    if (one.pays)
      return one.year === year
        ? [{ kind: 'single', level: 'stop', says: `本人同一年度另有${what}，${standing(one)}` }]
        : [];
    return one.outcome === 'granted'
      ? [
          {
            kind: 'ended',
            level: 'look',
            says: `本人已经办结${what}，${chineseDate(one.decidedOn as LocalDate)}决定，请核对这一行`,
          },
        ]
      : [];
  });
}

/** Nothing came of it. */
const LOST = ['rejected', 'refused', 'withdrawn', 'lapsed'];
/** It was granted, and is over. */
const OVER = ['ended', 'expired'];

const standing = ({ outcome }: OtherCase): string => (outcome === 'granted' ? '已经准予' : '正在办理');

const ACCOUNT_FAULTS: Record<CodeFault, string> = {
  length: '应为 16 到 19 位数字',
  characters: '含有不该有的字符',
  'check-digit': '校验位不符',
};

function accountOf({ spec }: RosterTable, row: Row): Finding[] {
  if (spec.account === undefined) return [];
  const account = textAt(row, spec.account);
  if (account === '') return [{ kind: 'account', level: 'stop', says: '没有银行账号' }];
  const fault = checkLuhn(account);
  return fault === null ? [] : [{ kind: 'account', level: 'stop', says: `银行账号${ACCOUNT_FAULTS[fault]}` }];
}

/** The money of one person on the account of another: a guardian named in the row may be right. */
function holderOf(table: RosterTable, row: Row): Finding[] {
  const { holder: column, name } = table.spec;
  if (column === undefined) return [];
  const holder = textAt(row, column);
  if (holder === '' || plainName(holder) === plainName(textAt(row, name))) return [];
  const named = Object.keys(table.items.properties ?? {}).find(
    (c) => c !== column && c !== name && plainName(textAt(row, c)) === plainName(holder),
  );
  return named === undefined
    ? [{ kind: 'holder', level: 'stop', says: `账户名“${holder}”与“${titleOf(table, name)}”不一致` }]
    : [{ kind: 'holder', level: 'look', says: `账户名“${holder}”是“${titleOf(table, named)}”，不是本人` }];
}

/** One account for two persons: right when one of them draws for both, wrong when it has two names. */
function sharedAccount(
  table: RosterTable,
  rows: readonly Row[],
  i: number,
  byAccount: Map<string, number[]>,
): Finding[] {
  const row = rows[i] as Row;
  const account = textAt(row, table.spec.account).replace(/[\s-]/g, '');
  const others = (byAccount.get(account) ?? []).filter(
    (o) => personOf(table, rows[o] as Row) !== personOf(table, row),
  );
  if (others.length === 0) return [];
  const holderAt = (r: Row) => plainName(textAt(r, table.spec.holder));
  const isOne = others.every((o) => holderAt(rows[o] as Row) === holderAt(row));
  const where = listOf(others.map((o) => o + 1));
  return [
    {
      kind: 'shared-account',
      level: isOne ? 'look' : 'stop',
      says: `与第 ${where} 行不是同一个人，用的是同一个账号（尾号 ${maskCard(account).slice(-4)}）${isOne ? '，账户名相同' : ''}`,
    },
  ];
}

/** Rows the officer is asked to strike: the dead, what stands elsewhere, and what is repeated further down. */
export function toStrike(found: readonly FoundRow[]): { row: number; reason: string }[] {
  return found.flatMap(({ row, findings }) => {
    const reasons = findings.filter((f) => f.kind === 'death' || f.kind === 'other-batch').map((f) => f.says);
    return reasons.length === 0 ? [] : [{ row, reason: reasons.join('；').slice(0, 200) }];
  });
}
