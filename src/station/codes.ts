/** Codes that people read off a paper: Crockford's letters and figures, none mistaken for another. */
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

/** In groups of four, as it is printed. */
export const printedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');
