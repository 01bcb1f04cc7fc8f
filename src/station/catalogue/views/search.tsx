/** Looking for what to do, in one's own words; nothing of it needs a script. */
import type { JSX } from 'preact';
import { Button, Chips, TextField } from '../../../platform/web/index.ts';
import type { Need } from '../needs.ts';

export function SearchBox({ q }: { q: string }): JSX.Element {
  return (
    <search>
      <form method="get" action="/items" class="search search-wide">
        <TextField
          id="q"
          name="q"
          label="要办什么事"
          help="照平时说话写就行，如 我要盖房、房子漏雨、低保。"
          type="search"
          value={q}
          mark={false}
        />
        <Button>查找</Button>
      </form>
    </search>
  );
}

/** Everyday words to press. */
export function NeedLinks(props: { needs: readonly Need[]; label: string; more?: boolean }): JSX.Element {
  const { needs, label, more } = props;
  const chips = needs.map(({ text }) => ({ text, href: `/items?${new URLSearchParams({ q: text })}` }));
  return <Chips label={label} chips={more ? [...chips, { text: '更多…', href: '/items' }] : chips} />;
}
