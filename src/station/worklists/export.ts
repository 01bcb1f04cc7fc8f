/** A list taken away: printed, or as a spreadsheet. Names and numbers of cases, never numbers of persons. */
import writeXlsx from 'write-excel-file/node';
import { csvBytes, csvText } from '../../kernel/csv.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import { type CaseDeps, inbox, type ListedCase, type ListFilters, listCases } from '../cases/index.ts';
import { COLUMNS, type ColumnId, type ColumnText } from './columns.ts';
import type { ListId } from './filters.ts';

/** A list is taken away up to so many lines. */
export const MOST_ROWS = 5_000;
/** A page that is printed holds so many. */
export const MOST_PRINTED = 200;
const CHUNK = 200;

export const readerOf = (list: ListId) => (list === 'inbox' ? inbox : listCases);

/** The first lines of a list; the house answers others between the chunks. */
export async function firstLines(
  deps: CaseDeps,
  who: SignedIn,
  { list, filters, most }: { list: ListId; filters: ListFilters; most: number },
): Promise<{ lines: ListedCase[]; hasMore: boolean }> {
  const lines: ListedCase[] = [];
  let after: string | null | undefined;
  do {
    const page = await readerOf(list)(deps, who, {
      ...filters,
      ...(after && { after }),
      limit: Math.min(CHUNK, most - lines.length),
    });
    lines.push(...page.cases);
    after = page.next;
  } while (after !== null && lines.length < most);
  return { lines, hasMore: after !== null };
}

/** The applicant stands first, whatever else was chosen. */
const APPLICANT = { title: '申请人', text: (c: ListedCase) => c.applicantName };

export const textsOf = (columns: readonly ColumnId[]): Pick<ColumnText, 'title' | 'text'>[] => [
  APPLICANT,
  ...COLUMNS.filter((c) => columns.includes(c.id)),
];

export type FileKind = 'csv' | 'xlsx';

/** A list as a spreadsheet; that it was taken, how much of it and by which filters, is written down first. */
export async function exportList(
  deps: CaseDeps,
  who: SignedIn,
  asked: { list: ListId; filters: ListFilters; columns: readonly ColumnId[]; kind: FileKind },
): Promise<Buffer> {
  const { list, filters, columns, kind } = asked;
  const { lines, hasMore } = await firstLines(deps, who, { list, filters, most: MOST_ROWS });
  const { text, ...open } = filters;
  const detail = { list, kind, rows: lines.length, ...open, ...(text !== undefined && { byText: true }) };
  await auditAlone(deps, who, 'worklist.export', null, detail);
  const texts = textsOf(columns);
  const rows = [texts.map((c) => c.title), ...lines.map((line) => texts.map((c) => c.text(line)))];
  if (hasMore) rows.push([`只导出了前 ${MOST_ROWS} 件，请缩小范围分次导出`]);
  return kind === 'csv' ? csvBytes(csvText(rows, { allTexts: true }), 'utf-8') : workbook(rows);
}

async function workbook([head = [], ...rows]: string[][]): Promise<Buffer> {
  const sheet = [
    head.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map((value) => ({ value, type: String, format: '@' }))),
  ];
  return writeXlsx(sheet, { sheet: '办件', columns: head.map(() => ({ width: 20 })) }).toBuffer();
}
