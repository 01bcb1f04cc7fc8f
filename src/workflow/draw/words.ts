import type { Desk, EventName, StateMeta } from '../types.ts';
import { EVENT_WORDS, LEVEL_WORDS, ROLE_WORDS } from '../words.ts';

/** Offices as they are called in short; `data/departments.json` says the same (a test compares them). */
export const OFFICE_WORDS: Record<string, string> = {
  NY: '农业农村局',
  LY: '林业和草原局',
  XM: '畜牧兽医服务中心',
  SW: '水务局',
  ZR: '自然资源局',
  JY: '教育体育局',
  RS: '人力资源和社会保障局',
  WJ: '卫生健康局',
  MZ: '民政局',
  YB: '医疗保障局',
  ZJ: '住房和城乡建设局',
  CL: '残疾人联合会',
  GA: '公安局',
};

/** Where an arrow's word is not the first half of the event's: by event, side state left, side state entered. */
const ARROW_WORDS: Record<string, string> = {
  ACCEPTANCE_DEEMED: '逾期视为受理',
  OPINION_DEEMED: '逾期视为同意',
  REVIEW_CALLED: '提前复核',
  CANCELLED_ELSEWHERE: '其他事项注销',
  'correction.RESUBMIT': '补正',
  'rectifying.RESUBMIT': '整改完成',
  'unpassed.RESUBMIT': '再次评议',
  'unpassed.FORWARD': '坚持申请',
  'told.FORWARD': '接受结果',
  'bounced.RESUBMIT': '更正账户',
  '>unpassed': '未通过',
  '>told': '结果不符合',
};

const leaf = (name: string): string => name.split('.')[1] ?? name;

/** What stands at an arrow from one state to another. */
export const arrowWord = (event: EventName, from: string, to: string): string =>
  ARROW_WORDS[`>${leaf(to)}`] ??
  ARROW_WORDS[`${leaf(from)}.${event}`] ??
  ARROW_WORDS[event] ??
  (EVENT_WORDS[event].split('，')[0] as string);

/**
 * Who has the case in a state, in one line; undefined when it is closed.
 * @param own department of the item: only another one's desk is named
 */
export function holderWords(
  { desk, parts, kind, applicant, kept }: StateMeta,
  own: string,
): string | undefined {
  if (parts) return '各部门同时办理';
  if (desk) return `${deskWords(desk, own)}${applicant && kind !== 'intake' ? ' · 等申请人' : ''}`;
  if (kind === 'end') return undefined;
  return kept ? '不再有效' : '公示期内';
}

function deskWords({ at, role, office }: Desk, own: string): string {
  const other = at === 'county' && office !== undefined && office !== own;
  return `${other ? (OFFICE_WORDS[office] ?? office) : LEVEL_WORDS[at]} · ${ROLE_WORDS[role]}`;
}
