/** Organisations as people type them: by their full name or their code. */
import type { Fault } from '../../../errors.ts';
import type { Org, OrgMap } from '../../../people/orgs/index.ts';

/** All organisations that stand, from the roots. */
export function allOrgs(orgs: OrgMap, roots: readonly string[]): Org[] {
  return [...new Map(roots.flatMap((id) => orgs.within(id)).map((o) => [o.id, o])).values()];
}

/** Where it hangs, in words: `富宁县剥隘镇`. */
export const placeOf = (orgs: OrgMap, org: Org): string => {
  const parent = org.parentId === null ? undefined : orgs.find(org.parentId);
  return parent ? parent.name : '';
};

/** The organisation of this code or name within some roots; a fault when there is none, or several. */
export function orgNamed(orgs: OrgMap, roots: readonly string[], text: string, pointer: string): Org | Fault {
  const wanted = text.trim();
  if (wanted === '') return { pointer, message: '请填写机构的全名或代码', code: 'required' };
  const found = allOrgs(orgs, roots).filter((o) => o.id === wanted || o.name === wanted);
  const [first, ...more] = found;
  if (!first) return { pointer, message: `您管理的范围里没有“${wanted}”`, code: 'unknown' };
  if (more.length === 0) return first;
  const named = found.slice(0, 5).map((o) => `${o.id}（${placeOf(orgs, o)}）`);
  return {
    pointer,
    message: `有 ${found.length} 个“${wanted}”，请填代码：${named.join('、')}`,
    code: 'several',
  };
}

export const isFault = (found: Org | Fault): found is Fault => 'pointer' in found;
