/** How a page is divided: tools above, two panes side by side, what is folded away. */
import type { ComponentChildren, JSX } from 'preact';

/** Controls that belong to what stands below, in one line where there is room. */
export function Toolbar({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form, and tools stand outside of forms too
    <div class="toolbar" role="group" aria-label={label}>
      {children}
    </div>
  );
}

export interface Pane {
  label: string;
  children: ComponentChildren;
}

/** Two things to be compared: side by side from 1100 px on, each scrolling by itself; one above the other below. */
export function SplitView({ left, right }: { left: Pane; right: Pane }): JSX.Element {
  return (
    <div class="split">
      {[left, right].map((pane) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section key={pane.label} class="pane" aria-label={pane.label} tabIndex={0}>
          {pane.children}
        </section>
      ))}
    </div>
  );
}

/** What is needed seldom: folded away, without script. `help` stands small beside what it explains. */
export function Fold(props: {
  title: string;
  open?: boolean;
  id?: string;
  kind?: 'block' | 'help';
  children: ComponentChildren;
}): JSX.Element {
  const { title, open, id, kind = 'block', children } = props;
  return (
    <details class={kind === 'help' ? 'inline-help' : 'folded'} id={id} open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

export interface Chip {
  text: string;
  /** Where the list is with this chosen, or no longer chosen. */
  href: string;
  on?: boolean;
  count?: number;
}

/** Filters of which several may be on: each is a link that switches its own. */
export function Chips({ label, chips }: { label: string; chips: readonly Chip[] }): JSX.Element {
  return (
    <ul class="chips" aria-label={label}>
      {chips.map((chip) => (
        <li key={chip.text}>
          <a class="chip" href={chip.href} aria-current={chip.on ? 'true' : undefined}>
            {chip.text}
            {chip.count !== undefined && <span class="count">{chip.count}</span>}
            {chip.on && <span class="vh">（已选，点按取消）</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Somebody in one line: name, and where he belongs. */
export const Person = ({ name, at }: { name: string; at?: string }): JSX.Element => (
  <span class="person">
    {name}
    {at && <span class="help">{at}</span>}
  </span>
);
