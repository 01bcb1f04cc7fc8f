/** Numbers and days of certificates. Pure. */
import { addDays, addYears } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Certificate } from './types.ts';

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

/** Last day of validity: the day before the same day `years` later; null = no end. */
export const lastDay = (issuedOn: LocalDate, years: number | null): LocalDate | null =>
  years === null ? null : addDays(addYears(issuedOn, years), -1);

/** Last day on which renewal may be asked for (B2-12). */
export const renewalDay = (expiresOn: LocalDate | null, before: number | undefined): LocalDate | null =>
  expiresOn === null || before === undefined ? null : addDays(expiresOn, -before);

export type Verdict = 'valid' | 'expired' | 'void' | 'not-issued';

/** What a certificate is worth on a Shanghai date. */
export function verdictOn(certificate: Certificate, today: LocalDate): Verdict {
  if (certificate.state === 'void') return 'void';
  if (certificate.state === 'reserved') return 'not-issued';
  return certificate.expiresOn !== null && certificate.expiresOn < today ? 'expired' : 'valid';
}
