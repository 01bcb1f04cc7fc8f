/** Words of the package pages. Pure. */
import type { BadgeTone, Crumb } from '../../../platform/web/index.ts';
import type { ChildStanding, OverallState } from '../rules.ts';

/** The way back to whom it is for, where he is known. */
export const toCitizen = (citizen: { id: string; name: string } | undefined): Crumb[] =>
  citizen ? [{ href: `/filing/citizens/${citizen.id}`, text: citizen.name }] : [];

export const OVERALL_WORDS: Record<OverallState, string> = {
  draft: '草稿，还没有提交',
  withdrawn: '已放弃',
  open: '办理中',
  done: '全部办成',
  'partly-refused': '已办完，有的没有办成',
  refused: '没有办成',
};

export const OVERALL_TONES: Record<OverallState, BadgeTone> = {
  draft: 'neutral',
  withdrawn: 'neutral',
  open: 'info',
  done: 'done',
  'partly-refused': 'warn',
  refused: 'danger',
};

export const STANDING_WORDS: Record<ChildStanding, string> = {
  draft: '未提交',
  waiting: '等前面的事项办成',
  dropped: '前面的事项没有办成，不再办',
  answered: '不用办',
  running: '办理中',
  granted: '已办成',
  refused: '没有办成',
};

export const STANDING_TONES: Record<ChildStanding, BadgeTone> = {
  draft: 'neutral',
  waiting: 'neutral',
  dropped: 'neutral',
  answered: 'done',
  running: 'info',
  granted: 'done',
  refused: 'danger',
};
