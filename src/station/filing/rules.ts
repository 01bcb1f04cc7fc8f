/** What a clerk means by what is typed: a citizen's number, name or initials; an item by need, title or code. Pure. */
import { textInitials } from '../../kernel/initials.ts';

/** What the one field for citizens was filled with. */
export type Meant =
  | { by: 'number'; idType: string; idNumber: string }
  | { by: 'name'; name: string }
  | { by: 'initials'; initials: string }
  | { by: 'nothing'; says: string };

/** The documents whose numbers begin so are permits of residence (C.1). */
const PERMIT = /^8[123]\d{15}[\dX]$/;

/** Full-width and half-width forms are the same; numbers and passports in capitals. */
export function meantBy(typed: string): Meant {
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, ' ');
  const bare = text.replace(/\s/g, '').toUpperCase();
  if (bare === '') return { by: 'nothing', says: '请输入身份证号、姓名或者姓名拼音首字母' };
  if (PERMIT.test(bare)) return { by: 'number', idType: '港澳台居住证', idNumber: bare };
  if (/^\d{15}(\d{2}[\dX])?$/.test(bare)) return { by: 'number', idType: '居民身份证', idNumber: bare };
  if (/^[A-Z]{1,3}\d{6,17}$/.test(bare)) return { by: 'number', idType: '护照', idNumber: bare };
  if (/\d/.test(bare)) return { by: 'nothing', says: '证件号码要输完整，身份证是 18 位' };
  if (/^[a-z]{2,}$/i.test(text)) return { by: 'initials', initials: text.toLowerCase() };
  if (/^[a-z]$/i.test(text)) return { by: 'nothing', says: '拼音首字母至少输两个，例如 nxl' };
  return { by: 'name', name: text };
}

/** Something that can be begun at the counter. */
export interface Pick {
  href: string;
  code: string;
  title: string;
  /** What else is to be said: department, situation, what a package holds. */
  note: string;
}

const plain = (s: string): string =>
  s
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-—–_·（）()、，,／/]/g, '');

const spelled = new Map<string, string>();

/** Initials of a title, spelled once. */
function initialsOf(title: string): string {
  const known = spelled.get(title) ?? textInitials(title);
  spelled.set(title, known);
  return known;
}

/** How well something called so answers what was typed: the lower the better; null: not at all. */
function rankOf(typed: string, { title, code }: Pick): number | null {
  const asked = plain(typed);
  if (asked === '') return null;
  if (plain(code).startsWith(asked)) return 0;
  if (plain(title).includes(asked)) return 1;
  return /^[a-z]{2,}$/.test(asked) && initialsOf(title).includes(asked) ? 2 : null;
}

/** What is called so, by title, its initials or its code; the best first. */
export const calledSo = (typed: string, all: readonly Pick[]): Pick[] =>
  all
    .map((pick) => ({ pick, rank: rankOf(typed, pick) }))
    .filter((r): r is { pick: Pick; rank: number } => r.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map((r) => r.pick);
