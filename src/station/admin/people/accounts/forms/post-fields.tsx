/** A post as it is entered: which role, where, from when to when. */
import { invalid } from '../../../../../errors.ts';
import { type Grant, listRoles } from '../../../../../people/accounts/index.ts';
import { CheckField, SelectField, TextField } from '../../../../../platform/web/index.ts';
import type { Sent } from '../../../../sent.ts';
import type { PeopleDeps } from '../../parts.tsx';
import { dayOf, dayOrNull, type Filled, fieldOf } from '../../parts.tsx';
import { isFault, orgNamed } from '../../places.ts';
import { keeperRoots } from '../list.tsx';

/** The fields of a post: which role, where, from when to when. */
export function PostFields({ filled, today }: { filled: Filled; today: string }) {
  return (
    <>
      <SelectField
        {...fieldOf(filled, 'role')}
        label="岗位"
        required
        width="medium"
        options={listRoles().map(({ id, title, does }) => ({ value: id, text: `${title}：${does}` }))}
      />
      <TextField
        {...fieldOf(filled, 'org')}
        label="机构"
        required
        width="medium"
        help="机构的全名或代码，例如：剥隘镇、富宁县民政局、532628103201。"
      />
      <CheckField
        id="f-subtree"
        name="subtree"
        label="连同下级机构"
        checked={filled.one('subtree') === 'on'}
      />
      <TextField {...fieldOf(filled, 'from', today)} label="从哪天起" type="date" width="short" required />
      <TextField
        {...fieldOf(filled, 'to')}
        label="到哪天止（含当天）"
        type="date"
        width="short"
        help="长期的不填。"
      />
    </>
  );
}

/** The post that those fields name. @throws invalid at the fields */
export function postSent(deps: PeopleDeps, { who, ...sent }: Sent): Grant {
  const org = orgNamed(deps.orgs, keeperRoots(who), sent.one('org'), '/org');
  const role = sent.one('role');
  const faults = [
    ...(role === '' ? [{ pointer: '/role', message: '请选择岗位', code: 'required' }] : []),
    ...(isFault(org) ? [org] : []),
  ];
  if (faults.length > 0 || isFault(org)) throw invalid(faults);
  return {
    role,
    org: org.id,
    subtree: sent.one('subtree') === 'on',
    from: dayOf({ who, ...sent }, 'from'),
    to: dayOrNull({ who, ...sent }, 'to'),
  };
}
