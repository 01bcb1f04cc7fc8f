/** Workbooks with whatever is hidden in them, for tests. */
import { zip } from '../../station/rosters/workbook.ts';

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface TestSheet {
  name: string;
  state?: 'hidden' | 'veryHidden';
  rows: (string | number)[][];
  /** Attributes of rows by their number from 1. */
  rowMarks?: Record<number, string>;
  columns?: string;
}

const cell = (value: string | number, ref: string): string =>
  typeof value === 'number'
    ? `<c r="${ref}"><v>${value}</v></c>`
    : `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;

const sheetXml = ({ rows, rowMarks = {}, columns = '' }: TestSheet): string =>
  `${HEAD}<worksheet ${NS}>${columns && `<cols>${columns}</cols>`}<sheetData>${rows
    .map(
      (row, r) =>
        `<row r="${r + 1}" ${rowMarks[r + 1] ?? ''}>${row
          .map((value, c) => cell(value, `${String.fromCharCode(65 + c)}${r + 1}`))
          .join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`;

/** A workbook of these sheets, with `more` parts beside them. */
export function book(sheets: TestSheet[], more: Record<string, string> = {}): Buffer {
  const part = (i: number) => `worksheets/sheet${i + 1}.xml`;
  const types = sheets
    .map(
      (_, i) =>
        `<Override PartName="/xl/${part(i)}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
    )
    .join('');
  return zip({
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${types}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook ${NS} xmlns:r="${RELATIONS}"><sheets>${sheets
      .map(
        (s, i) =>
          `<sheet name="${s.name}" sheetId="${i + 1}" ${s.state ? `state="${s.state}"` : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map((_, i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/worksheet" Target="${part(i)}"/>`)
      .join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map((s, i) => [`xl/${part(i)}`, sheetXml(s)])),
    ...more,
  });
}
