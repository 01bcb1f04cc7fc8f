/** What lies ready for one person with the form that hands it over, and what was handed over today. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate, localTime } from '../../../kernel/time.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  CsrfField,
  EmptyState,
  FileField,
  type FormSchema,
  LinkButton,
  renderForm,
  Table,
} from '../../../platform/web/index.ts';
import type { PersonView } from '../queries.ts';
import { handOverFor } from '../schema.ts';
import type { Chosen, DeskItem, ListLine } from '../types.ts';

/** What was ticked and typed, and what stands against it. */
export interface Typed {
  items: Chosen[];
  value: Record<string, unknown>;
  faults: readonly Fault[];
  requestId: string | undefined;
}

const isHandedHere = (i: DeskItem): boolean => i.kind !== 'certificate';

/** What is asked for what lies ready here. */
export const schemaFor = (items: readonly DeskItem[]): FormSchema =>
  handOverFor(new Set(items.filter(isHandedHere).map((i) => i.kind))) as unknown as FormSchema;

export function HandedToday({ handed }: { handed: readonly ListLine[] }): JSX.Element | null {
  if (handed.length === 0) return null;
  return (
    <Card title="今天已经领取">
      <Table
        caption="打印以后交给领取人"
        captionHidden
        rows={handed}
        rowKey={(l, i) => `${l.number}${i}`}
        columns={[
          { title: '时间', nowrap: true, cell: (l) => localTime(l.at as string) },
          { title: '领取', head: true, cell: (l) => l.title },
          { title: '编号', cell: (l) => l.number },
          {
            title: '金额',
            numeric: true,
            nowrap: true,
            cell: (l) => (l.amount === null ? '' : `${yuan(l.amount)} 元`),
          },
          {
            title: '打印',
            cell: (l) =>
              l.print && (
                <LinkButton href={l.print} newTab>
                  {l.amount === null ? '送达回证' : '领款收据'}
                </LinkButton>
              ),
          },
        ]}
      />
    </Card>
  );
}

export function HandOver(props: {
  view: PersonView;
  schema: FormSchema;
  csrf: string;
  typed: Typed | null;
  freshId: string;
}): JSX.Element {
  const { view, schema, csrf, typed, freshId } = props;
  const { person, village, mayHandOver } = view;
  const here = person.items.filter(isHandedHere);
  const elsewhere = person.items.filter((i) => !isHandedHere(i));
  const isTicked = (i: DeskItem) =>
    typed === null || typed.items.some((c) => c.kind === i.kind && c.id === i.id);
  return (
    <>
      {elsewhere.length > 0 && <Elsewhere items={elsewhere} />}
      {here.length === 0 ? (
        <EmptyState title="没有待领取的了" />
      ) : (
        <form
          method="post"
          action={`/desk/people/${person.key}?village=${village.id}`}
          encType="multipart/form-data"
        >
          <CsrfField token={csrf} />
          <input type="hidden" name="_request" value={typed?.requestId || freshId} />
          <Card title="待领取" id="f-items">
            {here.map((i) => (
              <CheckField
                key={`${i.kind}${i.id}`}
                id={`item-${i.kind}-${i.id}`}
                name="_item"
                value={`${i.kind}:${i.id}`}
                checked={isTicked(i)}
                label={itemText(i)}
                {...(i.until !== null && {
                  help: `${i.overdue ? '已经逾期，' : ''}最迟${chineseDate(i.until)}领取`,
                })}
              />
            ))}
          </Card>
          {mayHandOver ? (
            <>
              {renderForm({
                schema,
                value: typed?.value ?? {},
                faults: typed?.faults ?? [],
                prefix: '/data',
              })}
              {here.some((i) => i.kind === 'cash') && (
                <FileField
                  id="f-photo"
                  name="/photo"
                  label="指印照片"
                  help="按指印的可以拍照存档；没有就不传。"
                  accept="image/jpeg,image/png"
                  camera
                />
              )}
              <Actions sticky>
                <Button>确认领取</Button>
              </Actions>
            </>
          ) : (
            <p class="lead">由代办员办理领取。</p>
          )}
        </form>
      )}
    </>
  );
}

const itemText = ({ title, number, amount }: DeskItem): string =>
  [title, number, amount === null ? '' : `${yuan(amount)}\u00a0元`].filter(Boolean).join(' ');

/** Pieces that lie here although no case waits for their collection. */
function Elsewhere({ items }: { items: readonly DeskItem[] }): JSX.Element {
  return (
    <Card title="在证照登记簿里办理">
      <ul class="plain-list">
        {items.map((i) => (
          <li key={i.id}>
            <a href={`/certificates/${i.id}`}>
              {i.title} {i.number}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
