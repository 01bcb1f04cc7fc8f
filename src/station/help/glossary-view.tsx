import type { JSX } from 'preact';
import { Card, EmptyState, FilterForm } from '../../platform/web/index.ts';
import { type GlossaryEntry, glossary, searchGlossary } from './glossary.ts';

/** All words by subject, or those found. */
export function GlossaryView({ q }: { q: string }): JSX.Element {
  const found = searchGlossary(q);
  const groups = [...new Set(glossary().map((e) => e.group))];
  return (
    <>
      <FilterForm
        action="/glossary"
        filters={[{ name: 'q', label: '名词、拼音或者首字母，例如 受理、shouli、sl', value: q }]}
      />
      {q === '' ? (
        <>
          <Contents groups={groups} />
          {groups.map((group) => (
            <Card key={group} id={`group-${group}`} title={group}>
              <Terms entries={found.filter((e) => e.group === group)} />
            </Card>
          ))}
        </>
      ) : (
        <Found found={found} q={q} />
      )}
    </>
  );
}

const Contents = ({ groups }: { groups: readonly string[] }): JSX.Element => (
  <nav aria-label="分类">
    <ul class="chips">
      {groups.map((group) => (
        <li key={group}>
          <a class="chip" href={`#${encodeURIComponent(`group-${group}`)}`}>
            {group}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Found = ({ found, q }: { found: readonly GlossaryEntry[]; q: string }): JSX.Element =>
  found.length === 0 ? (
    <EmptyState title={`没有找到“${q}”`}>
      换个说法再试，或者<a href="/glossary">看全部名词</a>。
    </EmptyState>
  ) : (
    <Card title={`找到 ${found.length} 个`} aside={<a href="/glossary">看全部名词</a>}>
      <Terms entries={found} />
    </Card>
  );

const Terms = ({ entries }: { entries: readonly GlossaryEntry[] }): JSX.Element => (
  <dl class="terms">
    {entries.map(({ term, pinyin, meaning, source }) => (
      <div key={term} id={term}>
        <dt>
          {term} <span class="help">{pinyin}</span>
        </dt>
        <dd>
          {meaning}
          {source && <span class="help">（{source}）</span>}
        </dd>
      </div>
    ))}
  </dl>
);
