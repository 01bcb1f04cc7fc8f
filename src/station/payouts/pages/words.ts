/** Words and tones of the pages of money. Pure. */
import type { BadgeTone } from '../../../platform/web/index.ts';
import type {
  Account,
  DebtState,
  EntitlementState,
  Held,
  LineState,
  Rhythm,
  RunState,
  Way,
} from '../types.ts';

export interface Word {
  text: string;
  tone: BadgeTone;
}

export const RUN_STATES: Record<RunState, Word> = {
  draft: { text: '草稿，待批准', tone: 'warn' },
  approved: { text: '已批准，待报送', tone: 'info' },
  exported: { text: '已报送，待结清', tone: 'info' },
  settled: { text: '已结清', tone: 'done' },
  discarded: { text: '已作废', tone: 'neutral' },
};

export const LINE_STATES: Record<LineState, Word> = {
  planned: { text: '待发', tone: 'neutral' },
  sent: { text: '待回盘', tone: 'info' },
  paid: { text: '已到账', tone: 'done' },
  refused: { text: '银行退回', tone: 'danger' },
  cash: { text: '待现金发放', tone: 'warn' },
  unclaimed: { text: '未领取，已缴回', tone: 'warn' },
  void: { text: '作废', tone: 'neutral' },
};

export const CLAIM_STATES: Record<EntitlementState, Word> = {
  active: { text: '发放中', tone: 'done' },
  suspended: { text: '暂停', tone: 'warn' },
  ended: { text: '已终止', tone: 'neutral' },
};

export const DEBT_STATES: Record<DebtState, Word> = {
  open: { text: '待追回', tone: 'warn' },
  recovered: { text: '已追回', tone: 'done' },
  'written-off': { text: '已核销', tone: 'neutral' },
  cancelled: { text: '已撤销', tone: 'neutral' },
};

export const HELD_REASONS: Record<Held['reason'], string> = {
  suspended: '暂停发放',
  account: '账户有误',
  duplicate: '重复享受',
  death: '已登记死亡',
  moving: '正在办理',
};

export const WAYS: Record<Way, string> = { bank: '银行转账', cash: '村里现金' };

export const RHYTHMS: Record<Rhythm, string> = {
  month: '按月',
  quarter: '按季度',
  half: '按半年',
  term: '按学期',
  year: '按年',
  once: '一次性',
};

export const ACCOUNTS: Record<Account, { text: string; help: string }> = {
  fund: { text: '拨付资金', help: '负数是已经拨出的钱' },
  bank: { text: '银行在途', help: '已报送银行，还没有回盘' },
  paid: { text: '已发放', help: '已到个人账户，或者已在村里领取' },
  cash: { text: '现金在途', help: '已交给村服务站，还没有领取' },
  receivable: { text: '应追回', help: '多发了、还没有追回的钱' },
  'written-off': { text: '已核销', help: '经两人批准不再追回的钱' },
};
