/** Parts that the pages of cash share. */
import type { JSX } from 'preact';
import { type Fault, invalid } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import { checkCsrf, requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import { type RouteContext, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Badge,
  type BadgeTone,
  Button,
  type ButtonKind,
  CsrfField,
  type FormSchema,
  renderForm,
  Table,
} from '../../../platform/web/index.ts';
import { checkAgainst } from '../../../workflow/formats.ts';
import { outBy } from '../commands/common.ts';
import type { LineView } from '../present.ts';
import { REASON } from '../schema.ts';
import type { CashLine, Difference, Done, WaitingLine } from '../types.ts';

/** What was sent with a plain form, its proof checked. */
export function sentPlain(ctx: RouteContext): {
  who: SignedIn;
  fields: Map<string, string>;
  all(name: string): string[];
} {
  const { fields } = sentForm(ctx);
  const map = new Map(fields);
  checkCsrf(ctx, map.get('_csrf'));
  return {
    who: requireSession(ctx),
    fields: map,
    all: (name) => fields.filter(([n]) => n === name).map(([, v]) => v),
  };
}

/** The reason typed into a form of `REASON`. @throws invalid when there is none */
export function reasonOf(fields: Map<string, string>): string {
  const reason = fields.get('/reason')?.trim() ?? '';
  const faults = checkAgainst(REASON, reason === '' ? {} : { reason }, { today: '' });
  if (faults.length > 0) throw invalid(faults);
  return reason;
}

/** `1,234.50 元` */
export const Yuan = ({ fen }: { fen: number }): JSX.Element => <span class="nowrap">{yuan(fen)} 元</span>;

export const who = (done: Done | null): string => (done ? `${done.name} ${chineseDateTime(done.at)}` : '—');

export const StateBadge = ({ title, done }: { title: string; done: boolean }): JSX.Element => {
  const tone: BadgeTone = done ? 'done' : 'info';
  return <Badge tone={tone} text={title} />;
};

/** The list in a bag or a return. */
export function LineTable({
  caption,
  lines,
  link,
}: {
  caption: string;
  lines: readonly LineView<CashLine | WaitingLine>[];
  link?: (line: LineView<CashLine | WaitingLine>) => string;
}): JSX.Element {
  return (
    <Table
      caption={caption}
      rows={lines}
      rowKey={(l) => l.lineId}
      columns={[
        { title: '领款人', head: true, cell: (l) => (link ? <a href={link(l)}>{l.name}</a> : l.name) },
        { title: '身份证号', nowrap: true, cell: (l) => l.idMasked },
        { title: '待遇项目', cell: (l) => l.schemeTitle },
        { title: '发放期', cell: (l) => l.periodsTitle },
        { title: '金额', numeric: true, nowrap: true, cell: (l) => <Yuan fen={l.net} /> },
      ]}
    />
  );
}

/** Reports of counts that were out. */
export function Differences({ differences }: { differences: readonly Difference[] }): JSX.Element | null {
  if (differences.length === 0) return null;
  return (
    <Table
      caption="差额登记"
      rows={differences}
      rowKey={(d) => d.id}
      columns={[
        { title: '清点', head: true, cell: (d) => who(d.found) },
        { title: '应有', numeric: true, nowrap: true, cell: (d) => <Yuan fen={d.expected} /> },
        { title: '清点金额', numeric: true, nowrap: true, cell: (d) => <Yuan fen={d.counted} /> },
        { title: '差额', nowrap: true, cell: (d) => outBy(d.counted - d.expected) },
        {
          title: '处理',
          cell: (d) =>
            d.cleared ? `${d.explanation}（${who(d.cleared)}）` : <Badge tone="warn" text="还没有查清" />,
        },
      ]}
    />
  );
}

/** One button that does one thing. */
export function ActButton(props: {
  action: string;
  csrf: string;
  text: string;
  kind?: ButtonKind;
  confirm?: string;
  fields?: Record<string, string>;
}): JSX.Element {
  const { action, csrf, text, kind = 'primary', confirm, fields = {} } = props;
  return (
    <form method="post" action={action}>
      <CsrfField token={csrf} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Actions>
        <Button kind={kind} {...(confirm && { confirm })}>
          {text}
        </Button>
      </Actions>
    </form>
  );
}

/** A form of a schema with one button; fields are named by JSON pointers. */
export function SchemaForm(props: {
  action: string;
  csrf: string;
  schema: FormSchema;
  button: string;
  idPrefix: string;
  value?: Record<string, unknown>;
  faults?: readonly Fault[];
  kind?: ButtonKind;
  fields?: Record<string, string>;
}): JSX.Element {
  const {
    action,
    csrf,
    schema,
    button,
    idPrefix,
    value = {},
    faults = [],
    kind = 'primary',
    fields = {},
  } = props;
  return (
    <form method="post" action={action}>
      <CsrfField token={csrf} />
      {Object.entries(fields).map(([name, v]) => (
        <input key={name} type="hidden" name={name} value={v} />
      ))}
      {renderForm({ schema, value, faults, idPrefix })}
      <Actions>
        <Button kind={kind}>{button}</Button>
      </Actions>
    </form>
  );
}
