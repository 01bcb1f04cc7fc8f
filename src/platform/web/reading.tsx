/** Reading aids of the public pages, and the frame of a screen that stands in a station. */
import type { JSX } from 'preact';
import type { Instant } from '../../kernel/types.ts';
import { RehearsalBanner } from './header.tsx';

/** What a reader has switched on. */
export interface Reading {
  large: boolean;
  contrast: boolean;
}

/** A screen that stands in a station: where it begins, and what leads on from there. */
export interface Kiosk {
  /** The station, as the screen names it. */
  name: string;
  /** Where it begins, and where it goes back to when nobody has touched it for a while. */
  start: string;
  /** Paths to which it may go, each with everything beneath it. */
  ways: readonly string[];
  links: readonly { href: string; text: string }[];
}

/** Seconds without a touch after which a kiosk forgets whoever stood before it. */
export const KIOSK_IDLE = 90;

const Switch = ({ name, on, text }: { name: keyof Reading; on: boolean; text: string }): JSX.Element => (
  <button type="submit" name={name} value={on ? 'off' : 'on'} aria-pressed={on} class="reading-tool">
    {text}
  </button>
);

/** 大字 and 高对比, one press each, without script; 朗读 shows itself where the browser can speak. */
export const ReadingTools = ({ reading }: { reading: Reading }): JSX.Element => (
  <form method="post" action="/reading" class="reading" data-reading>
    <Switch name="large" on={reading.large} text="大字" />
    <Switch name="contrast" on={reading.contrast} text="高对比" />
    <button type="button" class="reading-tool" aria-pressed={false} data-read-aloud hidden>
      朗读
    </button>
  </form>
);

/** In place of header and navigation: nothing leads out of the kiosk. */
export function KioskHeader(props: {
  kiosk: Kiosk;
  reading: Reading;
  banner: { now: Instant } | null;
}): JSX.Element {
  const { kiosk, reading, banner } = props;
  return (
    <header class="site-header kiosk-header">
      {banner && <RehearsalBanner now={banner.now} fixed />}
      <div class="wrap bar">
        <p class="kiosk-name">{kiosk.name}</p>
        <ReadingTools reading={reading} />
      </div>
      <nav class="kiosk-nav" aria-label="主导航">
        <ul class="wrap">
          {kiosk.links.map(({ href, text }) => (
            <li key={href}>
              <a href={href}>{text}</a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** Prints the page; shows itself where a script can: the page names the script `reading`. */
export const PrintButton = ({ children }: { children: string }): JSX.Element => (
  <button type="button" class="button button-secondary" data-print hidden>
    {children}
  </button>
);
