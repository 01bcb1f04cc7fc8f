/** Parts of the picker of items: asked for most, by need. */
import type { JSX } from 'preact';
import { Card } from '../../../platform/web/index.ts';
import type { Need } from '../../catalogue/index.ts';
import type { Pick } from '../rules.ts';
import { Picks } from './picks.tsx';

export function FirstPicks({ picks, title }: { picks: readonly Pick[]; title: string }): JSX.Element | null {
  if (picks.length === 0) return null;
  return (
    <Card title={title}>
      <Picks from={1} choices={picks} />
    </Card>
  );
}

/** Each need leads to what answers it. */
export function NeedPicks({ needs, citizen }: { needs: readonly Need[]; citizen: string }): JSX.Element {
  const base = `/filing/items?${citizen === '' ? '' : `citizen=${citizen}&`}need=`;
  return (
    <Card title="群众怎么说">
      <ul class="needs">
        {needs.map(({ text }) => (
          <li key={text}>
            <a class="button button-secondary" href={`${base}${encodeURIComponent(text)}`}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
