import type { OrgMap } from '../orgs/index.ts';
import type { Grant } from './policy.ts';
import { roleTitle } from './roles.ts';

/** A grant in words. */
export interface GrantView {
  role: string;
  roleTitle: string;
  org: string;
  orgName: string;
  subtree: boolean;
}

/** What `GET /api/session` tells about whoever is signed in. */
export interface SessionView {
  account: { id: string; name: string; login: string; grants: GrantView[] };
  csrf: string;
}

/** Words for the ids of a grant. */
export interface Titles {
  role(id: string): string;
  org(id: string): string;
}

export const grantView = ({ role, org, subtree }: Grant, titles: Titles): GrantView => ({
  role,
  roleTitle: titles.role(role),
  org,
  orgName: titles.org(org),
  subtree,
});

/** `剥隘镇 窗口受理员`, `富宁县及其下级 督查员` */
export function grantTitle(grant: Pick<Grant, 'role' | 'org'> & { subtree?: boolean }, orgs: OrgMap): string {
  const place = orgs.find(grant.org)?.name ?? grant.org;
  return `${place}${grant.subtree ? '及其下级' : ''} ${roleTitle(grant.role)}`;
}

export function sessionView(
  who: { accountId: string; name: string; login: string; grants: readonly Grant[]; csrf: string },
  titles: Titles,
): SessionView {
  const grants = who.grants.map((grant) => grantView(grant, titles));
  return { account: { id: who.accountId, name: who.name, login: who.login, grants }, csrf: who.csrf };
}
