import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/paths.ts';
import { shapeFaults } from '../../workflow/lint/shape.ts';
import { SCHEMES_SCHEMA, type Scheme } from './rules/schemes.ts';

/** The file as it stands, of whatever shape. */
export const readSchemes = (): unknown =>
  JSON.parse(readFileSync(join(projectRoot, 'data', 'schemes.json'), 'utf8'));

let known: readonly Scheme[] | undefined;

/**
 * Every scheme of `data/schemes.json`.
 * @throws Error with each fault when the file is not of its shape
 */
export function listSchemes(): readonly Scheme[] {
  if (known) return known;
  const read = readSchemes();
  const faults = shapeFaults(SCHEMES_SCHEMA, read).map(
    (f) => `data/schemes.json · ${f.pointer} · ${f.reason}`,
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
  known = read as Scheme[];
  return known;
}

export const findScheme = (code: string): Scheme | undefined => listSchemes().find((s) => s.code === code);

/** @throws Error for a code no pay step may name: `cunban check` refuses such a step */
export function schemeOf(code: string): Scheme {
  const found = findScheme(code);
  if (!found) throw new Error(`no scheme "${code}" in data/schemes.json`);
  return found;
}
