import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveOut } from '../../support/run.ts';

/** Is poppler here? Without it the tests of prints are skipped with one line, unless nothing may be skipped. */
export function popplerOrSkip(test: Mocha.Context): void {
  if (spawnSync('pdftotext', ['-v']).status === 0) return;
  if (process.env.CUNBAN_REQUIRE) throw new Error('poppler-utils is required and not installed');
  leaveOut('prints: poppler-utils is not installed');
  test.skip();
}

function poppler(tool: string, pdf: Uint8Array, args: (file: string) => string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'cunban-pdf-'));
  try {
    const file = join(folder, 'print.pdf');
    writeFileSync(file, pdf);
    return execFileSync(tool, args(file), { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a reader finds in a PDF in its own order, without line ends and blanks: Chinese is broken anywhere. */
export const textOf = (pdf: Uint8Array, options: string[] = ['-raw']): string =>
  poppler('pdftotext', pdf, (file) => [...options, file, '-']).replaceAll(/\s/g, '');

/** Lines of print in reading order, with the left and right edge of each in points. */
export const linesOf = (pdf: Uint8Array): { text: string; left: number; right: number }[] =>
  [...poppler('pdftotext', pdf, (file) => ['-bbox-layout', file, '-']).matchAll(LINE)].map(
    ([, left, right, words = '']) => ({
      text: words.replaceAll(/<[^>]*>|\s/g, ''),
      left: Number(left),
      right: Number(right),
    }),
  );
const LINE = /<line xMin="([\d.]+)"[^>]* xMax="([\d.]+)"[^>]*>([\s\S]*?)<\/line>/g;

/** Fonts as `pdffonts` lists them: name, embedded, subset. */
export const fontsOf = (pdf: Uint8Array): { name: string; embedded: boolean; subset: boolean }[] =>
  poppler('pdffonts', pdf, (file) => [file])
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => {
      const [, name = '', embedded, subset] = /^(\S+) .*?(yes|no) +(yes|no) +(?:yes|no) /.exec(line) ?? [];
      return { name, embedded: embedded === 'yes', subset: subset === 'yes' };
    });

/** Title, author, number of pages and the like. */
export const infoOf = (pdf: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    poppler('pdfinfo', pdf, (file) => [file])
      .split('\n')
      .map((line) => line.split(/: +/) as [string, string]),
  );
