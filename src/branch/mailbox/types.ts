import type { LocalDate } from '../../kernel/types.ts';
import type { Trx } from '../../platform/db/index.ts';
import type { BranchDeps, BranchRecord } from '../records/index.ts';

export type Mode = 'named_public' | 'named_confidential' | 'anonymous';

/** mail: the ordinary desk; tips: what accuses somebody, with grants of its own. */
export type Desk = 'mail' | 'tips';

/** One sentence for each mode: who gets to see what. */
export const MODES: Record<Mode, { title: string; sees: string }> = {
  named_public: { title: '署名', sees: '办理人看得到您的姓名和电话；公开答复时不写您的姓名。' },
  named_confidential: {
    title: '署名保密',
    sees: '姓名和电话封存起来，办理人看不到；确需查看的，要两个人同意并写明理由，并且会告诉您。',
  },
  anonymous: {
    title: '匿名',
    sees: '系统不记姓名、账号、地址和钟点，谁也查不出是您；只有 16 位回执码能打开这封信。',
  },
};

export interface Message {
  seq: number;
  side: 'writer' | 'office' | 'house';
  text: string;
  on: LocalDate;
}

export interface Letter {
  record: BranchRecord;
  mode: Mode;
  desk: Desk;
  toOrg: string;
  title: string;
  consent: boolean | null;
  satisfied: boolean | null;
  daysLeft: number | null;
  answererId: string | null;
  editorId: string | null;
}

export interface Identity {
  name: string;
  phone: string | null;
}

/** A request to open a sealed identity, and who agreed. */
export interface Opening {
  id: string;
  letterId: string;
  askedBy: string;
  askedAt: string;
  reason: string;
  agreedBy: string | null;
  agreedAt: string | null;
}

export interface Publication {
  title: string;
  question: string;
  answer: string;
  publishedOn: LocalDate | null;
}

/** What the mailbox asks of the channels: to tell somebody by phone that there is something to read, and nothing more. */
export type Tell = (trx: Trx, template: 'letter-news' | 'question-news', phone: string) => Promise<void>;

export type MailDeps = BranchDeps & { tell: Tell };
