import type { Administrator } from './system/policy.ts';

/** A part of the administration, for whom it is. */
export interface Entry {
  href: string;
  title: string;
  does: string;
  role: Administrator;
}

export const ENTRIES: readonly Entry[] = [
  { href: '/admin/orgs', title: '机构', does: '增加、改名、撤销机构，看历史。', role: 'system-admin' },
  {
    href: '/admin/holidays',
    title: '放假表',
    does: '导入国务院和自治州的放假通知，先看影响再生效。',
    role: 'system-admin',
  },
  {
    href: '/admin/parameters',
    title: '参数',
    does: '标准、限额从哪天起改成多少，两人办理。',
    role: 'system-admin',
  },
  {
    href: '/admin/definitions',
    title: '事项定义',
    does: '各事项的版本、流程图、期限，版本之间的差别。',
    role: 'system-admin',
  },
  {
    href: '/admin/jobs',
    title: '后台工作',
    does: '没有办成的文书、短信、公示，重办或者搁置。',
    role: 'system-admin',
  },
  { href: '/admin/backups', title: '备份', does: '最近的备份，马上备份，逐个校验。', role: 'system-admin' },
  {
    href: '/admin/accounts',
    title: '账号和权限',
    does: '开通、停用账号，授权和代理。',
    role: 'security-admin',
  },
  { href: '/admin/audit', title: '操作日志', does: '谁在什么时候看过、改过什么。', role: 'auditor' },
];
