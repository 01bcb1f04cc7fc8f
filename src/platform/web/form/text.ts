/** How stored values read on paper and on screen, and how they go back into an input. */
import { maskCard, maskId, maskName, maskPhone } from '../../../kernel/mask.ts';
import { chineseDate, isLocalDate } from '../../../kernel/time.ts';
import { getAt, join, segmentsOf } from './pointer.ts';
import type { FormSchema } from './schema.ts';
import { propertiesOf, typeOf, widgetOf } from './schema.ts';

/** Formats that are personal unless the schema says `x-sensitive: false`. */
const SENSITIVE_FORMATS = new Set(['cn-id', 'bank-card', 'cn-phone']);

/** Is the value masked until somebody asks to see it? */
function isSensitive(node: FormSchema): boolean {
  return node['x-sensitive'] ?? SENSITIVE_FORMATS.has(node.format ?? '');
}

/** Digits without an exponent, as a person would type them. */
function plainNumber(n: number): string {
  const s = String(n);
  return s.includes('e') ? n.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : s;
}

/** The text that goes into an input, so that reading it gives the same value again. */
export function inputText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return plainNumber(value);
  return typeof value === 'boolean' ? String(value) : '';
}

function maskText(node: FormSchema, value: unknown, text: string): string {
  if (node.format === 'cn-phone') return maskPhone(text);
  if (node.format === 'bank-card') return maskCard(text);
  if (node.format === 'cn-id' || node.format === 'uscc') return maskId(text);
  if (node.enum || typeof value !== 'string') return '**';
  return [...text].length <= 4 ? maskName(text) : `${[...text][0]}***`;
}

function numberText(node: FormSchema, n: number): string {
  // A year or a count of floors is not a sum: only longer figures with a unit get separators.
  const isGrouped = node['x-unit'] !== undefined && Math.abs(n) >= 10000;
  return isGrouped ? n.toLocaleString('en-US', { maximumFractionDigits: 20 }) : plainNumber(n);
}

function scalarText(node: FormSchema, value: unknown): string {
  if (typeof value === 'boolean') {
    if (node.const === true) return value ? '已确认' : '未确认';
    return value ? '是' : '否';
  }
  if (typeof value === 'number') return numberText(node, value);
  if (typeof value !== 'string') return '';
  if (node.format === 'date' && isLocalDate(value)) return chineseDate(value);
  if (node.format === 'month' && isLocalDate(`${value}-01`))
    return chineseDate(`${value}-01`).replace(/1日$/, '');
  return value;
}

/**
 * A leaf in words: 是/否, `2026年9月28日`, `12,000 元`, list items joined by 、. `''` when nothing was filled in.
 * Sensitive values are masked unless `reveal`. Throws nothing; a value of a foreign type reads as `''`.
 */
export function leafText(node: FormSchema, value: unknown, reveal = false): string {
  if (Array.isArray(value)) return value.map((v) => leafText(node.items ?? {}, v, reveal)).join('、');
  const text = scalarText(node, value);
  if (text === '') return '';
  const shown = isSensitive(node) && !reveal ? maskText(node, value, text) : text;
  return node['x-unit'] ? `${shown} ${node['x-unit']}` : shown;
}

/** A place in a form that a return or a fault can point at. */
export interface FormPlace {
  pointer: string;
  /** `申请人 › 身份证号`, `家庭成员 第 2 行 › 姓名`. */
  label: string;
}

/** Every place of a form, for choosing what has to be corrected. Rows as they are in `value`. */
export function listPlaces(schema: FormSchema, value: unknown): FormPlace[] {
  const places: FormPlace[] = [];
  const visit = (node: FormSchema, at: unknown, pointer: string): void => {
    const widget = widgetOf(node);
    if (widget !== 'object' && pointer !== '') places.push({ pointer, label: placeLabel(schema, pointer) });
    if (widget === 'rows' && Array.isArray(at)) {
      for (const [i, row] of at.entries()) visit(node.items ?? {}, row, join(pointer, i));
    }
    if (typeOf(node) !== 'object') return;
    for (const [name, child] of propertiesOf(node))
      visit(child, getAt(at, join('', name)), join(pointer, name));
  };
  visit(schema, value, '');
  return places;
}

/** What people call a place: `申请人 › 身份证号`, `家庭成员 第 2 行 › 姓名`; `''` for the root or an unknown place. */
export function placeLabel(schema: FormSchema, pointer: string): string {
  const words: string[] = [];
  let node: FormSchema | undefined = schema;
  for (const segment of segmentsOf(pointer)) {
    if (typeOf(node) === 'array') {
      words.push(`${words.pop() ?? ''} 第 ${Number(segment) + 1} 行`);
      node = node.items;
    } else {
      node = Object.hasOwn(node.properties ?? {}, segment) ? node.properties?.[segment] : undefined;
      if (node) words.push(node.title ?? segment);
    }
    if (!node) break;
  }
  return words.join(' › ');
}
