/**
 * How large a guide may be printed so that it stays on one sheet of A4: its lines are counted at each size of
 * type, every Chinese character one em wide. Pure.
 */
import { type ItemGuide, isBrought, type SituationGuide } from './present/index.ts';

/** Type in tenths of a point, the largest first; a class of the style sheet each. */
const SIZES = [125, 115, 110, 105, 100, 95, 90, 85] as const;
export type SheetSize = (typeof SIZES)[number];

/** Height of a line in parts of its type: small type is set closer. */
const leading = (size: SheetSize): number => (size >= 115 ? 1.5 : size >= 100 ? 1.4 : size > 85 ? 1.35 : 1.3);

/** Width of one column, in points. */
const COLUMN = 261;

/** Height of the sheet without its head and foot, in points. */
const SHEET = 793 - 95;
/** Part of the height that is used: other typefaces run wider. */
const USED = 0.96;

/** What stands around a heading and around an entry, in points. */
const AROUND_HEADING = 8;
const AROUND_ENTRY = 1.2;

const widthOf = (text: string): number =>
  [...text].reduce((sum, c) => sum + (c === ' ' ? 0.25 : /[!-\u00ff]/.test(c) ? 0.55 : 1), 0);

/** Lines of a text in a column of `em` characters. */
const linesOf = (text: string, em: number): number => Math.max(1, Math.ceil((widthOf(text) + 0.6) / em));

/** Everything on the sheet as paragraphs; a 口 stands for an indent. */
function paragraphsOf(guide: ItemGuide, s: SituationGuide, withFollowUp: boolean): string[] {
  const materials = s.materials.flatMap((m) => {
    const note = [m.help, isBrought(m) ? m.spared?.source : null].filter((t) => t != null);
    const own = `${m.title} ${m.form} ${m.copies} 份${m.conditional ? '视情况' : ''}`;
    return isBrought(m)
      ? [`口口${own}`, ...note.map((t) => `口口${t}`)]
      : [`口${m.title}（${m.spared?.text}：${m.spared?.source}）`];
  });
  const steps = s.steps.flatMap((step) => [
    `口口${step.title}${step.who}口口${step.time ?? ''}`,
    ...(step.notes.length > 0 || step.condition ? [`口口${step.notes.join('；')}有①情形的才办`] : []),
  ]);
  const facts = [
    s.promised,
    s.statutory ?? '法律没有规定期限',
    guide.extension ?? '',
    guide.fee,
    guide.quota,
    s.results.map((r) => r.title + (r.validity ?? '')).join('；'),
    s.payments.map((p) => p.title + p.rhythm).join('；'),
  ].filter((t) => t !== '');
  return [
    ...materials,
    ...steps,
    ...s.conditions.map((c) => `口${c.says}`),
    ...facts.map((t) => `口口口口口口${t}`),
    ...[...guide.conditions, ...guide.basis].map((t) => `口口${t}`),
    guide.remedies,
    '申请表免费领取，填写样例见示范文本（扫右上角的码，或者在村站查看）。',
    ...(withFollowUp ? guide.followUp.map((t) => `口口${t}`) : []),
  ];
}

/** Height of everything in one column of a type size, in points. */
function heightOf(paragraphs: readonly string[], size: SheetSize, headings: number): number {
  const type = size / 10;
  const em = COLUMN / type;
  const lines = paragraphs.reduce((sum, p) => sum + linesOf(p, em), 0);
  const heading = type * 1.1 * 1.35 + AROUND_HEADING;
  return lines * type * leading(size) + paragraphs.length * AROUND_ENTRY + headings * heading;
}

/** The largest type that fits; what may be read elsewhere is left out (`isLong`) before the type gets smallest. */
export function sheetSize(guide: ItemGuide, situation: SituationGuide): { size: SheetSize; isLong: boolean } {
  for (const isLong of [false, true]) {
    const paragraphs = paragraphsOf(guide, situation, !isLong);
    for (const size of SIZES)
      if (heightOf(paragraphs, size, isLong ? 8 : 9) <= 2 * SHEET * USED) return { size, isLong };
  }
  return { size: 85, isLong: true };
}
