/** Who may prepare, approve, see and correct: pure answers from grants and the organisations. */
import { type Holder, visibleScopes } from '../../people/accounts/index.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { Role } from '../../workflow/types.ts';
import type { Scheme } from './rules/schemes.ts';

type Paid = Pick<Scheme, 'department'>;

/** Desks of a department that pays. */
const DESKS: readonly Role[] = ['officer', 'reviewer', 'leader'];
const CASE_WORK: readonly string[] = ['clerk', 'committee', 'window', ...DESKS] satisfies Role[];

const sits = (who: Holder, orgs: OrgMap, { department }: Paid, roles: readonly string[]): boolean =>
  who.grants.some((grant) => {
    const org = orgs.find(grant.org);
    return roles.includes(grant.role) && org?.kind === 'department' && org.departments.includes(department);
  });

/** An officer of the department that pays: prepares runs, sends them to the bank, reads what it answers. */
export const mayPrepare = (who: Holder, orgs: OrgMap, scheme: Paid): boolean =>
  sits(who, orgs, scheme, ['officer']);

/** A leader of the department that pays; that it is another person than who prepared is asked beside this. */
export const mayApprove = (who: Holder, orgs: OrgMap, scheme: Paid): boolean =>
  sits(who, orgs, scheme, ['leader']);

/** Anybody at a desk of the department that pays: everything of the scheme. */
export const mayPay = (who: Holder, orgs: OrgMap, scheme: Paid): boolean => sits(who, orgs, scheme, DESKS);

/** Sums without people: the department, and who inspects. */
export const maySeeTotals = (who: Holder, orgs: OrgMap, scheme: Paid): boolean =>
  mayPay(who, orgs, scheme) || who.grants.some((g) => g.role === 'inspector');

/**
 * Where somebody may see people of a scheme: everywhere for the department that pays, a township and a village their
 * own. Inspectors see sums alone.
 * @returns prefixes of paths of organisations; empty: nowhere
 */
export function seenPaths(who: Holder, orgs: OrgMap, { department }: Paid): string[] {
  const grants = who.grants.filter((g) => CASE_WORK.includes(g.role));
  return visibleScopes({ grants }, orgs)
    .filter((scope) => scope.departments?.includes(department) ?? true)
    .map((scope) => scope.pathPrefix);
}

/** The same as villages. */
export function seenVillages(who: Holder, orgs: OrgMap, scheme: Paid): string[] {
  const tops = seenPaths(who, orgs, scheme).map((path) => path.split('/').at(-2) as string);
  const seen = tops.flatMap((top) => orgs.within(top)).filter((org) => org.kind === 'village');
  return [...new Set(seen.map((org) => org.id))];
}
