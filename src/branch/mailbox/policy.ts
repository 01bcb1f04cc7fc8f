/** Who handles a letter, and from whom it is kept: pure answers from grants and the tree. */
import { type Holder, holds } from '../../people/accounts/index.ts';
import type { Org, OrgMap } from '../../people/orgs/index.ts';
import type { Sight, Who } from '../records/index.ts';
import type { Desk, Letter, Mode } from './types.ts';

const DESK_ROLES: Record<Desk, string> = { mail: 'party-mail', tips: 'party-tips' };
const APPROVER = 'party-approver';

type Place = Sight['places'][number];

/** What somebody may be shown of the letters, for the queries. */
export interface LetterSight {
  desks: Record<Desk, Place[]>;
  /** Where he approves: letters that wait for it. */
  approves: Place[];
  /** Every organisation he belongs to, or that lies above one: a letter about any of them is kept from him (§7.2). */
  near: string[];
}

/** Of a post in a village: the village, its township, its county; and their party organisations, which are the same people. */
function nearOf({ path }: Pick<Org, 'path'>): string[] {
  const ids = path.split('/').filter(Boolean);
  return ids.flatMap((id) => (id.startsWith('P') ? [id] : [id, `P${id}`]));
}

export function letterSight(who: Holder, orgs: OrgMap): LetterSight {
  const at = (role: string): Place[] =>
    who.grants.flatMap((g) => {
      const org = g.role === role ? orgs.find(g.org) : undefined;
      return org ? [{ path: org.path, subtree: g.subtree }] : [];
    });
  return {
    desks: { mail: at(DESK_ROLES.mail), tips: at(DESK_ROLES.tips) },
    approves: at(APPROVER),
    near: [...new Set(who.grants.flatMap((g) => nearOf(orgs.find(g.org) ?? { path: '' })))],
  };
}

/** Does he work at any desk of the mailbox? */
export const doesMail = (sight: LetterSight): boolean =>
  [sight.desks.mail, sight.desks.tips, sight.approves].some((places) => places.length > 0);

/** The parts somebody plays for a letter that he may see. Nobody outside the tips desk approves what lies there. */
export function letterParts(who: Who, letter: Letter, orgs: OrgMap): Set<string> {
  const parts = new Set<string>();
  const persons = [who.accountId, ...who.grants.flatMap((g) => g.for?.accountId ?? [])];
  if (holds(who, DESK_ROLES[letter.desk], letter.toOrg, orgs)) {
    parts.add('handler');
    if (letter.desk === 'tips') parts.add('approver');
  }
  if (letter.desk === 'mail' && holds(who, APPROVER, letter.toOrg, orgs)) parts.add('approver');
  if (letter.answererId !== null && persons.includes(letter.answererId)) parts.add('answerer');
  if (letter.editorId !== null && persons.includes(letter.editorId)) parts.add('editor');
  return parts;
}

/**
 * What accuses somebody goes to the tips desk; so does what a nameless writer says about an organisation, whose people
 * may sit among the ordinary handlers' colleagues.
 */
export const deskFor = (given: { mode: Mode; isTip: boolean; about: string | null }): Desk =>
  given.isTip || (given.mode === 'anonymous' && given.about !== null) ? 'tips' : 'mail';

/** The level above whom it is about; null when there is none. */
export const levelAbove = (about: string, orgs: OrgMap): Org | null => {
  const { parentId } = orgs.get(about);
  return parentId === null ? null : orgs.get(parentId);
};
