/** Which organisations have a page and a queue, and who keeps them. Pure. */
import { type Holder, holds } from '../../people/accounts/index.ts';
import type { Org, OrgKind, OrgMap } from '../../people/orgs/index.ts';
import type { Definition } from '../../workflow/types.ts';

/** Who sits at the counter of each kind of station. */
const KEEPERS: Partial<Record<OrgKind, readonly string[]>> = {
  village: ['clerk'],
  township: ['window'],
  county: ['window'],
  department: ['officer', 'reviewer'],
  office: ['officer'],
};

/** Counters to which citizens come: everything but the prefecture. */
export const isStation = ({ kind }: Pick<Org, 'kind'>): boolean => KEEPERS[kind] !== undefined;

/** May this person write the station's page, call its numbers, open its screens? */
export const mayKeep = (who: Holder | undefined, orgs: OrgMap, org: Pick<Org, 'id' | 'kind'>): boolean =>
  who !== undefined && (KEEPERS[org.kind] ?? []).some((role) => holds(who, role, org.id, orgs));

/** Can an item be applied for, or is it worked on, at this station? */
export function filedAt(org: Org, { department, steps }: Pick<Definition, 'department' | 'steps'>): boolean {
  if (org.kind === 'department' || org.kind === 'office') return org.departments.includes(department);
  const kind = org.kind === 'village' ? 'intake' : 'accept';
  return steps.some((step) => step.kind === kind && 'at' in step && step.at === org.kind);
}
