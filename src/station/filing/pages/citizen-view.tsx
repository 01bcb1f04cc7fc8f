/** What the village knows of a citizen: what lies ready, drafts, what was handed in and where it stands. */
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import { Card, EmptyState, LinkButton, Numbered, RowLink, Table } from '../../../platform/web/index.ts';
import type { DraftLine } from '../../cases/index.ts';
import type { CitizenCase, CitizenDesk } from '../citizens.ts';

/** What waits to be handed over. */
export function ReadyCard({ desk }: { desk: CitizenDesk }): JSX.Element | null {
  const ready = desk.cases.filter((c) => c.isReady);
  if (ready.length === 0) return null;
  return (
    <Card
      tone="now"
      title="有办好的等着领"
      aside={
        <LinkButton href={`/desk/people/${desk.key}`} shortcut="l">
          到领取台
        </LinkButton>
      }
    >
      <ul class="plain-list">
        {ready.map((c) => (
          <li key={c.id}>{c.itemTitle}</li>
        ))}
      </ul>
    </Card>
  );
}

export function DraftsCard({ drafts }: { drafts: readonly DraftLine[] }): JSX.Element | null {
  if (drafts.length === 0) return null;
  return (
    <Card title="没有填完的草稿">
      <ul class="plain-list">
        {drafts.map((d) => (
          <li key={d.caseId}>
            <a href={`/cases/${d.caseId}/edit`}>{d.itemTitle}</a>（{d.typedByName}{' '}
            {chineseDateTime(d.typedAt)} 填写）
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Open cases first; each closed one of an item can be copied. */
export function CasesCard({ desk }: { desk: CitizenDesk }): JSX.Element {
  const open = desk.cases.filter((c) => c.isOpen);
  const closed = desk.cases.filter((c) => !c.isOpen);
  return (
    <Card title="在本村办过的事">
      <Table
        list
        caption="在本村办过的事"
        captionHidden
        rows={[...open, ...closed]}
        rowKey={(c) => c.id}
        empty={<EmptyState title="还没有在本村办过事" />}
        columns={[
          {
            title: '事项',
            head: true,
            cell: (c) => <RowLink href={`/cases/${c.id}`}>{c.itemTitle}</RowLink>,
          },
          { title: '编号', cell: (c) => <Numbered>{c.number}</Numbered> },
          { title: '收件', nowrap: true, cell: (c) => chineseDate(c.on) },
          { title: '现在', cell: standing },
          {
            title: '再办',
            cell: (c) => (
              <a href={`/cases/new?item=${c.item}&situation=${c.situation}&citizen=${desk.id}&copy=${c.id}`}>
                复制<span class="vh">{c.number}</span>
              </a>
            ),
          },
        ]}
      />
    </Card>
  );
}

const standing = ({ stateTitle, isOpen, due }: CitizenCase): string =>
  isOpen && due ? `${stateTitle}，最晚 ${chineseDate(due)}` : stateTitle;
