/** Comma-separated values (RFC 4180), as spreadsheets write and read them. Pure. */
import iconv from 'iconv-lite';

/** A line of a table, with the number it has in the file (from 1). */
export interface GridLine {
  line: number;
  cells: unknown[];
}

/** Values stand apart by commas; a table copied out of a spreadsheet has tabs. */
const separatorOf = (text: string): string => {
  const [first = ''] = text.split(/\r?\n/, 1);
  return first.includes('\t') && !first.includes(',') ? '\t' : ',';
};

/**
 * Every line that is not blank. A quoted value may hold commas, quotes and line breaks; its line counts from where
 * it begins.
 */
export function parseCsv(text: string): GridLine[] {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const pattern = new RegExp(`"((?:[^"]|"")*)"|[^${separatorOf(source)}\n]+|[${separatorOf(source)}\n]`, 'g');
  const lines: GridLine[] = [];
  let cells: string[] = [''];
  let line = 1;
  let next = 1;
  const close = () => {
    if (cells.some((c) => c.trim() !== '')) lines.push({ line, cells });
    cells = [''];
    line = next;
  };
  for (const [token, quoted] of source.matchAll(pattern)) {
    next += token.split('\n').length - 1;
    if (token === '\n') close();
    else if (quoted === undefined && token.length === 1 && separatorOf(source) === token) cells.push('');
    else cells[cells.length - 1] += quoted === undefined ? token : quoted.replaceAll('""', '"');
  }
  close();
  return lines;
}

/** How values are written: those of a register are all texts, those of a table may be numbers. */
interface Style {
  /** Every value is a text: in quotes, and no number even where it looks like one. */
  allTexts?: boolean;
}

const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;
const NUMBER = /^-?[\d.]+$/;

function written(text: string, { allTexts = false }: Style): string {
  // What a spreadsheet would take for a formula, in full-width signs too, is kept from being one.
  const tame = FORMULA.test(text) && (allTexts || !NUMBER.test(text)) ? `'${text}` : text;
  return allTexts || /[",\n\r]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}

/** A line with its end, CRLF. */
export const csvLine = (cells: readonly (string | number)[], style: Style = {}): string =>
  `${cells.map((c) => written(String(c), style)).join(',')}\r\n`;

export const csvText = (lines: readonly (readonly (string | number)[])[], style: Style = {}): string =>
  lines.map((cells) => csvLine(cells, style)).join('');

export type CsvEncoding = 'utf-8' | 'gb18030';

/** Bytes of a text: UTF-8 with its mark, so that spreadsheets know it, or GB 18030. */
export const csvBytes = (text: string, encoding: CsvEncoding): Buffer =>
  encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(`\uFEFF${text}`);

/** A long number as a spreadsheet leaves it alone: behind it a tab, which is dropped again on reading. */
export const asText = (value: string): string => (/^\d{12,}[\dXx]?$/.test(value) ? `${value}\t` : value);
