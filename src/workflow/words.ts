import type { Budget } from '../kernel/deadline.ts';
import type { EventName, Level, PayRhythm, Role, Term } from './types.ts';

/** The office's word for each event: timelines, drawings and rehearsals use the same. */
export const EVENT_WORDS: Record<EventName, string> = {
  FILE: '收件，提交申请',
  FORWARD: '审核同意，送下一环节',
  ACCEPT: '受理',
  REQUEST_CORRECTION: '一次性告知补正',
  EXTEND_CORRECTION: '延长补正期限',
  RESUBMIT: '补正后重新提交',
  SUPPLY: '补交容缺材料',
  REFUSE: '不予受理',
  RECORD_MEETING: '登记评议会议',
  RECORD_VISIT: '登记现场核查',
  REQUEST_RECTIFICATION: '要求整改',
  RECORD_CHECK: '登记比对结果',
  GIVE_OPINION: '出具联审意见',
  RECORD_RESULT: '登记程序结果',
  REAPPRAISE: '申请复评',
  REPORT: '登记完成情况',
  ALLOT: '分配指标',
  RESERVE: '转入排队递补',
  POST: '张贴公示',
  OBJECT: '收到异议',
  SUSTAIN_OBJECTION: '异议成立',
  DISMISS_OBJECTION: '异议不成立',
  APPROVE: '准予',
  RETURN: '退回重办',
  REJECT: '不予批准',
  SUSPEND: '中止计时',
  RESUME: '恢复计时',
  EXTEND: '延长期限',
  ISSUE: '制证',
  PAY: '编入发放批次',
  SETTLE: '到账',
  BOUNCE: '银行退票',
  COLLECT: '登记领取',
  CONFIRM: '认证、复核通过',
  END: '终止',
  WITHDRAW: '撤回申请',
  NOTICE_CLOSED: '公示期满',
  CORRECTION_LAPSED: '逾期未补正，视为撤回',
  ACCEPTANCE_DEEMED: '逾期未告知，视为受理',
  OPINION_DEEMED: '逾期未答复，视为没有意见',
  RECTIFICATION_LAPSED: '整改期满，重新核查',
  RESULT_STOOD: '未申请复评，结果生效',
  WAIT_LAPSED: '等待期满',
  GAP_LAPSED: '容缺材料逾期未补，终止',
  RENEWAL_DEEMED: '逾期未决定，视为准予延续',
  REVIEW_DUE: '认证、复核到期',
  REVIEW_LAPSED: '逾期未认证，暂停',
  CANCELLED_ELSEWHERE: '因其他事项注销',
  RESTORED_ELSEWHERE: '注销被撤回，恢复',
  REVIEW_CALLED: '因其他事项提前复核',
  MOVED: '转入新版事项办理',
};

/** How often money comes. */
export const RHYTHM_WORDS: Record<PayRhythm, string> = {
  month: '每月',
  quarter: '每季度',
  term: '每学期',
  year: '每年',
  once: '一次性',
};

/** Who sits at a desk, in the words on the door. */
export const ROLE_WORDS: Record<Role, string> = {
  clerk: '村代办员',
  committee: '村委会',
  window: '便民服务窗口',
  officer: '承办人',
  reviewer: '股室负责人',
  leader: '分管领导',
};

export const LEVEL_WORDS: Record<Level, string> = { village: '村', township: '乡镇', county: '县' };

/** A length of time in words. */
export function budgetText(budget: Budget | Term): string {
  if ('until' in budget) return `至 ${budget.until}`;
  if ('months' in budget)
    return Number(budget.months) % 12 === 0 ? `${Number(budget.months) / 12} 年` : `${budget.months} 个月`;
  if ('hours' in budget) return `${budget.hours} ${budget.unit === 'office' ? '个工作小时' : '小时'}`;
  return `${budget.days} 个${budget.unit === 'natural' ? '自然日' : '工作日'}`;
}
