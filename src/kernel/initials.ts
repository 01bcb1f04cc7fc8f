/** First letters of Chinese texts in pinyin: 农秀兰 is found by `nxl`. */
import { customPinyin, pinyin } from 'pinyin-pro';

/** Readings of this region and of characters the dictionary lacks: 召 as a Dai surname, 仡 of 仡佬族. */
customPinyin({ 召: 'zhào', 佴: 'nài', 仡: 'gē', 𠮷: 'jí' });

const HAN = /\p{Script=Han}+/gu;

function letters(text: string, surname: 'head' | 'off'): string {
  const read = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', surname });
  return read.join('').toLowerCase();
}

/** Chinese characters by their reading, anything else by the first letter of each word. */
function initials(text: string, surname: 'head' | 'off'): string {
  const spelled = text.replace(HAN, (run, at: number) => ` ${letters(run, at === 0 ? surname : 'off')} `);
  const chinese = new Set([...spelled.matchAll(/ (\S+) /g)].map((m) => m.index + 1));
  return [...spelled.matchAll(/[\p{L}\p{N}]+/gu)]
    .map((word) => (chinese.has(word.index) ? word[0] : (word[0][0] ?? '').toLowerCase()))
    .join('');
}

/** Initials of a person's name; a surname that reads otherwise as a word reads as a surname: 单雄信 is `sxx`. */
export const nameInitials = (name: string): string => initials(name.trim(), 'head');

/** Initials of any other text: 农药经营许可 is `nyjyxk`. */
export const textInitials = (text: string): string => initials(text, 'off');
