/** Understanding what somebody types when looking for an item: everyday words, whole sentences. Pure. */

/** What villagers say, and what answers it. */
export interface Need {
  text: string;
  also: readonly string[];
  items: readonly { code: string; situation: string | null }[];
  packages: readonly string[];
}

/** Half width, capitals, without blanks, dashes and punctuation: `ｎｙ—01` finds NY-01. */
export const plain = (s: string): string =>
  s
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-—–_·、，。,.?？!！()“”"]/g, '');

/** What people say around what they mean. */
const FILLER =
  /请问|我想|想要|我要|我家里?|家里|怎么样?|怎样|如何|什么|哪里|在哪儿?|可以|能不能|要不要|办理|申请|需要|一下|手续|材料|我|想|要|去|给|的|了|吗|呢|吧|啊/g;

/** A sentence without what says nothing; as typed when that leaves nothing. */
function core(typed: string): string {
  const all = plain(typed);
  const rest = all.replace(FILLER, '');
  return rest.length >= 2 ? rest : all;
}

const wordsOf = ({ text, also }: Need): string[] => [...text.split('、'), ...also].map(core);

/** Do the characters of `word` stand in `text` in this order, others between them? */
function runsThrough(word: string, text: string): boolean {
  let from = 0;
  for (const c of word) {
    const at = text.indexOf(c, from);
    if (at === -1) return false;
    from = at + c.length;
  }
  return true;
}

/** How well a need answers: 3 the same words, 2 a part of them, 1 the same characters in this order, 0 not at all. */
function closeness(need: Need, typed: string): number {
  const words = wordsOf(need).filter((w) => w.length >= 2);
  if (words.includes(typed)) return 3;
  if (words.some((w) => typed.includes(w) || w.includes(typed))) return 2;
  return words.some((w) => runsThrough(w, typed)) ? 1 : 0;
}

/** The needs that somebody speaks of, the closest first; loose likeness counts only where nothing is closer. */
export function findNeeds(needs: readonly Need[], typed: string): Need[] {
  const asked = core(typed);
  if (asked.length < 2) return [];
  const fits = needs.map((need) => ({ need, close: closeness(need, asked) })).filter((n) => n.close > 0);
  const isClose = fits.some((n) => n.close > 1);
  return fits
    .filter((n) => !isClose || n.close > 1)
    .sort((a, b) => b.close - a.close)
    .map((n) => n.need);
}
