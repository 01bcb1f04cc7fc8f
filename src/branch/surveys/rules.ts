/** The arithmetic of surveys: what may be asked and answered, and what may be told of the answers. Pure. */
import type { Fault } from '../../errors.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { Answer, Cell, Channel, Count, Question, QuestionResult, Results, Sheet } from './types.ts';

/** Nothing is told of fewer people than these (branch 7.4). */
export const FEWEST = 10;
/** Steps of a scale. */
const STEPS = 5;
/** Questions that fit a message: single choices, at most five. */
const SMS_QUESTIONS = 5;

const isWhole = (value: unknown, below: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < below;

/** Places that a question knows. */
const placesOf = (question: Question): number =>
  question.kind === 'text' ? 0 : question.kind === 'scale' ? STEPS : question.options.length;

/** What is wrong with what somebody answered; everything may be left out, but not all of it. */
export function answerFaults(questions: readonly Question[], answers: readonly Answer[]): Fault[] {
  if (answers.length !== questions.length)
    return [{ pointer: '/answers', message: '答案与题目对不上', code: 'length' }];
  const faults = questions.flatMap((question, i): Fault[] => {
    const message = wrong(question, answers[i] ?? null);
    return message === null ? [] : [{ pointer: `/answers/${i}`, message, code: 'answer' }];
  });
  return faults.length === 0 && answers.every(isBlank)
    ? [{ pointer: '/answers', message: '请至少回答一题', code: 'required' }]
    : faults;
}

const isBlank = (answer: Answer): boolean =>
  answer === null || answer === '' || (Array.isArray(answer) && answer.length === 0);

function wrong(question: Question, answer: Answer): string | null {
  if (isBlank(answer)) return null;
  const below = placesOf(question);
  if (question.kind === 'text')
    return typeof answer === 'string' && [...answer].length <= 300 ? null : '请用 300 字以内的文字回答';
  if (question.kind === 'single' || question.kind === 'scale')
    return isWhole(answer, below) ? null : '请选一项';
  const chosen = Array.isArray(answer) ? answer : [];
  const isEachOnce = chosen.every((c) => isWhole(c, below)) && new Set(chosen).size === chosen.length;
  if (question.kind === 'multi') return isEachOnce ? null : '请选列出的项';
  return isEachOnce && chosen.length === below ? null : '请给每一项排上不同的名次';
}

/** Can it be answered by a message such as `A1 B3`? */
const fitsMessage = (questions: readonly Question[]): boolean =>
  questions.length <= SMS_QUESTIONS && questions.every((q) => q.kind === 'single');

/** Answers of a message: the letter names the question, the figure the option. Undefined: it says something else. */
export function readMessage(questions: readonly Question[], text: string): Answer[] | undefined {
  const plain = text.normalize('NFKC').trim().toUpperCase();
  if (!fitsMessage(questions) || !/^([A-E]\s*[1-9]\d?[\s,，、;；]*)+$/.test(plain)) return undefined;
  const answers: Answer[] = questions.map(() => null);
  for (const [, letter = '', figure] of plain.matchAll(/([A-E])\s*(\d+)/g)) {
    const i = letter.charCodeAt(0) - 65;
    if (i >= answers.length || answers[i] !== null) return undefined;
    answers[i] = Number(figure) - 1;
  }
  return answers;
}

function countOf(question: Question, answers: readonly Answer[]): Count {
  const given = answers.filter((a) => !isBlank(a));
  const counts = new Array<number>(placesOf(question)).fill(0);
  const add = (list: number[], i: number, by: number) => {
    list[i] = (list[i] ?? 0) + by;
  };
  const ranks = [...counts];
  for (const answer of given) {
    if (typeof answer === 'number') add(counts, answer, 1);
    if (!Array.isArray(answer)) continue;
    if (question.kind === 'multi') for (const c of answer) add(counts, c, 1);
    else {
      add(counts, answer[0] ?? 0, 1);
      answer.forEach((c, i) => {
        add(ranks, c, i + 1);
      });
    }
  }
  return { n: given.length, counts, ...(question.kind === 'ranking' && { ranks }) };
}

/**
 * Committees with the answers counted under them, merged so that none stands for fewer than `FEWEST` and none can be
 * worked out as the whole minus the others. In the order of the organisations, never of what they answered.
 */
function cellsOf(question: Question, sheets: readonly { place: string; answer: Answer }[]): Cell[] {
  const byPlace = new Map<string, Answer[]>();
  for (const { place, answer } of sheets)
    if (!isBlank(answer)) byPlace.set(place, [...(byPlace.get(place) ?? []), answer]);
  const cells = [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([place, given]) => ({ place, given }));
  const shown = cells.filter((c) => c.given.length >= FEWEST);
  const merged = cells.filter((c) => c.given.length < FEWEST);
  const size = () => merged.reduce((n, c) => n + c.given.length, 0);
  while (merged.length > 0 && size() < FEWEST && shown.length > 0) {
    const least = shown.reduce((a, b) => (b.given.length < a.given.length ? b : a));
    merged.push(...shown.splice(shown.indexOf(least), 1));
  }
  if (shown.length + (merged.length > 0 ? 1 : 0) < 2) return [];
  const alone = shown.map((c) => ({ places: [c.place], ...countOf(question, c.given) }));
  if (merged.length === 0) return alone;
  const rest = { places: merged.map((c) => c.place).sort() };
  return [
    ...alone,
    {
      ...rest,
      ...countOf(
        question,
        merged.flatMap((c) => c.given),
      ),
    },
  ];
}

function resultOf(question: Question, i: number, sheets: readonly Sheet[]): QuestionResult {
  const total = countOf(
    question,
    sheets.map((s) => s.answers[i] ?? null),
  );
  if (total.n < FEWEST) return { total: null, cells: [] };
  if (question.kind === 'text') return { total, cells: [] };
  const answers = sheets.map(({ place, answers: given }) => ({ place, answer: given[i] ?? null }));
  return { total, cells: cellsOf(question, answers) };
}

/** What is told of a survey that is over. */
export function resultsOf(
  questions: readonly Question[],
  sheets: readonly Sheet[],
  channels: Record<Channel, number>,
): Results {
  const isTold = sheets.length >= FEWEST;
  return {
    answered: isTold ? sheets.length : null,
    channels: isTold ? channels : null,
    questions: questions.map((q, i) => (isTold ? resultOf(q, i, sheets) : { total: null, cells: [] })),
  };
}

/** The committee or general branch that somebody is counted under: the lowest above the branch. */
export function countedUnder(orgs: OrgMap, orgId: string): string {
  const org = orgs.get(orgId);
  return org.kind === 'branch' && org.parentId !== null ? countedUnder(orgs, org.parentId) : org.id;
}

/** In another order; `random(n)` gives n random bytes. */
export function shuffled<T>(list: readonly T[], random: (n: number) => Uint8Array): T[] {
  const left = [...list];
  const mixed: T[] = [];
  while (left.length > 0) {
    const draw = random(6).reduce((sum, byte) => sum * 256 + byte, 0);
    mixed.push(...left.splice(draw % left.length, 1));
  }
  return mixed;
}
