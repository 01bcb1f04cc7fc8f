/** The table of a list: lights, claims, and a box before each row that may be ticked. */
import type { ComponentChildren, JSX } from 'preact';
import { Badge, type Column, Light, RowLink, Table } from '../../../platform/web/index.ts';
import { endText, type ListedCase, leftText, toneOf } from '../../cases/index.ts';
import { COLUMNS, type ColumnId, claimText, stateText } from '../columns.ts';

function Term({ line }: { line: ListedCase }): JSX.Element {
  if (line.light === null) return <span class="help">—</span>;
  const end = endText({ ...line, due: line.nextDue });
  // Something granted waits for its next review: no light for what lies months away.
  if (line.phase === 'kept')
    return (
      <div>
        {end}
        <p class="help">下次认证、复核</p>
      </div>
    );
  return (
    <div>
      <Light light={line.light} text={leftText(line)} />
      <p class="help">{end}</p>
    </div>
  );
}

function Claims({ line }: { line: ListedCase }): JSX.Element {
  const note = line.claims.find((k) => k.note !== '')?.note;
  return (
    <div>
      {claimText(line) || <span class="help">—</span>}
      {note && <p class="help">留言：{note}</p>}
    </div>
  );
}

function Applicant({ line }: { line: ListedCase }): JSX.Element {
  return (
    <>
      <RowLink href={line.phase === 'draft' ? `/cases/${line.id}/edit` : `/cases/${line.id}`}>
        {line.applicantName || '（未填姓名）'}
      </RowLink>
      {line.standsFor && (
        <>
          {' '}
          <Badge tone="info" text={`代${line.standsFor}`} />
        </>
      )}
    </>
  );
}

/** How a column is drawn where it is more than its text. */
const CELLS: Partial<Record<ColumnId, (line: ListedCase) => ComponentChildren>> = {
  term: (c) => <Term line={c} />,
  state: (c) => (
    <div>
      <Badge tone={toneOf(c)} text={stateText(c)} />
    </div>
  ),
  claim: (c) => <Claims line={c} />,
  number: (c) => c.number ?? '提交后生成',
};

const nameOf = (line: ListedCase): string => `${line.applicantName || '未填姓名'}，${line.itemTitle}`;

/** @param ticked boxes stand before the rows; `all`: every one is ticked */
export function CaseTable(props: {
  cases: readonly ListedCase[];
  caption: string;
  columns: readonly ColumnId[];
  ticked?: 'all' | 'none';
  empty?: JSX.Element;
}): JSX.Element {
  const { cases, caption, columns, ticked, empty } = props;
  const box: Column<ListedCase> = {
    title: '选',
    cell: (c) => (
      <label class="choice pick">
        <input type="checkbox" name="case" value={c.id} checked={ticked === 'all'} />
        <span class="vh">选中{nameOf(c)}</span>
      </label>
    ),
  };
  const drawn: Column<ListedCase>[] = [
    ...(ticked ? [box] : []),
    { title: '申请人', nowrap: true, head: true, cell: (c) => <Applicant line={c} /> },
    ...COLUMNS.filter((c) => columns.includes(c.id)).map(({ id, title, text }) => ({
      title,
      cell: CELLS[id] ?? text,
    })),
  ];
  return (
    <Table
      list
      caption={caption}
      captionHidden
      columns={drawn}
      rows={cases}
      rowKey={(c) => c.id}
      empty={empty}
    />
  );
}
