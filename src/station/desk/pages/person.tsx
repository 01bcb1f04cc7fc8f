/** `/desk/people/:key`: everything for one person, handed over in one go; then what to print. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { maskId } from '../../../kernel/mask.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate, localTime } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  CsrfField,
  EmptyState,
  ErrorSummary,
  FileField,
  type FormSchema,
  LinkButton,
  parseForm,
  pruneHidden,
  renderForm,
  Table,
} from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { keptMultipart, readSent } from '../../sent.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { handOverAll } from '../commands.ts';
import { type PersonView, personView } from '../queries.ts';
import { queryOf } from '../routes.ts';
import { handOverFor } from '../schema.ts';
import type { Chosen, DeskCases, DeskDeps, DeskItem, HandOverResult, ItemKind, ListLine } from '../types.ts';

/** What was ticked and typed, and what stands against it. */
interface Typed {
  items: Chosen[];
  value: Record<string, unknown>;
  faults: readonly Fault[];
  requestId: string;
}

export function mountPerson(router: Router, deps: DeskDeps, cases: DeskCases): void {
  router.get(
    '/desk/people/:key',
    staffPage((ctx) => personPage(ctx, deps, null)),
  );
  router.post('/desk/people/:key', keptMultipart as never, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const items = sent.all('_item').map(readItem);
    const schema = handOverFor(new Set(items.map((i) => i.kind))) as unknown as FormSchema;
    const { value } = parseForm(schema, sent.body);
    const typed = { items, value, requestId: sent.one('_request') };
    const photo = sent.one('/photo');
    const fault = refusedPhoto(ctx) ?? (items.length === 0 ? NOTHING_CHOSEN : null);
    if (fault) return personPage(ctx, deps, { ...typed, faults: [fault] });
    try {
      const result = await handOverAll(
        deps,
        cases,
        sent.who,
        ctx.params.key as string,
        {
          ...queryOf(ctx),
          items,
          data: pruneHidden(schema, value) as Record<string, unknown>,
          ...(photo !== '' && { photo }),
        },
        typed.requestId || undefined,
      );
      tell(ctx, result);
    } catch (error) {
      if (isRefusal(error, 'desk.gone')) leaveFlash(ctx, 'error', ERROR_WORDING['desk.gone']);
      else if (isRefusal(error) && error.faults)
        return personPage(ctx, deps, { ...typed, faults: error.faults });
      else throw error;
    }
    seeOther(ctx, ctx.url);
  });
}

const NOTHING_CHOSEN: Fault = { pointer: '/items', message: '请选择要领取的' };

function refusedPhoto(ctx: RouteContext): Fault | null {
  const refused = ctx.state.refusedUpload;
  return refused ? { pointer: '/photo', message: ERROR_WORDING[refused.code] } : null;
}

function readItem(text: string): Chosen {
  const [kind = '', id = ''] = text.split(':');
  return { kind: kind as ItemKind, id };
}

function tell(ctx: RouteContext, { done, failed }: HandOverResult): void {
  const says = [
    ...(done.length > 0 ? [`领取了 ${done.length} 样，请打印下面的收据、回证。`] : []),
    ...failed.map(({ item, says: why }) => `“${item.title}”没有办成：${why}`),
  ].join('');
  leaveFlash(ctx, failed.length === 0 ? 'done' : done.length === 0 ? 'error' : 'warn', says);
}

async function personPage(ctx: RouteContext, deps: DeskDeps, typed: Typed | null): Promise<void> {
  const { csrf } = requireSession(ctx);
  const { village } = queryOf(ctx);
  const view = await personView(deps, requireSession(ctx), ctx.params.key as string, village);
  const { person, handed } = view;
  const schema = schemaFor(person.items);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={`${person.name} 领取`}
      heading={`${person.name} 领取`}
      nav="desk"
      breadcrumbs={[{ href: `/desk?village=${view.village.id}`, text: '领取台' }, { text: person.name }]}
    >
      {typed && <ErrorSummary faults={typed.faults} schema={schema} prefix="/data" />}
      {person.idNumber !== '' && <p class="lead">身份证号 {maskId(person.idNumber)}</p>}
      <HandedToday handed={handed} />
      <HandOver
        view={view}
        schema={schema}
        csrf={csrf}
        typed={typed}
        freshId={newId(deps.clock.now(), deps.random)}
      />
    </StationPage>,
    typed ? 422 : 200,
  );
}

const isHandedHere = (i: DeskItem): boolean => i.kind !== 'certificate';

const schemaFor = (items: readonly DeskItem[]): FormSchema =>
  handOverFor(new Set(items.filter(isHandedHere).map((i) => i.kind))) as unknown as FormSchema;

function HandedToday({ handed }: { handed: readonly ListLine[] }): JSX.Element | null {
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
            cell: (l) => (l.amount === null ? '' : `￥${yuan(l.amount)}`),
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

function HandOver(props: {
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
                  help: `${i.overdue ? '已经逾期，' : ''}最迟${chineseDate(i.until)}`,
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
  [title, number, amount === null ? '' : `￥${yuan(amount)}`].filter(Boolean).join(' ');

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
