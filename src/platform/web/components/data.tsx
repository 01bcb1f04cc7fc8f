import { type ComponentChildren, Fragment, type JSX } from 'preact';
import type { BadgeTone } from './status.tsx';

export interface Column<Row> {
  title: string;
  cell(row: Row): ComponentChildren;
  /** Figures stand at the right edge. */
  numeric?: boolean;
  /** The cell that names the row; it becomes the card's heading on a phone. */
  head?: boolean;
  /** Never broken over two lines: numbers of cases, dates. */
  nowrap?: boolean;
}

export interface TableProps<Row> {
  /** Read before the table; drawn unless `captionHidden`. */
  caption: string;
  captionHidden?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row, index: number): string;
  /** Drawn in place of the table when there are no rows. */
  empty?: ComponentChildren;
  /** Keys move from row to row; the cell that opens a row holds a `RowLink`. */
  list?: boolean;
}

/** The link that opens a row: `Enter` follows it wherever in the row the keyboard is. */
export const RowLink = ({ href, children }: { href: string; children: ComponentChildren }): JSX.Element => (
  <a href={href} data-row-link>
    {children}
  </a>
);

function cellClass<Row>(column: Column<Row>): string | undefined {
  const names = [column.numeric && 'numeric', column.nowrap && 'nowrap'].filter(Boolean);
  return names.length > 0 ? names.join(' ') : undefined;
}

/**
 * A table; on a narrow screen each row becomes a card whose cells carry their column's title (by CSS alone;
 * browsers since Chromium 80 keep telling screen readers that it is a table).
 */
export function Table<Row>(props: TableProps<Row>): JSX.Element {
  const { caption, captionHidden, columns, rows, rowKey, empty, list } = props;
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <table class="table" data-list={list}>
      <caption class={captionHidden ? 'vh' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" class={cellClass(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={rowKey(row, i)}>
            {columns.map((column) => {
              const shared = { class: cellClass(column), 'data-label': column.title, key: column.title };
              return column.head ? (
                <th scope="row" {...shared}>
                  <div>{column.cell(row)}</div>
                </th>
              ) : (
                <td {...shared}>{column.cell(row)}</td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A long number of the house's own books, broken at its dashes where there is no room: a browser would not. */
export const Numbered = ({ children }: { children: string }): JSX.Element => (
  <span class="own-number">
    {children.split(/(?<=-)/).map((part, i) => (
      <Fragment key={i}>
        {i > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </span>
);

export interface Definition {
  term: string;
  detail: ComponentChildren;
  /** Takes the whole width. */
  wide?: boolean;
  /** A long sentence with a short answer: a declaration. */
  statement?: boolean;
}

/** Facts by name, in two columns where there is room. */
export function DefinitionList({ items }: { items: readonly Definition[] }): JSX.Element {
  return (
    <dl class="facts">
      {items.map((item) => (
        <div key={item.term} class={item.statement ? 'statement' : item.wide ? 'wide' : undefined}>
          <dt>{item.term}</dt>
          <dd>{item.detail}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface TimelineEntry {
  /** Chinese date and time, ready to be read. */
  when: string;
  /** The same as an instant or date, for machines. */
  dateTime?: string;
  title: ComponentChildren;
  /** Who, at which desk. */
  who?: string;
  detail?: ComponentChildren;
  tone?: BadgeTone;
}

/** What happened, in order. The last entry is where the case stands when `current` is set. */
export function Timeline({
  entries,
  current,
}: {
  entries: readonly TimelineEntry[];
  current?: boolean;
}): JSX.Element {
  return (
    <ol class="timeline">
      {entries.map((entry, i) => (
        <li
          key={`${entry.when}-${i}`}
          class={`tone-${entry.tone ?? 'neutral'}`}
          aria-current={current && i === entries.length - 1 ? 'step' : undefined}
        >
          <p class="timeline-title">{entry.title}</p>
          <p class="timeline-meta">
            <time dateTime={entry.dateTime}>{entry.when}</time>
            {entry.who && <span>{entry.who}</span>}
          </p>
          {entry.detail && <div class="timeline-detail">{entry.detail}</div>}
        </li>
      ))}
    </ol>
  );
}

type CheckState = 'done' | 'missing' | 'waived' | 'open';

const CHECK_WORDS: Record<CheckState, string> = {
  done: '已有',
  missing: '缺少',
  waived: '免交',
  open: '待交',
};

export interface ChecklistItem {
  state: CheckState;
  text: ComponentChildren;
  note?: ComponentChildren;
}

/** What has to be there and what is. */
export function Checklist({ items }: { items: readonly ChecklistItem[] }): JSX.Element {
  return (
    <ul class="checklist">
      {items.map((item, i) => (
        <li key={i} class={`check-${item.state}`}>
          <span class="check-state">{CHECK_WORDS[item.state]}</span>
          <div>
            <p>{item.text}</p>
            {item.note && <p class="help">{item.note}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
