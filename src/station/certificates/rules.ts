/** Numbers and days of certificates. Pure. */
import { maskName } from '../../kernel/mask.ts';
import { fenOf, yuan } from '../../kernel/money.ts';
import { addDays, addYears, chineseDate, isLocalDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { CodeContent } from '../../platform/keys/index.ts';
import type { Certificate, CertificateState } from './types.ts';

/**
 * A number from its pattern: `{year}`, `{seq:5}` (padded), `{county}` and `{township}` (division codes).
 * @throws Error for an unknown part
 */
export function certificateNumber(
  pattern: string,
  parts: { year: string; seq: number; county: string; township: string },
): string {
  return pattern.replace(/\{(\w+)(?::(\d+))?\}/g, (whole, name: string, width?: string) => {
    const value = { ...parts, seq: String(parts.seq) }[name as keyof typeof parts];
    if (value === undefined) throw new Error(`certificate number: unknown part ${whole}`);
    return value.padStart(Number(width ?? 0), '0');
  });
}

/**
 * The year in which numbers of a pattern are counted. A pattern without `{year}` counts on through the
 * years: starting anew would give a number twice.
 */
export const seriesYear = (pattern: string, year: string): number =>
  pattern.includes('{year}') ? Number(year) : 0;

const DATES = /(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])/g;
const AMOUNT = /^(\D{0,3})(\d+(?:\.\d{1,2})?)元$/;

/** A field as it is printed: its dates in Chinese; a field that is an amount with two decimals. */
export const printedField = (value: string): string =>
  value
    .replace(DATES, (day) => (isLocalDate(day) ? chineseDate(day) : day))
    .replace(AMOUNT, (_, before: string, amount: string) => `${before}${yuan(fenOf(Number(amount)))} 元`);

/** Last day of validity: the day before the same day `years` later; null = no end. */
export const lastDay = (issuedOn: LocalDate, years: number | null): LocalDate | null =>
  years === null ? null : addDays(addYears(issuedOn, years), -1);

/** Last day on which renewal may be asked for (B2-12). */
export const renewalDay = (expiresOn: LocalDate | null, before: number | undefined): LocalDate | null =>
  expiresOn === null || before === undefined ? null : addDays(expiresOn, -before);

export type Verdict = Exclude<CertificateState, 'reserved' | 'lapsed'> | 'expired' | 'not-issued';

/** What a certificate is worth on a Shanghai date. */
export function verdictOn({ state, expiresOn }: Certificate, today: LocalDate): Verdict {
  if (state === 'reserved') return 'not-issued';
  if (state === 'lapsed') return 'expired';
  return state === 'valid' && expiresOn !== null && expiresOn < today ? 'expired' : state;
}

/** What the public learns of a certificate or a paper. */
export type Said = Omit<CodeContent, 'kind' | 'issuedOn'> & { issuedOn: LocalDate | null };

export const saidOf = (certificate: Certificate): Said => ({
  title: certificate.title,
  number: certificate.number,
  holder: maskName(certificate.holderName),
  organ: certificate.organ.name,
  issuedOn: certificate.issuedOn,
  expiresOn: certificate.expiresOn,
});

/** Something that a signed code says otherwise than the register. */
export interface Difference {
  field: keyof Said;
  code: string | null;
  register: string | null;
}

const FIELDS = ['title', 'number', 'holder', 'organ', 'issuedOn', 'expiresOn'] as const;

export const differences = (code: Said, register: Said): Difference[] =>
  FIELDS.filter((field) => code[field] !== register[field]).map((field) => ({
    field,
    code: code[field],
    register: register[field],
  }));
