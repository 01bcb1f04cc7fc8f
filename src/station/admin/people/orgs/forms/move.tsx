import { invalid } from '../../../../../errors.ts';
import { mayHangOn, moveOrg, type Org } from '../../../../../people/orgs/index.ts';
import { TextField } from '../../../../../platform/web/index.ts';
import type { Sent } from '../../../../sent.ts';
import { dayOf, fieldOf, type PeopleDeps } from '../../parts.tsx';
import { isFault, orgNamed } from '../../places.ts';
import { type Change, managerOf } from './change.ts';

/** Below another parent, with everything beneath it. */
export function moving(deps: PeopleDeps): Change {
  /** @throws invalid at `/parent` */
  const parentOf = (sent: Sent): Org => {
    const roots = sent.who.grants.filter((g) => g.role === 'system-admin').map((g) => g.org);
    const found = orgNamed(deps.orgs, roots, sent.one('parent'), '/parent');
    if (isFault(found)) throw invalid([found]);
    return found;
  };
  return {
    act: 'move',
    title: (org) => `调整${org.name}的上级`,
    lead: '它的下级跟着调整。权限按新的上级算；以前的办件仍查得到当时归哪里。',
    async fields(_, filled) {
      return (
        <TextField
          {...fieldOf(filled, 'parent')}
          label="新的上级"
          required
          width="medium"
          help="机构的全名或代码。"
        />
      );
    },
    said(org, sent) {
      const parent = parentOf(sent);
      if (!mayHangOn(org.kind, parent.kind))
        throw invalid([
          { pointer: '/parent', message: `${org.name}不能挂在${parent.name}之下。`, code: 'kind' },
        ]);
      return [
        { term: '机构', detail: org.name },
        { term: '现在的上级', detail: org.parentId === null ? '没有' : deps.orgs.get(org.parentId).name },
        { term: '新的上级', detail: parent.name },
      ];
    },
    async make(org, sent) {
      const move = { org: org.id, parent: parentOf(sent).id, on: dayOf(sent, 'on') };
      await moveOrg(deps, managerOf(deps, sent.who), move, sent.requestId);
      return { id: org.id, says: '上级已经调整。' };
    },
  };
}
