/** The register of organisations as it is first entered: divisions, departments, township offices. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalDate } from '../../kernel/types.ts';
import { type Database, transact } from '../../platform/db/index.ts';
import { projectRoot } from '../../platform/paths.ts';
import { mayHangOn, type Org, type OrgKind, pathUnder } from './rules.ts';
import { hasOrgs, hasParty, insertOrgs } from './store.ts';

interface Division {
  code: string;
  name: string;
  parent: string | null;
  level: OrgKind;
}

interface Department {
  code: string;
  name: string;
  short: string;
  docWord: string;
}

interface Office {
  code: string;
  name: string;
  departments: string[];
}

/** What the data files hold; see data/README.md for their sources. */
export interface OrgData {
  divisions: Division[];
  /** County whose departments and township offices are entered. */
  county: string;
  departments: Department[];
  offices: Office[];
  townships: { code: string; docWord: string }[];
}

/** Reads the data files. @throws Error naming file and line or place */
export async function readOrgData(dir: string = join(projectRoot, 'data')): Promise<OrgData> {
  const text = (file: string) => readFile(join(dir, file), 'utf8');
  const json = async <T>(file: string) => JSON.parse(await text(file)) as T;
  const { county, departments } = await json<Pick<OrgData, 'county' | 'departments'>>('departments.json');
  const { offices } = await json<Pick<OrgData, 'offices'>>('offices.json');
  const { townships } = await json<Pick<OrgData, 'townships'>>('townships.json');
  const divisions = parseDivisions(await text('wenshan-divisions.csv'));
  return { divisions, county, departments, offices, townships };
}

const HEADER = 'code,name,parent,level';
const isDivision = (level: string | undefined): level is OrgKind =>
  level === 'prefecture' || level === 'county' || level === 'township' || level === 'village';

/** Lines of `code,name,parent,level`, parents before children; no field holds a comma or quote. */
export function parseDivisions(csv: string): Division[] {
  const [header, ...lines] = csv.trimEnd().split(/\r?\n/);
  if (header !== HEADER) throw new Error(`wenshan-divisions.csv: line 1 must be ${HEADER}`);
  return lines.map((line, i) => {
    const [code, name, parent, level, ...more] = line.split(',');
    if (!code || !name || parent === undefined || !isDivision(level) || more.length > 0 || /"/.test(line)) {
      throw new Error(`wenshan-divisions.csv: line ${i + 2} is no division: ${line}`);
    }
    return { code, name, parent: parent === '' ? null : parent, level };
  });
}

/**
 * The organisations that the data describe, parents before children.
 * @throws Error for an unknown parent or county, or a department that no or two township offices serve
 */
export function planOrgs(data: OrgData): Org[] {
  requireServed(data);
  const planned = new Map<string, Org>();
  const words = new Map(data.townships.map((t) => [t.code, t.docWord]));
  const add = (org: Omit<Org, 'path' | 'closedOn'>): void => {
    const parent = org.parentId === null ? undefined : planned.get(org.parentId);
    if (!mayHangOn(org.kind, parent?.kind ?? null)) {
      throw new Error(`organisation ${org.id}: parent ${org.parentId} is missing or of the wrong kind`);
    }
    planned.set(org.id, { ...org, path: pathUnder(parent?.path ?? null, org.id), closedOn: null });
  };
  for (const { code, name, parent, level } of data.divisions) {
    const docWord = words.get(code) ?? null;
    add({ id: code, parentId: parent, kind: level, name, short: name, docWord, departments: [] });
  }
  for (const { code, name, short, docWord } of data.departments) {
    const id = `${data.county}-${code}`;
    add({ id, parentId: data.county, kind: 'department', name, short, docWord, departments: [code] });
  }
  const townships = [...planned.values()].filter((o) => o.kind === 'township' && o.parentId === data.county);
  for (const { id: parentId, name: township } of townships) {
    for (const { code, name, departments } of data.offices) {
      const office = {
        id: `${parentId}-${code}`,
        name: township + name,
        short: name,
        docWord: null,
        departments,
      };
      add({ ...office, parentId, kind: 'office' });
    }
  }
  return [...planned.values()];
}

/**
 * The party tree beside the divisions of a county: a committee for the prefecture, for each county and for each of its
 * townships, a branch in each of its villages. Ids are those of the divisions behind a `P`.
 */
function planParty(data: OrgData): Org[] {
  const planned = new Map<string, Org>();
  const full = new Map<string, string>();
  for (const { code, name: division, parent, level } of data.divisions) {
    const name = division.replace(/居民委员会$/, '社区').replace(/村委会$/, '村');
    full.set(
      code,
      level === 'township' || level === 'village' ? `${full.get(parent ?? '') ?? ''}${name}` : name,
    );
    if (level !== 'prefecture' && level !== 'county' && !code.startsWith(data.county)) continue;
    const kind = level === 'village' ? 'branch' : 'party-committee';
    const id = `P${code}`;
    const parentId = parent === null ? null : `P${parent}`;
    planned.set(id, {
      id,
      parentId,
      path: pathUnder(parentId === null ? null : (planned.get(parentId)?.path ?? null), id),
      kind,
      name: `中共${full.get(code)}${kind === 'branch' ? '支部委员会' : '委员会'}`,
      short: `${name}${kind === 'branch' ? '党支部' : '党委'}`,
      docWord: null,
      departments: [],
      closedOn: null,
    });
  }
  return [...planned.values()];
}

function requireServed(data: OrgData): void {
  for (const { code } of data.departments) {
    const serving = data.offices.filter((o) => o.departments.includes(code));
    if (serving.length !== 1) {
      throw new Error(
        `offices.json: department ${code} is served by ${serving.length} offices instead of one`,
      );
    }
  }
}

/**
 * Enters all organisations in an empty register, from a day on, the divisions and the party tree each by itself; a
 * tree that holds anything is left alone. Returns how many were entered.
 */
export async function seedOrgs(deps: { db: Database }, from: LocalDate): Promise<number> {
  const data = await readOrgData();
  return transact(deps.db, async (trx) => {
    const trees = [
      ...((await hasOrgs(trx)) ? [] : planOrgs(data)),
      ...((await hasParty(trx)) ? [] : planParty(data)),
    ];
    await insertOrgs(trx, trees, from);
    return trees.length;
  });
}
