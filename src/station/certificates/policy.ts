/** Who may do what to a certificate, and where its piece is then. Pure answers from grants and the tree. */
import { deskOrgs, type Holder, holds } from '../../people/accounts/index.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { Certificate } from './types.ts';

/** Village and department of the case a certificate came from. */
export interface Filed {
  villageId: string;
  department: string;
}

/** The three places at which a printed piece may lie. */
export interface Places {
  /** The department in the county: its officers, or the county's window for it. */
  county: string;
  /** The township: its window. */
  township: string;
  village: string;
}

export function placesOf(orgs: OrgMap, { villageId, department }: Filed): Places {
  return {
    county: orgs.deskOrg({ at: 'county', role: 'officer' }, villageId, department).id,
    township: orgs.deskOrg({ at: 'township', role: 'window' }, villageId, department).id,
    village: orgs.deskOrg({ at: 'village', role: 'clerk' }, villageId, department).id,
  };
}

/** Does this account look after the pieces that lie at a place? */
export function keeps(who: Holder, orgs: OrgMap, place: string): boolean {
  const { kind, parentId } = orgs.get(place);
  if (kind === 'village') return holds(who, 'clerk', place, orgs);
  if (kind === 'township') return holds(who, 'window', place, orgs);
  if (kind !== 'department') return false;
  return holds(who, 'officer', place, orgs) || holds(who, 'window', parentId as string, orgs);
}

/** Places at which this account looks after the pieces of such cases. */
export const keepsAt = (who: Holder, orgs: OrgMap, filed: Filed): string[] =>
  Object.values(placesOf(orgs, filed)).filter((place: string) => keeps(who, orgs, place));

/** Every place at which this account looks after pieces. */
export function placesKept(who: Holder, orgs: OrgMap): string[] {
  const near = deskOrgs(who, orgs).flatMap(({ orgs: at }) =>
    at.flatMap((id) => [id, ...orgs.children(id).map((o) => o.id)]),
  );
  return [...new Set(near)].filter((place) => keeps(who, orgs, place)).sort();
}

/** The places next to one, up and down: a piece is handed on from desk to desk. */
export function neighbours(place: string, { county, township, village }: Places): string[] {
  if (place === county) return [township];
  if (place === township) return [village, county];
  return place === village ? [township] : [];
}

/** Who may propose a legal act: an officer of the organ, or of the township's office for the department. */
export const mayPropose = (
  who: Holder,
  orgs: OrgMap,
  { organ }: Certificate,
  { department }: Filed,
): boolean =>
  [orgs.get(organ.id), ...orgs.children(organ.id)].some(
    (o) => o.departments.includes(department) && holds(who, 'officer', o.id, orgs),
  );

/** Who may confirm or decline it: the organ's leader. The second person is the command's to check. */
export const mayConfirm = (who: Holder, orgs: OrgMap, { organ }: Certificate): boolean =>
  holds(who, 'leader', organ.id, orgs);
