import type { JSX } from 'preact';
import type { Fault } from '../../../../errors.ts';
import { noticeText } from '../../../../kernel/holiday-notice.ts';
import { chineseDate, chineseDateTime } from '../../../../kernel/time.ts';
import type { SignedIn } from '../../../../people/accounts/index.ts';
import { NATIONAL, type StoredTable } from '../../../../platform/holidays/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  EmptyState,
  FileField,
  LinkButton,
  SelectField,
  Table,
  TextArea,
  TextField,
} from '../../../../platform/web/index.ts';
import { departmentName } from '../../../departments.ts';
import type { HandedIn, KnownYear, Notice, Preview } from '../holidays.ts';
import type { SystemDeps } from '../house.ts';
import { Once } from './parts.tsx';

export const PATH = '/admin/holidays';

export const scopeTitle = (scope: string): string => (scope === NATIONAL ? '国务院' : '文山州');

const SCOPE_OPTIONS = [
  { value: NATIONAL, text: '国务院办公厅关于部分节假日安排的通知' },
  { value: '532600', text: '文山州放假通知（州庆）' },
];

export const Years = ({ years }: { years: readonly KnownYear[] }): JSX.Element => (
  <Table
    list
    caption="每年的放假表"
    rows={years}
    rowKey={(y) => `${y.year} ${y.scope}`}
    columns={[
      { title: '年份', head: true, nowrap: true, cell: (y) => `${y.year} 年` },
      { title: '谁的通知', nowrap: true, cell: (y) => scopeTitle(y.scope) },
      { title: '来源', cell: (y) => <Source from={y.from} /> },
      {
        title: '处理',
        cell: (y) =>
          y.from === null || y.from === 'file' ? (
            '—'
          ) : (
            <a href={`${PATH}/${y.from.id}/withdraw`} data-row-link>
              撤回{' '}
              <span class="vh">
                {y.year} 年{scopeTitle(y.scope)}放假表
              </span>
            </a>
          ),
      },
    ]}
  />
);

function Source({ from }: { from: KnownYear['from'] }): JSX.Element {
  if (from === null) return <Badge tone="warn" text="没有，到期日按推定的放假日算" />;
  if (from === 'file') return <>程序自带</>;
  return (
    <>
      {from.source}
      <span class="help">
        （{from.imported.name} {chineseDateTime(from.imported.at)} 导入）
      </span>
    </>
  );
}

export function Withdrawn({ tables }: { tables: readonly StoredTable[] }): JSX.Element | null {
  if (tables.length === 0) return null;
  return (
    <Card title="撤回过的">
      <Table
        caption="撤回过的放假表"
        captionHidden
        rows={tables}
        rowKey={(t) => t.id}
        columns={[
          { title: '放假表', head: true, cell: (t) => `${t.year} 年 ${scopeTitle(t.scope)} ${t.source}` },
          {
            title: '撤回',
            cell: (t) => t.withdrawn && `${t.withdrawn.name} ${chineseDateTime(t.withdrawn.at)}`,
          },
          { title: '理由', cell: (t) => t.withdrawn?.reason },
        ]}
      />
    </Card>
  );
}

/** A table to paste or to upload. */
export function ImportForm(props: {
  csrf: string;
  given: Partial<HandedIn>;
  faults: readonly Fault[];
}): JSX.Element {
  const { csrf, given, faults } = props;
  const fault = (pointer: string) => {
    const message = faults.find((f) => f.pointer === pointer)?.message;
    return message === undefined ? {} : { error: message };
  };
  return (
    <Card title="导入一年的放假表" id="import">
      <form method="post" action={`${PATH}/check`} enctype="multipart/form-data">
        <CsrfField token={csrf} />
        <SelectField
          id="f-scope"
          name="scope"
          label="谁的通知"
          required
          options={SCOPE_OPTIONS}
          {...(given.scope && { value: given.scope })}
          {...fault('/scope')}
        />
        <TextField
          id="f-year"
          name="year"
          label="年份"
          required
          inputMode="numeric"
          width="short"
          value={given.year ?? ''}
          {...fault('/year')}
        />
        <TextField
          id="f-source"
          name="source"
          label="通知的文号和名称"
          required
          value={given.source ?? ''}
          {...fault('/source')}
        />
        <TextArea
          id="f-csv"
          name="csv"
          label="放假表"
          help="每行一天：日期,off 或 work,节日名称。放假写 off，调休上班写 work，例如 2027-01-01,off,元旦。也可以在下面选择文件。"
          rows={8}
          value={given.csv ?? ''}
          {...fault('/csv')}
        />
        <FileField
          id="f-file"
          name="file"
          label="放假表文件"
          help="CSV 文件；选了文件就不看上面的文字。"
          accept=".csv,text/csv,text/plain"
        />
        <Actions>
          <Button shortcut="n">检查并看影响</Button>
        </Actions>
      </form>
    </Card>
  );
}

/** What would change, and for how many. */
export function PreviewCards({ preview }: { preview: Preview }): JSX.Element {
  const moved = preview.cases.reduce((sum, c) => sum + c.moved, 0);
  const firm = preview.cases.reduce((sum, c) => sum + c.firm, 0);
  return (
    <>
      <Card title="影响谁" tone={moved > 0 ? 'warn' : 'plain'}>
        <p>
          <b>{moved}</b> 件在办事项最近的到期日会移动，<b>{firm}</b> 件由推定变为确定；
          <b>{preview.services}</b> 份送达的日期会重算。生效以后各办理岗位会看到新的到期日。
        </p>
        <Table
          caption="按部门"
          rows={preview.cases}
          rowKey={(c) => c.department}
          empty={<EmptyState title="没有在办事项受影响" />}
          columns={[
            { title: '部门', head: true, cell: (c) => departmentName(c.department) },
            { title: '到期日移动', numeric: true, cell: (c) => `${c.moved} 件` },
            { title: '由推定变为确定', numeric: true, cell: (c) => `${c.firm} 件` },
          ]}
        />
      </Card>
      <Card title="哪些天不一样">
        <Table
          caption="上班与放假有变化的日子"
          captionHidden
          rows={preview.days}
          rowKey={(d) => d.date}
          empty={<EmptyState title="上班的日子没有变化" />}
          columns={[
            { title: '日期', head: true, nowrap: true, cell: (d) => chineseDate(d.date) },
            { title: '现在', cell: (d) => d.before },
            { title: '生效以后', cell: (d) => d.after },
          ]}
        />
      </Card>
    </>
  );
}

/** The look before it counts: the same table is sent again. */
export function ConfirmImport(props: { deps: SystemDeps; who: SignedIn; notice: Notice }): JSX.Element {
  const { scope, year, source, days } = props.notice;
  return (
    <form method="post" action={PATH}>
      <Once deps={props.deps} who={props.who} />
      <input type="hidden" name="scope" value={scope} />
      <input type="hidden" name="year" value={year} />
      <input type="hidden" name="source" value={source} />
      <input type="hidden" name="csv" value={noticeText(days)} />
      <Actions sticky>
        <Button shortcut="y">生效并重算到期日</Button>
        <LinkButton kind="quiet" href={PATH}>
          返回，不导入
        </LinkButton>
      </Actions>
    </form>
  );
}

export function ConfirmWithdrawal(props: {
  deps: SystemDeps;
  who: SignedIn;
  table: StoredTable;
  reason: string;
  fault: string | undefined;
}): JSX.Element {
  const { deps, who, table, reason, fault } = props;
  return (
    <form method="post" action={`${PATH}/${table.id}/withdraw`}>
      <Once deps={deps} who={who} />
      <TextField
        id="f-reason"
        name="reason"
        label="撤回的理由"
        required
        value={reason}
        {...(fault && { error: fault })}
      />
      <Actions>
        <Button kind="danger">撤回并重算到期日</Button>
        <LinkButton kind="quiet" href={PATH}>
          返回，不撤回
        </LinkButton>
      </Actions>
    </form>
  );
}
