/** The head of every page: whose it is, where one can go, who is signed in. */
import type { JSX } from 'preact';
import { chineseDateTime } from '../../kernel/time.ts';
import type { Instant } from '../../kernel/types.ts';
import { Kbd } from './components/actions.tsx';
import { CsrfField } from './components/fields.tsx';
import { type NavEntry, type NavId, navigationOf, SITE_PATHS } from './navigation.ts';

/** Whoever is signed in, as far as a page's frame needs it. */
export interface PageUser {
  name: string;
  orgName: string;
  roleTitles: string[];
  csrf: string;
  /** Sections beyond the public's that this person may enter. */
  sections?: readonly NavId[];
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

function NavLink({ entry, nav }: { entry: NavEntry; nav: NavId | undefined }): JSX.Element {
  return (
    <li id={`nav-${entry.id}`}>
      <a href={entry.href} data-key={`g ${entry.key}`} aria-current={entry.id === nav ? 'page' : undefined}>
        {entry.text}
        <Kbd keys={entry.key} />
      </a>
    </li>
  );
}

function Navigation({ user, nav }: { user: PageUser | null; nav: NavId | undefined }): JSX.Element {
  const { entries, more } = navigationOf(user?.sections);
  return (
    <nav class="site-nav" aria-label="主导航">
      <ul class="wrap">
        {entries.map((entry) => (
          <NavLink key={entry.id} entry={entry} nav={nav} />
        ))}
        {more.length > 0 && (
          <li>
            <details data-menu>
              <summary class={more.some(({ id }) => id === nav) ? 'current' : undefined}>更多</summary>
              <ul>
                {more.map((entry) => (
                  <NavLink key={entry.id} entry={entry} nav={nav} />
                ))}
              </ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  );
}

/** Header and navigation; in a rehearsal the simulated time above them. */
export function SiteHeader(props: {
  user: PageUser | null;
  nav: NavId | undefined;
  banner: { now: Instant } | null;
  /** What stands beside the way to sign in. */
  aids: JSX.Element | null;
}): JSX.Element {
  const { user, nav, banner, aids } = props;
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
        {user ? (
          <Account user={user} />
        ) : (
          <div class="visitor">
            {aids}
            <a class="sign-in" href={SITE_PATHS.signIn}>
              工作人员登录
            </a>
          </div>
        )}
      </div>
      <Navigation user={user} nav={nav} />
    </header>
  );
}

/** `fixed`: on a screen whose clock nobody moves. */
export function RehearsalBanner({ now, fixed }: { now: Instant; fixed?: boolean }): JSX.Element {
  return (
    <div class="rehearsal">
      <p class="wrap">
        <strong>演练模式 — 数据不作数</strong>
        <span>
          模拟时间 <time dateTime={now}>{chineseDateTime(now)}</time>{' '}
          {!fixed && <a href={SITE_PATHS.rehearsal}>拨快</a>}
        </span>
      </p>
    </div>
  );
}
