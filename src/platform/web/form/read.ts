/**
 * What a person typed → the value that is stored. A text that cannot be read as its type stays text, so that
 * it is shown again as it was typed and the validator names the fault.
 */
import { normaliseId } from '../../../kernel/identity.ts';
import { isLocalDate } from '../../../kernel/time.ts';
import type { FormSchema } from './schema.ts';
import { typeOf, widgetOf } from './schema.ts';

/** Control characters (PostgreSQL refuses NUL) and lone surrogates, which are never meant. */
const NOISE = /(?![\n\t])[\p{Cc}\p{Cs}]/gu;

/** Full-width digits, letters and signs → half-width; the full-width space → a space. */
function halfWidth(s: string): string {
  return s
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');
}

/** Without noise, with `\n` as the only line break, without blanks at both ends. */
export function cleanText(s: string): string {
  return s.replace(/\r\n?/g, '\n').replace(NOISE, '').trim();
}

const PLAIN = /^[+-]?\d+(\.\d+)?$/;
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** `1,200.50`, `１２００．５` → 1200.5; anything else, or more digits than a number can hold, stays text. */
function readNumber(raw: string): number | string {
  const s = halfWidth(raw).replace(/\s/g, '');
  if (!PLAIN.test(s) && !GROUPED.test(s)) return raw;
  const digits = s.replaceAll(',', '');
  const significant = digits.replace(/^[+-]?0*/, '').replace('.', '');
  if (significant.length > 15) return raw;
  const n = Number(digits);
  return n === 0 ? 0 : n;
}

const DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const DAY_DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
const MONTH = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/;

/** `2026/9/28`, `2026.9.28`, `2026年9月28日`, `20260928` → `2026-09-28`; an impossible date stays text. */
function readDate(raw: string): string {
  const s = halfWidth(raw);
  const [, year, month = '', day = ''] = DAY.exec(s) ?? DAY_DIGITS.exec(s) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return year !== undefined && isLocalDate(iso) ? iso : raw;
}

/** `2026/9`, `2026年9月` → `2026-09`; an impossible month stays text. */
function readMonth(raw: string): string {
  const [, year, month = ''] = MONTH.exec(halfWidth(raw)) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}`;
  return year !== undefined && isLocalDate(`${iso}-01`) ? iso : raw;
}

function readFormatted(node: FormSchema, text: string): string {
  switch (node.format) {
    case 'date':
      return readDate(text);
    case 'month':
      return readMonth(text);
    case 'cn-id':
    case 'uscc':
      return normaliseId(text);
    case 'bank-card':
      return normaliseId(text).replaceAll('-', '');
    case 'cn-phone':
      return halfWidth(text)
        .replace(/\s/g, '')
        .replace(/^(1\d{2})-?(\d{4})-?(\d{4})$/, '$1$2$3');
    case 'gps':
      return halfWidth(text)
        .replaceAll('，', ',')
        .replace(/\s*,\s*/g, ',');
    default:
      return text;
  }
}

const YES = new Set(['true', 'on', '是']);
const NO = new Set(['false', 'off', '否']);

function readBoolean(node: FormSchema, text: string): boolean | string | undefined {
  if (YES.has(text)) return true;
  if (widgetOf(node) === 'checkbox') return node.const === true ? undefined : false;
  return NO.has(text) ? false : text === '' ? undefined : text;
}

function readEnum(node: FormSchema, text: string): unknown {
  const listed = node.enum?.find((v) => String(v) === text);
  return listed === undefined ? text : listed;
}

/** The value of one leaf from its raw text (undefined: the body did not name it). Empty → undefined. */
export function readLeaf(node: FormSchema, raw: string | undefined): unknown {
  const cleaned = cleanText(raw ?? '');
  // Only a text area has lines; elsewhere a pasted break becomes a space, as it would look in the input.
  const text = widgetOf(node) === 'textarea' ? cleaned : cleaned.replace(/\s*\n\s*/g, ' ');
  if (typeOf(node) === 'boolean') return readBoolean(node, text);
  if (text === '') return undefined;
  if (node.enum) return readEnum(node, text);
  if (typeOf(node) === 'number' || typeOf(node) === 'integer') return readNumber(text);
  return readFormatted(node, text);
}
