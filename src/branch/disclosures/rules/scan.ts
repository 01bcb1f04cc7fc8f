/**
 * What of a disclosure is about persons (§7.6). Numbers are found for certain and must be masked; addresses, minors,
 * health and hardship only by their wording: whoever reviews looks there.
 */
import { checkIdNumber, checkLuhn } from '../../../kernel/identity.ts';
import { maskCard, maskId, maskPhone } from '../../../kernel/mask.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { Content, Grid } from '../types.ts';

/** `like-id`: one figure is wrong, which hides nobody. */
export type Numbered = 'id' | 'old-id' | 'like-id' | 'phone' | 'card';
export type Worded = 'name' | 'address' | 'minor' | 'health' | 'hardship';

export interface Finding {
  kind: Numbered | Worded;
  /** `/title`, `/text`, or the cell of the grid: `/grid/C5`. */
  at: string;
  /** Masked: never the number itself. */
  shown: string;
  /** It must be masked before anybody is asked. */
  blocks: boolean;
}

export interface ScanRules {
  today: LocalDate;
  wording: Readonly<Record<'address' | 'minor' | 'health' | 'hardship', readonly string[]>>;
  /** Full names are what it is about. */
  names: boolean;
}

/** Digits as people write them: in groups, with dashes, full width. */
const RUN = /(?<![0-9A-Za-z])(?:\+?86[ -]?)?\d(?:[ \u3000-]{0,2}[\dXx])*(?![0-9A-Za-z])/g;
const half = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

const isOldId = (digits: string): boolean =>
  /^[1-8]\d{5}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}$/.test(digits);

/** What a run of digits is; null for an amount, a document number, a date. */
function kindOf(digits: string, today: LocalDate): Numbered | null {
  if (/^(86)?1[3-9]\d{9}$/.test(digits)) return 'phone';
  const fault = checkIdNumber(digits, today);
  if (fault === null) return 'id';
  if (checkLuhn(digits) === null) return 'card';
  if (fault === 'check-digit') return 'like-id';
  return isOldId(digits) ? 'old-id' : null;
}

const MASKS: Readonly<Record<Numbered, (digits: string) => string>> = {
  id: maskId,
  'like-id': maskId,
  'old-id': maskId,
  phone: maskPhone,
  card: maskCard,
};

interface Hit {
  kind: Numbered;
  from: number;
  to: number;
  shown: string;
}

/** The longest number that is looked for. */
const LONGEST = 19;

/** In a run of digits any groups that stand side by side may make a number: the longest that do count. */
function hits(text: string, today: LocalDate): Hit[] {
  return [...half(text).matchAll(RUN)].flatMap(({ 0: run, index }) => {
    const groups = [...run.matchAll(/[\dXx]+/g)].map((g) => ({
      from: index + g.index,
      digits: g[0].toUpperCase(),
    }));
    const found: Hit[] = [];
    for (let i = 0; i < groups.length; ) {
      const hit = longestFrom(groups, i, today);
      if (hit) found.push(hit.hit);
      i = hit ? hit.next : i + 1;
    }
    return found;
  });
}

type Group = { from: number; digits: string };

function longestFrom(groups: Group[], first: number, today: LocalDate): { hit: Hit; next: number } | null {
  for (let next = Math.min(groups.length, first + LONGEST); next > first; next--) {
    const joined = groups.slice(first, next);
    const digits = joined.map((g) => g.digits).join('');
    const kind = digits.length > LONGEST ? null : kindOf(digits, today);
    const last = joined.at(-1) as Group;
    if (kind)
      return {
        hit: {
          kind,
          from: (groups[first] as Group).from,
          to: last.from + last.digits.length,
          shown: MASKS[kind](digits),
        },
        next,
      };
  }
  return null;
}

/** 张*三 */
function maskMiddle(name: string): string {
  const chars = [...name];
  if (chars.length < 2) return '*'.repeat(chars.length);
  if (chars.length === 2) return `${chars[0]}*`;
  return `${chars[0]}${'*'.repeat(chars.length - 2)}${chars.at(-1)}`;
}

/** Column A is 0. */
export const columnName = (i: number): string =>
  (i < 26 ? '' : columnName(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26));

const NAMES = /^(姓名|户主|户主姓名|户名|受益人|领款人|收款人)$/;
const NAME = /^[\u4e00-\u9fff·]{2,15}$/;
/** A house number behind the name of a place. */
const ADDRESS = /[\u4e00-\u9fff]{1,6}(?:路|街|巷|组|小区|村)[\d０-９]+(?:号|栋|幢|室)/;

function inText(text: string, at: string, { today, wording }: ScanRules): Finding[] {
  const numbers = hits(text, today).map(({ kind, shown }): Finding => ({ kind, at, shown, blocks: true }));
  const words = (['address', 'minor', 'health', 'hardship'] as const).flatMap((kind): Finding[] => {
    const word =
      wording[kind].find((w) => text.includes(w)) ?? (kind === 'address' && ADDRESS.exec(text)?.[0]);
    return word ? [{ kind, at, shown: word, blocks: false }] : [];
  });
  return [...numbers, ...words];
}

function inGrid(grid: Grid, rules: ScanRules): Finding[] {
  const name = (column: number, row: number) => `/grid/${columnName(column)}${row}`;
  const heads = grid.columns.flatMap((c, i) => inText(c, name(i, 1), rules));
  const named = rules.names ? -1 : grid.columns.findIndex((c) => NAMES.test(c.trim()));
  const cells = grid.rows.flatMap((row, r) =>
    row.flatMap((cell, c): Finding[] => [
      ...inText(cell, name(c, r + 2), rules),
      ...(c === named && NAME.test(cell.trim())
        ? [{ kind: 'name' as const, at: name(c, r + 2), shown: maskMiddle(cell.trim()), blocks: false }]
        : []),
    ]),
  );
  return [...heads, ...cells];
}

/** Everything found in a disclosure, from top to bottom. */
export const scan = ({ title, text, grid }: Content, rules: ScanRules): Finding[] => [
  ...inText(title, '/title', rules),
  ...inText(text, '/text', rules),
  ...(grid ? inGrid(grid, rules) : []),
];

/** A text with every number in it masked: 5326**********34. */
export function maskedText(text: string, today: LocalDate): string {
  let [out, at] = ['', 0];
  for (const { from, to, shown } of hits(text, today)) {
    out += text.slice(at, from) + shown;
    at = to;
  }
  return out + text.slice(at);
}

/** What the house suggests instead: numbers masked, names in columns of names too. */
export function masked({ title, text, grid }: Content, { today, names }: ScanRules): Content {
  const named = names || !grid ? -1 : grid.columns.findIndex((c) => NAMES.test(c.trim()));
  const cell = (value: string, c: number) =>
    c === named && NAME.test(value.trim()) ? maskMiddle(value.trim()) : maskedText(value, today);
  return {
    title: maskedText(title, today),
    text: maskedText(text, today),
    grid: grid && {
      columns: grid.columns.map((c) => maskedText(c, today)),
      rows: grid.rows.map((r) => r.map(cell)),
    },
  };
}

/** What a finding is called, for a clerk. */
export const FINDING_WORDS: Readonly<Record<Finding['kind'], string>> = {
  id: '身份证号',
  'old-id': '15 位的旧身份证号',
  'like-id': '像身份证号、校验位不对的号码',
  phone: '手机号',
  card: '银行卡号',
  name: '姓名，建议遮挡中间的字',
  address: '住址',
  minor: '未成年人',
  health: '病情或者残疾',
  hardship: '困难情况',
};

/** Where it stands, for a clerk: 正文, 表格 C5 格. */
export const placeOf = (at: string): string =>
  at === '/title' ? '标题' : at === '/text' ? '正文' : `表格 ${at.slice('/grid/'.length)} 格`;
