/** Who packs, who keeps the box, who confirms: pure answers from grants and the organisations. */
import { deskOrgs, type Holder, holds } from '../../people/accounts/index.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { Bag } from './types.ts';

/** Desks of the villages in which this account keeps or confirms the box. */
export const villagesOf = (who: Holder, orgs: OrgMap): string[] => [
  ...new Set(
    deskOrgs(who, orgs)
      .filter(({ role }) => role === 'clerk' || role === 'committee')
      .flatMap((d) => d.orgs)
      .filter((id) => orgs.get(id).kind === 'village'),
  ),
];

/** The village clerk books: counts what comes, hands out, closes the day. */
export const mayBook = (who: Holder, orgs: OrgMap, villageId: string): boolean =>
  holds(who, 'clerk', villageId, orgs);

/** The village committee confirms what the clerk booked; that it is another person is asked beside this. */
export const mayConfirm = (who: Holder, orgs: OrgMap, villageId: string): boolean =>
  holds(who, 'committee', villageId, orgs);

/** May the account look into the village's box? */
export const maySeeBox = (who: Holder, orgs: OrgMap, villageId: string): boolean =>
  mayBook(who, orgs, villageId) || mayConfirm(who, orgs, villageId);

/** Offices (of a township or the county) that pack bags for a village, with the departments each stands for. */
export function packers(
  who: Holder,
  orgs: OrgMap,
  villageId: string,
): { org: string; departments: readonly string[] }[] {
  const township = orgs.get(villageId).parentId as string;
  const county = orgs.get(township).parentId as string;
  return [...orgs.children(township), ...orgs.children(county)]
    .filter(({ kind, id }) => (kind === 'office' || kind === 'department') && holds(who, 'officer', id, orgs))
    .map(({ id, departments }) => ({ org: id, departments }));
}

/** Villages for which this account could pack at all. */
export function villagesServed(who: Holder, orgs: OrgMap): string[] {
  const offices = who.grants.filter((g) => g.role === 'officer').map((g) => orgs.get(g.org));
  const areas = offices
    .filter(({ kind }) => kind === 'office' || kind === 'department')
    .map((o) => o.parentId as string);
  return [...new Set(areas)]
    .flatMap((id) => orgs.within(id))
    .filter((o) => o.kind === 'village')
    .map((o) => o.id);
}

/** Whoever sends or takes back money at this office. */
export const maySend = (who: Holder, orgs: OrgMap, officeId: string): boolean =>
  holds(who, 'officer', officeId, orgs);

export const maySeeBag = (
  who: Holder,
  orgs: OrgMap,
  { villageId, fromOrg }: Pick<Bag, 'villageId' | 'fromOrg'>,
): boolean =>
  maySeeBox(who, orgs, villageId) || maySend(who, orgs, fromOrg) || holds(who, 'leader', fromOrg, orgs);
