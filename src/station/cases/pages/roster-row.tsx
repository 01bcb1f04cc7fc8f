/** One row of a roster: filled in by the clerk while the form is open, read by everybody else. */
import type { JSX } from 'preact';
import { type Fault, notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  dropBlankRows,
  ErrorSummary,
  type FormSchema,
  LinkButton,
  parseForm,
  pruneHidden,
  renderForm,
  renderView,
} from '../../../platform/web/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { pageOf, type RosterTable, type Row, requireTable, rowsOf, withRows } from '../../rosters/index.ts';
import type { Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show } from '../../shell.tsx';
import { sitsAt, today } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { checkForm } from '../filing.ts';
import type { FullCase } from '../queries.ts';
import { saveForm } from './door.ts';
import { gone } from './edit.tsx';
import { findEditable } from './edit-page.tsx';
import { caseTitle } from './words.ts';

type Asked = number | 'new';

interface State {
  value?: Row;
  faults?: readonly Fault[];
  status?: number;
  problem?: string;
}

const titleText = (asked: Asked): string => (asked === 'new' ? '添加一行' : `第 ${asked} 行`);

/** The row as a form of its own. */
const schemaOf = (table: RosterTable, asked: Asked): FormSchema =>
  ({ ...table.items, title: `${table.schema.title ?? '名册'}${titleText(asked)}` }) as FormSchema;

/** Is the row there to be filled in? */
export const isOpen = (deps: CaseDeps, who: SignedIn, full: FullCase): boolean =>
  full.meta.applicant === true &&
  sitsAt(deps, { kind: 'account', who }, full.row, { at: 'village', role: 'clerk' });

/** @throws notFound when there is no such row, or nothing may be added now */
export function rowPage(
  ctx: RouteContext,
  deps: CaseDeps,
  who: SignedIn,
  full: FullCase,
  asked: Asked,
  state: State = {},
): void {
  const table = requireTable(full);
  const { form } = checkForm(deps, full.pinned, full.row.situation, full.row.form, today(deps));
  const row = asked === 'new' ? {} : rowsOf(table, form)[asked - 1];
  const open = isOpen(deps, who, full);
  if (!row || (asked === 'new' && !open)) throw notFound();
  const heading = `${table.schema.title ?? '名册'}：${titleText(asked)}`;
  const { view } = full;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav={open ? 'inbox' : 'cases'}
      title={`${heading} · ${caseTitle(view)}`}
      heading={heading}
      breadcrumbs={[
        { href: open ? '/inbox' : '/cases', text: open ? '待办' : '办件' },
        { href: backHref(view.id, open, asked, full), text: caseTitle(view) },
        { text: titleText(asked) },
      ]}
      {...(state.problem && { flash: { kind: 'error', text: state.problem } })}
    >
      {open ? (
        <RowForm ctx={ctx} full={full} table={table} asked={asked} row={state.value ?? row} state={state} />
      ) : (
        <Card>{renderView({ schema: schemaOf(table, asked), value: row, prefix: '/row', level: 3 })}</Card>
      )}
    </StationPage>,
    state.status,
  );
}

function backHref(id: string, open: boolean, asked: Asked, full: FullCase): string {
  const row = asked === 'new' ? rowsOf(requireTable(full), full.row.form).length : asked;
  const page = Math.max(1, pageOf(row));
  return open ? `/cases/${id}/edit?rows=${page}#f-form-roster` : `/cases/${id}?rows=${page}#form`;
}

function RowForm(props: {
  ctx: RouteContext;
  full: FullCase;
  table: RosterTable;
  asked: Asked;
  row: Row;
  state: State;
}): JSX.Element {
  const { ctx, full, table, asked, row, state } = props;
  const { id, version } = full.view;
  const schema = schemaOf(table, asked);
  return (
    <>
      <ErrorSummary faults={state.faults ?? []} schema={schema} prefix="/row" />
      <form method="post" action={`/cases/${id}/roster/rows/${asked}`} encType="multipart/form-data">
        <CsrfField token={ctx.state.csrf ?? ''} />
        <input type="hidden" name="version" value={version} />
        {renderForm({ schema, value: row, faults: state.faults ?? [], prefix: '/row' })}
        <Actions sticky>
          <Button name="_do" value="save">
            {asked === 'new' ? '加入名册' : '保存这一行'}
          </Button>
          {asked !== 'new' && (
            <Button kind="danger" name="_do" value="remove" confirm={`删除第 ${asked} 行，确定吗？`}>
              删除这一行
            </Button>
          )}
          <LinkButton kind="quiet" href={backHref(id, true, asked, full)}>
            返回，不保存
          </LinkButton>
        </Actions>
      </form>
    </>
  );
}

/** Save, add or remove one row; a row is kept when nothing is wrong with it. */
export async function rowSent(ctx: RouteContext, deps: CaseDeps, sent: Sent, asked: Asked): Promise<void> {
  const id = ctx.params.id as string;
  const full = await findEditable(deps, sent.who, id);
  if (!full) return gone(ctx, id);
  const table = requireTable(full);
  const rows = rowsOf(table, full.row.form);
  if (asked !== 'new' && !rows[asked - 1]) throw notFound();
  const schema = schemaOf(table, asked);
  const typed = parseForm(schema, sent.body).value;
  const isRemoval = sent.one('_do') === 'remove' && asked !== 'new';
  const value = dropBlankRows(schema, pruneHidden(schema, typed));
  const faults = isRemoval ? [] : checkAgainst(table.items, value, { prefix: '/row', today: today(deps) });
  if (faults.length > 0)
    return rowPage(ctx, deps, sent.who, full, asked, { value: typed, faults, status: 422 });
  const next = isRemoval ? rows.filter((_, i) => i !== asked - 1) : withRow(rows, asked, value);
  try {
    const form = withRows(table, full.row.form, next);
    await saveForm(deps, sent.who, id, { version: Number(sent.one('version')), form });
  } catch (error) {
    if (!isRefusal(error, 'case.stale_version')) throw error;
    const problem = '这份名册刚在别处改过。下面是您刚才填的内容，核对后再按一次。';
    return rowPage(ctx, deps, sent.who, full, asked, { value: typed, status: 409, problem });
  }
  leaveFlash(
    ctx,
    'done',
    isRemoval ? `已删除第 ${asked} 行。` : `已保存${asked === 'new' ? '，加在最后一行' : `第 ${asked} 行`}。`,
  );
  const at = asked === 'new' ? next.length : Math.min(asked, next.length);
  seeOther(ctx, `/cases/${id}/edit?rows=${Math.max(1, pageOf(at))}#f-form-roster`);
}

const withRow = (rows: Row[], asked: Asked, value: Row): Row[] =>
  asked === 'new' ? [...rows, value] : rows.map((row, i) => (i === asked - 1 ? value : row));
