/** Who reads a thought report: its author, and the addressee as long as he holds a post of that branch. Nobody else. */
import type { Holder } from '../../people/accounts/index.ts';
import type { Who } from '../records/index.ts';
import type { ThoughtReport } from './types.ts';

/** Posts of a branch to whose holders one may report: the secretary, and the officers named. */
export const POSTS = ['party-secretary', 'party-approver', 'party-editor'] as const;

const holdsPost = ({ grants }: Holder, orgId: string): boolean =>
  grants.some((g) => g.org === orgId && POSTS.some((post) => post === g.role));

/** Those of the own organisation itself, never one above. */
export const mayBeAddressed = (colleague: Holder, orgId: string): boolean => holdsPost(colleague, orgId);

export function partsIn(who: Who, { record, addresseeId }: ThoughtReport): Set<string> {
  const parts = new Set<string>();
  if (record.authorId === who.accountId) parts.add('author');
  if (addresseeId === who.accountId && holdsPost(who, record.orgId)) parts.add('addressee');
  return parts;
}

/** Belongs to the organisation itself. */
export const isMember = (who: Who, orgId: string): boolean =>
  who.grants.some((g) => g.org === orgId && g.role.startsWith('party-'));
