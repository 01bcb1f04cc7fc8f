/** The organisation tree in memory: who lies under whom, and at which organisation a desk stands. */
import { type Fault, notFound } from '../../errors.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Desk } from '../../workflow/types.ts';

/**
 * Governments (prefecture, county, township) and villages are the national divisions; departments hang on a
 * county, offices 站所办 on a township. Organisations of the party stand in a tree of their own: committees 党委,
 * general branches 党总支, branches 党支部.
 */
export type OrgKind =
  | 'prefecture'
  | 'county'
  | 'township'
  | 'village'
  | 'department'
  | 'office'
  | 'party-committee'
  | 'general-branch'
  | 'branch';

export interface Org {
  /** Division code (`532628103201`), department `532628-MZ` or township office `532628103-SH`. */
  id: string;
  parentId: string | null;
  /** All ids from the root, terminated: `/532600/532628/532628103/`. */
  path: string;
  kind: OrgKind;
  /** As it stands in lists: `剥隘镇`, `富宁县民政局`, `剥隘镇社会事务办`. */
  name: string;
  /** Without the government it hangs on: `民政局`, `社会事务办`. */
  short: string;
  /** Characters of its document numbers 机关代字 (`富民`); null where no document is issued. */
  docWord: string | null;
  /** Departments it stands for: a department itself; an office those it serves. Empty elsewhere. */
  departments: string[];
  /** First day it was no more; null while it stands. Closed ones are found by their id, and nowhere else. */
  closedOn: LocalDate | null;
}

/** The organ that signs a paper: full name and character group of its document numbers. */
export interface Issuer {
  id: string;
  name: string;
  docWord: string | null;
}

/** Read-only questions about the organisations as they are now; `notFound('org.not_found')` for unknown ids. */
export interface OrgMap {
  get(id: string): Org;
  find(id: string): Org | undefined;
  /** Is `id` the ancestor itself or anything beneath it? false for unknown ids. */
  isWithin(id: string, ancestorId: string): boolean;
  /** Direct children, in the order of their ids. */
  children(id: string): Org[];
  /** The org itself and everything beneath it, in the order of their ids. */
  within(id: string): Org[];
  /** The organisation at which a desk of a case of this village and item department stands. */
  deskOrg(desk: Desk, villageId: string, itemDepartment: string): Org;
  /**
   * Whose name and seal a paper made at this organisation carries: an office signs as its township's
   * government, the county window for the item's department; a village, a department for itself.
   */
  issuer(orgId: string, itemDepartment: string): Issuer;
}

/** What each kind may hang on; null: it may be a root. */
const PARENT_KINDS: Readonly<Record<OrgKind, readonly (OrgKind | null)[]>> = {
  prefecture: [null],
  county: ['prefecture'],
  township: ['county'],
  village: ['township'],
  department: ['county'],
  office: ['township'],
  'party-committee': [null, 'party-committee'],
  'general-branch': ['party-committee'],
  branch: ['party-committee', 'general-branch'],
};

/** May an organisation of this kind hang on one of that kind (null: be a root)? */
export const mayHangOn = (kind: OrgKind, parent: OrgKind | null): boolean =>
  PARENT_KINDS[kind].includes(parent);

export const PARTY_KINDS: ReadonlySet<OrgKind> = new Set<OrgKind>([
  'party-committee',
  'general-branch',
  'branch',
]);

/** An organisation that is to be entered. */
export interface NewOrg {
  kind: OrgKind;
  parent: string;
  /** Division code; of a department or an office the letters behind its parent's code: `MZ`. */
  code: string;
  name: string;
  short: string;
  docWord: string;
  /** Departments that an office serves. */
  departments: string[];
}

const LETTERED: ReadonlySet<OrgKind> = new Set<OrgKind>(['department', 'office']);
/** Codes of party organisations are given by whoever keeps the tree; they never change and are never used twice. */
const PARTY_CODE = /^P[\d-]{4,20}$/;
/** Characters of a division code that are the parent's: `532628` of `532628103`. */
const CODE_LENGTH: Partial<Record<OrgKind, [own: number, ofParent: number]>> = {
  county: [6, 4],
  township: [9, 6],
  village: [12, 9],
};

/** `532628103201`, `532628-MZ`, `532628103-SH` */
export const orgIdOf = ({ kind, code }: NewOrg, parent: Pick<Org, 'id'>): string =>
  LETTERED.has(kind) ? `${parent.id}-${code.trim()}` : code.trim();

/** What is wrong with a new organisation by itself and beside its siblings; `departments`: those of its county. */
export function newOrgFaults(
  given: NewOrg,
  parent: Org,
  siblings: readonly Org[],
  departments: readonly string[],
): Fault[] {
  const faults: Fault[] = [];
  const name = given.name.trim();
  if (!mayHangOn(given.kind, parent.kind))
    faults.push({ pointer: '/kind', message: `${parent.name}之下没有这一类机构`, code: 'kind' });
  if (!isCode(given, parent))
    faults.push({ pointer: '/code', message: codeHint(given, parent), code: 'pattern' });
  if (name === '') faults.push({ pointer: '/name', message: '请填写名称', code: 'required' });
  if (siblings.some((o) => o.name === name))
    faults.push({ pointer: '/name', message: `${parent.name}之下已经有${name}`, code: 'taken' });
  if (given.kind === 'office') {
    if (given.departments.length === 0)
      faults.push({ pointer: '/departments', message: '请填写它承接哪些部门的事项', code: 'required' });
    for (const code of given.departments.filter((d) => !departments.includes(d)))
      faults.push({ pointer: '/departments', message: `没有代号为 ${code} 的部门`, code: 'unknown' });
  }
  return faults;
}

function isCode({ kind, code }: NewOrg, parent: Org): boolean {
  if (LETTERED.has(kind)) return /^[A-Z]{2}$/.test(code.trim());
  if (PARTY_KINDS.has(kind)) return PARTY_CODE.test(code.trim());
  const [own = 0, shared = 0] = CODE_LENGTH[kind] ?? [];
  return new RegExp(`^\\d{${own}}$`).test(code.trim()) && code.startsWith(parent.id.slice(0, shared));
}

function codeHint({ kind }: NewOrg, parent: Org): string {
  if (LETTERED.has(kind)) return '代码应为两个大写字母，例如 MZ';
  if (PARTY_KINDS.has(kind)) return '代码应为字母 P 和 4 至 20 位数字或横线，例如 P532628103201-01';
  const [own = 0, shared = 0] = CODE_LENGTH[kind] ?? [];
  return `代码应为 ${own} 位数字，前 ${shared} 位是 ${parent.id.slice(0, shared)}`;
}

/** The path of a child: its parent's path and its own id. */
export const pathUnder = (parentPath: string | null, id: string): string => `${parentPath ?? '/'}${id}/`;

const byId = (a: Org, b: Org): number => (a.id < b.id ? -1 : 1);

/** Builds the map from all rows. */
export function mapOrgs(orgs: readonly Org[]): OrgMap {
  const all = new Map(orgs.map((org) => [org.id, org]));
  const below = new Map<string, Org[]>();
  for (const org of [...orgs].sort(byId)) {
    if (org.parentId === null || org.closedOn !== null) continue;
    const siblings = below.get(org.parentId);
    if (siblings) siblings.push(org);
    else below.set(org.parentId, [org]);
  }
  const get = (id: string): Org => {
    const org = all.get(id);
    if (!org) throw notFound('org.not_found', { org: id });
    return org;
  };
  const children = (id: string): Org[] => below.get(get(id).id) ?? [];
  const within = (id: string): Org[] => [get(id), ...children(id).flatMap((child) => within(child.id))];
  const map: OrgMap = {
    get,
    find: (id) => all.get(id),
    isWithin: (id, ancestorId) => all.get(id)?.path.includes(`/${ancestorId}/`) ?? false,
    children,
    within,
    deskOrg: (desk, villageId, itemDepartment) => deskOrg(map, desk, villageId, itemDepartment),
    issuer: (orgId, itemDepartment) => issuer(map, orgId, itemDepartment),
  };
  return map;
}

/** The nearest organisation of a kind at or above `id`. */
function above(map: OrgMap, id: string, kind: OrgKind): Org {
  const org = map.get(id);
  if (org.kind === kind) return org;
  if (org.parentId === null) throw notFound('org.not_found', { org: id, kind });
  return above(map, org.parentId, kind);
}

function standingFor(map: OrgMap, parent: Org, kind: OrgKind, department: string): Org {
  const org = map.children(parent.id).find((o) => o.kind === kind && o.departments.includes(department));
  if (!org) throw notFound('org.not_found', { org: parent.id, department });
  return org;
}

function deskOrg(map: OrgMap, desk: Desk, villageId: string, itemDepartment: string): Org {
  const department = desk.office ?? itemDepartment;
  if (desk.at === 'village') return above(map, villageId, 'village');
  if (desk.at === 'township') {
    const township = above(map, villageId, 'township');
    const atOffice = desk.role === 'officer' || desk.office !== undefined;
    return atOffice ? standingFor(map, township, 'office', department) : township;
  }
  const county = above(map, villageId, 'county');
  return desk.role === 'window' ? county : standingFor(map, county, 'department', department);
}

function issuer(map: OrgMap, orgId: string, itemDepartment: string): Issuer {
  const org = map.get(orgId);
  if (org.kind === 'office') return issuer(map, above(map, orgId, 'township').id, itemDepartment);
  if (org.kind === 'county')
    return issuer(map, standingFor(map, org, 'department', itemDepartment).id, itemDepartment);
  const name = org.kind === 'township' ? `${above(map, orgId, 'county').name}${org.name}人民政府` : org.name;
  return { id: org.id, name, docWord: org.docWord };
}
