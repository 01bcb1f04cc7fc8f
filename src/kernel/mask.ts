/** How personal data look in lists, messages and public pages. Counted in characters, never in UTF-16 units. */

function keep(s: string, first: number, last: number): string {
  const chars = [...s];
  if (chars.length <= first + last) return '*'.repeat(chars.length);
  return chars.map((c, i) => (i < first || i >= chars.length - last ? c : '*')).join('');
}

/** First six and last two of a long number; of a short one (under 15 characters, a passport) the last two only. */
export function maskId(id: string): string {
  return keep(id, [...id].length >= 15 ? 6 : 0, 2);
}

/** The first character of a name; a name of one character is masked whole. */
export function maskName(name: string): string {
  return keep(name, 1, 0);
}

/** First three and last four of a mobile number; of anything shorter the last two. */
export function maskPhone(phone: string): string {
  return [...phone].length >= 11 ? keep(phone, 3, 4) : keep(phone, 0, 2);
}

/** The last four of a bank card. */
export function maskCard(card: string): string {
  return keep(card, 0, 4);
}

const PERSONAL: readonly [RegExp, (found: string) => string][] = [
  [/(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])/g, maskId],
  [/(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])/g, maskCard],
  [/(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])/g, maskPhone],
];

/** Any text with the numbers of persons, cards and mobile phones in it masked. */
export const maskNumbers = (text: string): string =>
  PERSONAL.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
