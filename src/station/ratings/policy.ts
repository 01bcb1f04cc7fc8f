/** Who may see ratings and answer bad ones: pure answers from grants and the organisations. */
import { type CaseScope, type Holder, visibleScopes } from '../../people/accounts/index.ts';
import type { OrgMap } from '../../people/orgs/index.ts';
import type { Rating } from './types.ts';

const ANSWERING = ['officer', 'reviewer', 'leader'];

/** Where ratings of a department are answered by this person: its own desks, in the county or a township. */
function answering(who: Holder, orgs: OrgMap): CaseScope[] {
  const grants = who.grants.filter((g) => ANSWERING.includes(g.role));
  return visibleScopes({ grants }, orgs).filter((scope) => scope.departments !== undefined);
}

/** May this person call the citizen of a bad rating back, and so see whose it is? */
export const mayAnswer = (
  who: Holder,
  orgs: OrgMap,
  { villageId, department }: Pick<Rating, 'villageId' | 'department'>,
): boolean => {
  const path = orgs.find(villageId)?.path ?? '';
  return answering(who, orgs).some(
    (scope) => path.startsWith(scope.pathPrefix) && scope.departments?.includes(department),
  );
};
