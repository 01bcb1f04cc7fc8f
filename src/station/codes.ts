/** Codes that people read off a paper, and what the QR code beside them says. */
import type { LocalDate } from '../kernel/types.ts';
import type { CodeContent } from '../platform/keys/index.ts';

/** Crockford's letters and figures, none mistaken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code of `length` characters; `random(n)` gives n random bytes. */
export const newCode = (random: (n: number) => Uint8Array, length = 16): string =>
  [...random(length)].map((b) => ALPHABET[b % ALPHABET.length]).join('');

/** A code as somebody typed it: capitals, no spaces or dashes, and the letters that are taken for figures. */
export const readCode = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');

/** What the QR code of a paper says, signed. `applicant` is masked. */
export const paperContent = (paper: {
  title: string;
  number: string;
  applicant: string;
  organ: string;
  madeOn: LocalDate;
}): CodeContent => ({
  kind: 'paper',
  title: paper.title,
  number: paper.number,
  holder: paper.applicant,
  organ: paper.organ,
  issuedOn: paper.madeOn,
  expiresOn: null,
});

/** In groups of four, as it is printed. */
export const printedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');
