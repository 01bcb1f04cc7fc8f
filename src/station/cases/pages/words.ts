/** Words of the pages: phases, outcomes, terms. Pure. */
import { chineseDate } from '../../../kernel/time.ts';
import type { BadgeTone } from '../../../platform/web/index.ts';
import type { EventName, Outcome } from '../../../workflow/types.ts';
import type { CaseView, ClockView } from '../present.ts';
import type { Phase } from '../store.ts';

export const PHASE_WORDS: Record<Phase, string> = {
  draft: '草稿',
  open: '办理中',
  correction: '待补正',
  notice: '公示中',
  decided: '已决定，待领取',
  kept: '存续管理',
  closed: '已办结',
};

export const PHASE_TONES: Record<Phase, BadgeTone> = {
  draft: 'neutral',
  open: 'info',
  correction: 'warn',
  notice: 'info',
  decided: 'done',
  kept: 'done',
  closed: 'neutral',
};

export const OUTCOME_WORDS: Record<Outcome, string> = {
  granted: '准予，已办结',
  rejected: '不予批准',
  refused: '不予受理',
  withdrawn: '已撤回',
  lapsed: '逾期，视为撤回',
  expired: '逾期失效',
  ended: '已终止',
};

/** How a button looks and where it stands: the usual way on first, the end of the case last. */
export const ACT_KINDS: Partial<Record<EventName, 'primary' | 'danger'>> = {
  FILE: 'primary',
  RESUBMIT: 'primary',
  ACCEPT: 'primary',
  FORWARD: 'primary',
  RECORD_VISIT: 'primary',
  POST: 'primary',
  APPROVE: 'primary',
  ISSUE: 'primary',
  COLLECT: 'primary',
  RESUME: 'primary',
  DISMISS_OBJECTION: 'primary',
  REFUSE: 'danger',
  REJECT: 'danger',
  WITHDRAW: 'danger',
};

export const EVENT_TONES: Partial<Record<EventName, BadgeTone>> = {
  FILE: 'info',
  ACCEPT: 'info',
  RESUBMIT: 'info',
  APPROVE: 'done',
  ISSUE: 'done',
  COLLECT: 'done',
  REQUEST_CORRECTION: 'warn',
  RETURN: 'warn',
  SUSPEND: 'warn',
  OBJECT: 'warn',
  ACCEPTANCE_DEEMED: 'warn',
  REFUSE: 'danger',
  REJECT: 'danger',
  CORRECTION_LAPSED: 'danger',
};

/** How much of a term is left, in words; working days. */
export function leftText(clock: {
  light: ClockView['light'] | null;
  remaining: number | null;
  overdue?: number;
}): string {
  if (clock.light === 'red') return clock.overdue ? `超过 ${clock.overdue} 个工作日` : '已过期';
  if (clock.light === 'done' || clock.remaining === null) return '';
  return clock.remaining === 0 ? '今天到期' : `还剩 ${clock.remaining} 个工作日`;
}

/** 2026年9月28日（暂定） */
export function dueText(due: string | null, provisional: boolean): string {
  if (due === null) return '计时暂停';
  return chineseDate(due) + (provisional ? '（暂定）' : '');
}

/** The running clock that ends first; undefined when none runs. */
export function mostUrgent(clocks: readonly ClockView[]): ClockView | undefined {
  return clocks
    .filter((c) => c.light !== 'done' && c.due !== null)
    .sort((a, b) => (a.due as string).localeCompare(b.due as string))[0];
}

/** How a case is named on its own pages. */
export const caseTitle = (view: Pick<CaseView, 'applicant' | 'itemTitle'>): string =>
  `${view.applicant.name || '（未填姓名）'} · ${view.itemTitle}`;
