/** Parts that several pages of disclosures show. */
import type { JSX } from 'preact';
import { Badge, Button, CsrfField, type Option, optionsOf, Table } from '../../../platform/web/index.ts';
import { AUDIENCE_WORDS } from '../rules/audience.ts';
import { FINDING_WORDS, type Finding, placeOf } from '../rules/scan.ts';
import type { Content, Grid } from '../types.ts';

export const AUDIENCES: Option[] = optionsOf(AUDIENCE_WORDS);

export const GridTable = ({ grid, title }: { grid: Grid; title: string }): JSX.Element => (
  <Table
    caption={title}
    rows={grid.rows}
    rowKey={(_, i) => String(i)}
    columns={grid.columns.map((column, i) => ({
      title: column === '' ? `第 ${i + 1} 列` : column,
      cell: (row: string[]) => row[i] ?? '',
      head: i === 0,
    }))}
  />
);

/** The words and the table of a disclosure. */
export const Body = ({ title, text, grid }: Content): JSX.Element => (
  <>
    {text.split(/\r?\n/).map((line, i) => line.trim() !== '' && <p key={i}>{line}</p>)}
    {grid && <GridTable grid={grid} title={title} />}
  </>
);

/** What the house found in a text: what must be masked, where to look. */
export function Findings({ findings }: { findings: readonly Finding[] }): JSX.Element {
  if (findings.length === 0) return <p>没有发现个人信息。文字里的姓名、事由还请自己再看一遍。</p>;
  return (
    <Table
      caption="发现的个人信息"
      rows={findings}
      rowKey={(_, i) => String(i)}
      columns={[
        { title: '在哪里', head: true, cell: (f) => placeOf(f.at) },
        { title: '是什么', cell: (f) => FINDING_WORDS[f.kind] },
        { title: '内容', cell: (f) => f.shown },
        {
          title: '怎样办',
          cell: (f) =>
            f.blocks ? (
              <Badge tone="danger" text="必须遮挡" />
            ) : (
              <Badge tone="warn" text="请核对该不该公开" />
            ),
        },
      ]}
    />
  );
}

/** One key for one act. */
export function ActForm(props: {
  csrf: string;
  action: string;
  request: string;
  event: string;
  version: number;
  title: string;
  kind?: 'primary' | 'secondary';
  children?: JSX.Element | (JSX.Element | null | false)[] | null | false;
}): JSX.Element {
  const { csrf, action, request, event, version, title, kind = 'primary', children } = props;
  return (
    <form method="post" action={action}>
      <CsrfField token={csrf} />
      <input type="hidden" name="_request" value={request} />
      <input type="hidden" name="event" value={event} />
      <input type="hidden" name="version" value={version} />
      {children}
      <Button kind={kind}>{title}</Button>
    </form>
  );
}
