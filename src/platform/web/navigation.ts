/** Where one can go from every page. What a person may enter is told by the one who knows his grants. */

/** Sections of the site, as the header names them. */
export type NavId =
  | 'inbox'
  | 'filing'
  | 'cases'
  | 'certificates'
  | 'payouts'
  | 'desk'
  | 'cash'
  | 'board'
  | 'branch'
  | 'admin'
  | 'items'
  | 'stations'
  | 'notices'
  | 'progress'
  | 'verify'
  | 'help';

/** Where the header's own links and forms go. */
export const SITE_PATHS = {
  home: '/',
  signIn: '/sign-in',
  signOut: '/sign-out',
  account: '/account',
  rehearsal: '/rehearsal',
  styleguide: '/styleguide',
} as const;

export interface NavEntry {
  id: NavId;
  href: string;
  text: string;
  /** Pressed after `g`. */
  key: string;
  /** Everybody's; staff find those marked `more` in a menu, so that their own work stays in one line. */
  open?: 'all' | 'more';
}

const NAV: readonly NavEntry[] = [
  { id: 'inbox', href: '/inbox', text: '待办', key: 'i' },
  { id: 'filing', href: '/filing', text: '收件', key: 'f' },
  { id: 'cases', href: '/cases', text: '办件', key: 'c' },
  { id: 'certificates', href: '/certificates', text: '证照', key: 'r' },
  { id: 'payouts', href: '/payouts', text: '发放', key: 'p' },
  { id: 'desk', href: '/desk', text: '领取台', key: 'd' },
  { id: 'cash', href: '/cash', text: '现金', key: 'm' },
  { id: 'board', href: '/board', text: '一览', key: 'b' },
  { id: 'branch', href: '/branch', text: '党建', key: 'z' },
  { id: 'admin', href: '/admin', text: '管理', key: 'a' },
  { id: 'items', href: '/items', text: '办事', key: 's', open: 'all' },
  { id: 'stations', href: '/stations', text: '服务站', key: 't', open: 'more' },
  { id: 'notices', href: '/notices', text: '公示', key: 'n', open: 'more' },
  { id: 'progress', href: '/progress', text: '进度查询', key: 'q', open: 'more' },
  { id: 'verify', href: '/verify', text: '证照核验', key: 'v', open: 'more' },
  { id: 'help', href: '/help', text: '帮助', key: 'h', open: 'all' },
];

/** The header's entries for somebody who may enter `sections`, or for the public when that is not given. */
export function navigationOf(sections: readonly NavId[] | undefined): {
  entries: NavEntry[];
  more: NavEntry[];
} {
  const own = NAV.filter((entry) => entry.open !== undefined || sections?.includes(entry.id));
  const isMore = (entry: NavEntry): boolean => sections !== undefined && entry.open === 'more';
  return { entries: own.filter((entry) => !isMore(entry)), more: own.filter(isMore) };
}
