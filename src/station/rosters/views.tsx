/** How a roster looks: its rows in pages, the controls that fill it, what was found, and the pay-list. */
import type { ComponentChildren, JSX } from 'preact';
import { yuan } from '../../kernel/money.ts';
import { chineseDateTime } from '../../kernel/time.ts';
import {
  Actions,
  Badge,
  Card,
  DefinitionList,
  FileField,
  fieldId,
  LinkButton,
  leafText,
  Pager,
  Table,
} from '../../platform/web/index.ts';
import type { CheckView } from './commands/check.ts';
import type { FoundRow } from './rules/check.ts';
import type { PayList } from './rules/paylist.ts';
import { type RosterTable, type Row, shortColumns, titleOf } from './rules/table.ts';

/** More rows than this are shown in pages and worked on one by one. */
const MOST_IN_FORM = 30;
const PAGE = 50;

export const isLong = (rows: readonly Row[]): boolean => rows.length > MOST_IN_FORM;

/** The page a row stands on, from 1. */
export const pageOf = (row: number): number => Math.ceil(row / PAGE);

/** A button of the filing form that goes to the roster's own address with everything typed. */
function RosterButton(props: {
  caseId: string;
  value: string;
  kind?: 'secondary' | 'quiet';
  confirm?: string;
  children: ComponentChildren;
}): JSX.Element {
  const { caseId, value, kind = 'secondary', confirm, children } = props;
  return (
    <button
      type="submit"
      class={`button button-${kind}`}
      formAction={`/cases/${caseId}/roster`}
      formNoValidate
      name="_roster"
      value={value}
      data-confirm={confirm}
    >
      {children}
    </button>
  );
}

/** Beside the table of a batch that is filled in: a spreadsheet in, last year's rows, a spreadsheet out. */
export function RosterControls({
  caseId,
  count,
  error,
}: {
  caseId: string;
  count: number;
  error?: string;
}): JSX.Element {
  const replaces = count > 0 ? { confirm: `表里现有的 ${count} 行将被替换，确定吗？` } : {};
  return (
    <div class="roster-tools">
      <FileField
        id="roster-file"
        name="roster-file"
        label="从电子表格导入"
        help="第一行是栏名，与模板一致，顺序不限；支持 XLSX 和 CSV，不超过 5 MB。导入以后替换表里原有的行。"
        accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        mark={false}
        {...(error && { error })}
      />
      <Actions>
        <RosterButton caseId={caseId} value="import" {...replaces}>
          导入表格
        </RosterButton>
        <RosterButton caseId={caseId} value="last-year" {...replaces}>
          复制上年名册
        </RosterButton>
        <LinkButton kind="quiet" href={`/api/cases/${caseId}/roster/template.csv`}>
          下载模板
        </LinkButton>
        {count > 0 && (
          <LinkButton kind="quiet" href={`/api/cases/${caseId}/roster.csv`}>
            下载现有名册
          </LinkButton>
        )}
      </Actions>
    </div>
  );
}

/** What a spreadsheet was refused for, by line. */
export function ImportFaults({ messages }: { messages: readonly string[] }): JSX.Element {
  const shown = messages.slice(0, MOST_FAULTS);
  return (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus>
      <h2>表格没有导入，有 {messages.length} 处需要修改</h2>
      <ol class="plain-list">
        {shown.map((m) => (
          <li key={m}>{m}</li>
        ))}
      </ol>
      {messages.length > shown.length && <p>……另有 {messages.length - shown.length} 处。</p>}
      <p>表里原有的内容没有变。请改好表格后重新上传。</p>
    </div>
  );
}
const MOST_FAULTS = 100;

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

function FoundTable({ rows, caption }: { rows: readonly FoundRow[]; caption: string }): JSX.Element {
  return (
    <div class="roster-found">
      <Table
        caption={caption}
        captionHidden
        rows={rows}
        rowKey={(r) => String(r.row)}
        columns={[
          { title: '行', numeric: true, nowrap: true, cell: (r) => r.row },
          {
            title: '姓名、证件号',
            head: true,
            cell: (r) => (
              <>
                {r.name}
                <br />
                <span class="help">{r.idNumber}</span>
              </>
            ),
          },
          {
            title: '发现',
            cell: (r) => (
              <div>
                {r.findings.map((f) => (
                  <p key={f.says}>
                    <Badge
                      tone={f.level === 'stop' ? 'warn' : 'neutral'}
                      text={f.level === 'stop' ? '要处理' : '请核对'}
                    />{' '}
                    {f.says}
                  </p>
                ))}
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}

/** More than this is read in the spreadsheet or over the API. */
const MOST_FOUND = 200;

/** What the comparison found: what has to be dealt with in sight, what only wants a look folded away. */
export function FindingsCard({ check }: { check: CheckView | undefined }): JSX.Element | null {
  if (!check) return null;
  const isStop = (r: FoundRow) => r.findings.some((f) => f.level === 'stop');
  const stops = check.found.filter(isStop);
  const looks = check.found.filter((r) => !isStop(r));
  return (
    <Card id="roster-check" title="名册比对" tone={stops.length > 0 ? 'warn' : 'plain'}>
      <p>
        {chineseDateTime(check.checkedAt)}由系统比对了 {check.rows} 行：{stops.length} 行要处理，
        {looks.length} 行请核对，其余没有发现问题。
      </p>
      {stops.length > 0 && <FoundTable rows={stops.slice(0, MOST_FOUND)} caption="要处理的行" />}
      {stops.length > MOST_FOUND && <p class="help">这里只列出前 {MOST_FOUND} 行。</p>}
      {looks.length > 0 && (
        <details class="folded">
          <summary>请核对的 {looks.length} 行</summary>
          <FoundTable rows={looks.slice(0, MOST_FOUND)} caption="请核对的行" />
          {looks.length > MOST_FOUND && <p class="help">这里只列出前 {MOST_FOUND} 行。</p>}
        </details>
      )}
    </Card>
  );
}

/** The sum of the pay-list, its files, and who was struck out. */
export function PayListCard({ caseId, list }: { caseId: string; list: PayList | null }): JSX.Element | null {
  if (!list) return null;
  const href = (file: string, more = '') => `/api/cases/${caseId}/${file}?step=${list.step}${more}`;
  return (
    <Card id="paylist" title="发放名单">
      <DefinitionList
        items={[
          { term: '人数', detail: `${list.rows.length} 人` },
          { term: '合计', detail: `${yuan(list.total)} 元` },
          { term: '大写', detail: list.capitals, wide: true },
          { term: '校验码', detail: <code class="break">{list.checksum}</code>, wide: true },
        ]}
      />
      <Actions>
        <LinkButton href={href('paylist.csv')}>下载名单（UTF-8）</LinkButton>
        <LinkButton href={href('paylist.csv', '&encoding=gb18030')}>下载名单（GB 18030）</LinkButton>
      </Actions>
      <p class="help">文件里有完整的身份证号和账号，每次下载都记录在案。</p>
      {list.struck.length > 0 && (
        <>
          <h3>剔除的 {list.struck.length} 行</h3>
          <Table
            caption="剔除的行"
            captionHidden
            rows={list.struck}
            rowKey={(s) => String(s.row)}
            columns={[
              { title: '行', numeric: true, cell: (s) => s.row },
              { title: '姓名', head: true, cell: (s) => s.name },
              { title: '理由', cell: (s) => s.reason },
            ]}
          />
          <p>
            <LinkButton kind="quiet" href={href('paylist/struck.csv')}>
              下载剔除名单
            </LinkButton>
          </p>
        </>
      )}
    </Card>
  );
}
