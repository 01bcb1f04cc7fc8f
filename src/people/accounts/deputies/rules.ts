/** Who may stand in for whom, and when: pure. */
import type { Fault } from '../../../errors.ts';
import { addDays, daysBetween } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { OrgMap } from '../../orgs/index.ts';
import { type Grant, rolesClash } from '../policy.ts';
import { findRole, roleTitle } from '../roles.ts';

/** One post, as a leave names it. */
export interface Post {
  role: string;
  org: string;
}

/** What somebody enters: away from a day to a day (both included, Shanghai), and who stands in. */
export interface Leave {
  absentId: string;
  deputyId: string;
  /** null: every post. */
  post: Post | null;
  from: LocalDate;
  to: LocalDate;
  reason: string;
}

/** A leave is no way of giving a post away for good. */
const MAX_DAYS = 366;

export const isPost = (grant: Pick<Grant, 'role' | 'org'>, post: Post | null): boolean =>
  post === null || (grant.role === post.role && grant.org === post.org);

export const overlaps = (grant: Pick<Grant, 'from' | 'to'>, from: LocalDate, to: LocalDate): boolean =>
  grant.from <= to && (grant.to === null || grant.to >= from);

/** Does somebody with these grants hold the role there, or work where such a role is held (data/roles.json `at`)? */
export function mayHold(own: readonly Grant[], grant: Post, orgs: OrgMap): boolean {
  const at = findRole(grant.role)?.at ?? [];
  return own.some((g) => {
    const org = orgs.find(g.org);
    return org !== undefined && (g.org === grant.org || at.includes(org.kind));
  });
}

/** What is wrong with the days and the reason. */
export function daysFaults({ from, to, reason }: Leave, today: LocalDate): Fault[] {
  const faults: Fault[] = [];
  if (from < today) faults.push({ pointer: '/from', message: '开始日期不能早于今天', code: 'past' });
  if (to < from) faults.push({ pointer: '/to', message: '结束日期不能早于开始日期', code: 'range' });
  else if (daysBetween(from, to) >= MAX_DAYS)
    faults.push({
      pointer: '/to',
      message: `一次最长一年，到 ${addDays(from, MAX_DAYS - 1)} 为止；长期调整岗位请安全管理员授权`,
      code: 'long',
    });
  if (reason.trim() === '') faults.push({ pointer: '/reason', message: '请填写事由', code: 'required' });
  return faults;
}

/** What stands against this deputy for these posts; `own` are the deputy's own grants in those days. */
export function deputyFaults(
  posts: readonly Grant[],
  own: readonly Grant[],
  deputyName: string,
  orgs: OrgMap,
): Fault[] {
  const unfit = posts.filter((post) => !mayHold(own, post, orgs));
  if (unfit.length > 0) {
    const named = unfit.map((g) => `${orgs.find(g.org)?.name ?? g.org}${roleTitle(g.role)}`).join('、');
    return [
      {
        pointer: '/deputy',
        message: `${deputyName}所在的机构没有这样的岗位，不能代：${named}`,
        code: 'kind',
      },
    ];
  }
  if (rolesClash([...own, ...posts].map((g) => g.role)))
    return [
      {
        pointer: '/deputy',
        message: '管理员岗位不能和其他岗位由一个人兼任，请另选代班人',
        code: 'separate',
      },
    ];
  return [];
}
