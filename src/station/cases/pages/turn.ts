/** Whose turn it is, and what may be done, in words and keys. Pure. */
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import type { EventName, Role } from '../../../workflow/types.ts';
import { ROLE_WORDS } from '../../../workflow/words.ts';
import type { CaseView, PossibleAct } from '../present.ts';
import { ACT_KINDS } from './words.ts';

/** What the applicant is waited for, by the kind of step. */
const AWAITED: Partial<Record<CaseView['kind'], string>> = {
  deliberate: '申请人决定：再次评议、坚持上报，或者撤回',
  inspect: '申请人整改',
  appraise: '申请人决定要不要申请复评',
  await: '申请人办好这件事',
  pay: '申请人更正账户',
};

/** Which offices have not answered yet. */
function officesText({ parts }: NonNullable<CaseView['joint']>): string {
  const open = parts.filter((p) => p.standing === 'open').map((p) => p.orgName);
  return `同时征求 ${parts.length} 个部门的意见，还在等：${open.join('、')}。`;
}

function keptText({ standing, about, review }: NonNullable<CaseView['kept']>): string {
  const day = review === null ? '' : chineseDate(review);
  switch (standing) {
    case 'current':
      return `下次${about}：${day}。`;
    case 'due':
      return `该${about}了，最迟 ${day}，逾期暂停。`;
    case 'halted':
      return `没有按时${about}，已暂停；补办以后恢复。`;
    default:
      return '因其他事项已经注销。';
  }
}

/** Whose turn it is, in a sentence. */
export function turnText(view: CaseView): string {
  if (view.dates.closed !== null) return `${chineseDateTime(view.dates.closed)} 办结。`;
  if (view.joint?.current) return officesText(view.joint);
  if (view.kept) return keptText(view.kept);
  if (view.holder === null) return '公示期间，期满后自动转入下一环节；有异议的先核查。';
  const who = `${view.holder.orgName}的${ROLE_WORDS[view.holder.role as Role]}`;
  if (view.phase === 'draft') return `由${who}填写，还没有提交。`;
  if (!view.awaitsApplicant) return `现在由${who}办理。`;
  return `等${AWAITED[view.kind] ?? '申请人补正'}，由${who}代办。`;
}

/** An act this person may do now, as a button. */
export interface OwnAct {
  event: EventName;
  word: string;
  href: string;
  kind: 'primary' | 'secondary' | 'danger';
  /** The key that presses it. */
  key: string | undefined;
}

/** Keys of acts, the same on every page; the way on has its own. */
const KEYS: Partial<Record<EventName, string>> = {
  REQUEST_CORRECTION: 'b',
  RETURN: 't',
  SUSPEND: 'z',
  EXTEND: 'y',
  EXTEND_CORRECTION: 'y',
  REJECT: 'n',
  REFUSE: 'n',
  END: 'n',
  WITHDRAW: 'w',
};
const WAY_ON = 'a';

/** What this person may do, the way on first, the end of the case last. */
export function ownActs(view: CaseView): OwnAct[] {
  const rank = { primary: 0, secondary: 1, danger: 2 };
  const kind = (p: PossibleAct) => ACT_KINDS[p.event] ?? 'secondary';
  const mine = view.possible
    .filter((p) => p.allowed && p.event !== 'OBJECT')
    .sort((a, b) => rank[kind(a)] - rank[kind(b)]);
  const keys = new Set<string>();
  return mine.map((p, i) => {
    const wish = i === 0 ? WAY_ON : KEYS[p.event];
    const key = wish === undefined || keys.has(wish) ? undefined : wish;
    if (key !== undefined) keys.add(key);
    return { event: p.event, word: wordOf(view, p), href: hrefOf(view, p.event), kind: kind(p), key };
  });
}

const handsIn = (event: EventName): boolean => event === 'FILE' || event === 'RESUBMIT';

const hrefOf = (view: CaseView, event: EventName): string =>
  handsIn(event) ? `/cases/${view.id}/edit` : `/cases/${view.id}/act/${event}`;

const wordOf = (view: CaseView, { event, title }: PossibleAct): string =>
  handsIn(event) ? (HAND_IN[view.phase === 'draft' ? 'intake' : view.kind] ?? '去补正') : title;

/** What handing in means, by the kind of step the case is in. */
const HAND_IN: Partial<Record<CaseView['kind'], string>> = {
  intake: '继续填写，提交',
  deliberate: '再次提交评议',
  inspect: '整改好了，提交',
  pay: '更正账户',
};
