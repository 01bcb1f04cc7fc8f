import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../platform/paths.ts';

const { departments } = JSON.parse(readFileSync(join(projectRoot, 'data/departments.json'), 'utf8')) as {
  departments: { code: string; short: string }[];
};

/** 民政局 */
export const departmentName = (code: string): string =>
  departments.find((d) => d.code === code)?.short ?? code;

/** Codes of all departments, in the order of the county's list. */
export const DEPARTMENTS: readonly string[] = departments.map((d) => d.code);
