/** A new value of a parameter as it is typed: of the same kind as the present one, and possible in its unit. Pure. */
import { isLocalDate } from '../../../kernel/time.ts';
import type { Parameter } from '../../../workflow/parameters.ts';

type Value = Parameter['value'];

/** What is counted in whole numbers. */
const WHOLE = [
  '天',
  '日',
  '自然日',
  '工作日',
  '月',
  '个月',
  '年',
  '周岁',
  '小时',
  '分',
  '次',
  '级',
  '层',
  '人',
  '头',
  '只',
  '台',
  '辆',
  '套',
  '学时',
  '基点',
];
/** Lengths of time: none at all is no term. */
const LENGTHS = ['天', '日', '自然日', '工作日', '月', '个月', '小时'];
const MOST = 1_000_000_000;

/** Kinds of text by their unit. */
const TEXTS: Record<string, { fits(text: string): boolean; like: string }> = {
  '月-日': { fits: (t) => isLocalDate(`2000-${t}`), like: '12-31' },
  '时:分': { fits: (t) => /^([01]\d|2[0-3]):[0-5]\d$/.test(t), like: '17:30' },
  日期: { fits: isLocalDate, like: '2027-01-01' },
};

/** How it is typed. */
export function typingHelp({ value, unit }: Parameter): string {
  if (Array.isArray(value)) return '每行一个。';
  if (typeof value === 'boolean') return '写“是”或者“否”。';
  if (typeof value === 'string') return TEXTS[unit] ? `写成 ${TEXTS[unit].like} 这样。` : '';
  return `只写数字，单位是${unit}。`;
}

/** As it is typed and shown. */
export function valueText(value: Value): string {
  if (Array.isArray(value)) return value.join('、');
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
}

/** As it stands in a field. */
export const typedText = (value: Value): string =>
  Array.isArray(value) ? value.join('\n') : valueText(value);

/** The value a text says, or why it says none. */
export function readValue(present: Parameter, text: string): { value: Value } | { fault: string } {
  const { value } = present;
  if (Array.isArray(value)) return readList(present, value, text);
  if (typeof value === 'boolean') {
    if (text === '是' || text === '否') return { value: text === '是' };
    return { fault: '请写“是”或者“否”' };
  }
  return readOne(present, typeof value, text);
}

function readList(
  present: Parameter,
  value: (number | string)[],
  text: string,
): { value: Value } | { fault: string } {
  const lines = text.split(/\r?\n/).map((l) => l.trim());
  const given = lines.filter((l) => l !== '');
  if (given.length === 0) return { fault: '至少写一个' };
  if (new Set(given).size < given.length && typeof value[0] === 'string') return { fault: '同一个写了两次' };
  const kind = typeof (value[0] ?? '');
  const read = given.map((line) => readOne(present, kind, line));
  const wrong = read.find((r) => 'fault' in r);
  return wrong ?? { value: read.map((r) => (r as { value: number | string }).value) };
}

function readOne(
  { unit, value }: Parameter,
  kind: string,
  text: string,
): { value: number | string } | { fault: string } {
  if (kind === 'number') return readNumber(unit, value !== 0, text);
  const form = TEXTS[unit];
  if (form && !form.fits(text)) return { fault: `请写成 ${form.like} 这样` };
  if (text === '' || text.length > 60) return { fault: '请填写，不超过 60 个字' };
  return { value: text };
}

function readNumber(unit: string, isPositive: boolean, text: string): { value: number } | { fault: string } {
  if (!/^\d{1,10}(\.\d{1,6})?$/.test(text)) return { fault: '请只写数字，例如 30 或者 1.5' };
  const value = Number(text);
  if (value > MOST) return { fault: '数太大' };
  if (WHOLE.includes(unit) && !Number.isInteger(value)) return { fault: `${unit}要写整数` };
  if (isPositive && LENGTHS.includes(unit) && value === 0) return { fault: '期限不能是 0' };
  if (unit === '比例' && value > 1) return { fault: '比例在 0 到 1 之间，50% 写 0.5' };
  if (unit === '%' && value > 100) return { fault: '百分数在 0 到 100 之间' };
  if (unit.startsWith('元') && !/^\d+(\.\d{1,2})?$/.test(text)) return { fault: '金额最多写到分' };
  return { value };
}

/** Beyond this a slip of the finger is likelier than a decision: somebody must look twice. */
const STRANGE = 3;

/** `是现在的 10 倍`; null when the two are near each other, or no numbers. */
export function strangeness(before: Value, after: Value): string | null {
  if (typeof before !== 'number' || typeof after !== 'number' || before === 0) return null;
  const times = after / before;
  if (times >= STRANGE) return `是现在的 ${Number(times.toFixed(1))} 倍`;
  return times <= 1 / STRANGE ? `只有现在的 ${Number((times * 100).toFixed(1))}%` : null;
}
