/** The chapters of the help, one for each who comes here. */
import type { SignedIn } from '../../../people/accounts/index.ts';
import { ADMINISTRATION } from './administration.ts';
import { COUNTER } from './counter.ts';
import { OFFICES } from './offices.ts';
import type { Guide } from './types.ts';

export type { Guide, GuideStep } from './types.ts';

/** Every chapter, the public's first, then in the order in which a case meets them. */
export const GUIDES: readonly Guide[] = [...COUNTER, ...OFFICES, ...ADMINISTRATION];

/** Chapters of what somebody does; the public's for whoever is not signed in. */
export const ownGuides = (who: SignedIn | undefined): Guide[] =>
  who
    ? GUIDES.filter((g) => who.grants.some((grant) => grant.role === g.id))
    : GUIDES.filter((g) => g.id === 'public');
