import { conflict } from '../../../../../errors.ts';
import { closeOrg, listHanging, type Org } from '../../../../../people/orgs/index.ts';
import { SelectField, TextField } from '../../../../../platform/web/index.ts';
import { countInHand } from '../../../../cases/index.ts';
import { dayOf, fieldOf, type PeopleDeps } from '../../parts.tsx';
import { type Change, managerOf, typed } from './change.ts';

/** For good; what it does is taken over by another. */
export function closing(deps: PeopleDeps): Change {
  /** @throws conflict org.has_cases with where the desk finds them */
  const requireDone = async (db: PeopleDeps['db']['read'], org: Org): Promise<void> => {
    const cases = await countInHand(db, [org.id]);
    if (cases === 0) return;
    const list = org.kind === 'village' ? `/cases?village=${org.id}` : '/inbox';
    throw conflict('org.has_cases', {
      cases,
      says: `还有 ${cases} 件，${org.name}的工作人员在 ${list} 可以看到。`,
    });
  };
  return {
    act: 'close',
    title: (org) => `撤销${org.name}`,
    lead: '撤销后它的岗位失效，不再收新的办件；办过的事和名称都保留。撤销不能恢复。',
    async fields(org, filled) {
      const siblings = org.parentId === null ? [] : await listHanging(deps.db.read, org.parentId);
      const heirs = siblings.filter((o) => o.kind === org.kind && o.id !== org.id && o.closedOn === null);
      return (
        <>
          {org.departments.length > 0 && (
            <SelectField
              {...fieldOf(filled, 'successor')}
              label="由哪个机构承接它的事项"
              required
              width="medium"
              options={heirs.map((o) => ({ value: o.id, text: o.name }))}
            />
          )}
          <TextField
            {...fieldOf(filled, 'reason')}
            label="依据"
            required
            width="medium"
            help="例如：州政府批复的文号。"
          />
        </>
      );
    },
    before: (org) => requireDone(deps.db.read, org),
    said: (org, sent) => [
      { term: '撤销', detail: org.name },
      { term: '依据', detail: typed(sent, 'reason', '依据') },
      ...(sent.one('successor') === ''
        ? []
        : [{ term: '承接的机构', detail: deps.orgs.find(sent.one('successor'))?.name ?? '' }]),
    ],
    async make(org, sent) {
      const successor = sent.one('successor') || null;
      const given = { org: org.id, successor, on: dayOf(sent, 'on'), reason: sent.one('reason') };
      const before = (trx: PeopleDeps['db']['read']) => requireDone(trx, org);
      await closeOrg(deps, managerOf(deps, sent.who), given, before, sent.requestId);
      return { id: org.id, says: '机构已经撤销。' };
    },
  };
}
