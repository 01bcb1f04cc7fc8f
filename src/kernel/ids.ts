/** Identifiers that the system gives out. */
import { isLocalDate } from './time.ts';
import type { Instant, LocalDate } from './types.ts';

/** Crockford's base 32: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(value: bigint, length: number): string {
  let text = '';
  for (let left = value; text.length < length; left >>= 5n) text = ALPHABET.charAt(Number(left & 31n)) + text;
  return text;
}

/**
 * A ULID in lower case: 10 characters of time (ms), 16 of randomness; text order is order of time.
 * `random(n)` gives n random bytes. RangeError when `now` is not an instant.
 */
export function newId(now: Instant, random: (n: number) => Uint8Array): string {
  const ms = Date.parse(now);
  if (!(ms >= 0)) throw new RangeError(`not an instant since 1970: ${JSON.stringify(now)}`);
  const bytes = random(10);
  if (bytes.length !== 10) throw new RangeError(`expected 10 random bytes, got ${bytes.length}`);
  const noise = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return base32(BigInt(ms), 10) + base32(noise, 16);
}

/**
 * 办件号 `532628103201-20260928-NY01-000123`: village (12 digits), date of receipt, item, running number
 * (1–999999). RangeError names the part that does not fit.
 */
export function caseNumber(village12: string, date: LocalDate, item: string, seq: number): string {
  if (!/^[A-Z]{2}-?\d{2}$/.test(item)) throw new RangeError(`item code must look like NY-01, got "${item}"`);
  const [place, running] = numberParts(village12, date, seq);
  return `${place}-${item.replace('-', '')}-${running}`;
}

/** 一件事 `一件事-532628103201-20260928-000123`: several cases of one family. RangeError as in `caseNumber`. */
export const packageNumber = (village12: string, date: LocalDate, seq: number): string =>
  ['一件事', ...numberParts(village12, date, seq)].join('-');

function numberParts(village12: string, date: LocalDate, seq: number): [place: string, running: string] {
  if (!/^\d{12}$/.test(village12))
    throw new RangeError(`village code must have 12 digits, got "${village12}"`);
  if (!isLocalDate(date)) throw new RangeError(`not a calendar date: "${date}"`);
  if (!Number.isInteger(seq) || seq < 1 || seq > 999_999) {
    throw new RangeError(`running number must be 1 to 999999, got ${seq}`);
  }
  return [`${village12}-${date.replaceAll('-', '')}`, String(seq).padStart(6, '0')];
}
