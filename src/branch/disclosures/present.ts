/** What leaves the house of dues, disclosures and objections. */

import type { LocalDate } from '../../kernel/types.ts';
import { periodTitle } from './rules/periods.ts';
import { maskedText } from './rules/scan.ts';
import type { CatalogueItem, Disclosure, Due, Objection } from './types.ts';

/** `2026年第三季度党费收缴、使用和管理情况` */
export const dueTitle = (
  { period, occasion }: Pick<Due, 'period' | 'occasion'>,
  { title }: CatalogueItem,
): string => `${periodTitle(period)}${title}${occasion === '' ? '' : `：${occasion}`}`;

/** What a reader sees: nothing of who wrote, reviewed or asked. */
export const publicView = ({ record, item, content, publishedOn, expiresOn }: Disclosure) => ({
  id: record.id,
  orgId: record.orgId,
  item,
  ...content,
  publishedOn,
  expiresOn,
});

/** An objection beside its disclosure: what was said once it is answered and may be shown, numbers masked. */
export const publicObjection = (o: Objection, today: LocalDate) => ({
  raisedOn: o.raisedOn,
  dueOn: o.dueOn,
  dueProvisional: o.dueProvisional,
  text: o.shown ? maskedText(o.text, today) : null,
  answer: o.answer,
  answeredOn: o.answeredOn,
  late: (o.answeredOn ?? today) > o.dueOn,
});

/** For those who work on it. */
export const workView = (d: Disclosure) => ({
  ...publicView(d),
  state: d.record.state,
  version: d.record.version,
  dueOn: d.record.dueOn,
  dueProvisional: d.record.dueProvisional,
  dueId: d.dueId,
  audience: d.audience,
  answers: d.answers,
  ground: d.ground,
});

/** A field as spreadsheets take it for text, never for a formula. */
const field = (cell: string): string => {
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The grid as a CSV that spreadsheets open in Chinese. */
export const csvOf = ({ columns, rows }: NonNullable<Disclosure['content']['grid']>): string =>
  `\uFEFF${[columns, ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
