/** What departments and township offices are called in a guide, from `data/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../platform/paths.ts';

export interface Department {
  code: string;
  /** 富宁县民政局 */
  name: string;
  /** 民政局 */
  short: string;
}

/** Names by department code. */
export interface Places {
  /** Id of the county that the house serves. */
  county: string;
  /** In the order in which the county lists them. */
  departments: readonly Department[];
  /** @throws Error for a code that is none */
  department(code: string): Department;
  /** 社会事务办: the township office that works for a department; null where there is none. */
  office(code: string): string | null;
}

interface CountyFile {
  county: string;
  departments: Department[];
}

let known: Places | undefined;

const read = <T>(name: string): T => JSON.parse(readFileSync(join(projectRoot, 'data', name), 'utf8')) as T;

/** Read once. */
export function places(): Places {
  known ??= placesOf(
    read<CountyFile>('departments.json'),
    read<{ offices: { name: string; departments: string[] }[] }>('offices.json').offices,
  );
  return known;
}

function placesOf(
  { county, departments }: CountyFile,
  offices: readonly { name: string; departments: string[] }[],
): Places {
  return {
    county,
    departments,
    department(code) {
      const found = departments.find((d) => d.code === code);
      if (!found) throw new Error(`data/departments.json knows no "${code}"`);
      return found;
    },
    office: (code) => offices.find((o) => o.departments.includes(code))?.name ?? null,
  };
}
