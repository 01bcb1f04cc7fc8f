import { type Holder, maySee } from '../../../people/accounts/index.ts';
import type { OrgMap } from '../../../people/orgs/index.ts';
import type { AnyPaperKind } from '../types.ts';

/** Who brings papers to people: the village clerk, and every desk of the township and the department. */
const SERVING: readonly string[] = ['clerk', 'window', 'officer', 'reviewer', 'leader'];

/** May the actor serve papers of a case of this village and department? */
export const mayServe = (
  actor: Holder,
  tree: OrgMap,
  filed: { villageId: string; department: string },
): boolean => maySee({ grants: actor.grants.filter((g) => SERVING.includes(g.role)) }, tree, filed);

/** Records of the house and what hangs on a board: nobody is served with them. */
const NOT_SERVED: readonly AnyPaperKind[] = [
  'receipt',
  'visit',
  'meeting',
  'opinion',
  'notice',
  'notice-result',
  'delivery',
  'service-record',
];

export const isServed = (kind: AnyPaperKind): boolean => !NOT_SERVED.includes(kind);
