import type { JSX } from 'preact';

/** The standing of a term, as `kernel/deadline` tells it. */
export type LightColour = 'green' | 'yellow' | 'red' | 'paused' | 'done';

const LIGHT_WORDS: Record<LightColour, string> = {
  green: '正常',
  yellow: '临近',
  red: '逾期',
  paused: '暂停',
  done: '已结束',
};

/** Each colour has its own shape as well, so that it survives grey paper and colour-blind eyes. */
const LIGHT_SHAPES: Record<LightColour, JSX.Element> = {
  green: <circle cx="8" cy="8" r="6" />,
  yellow: <path d="M8 1.5 15 14H1z" />,
  red: <path d="M4.8 1h6.4L15 4.8v6.4L11.2 15H4.8L1 11.2V4.8z" />,
  paused: <path d="M3 2h4v12H3zm6 0h4v12H9z" />,
  done: <path d="M1.5 8.5l2-2 3 3 6-6 2 2-8 8z" />,
};

/** Traffic light of a term: colour, shape and word. `text` replaces the word: “还有 3 个工作日”. */
export function Light({ light, text }: { light: LightColour; text?: string }): JSX.Element {
  return (
    <span class={`light light-${light}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {LIGHT_SHAPES[light]}
      </svg>
      <span>
        {LIGHT_WORDS[light]}
        {text && <span class="light-text"> {text}</span>}
      </span>
    </span>
  );
}

export type BadgeTone = 'neutral' | 'info' | 'done' | 'warn' | 'danger';

/** A state in a word. */
export function Badge({ tone = 'neutral', text }: { tone?: BadgeTone; text: string }): JSX.Element {
  return <span class={`badge badge-${tone}`}>{text}</span>;
}
