/** What several chapters say in the same words. */
import type { KeyLine, Trouble } from './types.ts';

/** Keys of every page of whoever is signed in. */
export const EVERYWHERE: readonly KeyLine[] = [
  ['?', '看本页有哪些快捷键'],
  ['/', '到查找框'],
  ['Ctrl Enter', '按下主要的按钮'],
  ['Esc', '离开输入框，再按别的快捷键'],
  ['G H', '打开帮助'],
];

/** Keys of a list. */
export const LISTS: readonly KeyLine[] = [
  ['J', '下一行'],
  ['K', '上一行'],
  ['Enter', '打开这一行'],
];

/** Keys of the inbox and of a case, for whoever decides anything. */
export const CASES: readonly KeyLine[] = [
  ['G I', '打开待办'],
  ...LISTS,
  ['X', '勾选这一行'],
  ['C', '领办'],
  ['B', '待办里：批量办理选中的；办件页：一次性告知补正'],
  ['V', '表单和材料对照着看'],
  ['A', '办下一步'],
  ['N', '不予受理、不予批准、终止'],
  ['U', '回到办件页'],
];

export const LOCKED: Trouble = {
  what: '账号锁住了',
  does: '连续输错 5 次密码，锁 15 分钟，到时间自己解开。等不及、忘了密码的，请县级安全管理员解锁或者重设密码；登录后按提示改成自己的。',
};

export const CUT_AT_DESK: Trouble = {
  what: '断网了，页面打不开',
  does: '不要关掉正在填的那一页。网通了以后再按一次按钮；已经办成的不会办两次，系统认得是同一次。',
};

export const SIGNED_OUT: Trouble = {
  what: '填到一半，提示要登录',
  does: '半小时不动会自动退出。填的内容还在提示的那一页上：在新窗口登录，再回来按“重新提交”。',
};

export const CHANGED: Trouble = {
  what: '提示“刚刚有人办理过”',
  does: '别人先办了一步。看过最新情况再办；您写的意见还在。不想互相抢的，先按“领办”。',
};

export const CLICKED: Trouble = {
  what: '点错了',
  does: '提示上有“恢复”的，当场点它。已经办出去的一步不能抹掉：下一步还在本单位的，请那一位退回；已经作出决定的，请分管领导按规定更正。',
};
