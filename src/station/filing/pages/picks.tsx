/** Lists of things to choose from, the first nine by a key each. */
import type { ComponentChildren, JSX } from 'preact';
import { Kbd } from '../../../platform/web/index.ts';

export interface Choice {
  href: string;
  title: ComponentChildren;
  note: ComponentChildren;
}

/** @param from number of the first key; without it there are none */
export function Picks({ choices, from }: { choices: readonly Choice[]; from?: number }): JSX.Element {
  return (
    <ul class="picks">
      {choices.map((c, i) => {
        const key = from !== undefined && from + i <= 9 ? String(from + i) : undefined;
        return (
          <li key={c.href}>
            <a class="pick" href={c.href} data-key={key}>
              <span>
                <b>{c.title}</b>
                <small>{c.note}</small>
              </span>
              {key && <Kbd keys={key} />}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
