import { renameOrg } from '../../../../../people/orgs/index.ts';
import { TextField } from '../../../../../platform/web/index.ts';
import { dayOf, fieldOf, type PeopleDeps } from '../../parts.tsx';
import { type Change, managerOf, typed } from './change.ts';

/** Another name from a day on. */
export function renaming(deps: PeopleDeps): Change {
  return {
    act: 'rename',
    title: (org) => `${org.name}改名`,
    lead: '以前的文书、证照和记录上的名称不变。',
    async fields(org, filled) {
      return (
        <>
          <TextField {...fieldOf(filled, 'name', org.name)} label="新名称" required width="medium" />
          <TextField {...fieldOf(filled, 'short', org.short)} label="新简称" width="medium" />
        </>
      );
    },
    said: (org, sent) => [
      { term: '现在', detail: org.name },
      { term: '改成', detail: typed(sent, 'name', '新名称') },
    ],
    async make(org, sent) {
      const given = { org: org.id, name: sent.one('name'), short: sent.one('short'), on: dayOf(sent, 'on') };
      await renameOrg(deps, managerOf(deps, sent.who), given, sent.requestId);
      return { id: org.id, says: '名称已经更改。' };
    },
  };
}
