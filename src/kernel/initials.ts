/** First letters of Chinese texts in pinyin: 农秀兰 is found by `nxl`. */
import { customPinyin, pinyin } from 'pinyin-pro';

/** Readings of this region and of characters the dictionary lacks: 召 as a Dai surname, 仡 of 仡佬族. */
customPinyin({ 召: 'zhào', 佴: 'nài', 仡: 'gē', 𠮷: 'jí' });

/** Runs of Chinese characters, and words of any other script. */
const RUNS = /(?<han>\p{Script=Han}+)|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

function letters(text: string, surname: 'head' | 'off'): string {
  const read = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', surname });
  return read.join('').toLowerCase();
}

/** Chinese characters by their reading, anything else by the first letter of each word. */
const initials = (text: string, surname: 'head' | 'off'): string =>
  [...text.matchAll(RUNS)]
    .map((run) =>
      run.groups?.han ? letters(run[0], run.index === 0 ? surname : 'off') : run[0].slice(0, 1).toLowerCase(),
    )
    .join('');

/** Initials of a person's name; a surname that reads otherwise as a word reads as a surname: 单雄信 is `sxx`. */
export const nameInitials = (name: string): string => initials(name.trim(), 'head');

/** A person's name spelled in pinyin without tones and marks: 农秀兰 is `nongxiulan`; letters and figures stay. */
export const nameSpelling = (name: string): string =>
  pinyin(name.trim(), { toneType: 'none', type: 'array', surname: 'head', v: true })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** Initials of any other text: 农药经营许可 is `nyjyxk`. */
export const textInitials = (text: string): string => initials(text, 'off');
