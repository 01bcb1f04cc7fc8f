/** The frame of every page: document, header, message, the page itself, footer. */
import type { ComponentChildren, JSX } from 'preact';
import { localDate } from '../../kernel/time.ts';
import type { Instant } from '../../kernel/types.ts';
import { type ScriptId, scripts, stylesheets } from './assets.ts';
import { Kbd } from './components/actions.tsx';
import { CsrfField } from './components/fields.tsx';
import { type PageUser, RehearsalBanner, SiteHeader } from './header.tsx';
import type { NavId } from './navigation.ts';
import { KIOSK_IDLE, type Kiosk, KioskHeader, type Reading, ReadingTools } from './reading.tsx';

export interface Crumb {
  href?: string;
  text: string;
}

export interface FlashMessage {
  kind: 'done' | 'warn' | 'error';
  text: string;
  /** One way back: a page to go to, or an address to post to. */
  undo?: { text: string; href: string } | { text: string; action: string };
}

/**
 * How close things stand. `staff`: 16 px and targets of 36 px (44 px under a finger), for work with keyboard and
 * mouse; `counter`: 17 px and 44 px, where a villager stands in front; `public`: 18 px and 48 px.
 */
export type Density = 'staff' | 'counter' | 'public';

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
  /** `public` unless somebody is signed in; the sections at the counter are `counter`, all other work is `staff`. */
  density?: Density;
  /** Scripts beyond that of every page. */
  scripts?: readonly ScriptId[];
  /** What a visitor has switched on; not for whoever is signed in. */
  reading?: Reading | null;
  /** The page is shown on the screen of a station: nothing leads out of it, and it forgets. */
  kiosk?: Kiosk | null;
  /** Nothing around the page: a screen that is only looked at. */
  bare?: boolean;
  /** Without script the page is asked for again, or another one, after so many seconds. */
  refresh?: { after: number; to?: string } | null;
  children?: ComponentChildren;
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
export function Flash({ kind, text, undo, csrf }: FlashMessage & { csrf?: string }): JSX.Element {
  return (
    <div class={`flash flash-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <strong>{FLASH_WORDS[kind]}</strong>
      <span>{text}</span>
      {undo && 'href' in undo && <a href={undo.href}>{undo.text}</a>}
      {undo && 'action' in undo && csrf !== undefined && (
        <form method="post" action={undo.action}>
          <CsrfField token={csrf} />
          <button type="submit" class="link-button">
            {undo.text}
          </button>
        </form>
      )}
    </div>
  );
}

function SiteFooter({ hasKeys }: { hasKeys: boolean }): JSX.Element {
  return (
    <footer class="site-footer">
      <div class="wrap">
        <p>
          <b>事在村办 · 钱在村领 · 证在村拿</b>
        </p>
        <p>富宁县农民服务站 · 村办。办事不收费；代办员无偿代办，不得留存证件原件。</p>
        {hasKeys && (
          <button type="button" class="link-button" data-keys hidden>
            快捷键 <Kbd keys="?" />
          </button>
        )}
      </div>
    </footer>
  );
}

/** Where staff work with the person standing before them. */
const AT_THE_COUNTER: readonly (NavId | undefined)[] = ['filing', 'desk', 'cash'];

function densityOf({ density, signedIn, nav }: PageProps): Density {
  if (density) return density;
  if (!signedIn) return 'public';
  return AT_THE_COUNTER.includes(nav) ? 'counter' : 'staff';
}

/** The scripts of a page beyond `app`. */
function scriptsOf({ signedIn, reading, kiosk, scripts: own = [] }: PageProps): ScriptId[] {
  if (signedIn) return ['keys', ...own];
  const visitor: ScriptId[] = [
    ...(reading ? (['reading'] as const) : []),
    ...(kiosk ? (['kiosk'] as const) : []),
  ];
  return [...new Set([...visitor, ...own])];
}

function Head(props: {
  title: string;
  scripts: readonly ScriptId[];
  refresh: PageProps['refresh'];
}): JSX.Element {
  const { title, scripts: ids, refresh } = props;
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="format-detection" content="telephone=no" />
      <title>{`${title} · 富宁县农民服务站`}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href={stylesheets.app.path} />
      {/* A form must come over a slow line at once, and is filled in with the line cut: one sheet is enough for it. */}
      {!ids.includes('filing') && <link rel="stylesheet" href={stylesheets.pages.path} />}
      {(['app', ...ids] as const).map((id) => (
        <script key={id} src={scripts[id].path} defer />
      ))}
      {refresh && (
        <noscript>
          <meta
            http-equiv="refresh"
            content={refresh.to === undefined ? String(refresh.after) : `${refresh.after}; url=${refresh.to}`}
          />
        </noscript>
      )}
    </head>
  );
}

/** What the script of a kiosk needs to know. */
const kioskData = (kiosk: PageProps['kiosk']) =>
  kiosk && { 'data-kiosk': kiosk.start, 'data-ways': kiosk.ways.join(' '), 'data-idle': KIOSK_IDLE };

/** What stands above the page: the site's header, that of a kiosk, or nothing but the mark of a rehearsal. */
function Above(props: PageProps): JSX.Element | null {
  const { nav, kiosk, bare, reading } = props;
  const user = props.signedIn ?? null;
  const banner = props.banner ?? null;
  if (bare)
    return (
      banner && (
        <header>
          <RehearsalBanner now={banner.now} fixed />
        </header>
      )
    );
  if (kiosk) {
    const aids = reading ?? { large: false, contrast: false };
    return <KioskHeader kiosk={kiosk} reading={aids} banner={banner} />;
  }
  const aids = reading && !user ? <ReadingTools reading={reading} /> : null;
  return <SiteHeader user={user} nav={nav} banner={banner} aids={aids} />;
}

/** The whole document: header, navigation, banner, message, the page itself, footer. Render with `render`. */
export function Page(props: PageProps): JSX.Element {
  const { title, heading, flash, breadcrumbs = [], narrow, kiosk, bare } = props;
  const user = props.signedIn ?? null;
  const banner = props.banner ?? null;
  const reading = user ? null : props.reading;
  const refresh = props.refresh ?? (kiosk && { after: KIOSK_IDLE, to: kiosk.start });
  const classes = [
    props.theme === 'branch' && 'branch',
    reading?.large && 'large',
    reading?.contrast && 'contrast',
    kiosk && 'kiosk',
  ].filter(Boolean);
  return (
    <html
      lang="zh-CN"
      class={classes.length > 0 ? classes.join(' ') : undefined}
      data-density={densityOf(props)}
      data-today={banner ? localDate(banner.now) : undefined}
    >
      <Head title={title} scripts={scriptsOf(props)} refresh={refresh} />
      <body {...kioskData(kiosk)}>
        <a class="skip" href="#main">
          跳到正文
        </a>
        <Above {...props} />
        <main id="main" class={narrow ? 'wrap narrow' : 'wrap'} tabIndex={-1}>
          {breadcrumbs.length > 0 && <Breadcrumbs crumbs={breadcrumbs} />}
          {flash && <Flash {...flash} {...(user && { csrf: user.csrf })} />}
          {heading && <h1>{heading}</h1>}
          {props.children}
        </main>
        {!kiosk && !bare && <SiteFooter hasKeys={user !== null} />}
      </body>
    </html>
  );
}
