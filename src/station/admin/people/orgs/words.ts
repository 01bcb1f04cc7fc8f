import type { OrgKind } from '../../../../people/orgs/index.ts';

export const KINDS: Record<OrgKind, string> = {
  prefecture: '自治州',
  county: '县市',
  township: '乡镇街道',
  village: '村社区',
  department: '县级部门',
  office: '乡镇站所办',
  'party-committee': '党委',
  'general-branch': '党总支',
  branch: '党支部',
};
