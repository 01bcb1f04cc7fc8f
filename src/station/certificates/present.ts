/** A certificate's words: states, places, acts, and values as they may be shown. Pure. */
import type { CertificateAct, CertificateState, Custody, LegalAct } from './types.ts';

export const STATE_WORDS: Record<CertificateState, string> = {
  reserved: '已编号，待制证',
  valid: '有效',
  suspended: '暂停使用',
  lapsed: '已失效（到期）',
  revoked: '已撤销',
  withdrawn: '已撤回',
  cancelled: '已注销',
  replaced: '已被新证替代',
};

export const STATE_TONES: Record<CertificateState, 'neutral' | 'done' | 'warn' | 'danger'> = {
  reserved: 'neutral',
  valid: 'done',
  suspended: 'warn',
  lapsed: 'warn',
  revoked: 'danger',
  withdrawn: 'danger',
  cancelled: 'danger',
  replaced: 'neutral',
};

export const CUSTODY_WORDS: Record<Custody, string> = {
  none: '电子证照，未打印',
  printed: '已打印，待移交',
  'in-transit': '移交途中',
  'at-township': '已到乡镇',
  'at-village': '已到村',
  collected: '已领取',
  returned: '已退回',
};

export const ACT_WORDS: Record<CertificateAct, string> = {
  RESERVE: '决定作出，编号',
  ISSUE: '颁发',
  PRINT: '打印',
  SEND: '移交',
  RECALL: '撤回移交',
  RECEIVE: '确认收到',
  MISS: '没有收到，退回移交方',
  COLLECT: '持证人领取',
  ATTACH: '留存领取影像',
  TURN_BACK: '退回',
  HALT: '没有按期复核，暂停使用',
  GO_ON: '复核完成，恢复有效',
  CANCEL: '随办件终止，注销',
  SURRENDER: '经申请注销',
  RESTORE: '恢复有效',
  REPLACE: '被新证替代',
  LAPSE: '有效期届满，失效',
  REMIND: '提醒延续',
  PROPOSE: '提出',
  DECLINE: '不同意',
  SUSPEND: '暂停使用',
  RESUME: '恢复使用',
  REVOKE: '撤销',
  WITHDRAW: '撤回',
  ANNUL: '注销',
};

export const LEGAL_WORDS: Record<LegalAct, { title: string; help: string }> = {
  SUSPEND: { title: '暂停使用', help: '查处期间先停用，查清后恢复或者撤销。' },
  RESUME: { title: '恢复使用', help: '暂停的事由已经消除。' },
  REVOKE: {
    title: '撤销',
    help: '许可本不该作出：超越职权、违反程序、以欺骗取得等（行政许可法第六十九条）。',
  },
  WITHDRAW: {
    title: '撤回',
    help: '依据的法律修改或者客观情况重大变化，为公共利益收回，给予补偿（行政许可法第八条）。',
  },
  ANNUL: {
    title: '注销',
    help: '期满未延续、持证人死亡或者终止、许可已被撤销撤回等（行政许可法第七十条）。',
  },
};

/** Pictures kept with a hand-over. */
export const ATTACHED = { photo: '领取现场照片', proxyLetter: '代领委托书' } as const;
