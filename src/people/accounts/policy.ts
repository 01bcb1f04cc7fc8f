/** Who may see and do what, where: pure answers from grants and the organisation tree. */
import type { LocalDate } from '../../kernel/types.ts';
import type { Role } from '../../workflow/types.ts';
import type { Org, OrgKind, OrgMap } from '../orgs/index.ts';

/** Roles beyond case work: inspectors read; the three administrators keep to their own third (C.3 三权分立). */
export type AdminRole = 'inspector' | 'system-admin' | 'security-admin' | 'auditor';
export type RoleId = Role | AdminRole;

/** A role at an organisation, with or without everything beneath it; both days included, null = no end. */
export interface Grant {
  role: string;
  org: string;
  subtree: boolean;
  from: LocalDate;
  to: LocalDate | null;
  /** Whose desk it is, when held only during that one's leave. */
  for?: Absent;
}

/** Somebody on leave, as his deputy's acts name him. */
export interface Absent {
  accountId: string;
  name: string;
}

/** Whoever holds grants: a signed-in account. */
export interface Holder {
  grants: readonly Grant[];
}

/** Villages (prefix of the organisation path) and, when given, departments whose cases may be seen. */
export interface CaseScope {
  pathPrefix: string;
  departments?: string[];
}

const CASE_WORK: ReadonlySet<string> = new Set<Role>([
  'clerk',
  'committee',
  'window',
  'officer',
  'reviewer',
  'leader',
]);

export const ADMINISTRATORS: ReadonlySet<string> = new Set<AdminRole>([
  'system-admin',
  'security-admin',
  'auditor',
]);

/** Roles of one village or one look: their sight goes further down only when the grant says `subtree`. */
const NARROW: ReadonlySet<string> = new Set<RoleId>(['clerk', 'committee', 'inspector']);
const GOVERNMENTS: ReadonlySet<OrgKind> = new Set<OrgKind>(['prefecture', 'county', 'township']);

/** The grants that hold on a day (Shanghai date); first and last day included. */
export function grantsInForce(grants: readonly Grant[], today: LocalDate): Grant[] {
  return grants.filter((g) => g.from <= today && (g.to === null || g.to >= today));
}

/** The grant by which the actor has this role at this organisation: there itself, or with subtree above; his own first. */
export function seatOf(actor: Holder, role: string, orgId: string, tree: OrgMap): Grant | undefined {
  const fit = actor.grants.filter(
    (g) => g.role === role && (g.org === orgId || (g.subtree && tree.isWithin(orgId, g.org))),
  );
  return fit.find((g) => g.for === undefined) ?? fit[0];
}

/** In whose place 代班 somebody does this; in nobody's where his own posts let him. */
function standsInFor({ grants }: Holder, may: (holder: Holder) => boolean): Absent[] {
  if (may({ grants: grants.filter((g) => g.for === undefined) })) return [];
  const absent = new Map(grants.flatMap((g) => (g.for ? [[g.for.accountId, g.for]] : [])));
  return [...absent.values()].filter((a) =>
    may({ grants: grants.filter((g) => g.for?.accountId === a.accountId) }),
  );
}

/** The rule of the second person: a deputy is himself and the one he stands in for. Account ids. */
export const personsActing = (
  who: Holder & { accountId: string },
  may: (holder: Holder) => boolean,
): string[] => [who.accountId, ...standsInFor(who, may).map((a) => a.accountId)];

/** Who did it, as a log says it; of a deputy both names: 李春燕（代何佳慧）. */
export function nameActing(who: Holder & { name: string }, may: (holder: Holder) => boolean): string {
  const absent = standsInFor(who, may);
  return absent.length === 0 ? who.name : `${who.name}（代${absent.map((a) => a.name).join('、')}）`;
}

/** Does the actor hold this role at this organisation? */
export const holds = (actor: Holder, role: string, orgId: string, tree: OrgMap): boolean =>
  seatOf(actor, role, orgId, tree) !== undefined;

/** An administrator's role goes with no other on one account (C.3 三权分立); one role at several places is one. */
export function rolesClash(roles: readonly string[]): boolean {
  const different = new Set(roles);
  return different.size > 1 && [...different].some((role) => ADMINISTRATORS.has(role));
}

/** Does the actor do case work anywhere (and so may look up citizens by their number)? */
export const doesCaseWork = (actor: Holder): boolean => actor.grants.some((g) => CASE_WORK.has(g.role));

/**
 * What the actor may see, as a list of alternatives: a village its own cases; a township those of its
 * villages; an office those of its township in the departments it serves; a department its own in the whole
 * county; the county everything in it; an inspector everything beneath. Administrators: nothing.
 */
export function visibleScopes(actor: Holder, tree: OrgMap): CaseScope[] {
  return actor.grants.flatMap((grant) => {
    const org = tree.find(grant.org);
    return org && readsCases(grant, org) ? [scopeOf(org, tree)] : [];
  });
}

function readsCases(grant: Grant, org: Org): boolean {
  if (NARROW.has(grant.role)) return grant.subtree || !GOVERNMENTS.has(org.kind);
  return CASE_WORK.has(grant.role);
}

function scopeOf(org: Org, tree: OrgMap): CaseScope {
  if (org.kind !== 'department' && org.kind !== 'office') return { pathPrefix: org.path };
  if (org.parentId === null) throw new Error(`${org.kind} ${org.id} hangs on nothing`);
  return { pathPrefix: tree.get(org.parentId).path, departments: org.departments };
}

/** May the actor see a case of this village and item department? */
export function maySee(
  actor: Holder,
  tree: OrgMap,
  filed: { villageId: string; department: string },
): boolean {
  const path = tree.find(filed.villageId)?.path;
  if (path === undefined) return false;
  return visibleScopes(actor, tree).some(
    (scope) => path.startsWith(scope.pathPrefix) && (scope.departments?.includes(filed.department) ?? true),
  );
}

/** The desks the actor sits at: each case-work role with its organisations. */
export function deskOrgs(actor: Holder, tree: OrgMap): { role: string; orgs: string[] }[] {
  return actor.grants
    .filter((g) => CASE_WORK.has(g.role) && tree.find(g.org))
    .map((g) => ({ role: g.role, orgs: g.subtree ? tree.within(g.org).map((o) => o.id) : [g.org] }));
}

/** May the actor change organisations at and beneath this one? */
export const mayManageOrgs = (actor: Holder, tree: OrgMap, orgId: string): boolean =>
  holds(actor, 'system-admin', orgId, tree);

/** May the actor open, close and grant accounts at this organisation? */
export const mayManageAccounts = (actor: Holder, tree: OrgMap, orgId: string): boolean =>
  holds(actor, 'security-admin', orgId, tree);
