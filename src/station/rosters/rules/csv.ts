/** Comma-separated values (RFC 4180), as spreadsheets write and read them. Pure. */

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

/** What a spreadsheet would take for a formula is kept from being one. */
const tame = (text: string): string =>
  /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const csvLine = (cells: readonly (string | number)[]): string =>
  cells.map((c) => quoted(tame(String(c)))).join(',');

/** Lines end with CRLF. */
export const csvText = (lines: readonly (readonly (string | number)[])[]): string =>
  lines.map((cells) => `${csvLine(cells)}\r\n`).join('');

/** A long number as a spreadsheet leaves it alone: behind it a tab, which is dropped again on reading. */
export const asText = (value: string): string => (/^\d{12,}[\dXx]?$/.test(value) ? `${value}\t` : value);
