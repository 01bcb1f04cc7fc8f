/** Money in writing. Amounts are integer fen; RangeError for anything else. */
import type { Fen } from './types.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = [
  [1000, '仟'],
  [100, '佰'],
  [10, '拾'],
  [1, ''],
] as const;
const GROUPS = [
  [100_000_000, '亿'],
  [10_000, '万'],
] as const;

function requireFen(fen: Fen): void {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`money must be a whole number of fen, got ${fen}`);
}

/** An amount in yuan, as forms and decisions say it, in fen. RangeError for parts of a fen. */
export function fenOf(amount: number): Fen {
  const fen = Math.round(amount * 100);
  if (!Number.isSafeInteger(fen) || fen / 100 !== amount)
    throw new RangeError(`not an amount of yuan with two decimals: ${amount}`);
  return fen;
}

/** `1,234.50` */
export function yuan(fen: Fen): string {
  requireFen(fen);
  const size = Math.abs(fen);
  const whole = String(Math.floor(size / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${whole}.${String(size % 100).padStart(2, '0')}`;
}

/** 1–9999: a run of zeros between two figures is read once. */
function capitalsBelowTenThousand(n: number): string {
  let text = '';
  let skipped = false;
  for (const [place, name] of PLACES) {
    const digit = Math.floor(n / place) % 10;
    if (digit === 0) {
      skipped = text !== '';
      continue;
    }
    text += `${skipped ? '零' : ''}${DIGITS[digit]}${name}`;
    skipped = false;
  }
  return text;
}

/** A whole number from 1. The rest after 亿 or 万 is joined with 零 when its highest place is empty. */
function capitalsOfWhole(n: number): string {
  for (const [size, name] of GROUPS) {
    if (n < size) continue;
    const rest = n % size;
    const joint = rest > 0 && rest < size / 10 ? '零' : '';
    return `${capitalsOfWhole(Math.floor(n / size))}${name}${joint}${rest > 0 ? capitalsOfWhole(rest) : ''}`;
  }
  return capitalsBelowTenThousand(n);
}

/** 人民币大写 (正确填写票据和结算凭证的基本规定): `壹佰元零伍分`; 整 after whole yuan only; negative with 负. */
export function capitals(fen: Fen): string {
  requireFen(fen);
  if (fen === 0) return '零元整';
  const size = Math.abs(fen);
  const whole = Math.floor(size / 100);
  const jiao = Math.floor(size / 10) % 10;
  const cents = size % 10;
  const parts = [
    fen < 0 ? '负' : '',
    whole > 0 ? `${capitalsOfWhole(whole)}元` : '',
    jiao > 0 ? `${DIGITS[jiao]}角` : '',
    jiao === 0 && cents > 0 && whole > 0 ? '零' : '',
    cents > 0 ? `${DIGITS[cents]}分` : '',
    jiao === 0 && cents === 0 ? '整' : '',
  ];
  return parts.join('');
}
