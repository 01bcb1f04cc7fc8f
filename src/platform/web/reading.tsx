/** Reading aids of the public pages, and the frame of a kiosk. */
import type { JSX } from 'preact';

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
  <form method="post" action="/reading" class="reading" aria-label="阅读辅助" data-reading>
    <Switch name="large" on={reading.large} text="大字" />
    <Switch name="contrast" on={reading.contrast} text="高对比" />
    <button type="button" class="reading-tool" data-read-aloud hidden>
      朗读
    </button>
  </form>
);

/** In place of header and navigation: nothing leads out of the kiosk. */
export function KioskHeader({ kiosk, reading }: { kiosk: Kiosk; reading: Reading }): JSX.Element {
  return (
    <header class="site-header kiosk-header">
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

/** Without script a page of a kiosk goes back to the start by itself. */
export const KioskReset = ({ kiosk }: { kiosk: Kiosk }): JSX.Element => (
  <noscript>
    <meta http-equiv="refresh" content={`${KIOSK_IDLE}; url=${kiosk.start}`} />
  </noscript>
);
