/** The first-run tour: a few places of somebody's own work, each shown on the page where it is. */

import type { HttpContext, RouteContext } from '../../platform/http/index.ts';
import type { SignedIn } from '../accounts/index.ts';

interface TourStep {
  text: string;
  /** Page and place on it. */
  at: `/${string}#${string}`;
}

const nav = (id: string, page: string): TourStep['at'] => `${page as '/'}#nav-${id}`;
const HELP: TourStep = {
  text: '忘了怎样办，随时打开“帮助”：您这个岗位的一章排在最前面，每一步都有图。再看这一遍也从那里开始。',
  at: '/help#nav-help',
};
const INBOX: TourStep = {
  text: '轮到您办的都在“待办”，按到期先后排。灯旁边是还剩几个工作日，先办最上面的。',
  at: nav('inbox', '/inbox'),
};
const TOOLS: TourStep = {
  text: '在这里按事项、期限筛选；常用的条件存成视图，下次一点就是。',
  at: '/inbox#text',
};
const CASES: TourStep = {
  text: '“办件”里找得到您能看到的每一件，办完的也在。打开一件，最上面写着在谁手里、到哪天。',
  at: nav('cases', '/cases'),
};
const KEYS: TourStep = {
  text: '不用鼠标也能办：按 J、K 上下选，Enter 打开，按 ? 看这一页的快捷键。',
  at: '/inbox#main',
};
const LEAVE: TourStep = {
  text: '请假、改密码，点您的名字，进“我的账号”。请假时指定代班的人，到期自动停。',
  at: '/help#account',
};
const BOARD: TourStep = {
  text: '“一览”里看在办、逾期和原因，点数字就是那些件。',
  at: nav('board', '/cases'),
};

/** By role; whoever holds several begins with the first of these. */
const TOURS: Readonly<Record<string, readonly TourStep[]>> = {
  clerk: [
    { text: '群众坐下来，先点“收件”：从找人到拿着回执走，都在这里。', at: nav('filing', '/filing') },
    {
      text: '输入身份证号、姓名或者拼音首字母，例如 nxl。从没办过事的，点下面“新来的群众”。',
      at: '/filing#who',
    },
    { text: '选事项：说需要、打几个字、打首字母都行，前九个按数字键。', at: '/filing/items#q' },
    { text: '填了一半的都在“草稿”，断网、停电也不会丢，可以转给同事。', at: '/filing/drafts#main' },
    { text: '退回来要补正的在“待办”，哪一处要改、到哪天为止，写得清清楚楚。', at: nav('inbox', '/inbox') },
    { text: '证件、文书、现金到村以后，在“领取台”一次办完，签一次名。', at: nav('desk', '/desk') },
  ],
  committee: [
    { ...INBOX, text: '要村里评议、公示、调查异议的都在“待办”，先办最上面的。' },
    CASES,
    { text: '群众来领证件、现金，在“领取台”办。', at: nav('desk', '/desk') },
    { text: '款袋两个人点清再签收，每天两个人“日清”，都在“现金”。', at: nav('cash', '/cash') },
  ],
  window: [INBOX, TOOLS, KEYS, CASES, LEAVE],
  officer: [INBOX, TOOLS, KEYS, CASES, { text: '发钱的批次在“发放”。', at: nav('payouts', '/payouts') }],
  reviewer: [INBOX, KEYS, CASES, BOARD, LEAVE],
  leader: [BOARD, INBOX, KEYS, CASES, LEAVE],
  inspector: [
    BOARD,
    CASES,
    { text: '清单可以按事项、部门、期限筛选，存成视图、打印、导出。', at: '/cases#text' },
    { text: '钱发没发到、对不对得上，看“发放”。', at: nav('payouts', '/payouts') },
  ],
  'system-admin': [
    {
      text: '每天先看“管理”的总览：后台工作、期限、备份、放假表，有红的先处理。',
      at: nav('admin', '/admin'),
    },
    { text: '国务院的放假通知一出，在“放假表”导入；先看影响，再生效。', at: '/admin/holidays#import' },
    { text: '标准、限额在“参数”里改，从哪天起、依据哪个文件，两个人办。', at: '/admin/parameters#main' },
    { text: '“备份”每天自动做，每月挑一份校验。', at: '/admin/backups#main' },
  ],
  'security-admin': [
    { text: '账号和岗位都从“管理”进。', at: nav('admin', '/admin') },
    { text: '在这里找人：锁住的、停用的可以单独看。', at: '/admin/accounts#main' },
    { text: '开通账号：初始密码只显示一次，本人登录后必须改。', at: '/admin/accounts/new#main' },
    { text: '一次开几个，用表格；先检查，没有错再开通。', at: '/admin/accounts/table#main' },
  ],
  auditor: [
    { text: '记录从“管理”进。您只看，不改。', at: nav('admin', '/admin') },
    { text: '按人、动作、日期查；谁看过完整证件号，也在这里。', at: '/admin/audit#main' },
    { text: '按 C 核对日志链，按 E 导出。', at: '/admin/audit#main' },
  ],
};

/** The tour as it stands on a page. */
export interface Tour {
  /** From 1. */
  step: number;
  steps: readonly { text: string; href: string }[];
}

/** Where a page of the tour is: the step in the query, the place behind it. */
function hrefOf({ at }: TourStep, step: number): string {
  const [path, place] = at.split('#');
  return `${path}?tour=${step}#${place}`;
}

function stepsFor(who: SignedIn): Tour['steps'] {
  const role = Object.keys(TOURS).find((id) => who.grants.some((g) => g.role === id));
  const own = role === undefined ? [] : [...(TOURS[role] as readonly TourStep[]), HELP];
  return own.map((step, i) => ({ text: step.text, href: hrefOf(step, i + 1) }));
}

/** Where the tour of this person begins; undefined for whoever has no work here. */
export const tourStart = (who: SignedIn): string | undefined => stepsFor(who)[0]?.href;

/** The step that the address asks for: `?tour=2`. */
export function tourOf(ctx: HttpContext | RouteContext): Tour | null {
  const { actor } = ctx.state;
  if (!actor || typeof ctx.query.tour !== 'string') return null;
  const steps = stepsFor(actor);
  const step = Number(ctx.query.tour);
  return Number.isInteger(step) && step >= 1 && step <= steps.length ? { step, steps } : null;
}
