import { invalid } from '../../../../../errors.ts';
import { addOrg, mayHangOn, type NewOrg, type Org, type OrgKind } from '../../../../../people/orgs/index.ts';
import { SelectField, TextField } from '../../../../../platform/web/index.ts';
import type { Sent } from '../../../../sent.ts';
import { dayOf, fieldOf, type PeopleDeps } from '../../parts.tsx';
import { KINDS } from '../words.ts';
import { type Change, managerOf, typed } from './change.ts';

const kindsBelow = (org: Org): { value: string; text: string }[] =>
  (Object.keys(KINDS) as OrgKind[])
    .filter((kind) => mayHangOn(kind, org.kind))
    .map((value) => ({ value, text: KINDS[value] }));

/** A new one below. */
export function adding(deps: PeopleDeps): Change {
  const newOrg = (org: Org, sent: Sent): NewOrg => ({
    kind: sent.one('kind') as OrgKind,
    parent: org.id,
    code: sent.one('code'),
    name: typed(sent, 'name', '名称'),
    short: sent.one('short'),
    docWord: sent.one('docWord'),
    departments: sent
      .one('departments')
      .split(/[\s,，、]+/)
      .filter(Boolean),
  });
  return {
    act: 'add',
    title: (org) => `在${org.name}之下增加机构`,
    async fields(org, filled) {
      return (
        <>
          <SelectField
            {...fieldOf(filled, 'kind')}
            label="类别"
            required
            width="medium"
            options={kindsBelow(org)}
          />
          <TextField
            {...fieldOf(filled, 'code')}
            label="代码"
            required
            width="medium"
            help="行政区划代码；部门和站所办填两个大写字母，例如 MZ。"
          />
          <TextField {...fieldOf(filled, 'name')} label="名称" required width="medium" />
          <TextField {...fieldOf(filled, 'short')} label="简称" width="medium" help="不填的，与名称相同。" />
          <TextField {...fieldOf(filled, 'docWord')} label="机关代字" width="short" help="不发文的不填。" />
          <TextField
            {...fieldOf(filled, 'departments')}
            label="承接的部门"
            width="medium"
            help="只有乡镇站所办要填，用顿号分开，例如 MZ、RS。"
          />
        </>
      );
    },
    said(org, sent) {
      const { kind, code, name } = newOrg(org, sent);
      if (!kindsBelow(org).some((k) => k.value === kind))
        throw invalid([{ pointer: '/kind', message: '请选择类别', code: 'required' }]);
      return [
        { term: '上级', detail: org.name },
        { term: '类别', detail: KINDS[kind] },
        { term: '名称', detail: name },
        { term: '代码', detail: code },
      ];
    },
    async make(org, sent) {
      const on = dayOf(sent, 'on');
      const given = newOrg(org, sent);
      const { id } = await addOrg(deps, managerOf(deps, sent.who), given, on, sent.requestId);
      return { id, says: '机构已经增加。' };
    },
  };
}
