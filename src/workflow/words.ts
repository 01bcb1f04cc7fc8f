import type { EventName, Level, Role } from './types.ts';

/** The office's word for each event: timelines, drawings and rehearsals use the same. */
export const EVENT_WORDS: Record<EventName, string> = {
  FILE: '收件，提交申请',
  FORWARD: '审核同意，送下一环节',
  ACCEPT: '受理',
  REQUEST_CORRECTION: '一次性告知补正',
  RESUBMIT: '补正后重新提交',
  REFUSE: '不予受理',
  RECORD_VISIT: '登记现场核查',
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
  COLLECT: '登记领取',
  WITHDRAW: '撤回申请',
  NOTICE_CLOSED: '公示期满',
  CORRECTION_LAPSED: '逾期未补正，视为撤回',
  ACCEPTANCE_DEEMED: '逾期未告知，视为受理',
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
