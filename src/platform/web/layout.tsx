/** The frame of every page. Long because header, navigation, banner and footer are seen together. */
import type { ComponentChildren, JSX } from 'preact';
import { chineseDateTime, localDate } from '../../kernel/time.ts';
import type { Instant } from '../../kernel/types.ts';
import { type ScriptId, scripts, stylesheet } from './assets.ts';
import { CsrfField } from './components/fields.tsx';

/** Sections of the site, as the header names them. */
export type NavId =
  | 'inbox'
  | 'filing'
  | 'board'
  | 'stations'
  | 'admin'
  | 'cases'
  | 'certificates'
  | 'payouts'
  | 'desk'
  | 'cash'
  | 'items'
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
} as const;

interface NavEntry {
  id: NavId;
  href: string;
  text: string;
  staffOnly?: true;
  /** Only for who may see cases: administrators may not. */
  readersOnly?: true;
  /** Only for who stands at such a counter. */
  counter?: Counter;
}

/** Counters with a section of their own: hand-over at the village, cash. */
export type Counter = 'desk' | 'cash';

const NAV: readonly NavEntry[] = [
  { id: 'inbox', href: '/inbox', text: '待办', staffOnly: true },
  { id: 'cases', href: '/cases', text: '办件', staffOnly: true },
  { id: 'certificates', href: '/certificates', text: '证照', staffOnly: true },
  { id: 'payouts', href: '/payouts', text: '发放', readersOnly: true },
  { id: 'desk', href: '/desk', text: '领取台', counter: 'desk' },
  { id: 'cash', href: '/cash', text: '现金', counter: 'cash' },
  { id: 'items', href: '/items', text: '办事' },
  { id: 'notices', href: '/notices', text: '公示' },
  { id: 'progress', href: '/progress', text: '进度查询' },
  { id: 'verify', href: '/verify', text: '证照核验' },
  { id: 'help', href: '/help', text: '帮助' },
];

export interface PageUser {
  name: string;
  orgName: string;
  roleTitles: string[];
  csrf: string;
  /** May see cases and what comes of them. */
  readsCases?: boolean;
  /** Counters this person stands at. */
  counters?: readonly Counter[];
}

export interface Crumb {
  href?: string;
  text: string;
}

export interface FlashMessage {
  kind: 'done' | 'warn' | 'error';
  text: string;
}

export interface PageProps {
  /** Stands in the browser's title; the page draws its own `<h1>` unless `heading` is given. */
  title: string;
  /** Draws the `<h1>`. */
  heading?: string;
  signedIn?: PageUser | null;
  nav?: NavId;
  /** Rehearsal mode: the simulated time, drawn on every page. */
  banner?: { now: Instant } | null;
  flash?: FlashMessage | null;
  breadcrumbs?: readonly Crumb[];
  /** Branch pages (党建) wear red. */
  theme?: 'station' | 'branch';
  /** A narrow column for pages with little on them: sign-in, public look-ups. */
  narrow?: boolean;
  /** Scripts beyond that of every page. */
  scripts?: readonly ScriptId[];
  children?: ComponentChildren;
}

function Account({ user }: { user: PageUser }): JSX.Element {
  return (
    <div class="account">
      <p>
        <a href={SITE_PATHS.account}>
          <strong>{user.name}</strong>
        </a>
        <span>
          {user.orgName}
          {user.roleTitles.length > 0 && ` · ${user.roleTitles.join('、')}`}
        </span>
      </p>
      <form method="post" action={SITE_PATHS.signOut}>
        <CsrfField token={user.csrf} />
        <button type="submit" class="sign-out">
          退出
        </button>
      </form>
    </div>
  );
}

function SiteHeader({ signedIn, nav, banner }: Pick<PageProps, 'signedIn' | 'nav' | 'banner'>): JSX.Element {
  const entries = NAV.filter(
    (entry) =>
      (signedIn || !entry.staffOnly) &&
      (signedIn?.readsCases || !entry.readersOnly) &&
      (entry.counter === undefined || signedIn?.counters?.includes(entry.counter)),
  );
  return (
    <header class="site-header">
      {banner && <RehearsalBanner now={banner.now} />}
      <div class="wrap bar">
        <a class="brand" href={SITE_PATHS.home}>
          <svg class="emblem" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path d="M16 3 3 13v3h3v13h20V16h3v-3z" fill="currentColor" />
            <path d="M11 19.5l3.6 3.6 6.8-7.4" fill="none" stroke="#0b4a8f" stroke-width="3" />
          </svg>
          <span>
            <b>富宁县农民服务站</b>
            <span class="brand-sub">村办</span>
          </span>
        </a>
        {signedIn ? (
          <Account user={signedIn} />
        ) : (
          <a class="sign-in" href={SITE_PATHS.signIn}>
            工作人员登录
          </a>
        )}
      </div>
      <nav class="site-nav" aria-label="主导航">
        <ul class="wrap">
          {entries.map((entry) => (
            <li key={entry.id}>
              <a href={entry.href} aria-current={entry.id === nav ? 'page' : undefined}>
                {entry.text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function RehearsalBanner({ now }: { now: Instant }): JSX.Element {
  return (
    <div class="rehearsal">
      <p class="wrap">
        <strong>演练模式 — 数据不作数</strong>
        <span>
          模拟时间 <time dateTime={now}>{chineseDateTime(now)}</time> <a href={SITE_PATHS.rehearsal}>拨快</a>
        </span>
      </p>
    </div>
  );
}

function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }): JSX.Element {
  return (
    <nav class="crumbs" aria-label="当前位置">
      <ol>
        {crumbs.map((crumb, i) => (
          <li key={crumb.text}>
            {crumb.href ? (
              <a href={crumb.href}>{crumb.text}</a>
            ) : (
              <span aria-current={i === crumbs.length - 1 ? 'page' : undefined}>{crumb.text}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

const FLASH_WORDS: Record<FlashMessage['kind'], string> = { done: '已完成', warn: '请注意', error: '未完成' };

/** One message about what was just done. A failure interrupts a screen reader, the rest waits its turn. */
function Flash({ kind, text }: FlashMessage): JSX.Element {
  return (
    <div class={`flash flash-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <strong>{FLASH_WORDS[kind]}</strong>
      <span>{text}</span>
    </div>
  );
}

function SiteFooter(): JSX.Element {
  return (
    <footer class="site-footer">
      <div class="wrap">
        <p>
          <b>事在村办 · 钱在村领 · 证在村拿</b>
        </p>
        <p>富宁县农民服务站 · 村办。办事不收费；代办员无偿代办，不得留存证件原件。</p>
      </div>
    </footer>
  );
}

/** The whole document: header, navigation, banner, message, the page itself, footer. Render with `render`. */
export function Page(props: PageProps): JSX.Element {
  const { title, heading, signedIn, nav, banner, flash, breadcrumbs = [], theme = 'station', narrow } = props;
  const more = props.scripts ?? [];
  return (
    <html
      lang="zh-CN"
      class={theme === 'branch' ? 'branch' : undefined}
      data-today={banner ? localDate(banner.now) : undefined}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>{`${title} · 富宁县农民服务站`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={stylesheet.path} />
        {(['app', ...more] as const).map((id) => (
          <script key={id} src={scripts[id].path} defer />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          跳到正文
        </a>
        <SiteHeader
          banner={banner ?? null}
          {...(signedIn !== undefined && { signedIn })}
          {...(nav && { nav })}
        />
        <main id="main" class={narrow ? 'wrap narrow' : 'wrap'} tabIndex={-1}>
          {breadcrumbs.length > 0 && <Breadcrumbs crumbs={breadcrumbs} />}
          {flash && <Flash {...flash} />}
          {heading && <h1>{heading}</h1>}
          {props.children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
}
