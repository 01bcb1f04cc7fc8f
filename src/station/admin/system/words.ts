/** Office words for what the program does after a decision. */
import type { JobState } from '../../../platform/jobs/index.ts';
import type { BadgeTone } from '../../../platform/web/index.ts';
import type { Effect } from '../../../workflow/types.ts';

export const EFFECTS: Record<Effect['type'], string> = {
  paper: '生成文书',
  message: '发送短信',
  'notice.open': '张贴公示',
  'notice.close': '撤下公示',
  'notice.objection': '答复异议',
  'certificate.reserve': '预留证号',
  'certificate.issue': '制作证照',
  'certificate.collect': '登记证照领取',
  'quota.claim': '分配指标',
  'roster.check': '核对名册',
  reach: '通知有关事项',
  standing: '更新证照和待遇',
  closed: '办结后的收尾',
};

/** An effect of an older program that this one no longer knows keeps its own name. */
export const effectTitle = (effect: string): string =>
  Object.hasOwn(EFFECTS, effect) ? EFFECTS[effect as Effect['type']] : effect;

export const JOB_STATES: Record<JobState, { text: string; tone: BadgeTone }> = {
  waiting: { text: '等待', tone: 'info' },
  parked: { text: '搁置', tone: 'danger' },
  done: { text: '办完', tone: 'done' },
};

/** `3 天`, `5 小时`, `12 分钟`, `不到 1 分钟` */
export function ageText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return '不到 1 分钟';
  if (minutes < 60) return `${minutes} 分钟`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} 小时`;
  return `${Math.floor(minutes / 1440)} 天`;
}

/** `12.3 MB` */
export function sizeText(bytes: number): string {
  const units = ['字节', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
