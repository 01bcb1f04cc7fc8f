/** Words of the pages: phases, outcomes, terms. Pure. */
import { chineseDate, chineseDue } from '../../../kernel/time.ts';
import type { BadgeTone } from '../../../platform/web/index.ts';
import type { EventName, Outcome } from '../../../workflow/types.ts';
import type { CaseView, ClockStanding, ClockView } from '../present.ts';
import type { Phase } from '../store.ts';

export const PHASE_WORDS: Record<Phase, string> = {
  draft: '草稿',
  open: '办理中',
  correction: '待申请人',
  notice: '公示中',
  decided: '已决定，待领取',
  kept: '已批准，存续管理',
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
  RECORD_MEETING: 'primary',
  RECORD_VISIT: 'primary',
  RECORD_CHECK: 'primary',
  GIVE_OPINION: 'primary',
  RECORD_RESULT: 'primary',
  REPORT: 'primary',
  SUPPLY: 'primary',
  ALLOT: 'primary',
  POST: 'primary',
  APPROVE: 'primary',
  ISSUE: 'primary',
  PAY: 'primary',
  SETTLE: 'primary',
  COLLECT: 'primary',
  CONFIRM: 'primary',
  RESUME: 'primary',
  DISMISS_OBJECTION: 'primary',
  REFUSE: 'danger',
  REJECT: 'danger',
  END: 'danger',
  WITHDRAW: 'danger',
};

export const EVENT_TONES: Partial<Record<EventName, BadgeTone>> = {
  FILE: 'info',
  ACCEPT: 'info',
  RESUBMIT: 'info',
  APPROVE: 'done',
  ALLOT: 'done',
  ISSUE: 'done',
  SETTLE: 'done',
  COLLECT: 'done',
  CONFIRM: 'done',
  RENEWAL_DEEMED: 'done',
  RESTORED_ELSEWHERE: 'done',
  REQUEST_CORRECTION: 'warn',
  RETURN: 'warn',
  SUSPEND: 'warn',
  OBJECT: 'warn',
  ACCEPTANCE_DEEMED: 'warn',
  REQUEST_RECTIFICATION: 'warn',
  REAPPRAISE: 'warn',
  RESERVE: 'warn',
  BOUNCE: 'warn',
  RECTIFICATION_LAPSED: 'warn',
  REVIEW_DUE: 'warn',
  REVIEW_CALLED: 'warn',
  OPINION_DEEMED: 'danger',
  WAIT_LAPSED: 'danger',
  GAP_LAPSED: 'danger',
  REVIEW_LAPSED: 'danger',
  CANCELLED_ELSEWHERE: 'danger',
  END: 'danger',
  REFUSE: 'danger',
  REJECT: 'danger',
  CORRECTION_LAPSED: 'danger',
};

/** What a list or a card knows of a clock; `light` null: none runs. */
type Standing = Omit<ClockStanding, 'due' | 'light'> & { light: ClockStanding['light'] | null };

/** How much of a term is left, in words: working days, or hours for a clock of hours. */
export function leftText(clock: Standing): string {
  if (clock.light === 'red') return clock.overdue > 0 ? `超过 ${clock.overdue} 个工作日` : '已过期';
  if (clock.light === 'done' || clock.remaining === null) return '';
  if (clock.hoursLeft !== null) return `还剩 ${clock.hoursLeft} 小时`;
  return clock.remaining === 0 ? '今天到期' : `还剩 ${clock.remaining} 个工作日`;
}

/** 2026年9月28日（暂定） */
export const dueText = (due: string | null, provisional: boolean): string =>
  due === null ? '计时暂停' : chineseDue(due, provisional);

/** When a clock ends: a day, or of a clock of hours the time of day, `今天 14:30 前`. */
export function endText(clock: Pick<ClockStanding, 'due' | 'dueTime' | 'dueToday' | 'provisional'>): string {
  const { due, dueTime, dueToday, provisional } = clock;
  if (due === null || dueTime === null) return dueText(due, provisional);
  return `${dueToday ? '今天' : chineseDate(due)} ${dueTime} 前${provisional ? '（暂定）' : ''}`;
}

/** The running clock that ends first; undefined when none runs. */
export function mostUrgent(clocks: readonly ClockView[]): ClockView | undefined {
  return clocks
    .filter((c) => c.light !== 'done' && c.dueAt !== null)
    .sort((a, b) => (a.dueAt as string).localeCompare(b.dueAt as string))[0];
}

/** How something granted stands. */
const KEPT_TONES: Record<string, BadgeTone> = {
  current: 'done',
  due: 'warn',
  halted: 'danger',
  cancelled: 'neutral',
};

/** The badge of a case in a list: its phase, or how what was granted stands. */
export const toneOf = ({ phase, state }: { phase: Phase; state: string }): BadgeTone =>
  (phase === 'kept' && KEPT_TONES[state.split('.')[1] ?? '']) || PHASE_TONES[phase];

/** How a case is named on its own pages. */
export const caseTitle = (view: Pick<CaseView, 'applicant' | 'itemTitle'>): string =>
  `${view.applicant.name || '（未填姓名）'} · ${view.itemTitle}`;
