/** A long table in pages: worked on row by row, or only read. */
import type { JSX } from 'preact';
import { Actions, fieldId, leafText, Pager, Table } from '../../../platform/web/index.ts';
import { type RosterTable, type Row, shortColumns, titleOf } from '../rules/table.ts';
import { RosterButton } from './controls.tsx';

/** More rows than this are shown in pages and worked on one by one. */
const MOST_IN_FORM = 30;
const PAGE = 50;

export const isLong = (rows: readonly Row[]): boolean => rows.length > MOST_IN_FORM;

/** The page a row stands on, from 1. */
export const pageOf = (row: number): number => Math.ceil(row / PAGE);

interface PageProps {
  table: RosterTable;
  rows: readonly Row[];
  page: number;
  /** What stands against a row, by its number from 1. */
  marks?: ReadonlyMap<number, string>;
}

/** `第 51–100 行，共 1500 行` */
function RangeLine({ rows, page }: { rows: readonly Row[]; page: number }): JSX.Element {
  const from = (page - 1) * PAGE + 1;
  return (
    <p class="help">
      第 {from}–{Math.min(page * PAGE, rows.length)} 行，共 {rows.length} 行。
    </p>
  );
}

const clamp = (page: number, rows: readonly Row[]): number =>
  Math.min(Math.max(1, page), Math.max(1, pageOf(rows.length)));

/** One page of rows, read only; numbers masked. */
function RowPage(props: PageProps & { idPrefix?: string; action?(row: number): JSX.Element }): JSX.Element {
  const { table, rows, page, marks, action, idPrefix } = props;
  const first = (page - 1) * PAGE;
  const shown = rows.slice(first, first + PAGE).map((row, i) => ({ row, number: first + i + 1 }));
  const cell = (row: Row, column: string) =>
    leafText(table.items.properties?.[column] ?? {}, row[column]) || '—';
  return (
    <Table
      caption={`${table.schema.title ?? '名册'}，第 ${page} 页`}
      captionHidden
      rows={shown}
      rowKey={({ number }) => String(number)}
      columns={[
        {
          title: '行',
          numeric: true,
          nowrap: true,
          cell: ({ number }) => (
            <span id={fieldId(`/form${table.spec.field}/${number - 1}`, idPrefix)}>{number}</span>
          ),
        },
        ...shortColumns(table).map((column) => ({
          title: titleOf(table, column),
          head: column === table.spec.name,
          nowrap: column === table.spec.person || column === table.spec.amount,
          numeric: column === table.spec.amount,
          cell: ({ row, number }: (typeof shown)[number]) => (
            <>
              {cell(row, column)}
              {column === table.spec.name && marks?.get(number) && (
                <p class="field-error">{marks.get(number)}</p>
              )}
            </>
          ),
        })),
        ...(action
          ? [{ title: '办理', nowrap: true, cell: ({ number }: (typeof shown)[number]) => action(number) }]
          : []),
      ]}
    />
  );
}

/** A long table inside the filing form: a page of rows, each opened by a button that keeps what was typed. */
export function LongTableEdit(props: PageProps & { caseId: string }): JSX.Element {
  const { caseId, table, rows, marks } = props;
  const page = clamp(props.page, rows);
  const wrong = [...(marks?.keys() ?? [])];
  return (
    <div class="roster">
      <input type="hidden" name="_kept" value={table.spec.field} />
      {wrong.length > 0 && (
        <p class="error">
          有问题的行：
          {wrong.slice(0, 20).map((row) => (
            <RosterButton key={row} caseId={caseId} kind="quiet" value={`open:${row}`}>
              第 {row} 行
            </RosterButton>
          ))}
          {wrong.length > 20 && ` 等 ${wrong.length} 行`}
        </p>
      )}
      <RangeLine rows={rows} page={page} />
      <RowPage
        {...props}
        page={page}
        action={(row) => (
          <RosterButton caseId={caseId} kind="quiet" value={`open:${row}`}>
            修改<span class="vh">第 {row} 行</span>
          </RosterButton>
        )}
      />
      <Actions>
        {page > 1 && (
          <RosterButton caseId={caseId} value={`page:${page - 1}`}>
            ‹ 上一页
          </RosterButton>
        )}
        {page < pageOf(rows.length) && (
          <RosterButton caseId={caseId} value={`page:${page + 1}`}>
            下一页 ›
          </RosterButton>
        )}
        <RosterButton caseId={caseId} value="add">
          ＋ 添加一行
        </RosterButton>
      </Actions>
    </div>
  );
}

/** A long table as it is read: a page of rows, each with a link to the whole of it. */
export function LongTableView(props: PageProps & { caseId: string; idPrefix?: string }): JSX.Element {
  const { caseId, rows } = props;
  const page = clamp(props.page, rows);
  const at = (n: number) => `/cases/${caseId}?rows=${n}#form`;
  return (
    <div class="roster">
      <RangeLine rows={rows} page={page} />
      <RowPage
        {...props}
        page={page}
        action={(row) => (
          <a href={`/cases/${caseId}/roster/rows/${row}`}>
            看整行<span class="vh">第 {row} 行</span>
          </a>
        )}
      />
      <Pager prev={page > 1 ? at(page - 1) : null} next={page < pageOf(rows.length) ? at(page + 1) : null} />
    </div>
  );
}
