/** `/stations/:org/edit`: what the clerk writes about the station, its own hours, and what was written before. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { Org } from '../../../people/orgs/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  dropBlankRows,
  EmptyState,
  ErrorSummary,
  type FormSchema,
  parseForm,
  pruneHidden,
  renderForm,
  Table,
  Timeline,
  type TimelineEntry,
} from '../../../platform/web/index.ts';
import { readSent } from '../../sent.ts';
import { isRefusal, leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { addHours, keptStation, removeHours, saveFacts } from '../commands/facts.ts';
import { getHistory } from '../queries.ts';
import { DAY_WORDS, FACTS, HOURS, type SentHours } from '../schema.ts';
import type { FactsVersion, HoursEntry } from '../store/facts.ts';
import type { Facts, StationDeps } from '../types.ts';
import { Keyed, orgIdOf, Press, spansText } from './parts.tsx';

/** A form that was sent and is shown again. */
interface Typed {
  value: Record<string, unknown>;
  faults?: readonly Fault[];
  focus?: string;
}

export function mountEdit(router: Router, deps: StationDeps): void {
  router.get(
    '/stations/:org/edit',
    staffPage((ctx) => page(ctx, deps, {})),
  );
  router.post('/stations/:org/facts', (ctx: RouteContext) =>
    sent(ctx, deps, FACTS as FormSchema, 'facts', async (value, who, key) => {
      await saveFacts(deps, who, orgIdOf(ctx), value as Partial<Facts>, key);
      leaveFlash(ctx, 'done', '本站信息已保存，网页上马上看得到。');
    }),
  );
  router.post('/stations/:org/hours', (ctx: RouteContext) =>
    sent(ctx, deps, HOURS as FormSchema, 'hours', async (value, who, key) => {
      await addHours(deps, who, orgIdOf(ctx), value as unknown as SentHours, key);
      leaveFlash(ctx, 'done', '开放时间已登记。');
    }),
  );
  router.post('/stations/:org/hours/:id/remove', async (ctx: RouteContext) => {
    const { who, requestId } = await readSent(ctx);
    await removeHours(deps, who, orgIdOf(ctx), ctx.params.id as string, requestId);
    leaveFlash(ctx, 'done', '已撤下，恢复原来的时间。');
    seeOther(ctx, `/stations/${orgIdOf(ctx)}/edit`);
  });
}

async function sent(
  ctx: RouteContext,
  deps: StationDeps,
  schema: FormSchema,
  form: 'facts' | 'hours',
  save: (
    value: Record<string, unknown>,
    who: ReturnType<typeof requireSession>,
    key: string | undefined,
  ) => Promise<void>,
): Promise<void> {
  const { who, body, requestId } = await readSent(ctx);
  const { value, rowAction } = parseForm(schema, body);
  if (rowAction) return page(ctx, deps, { [form]: { value, focus: rowAction.focus } });
  try {
    await save(pruneHidden(schema, dropBlankRows(schema, value)) as Record<string, unknown>, who, requestId);
  } catch (error) {
    if (!isRefusal(error) || !error.faults) throw error;
    return page(ctx, deps, { [form]: { value, faults: error.faults } }, 422);
  }
  seeOther(ctx, `/stations/${orgIdOf(ctx)}/edit`);
}

async function page(
  ctx: RouteContext,
  deps: StationDeps,
  typed: { facts?: Typed; hours?: Typed },
  status = 200,
): Promise<void> {
  const org = keptStation(deps, requireSession(ctx), orgIdOf(ctx));
  const { versions, hours } = await getHistory(deps, org.id);
  const now: Typed = { value: { ...(versions[0]?.facts ?? {}) } };
  const places = { ctx, deps, org };
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="stations"
      density="counter"
      title={`修改 ${org.name}`}
      heading={org.name}
      breadcrumbs={[
        { href: '/stations', text: '服务站' },
        { href: `/stations/${org.id}`, text: org.name },
        { text: '修改本站信息' },
      ]}
    >
      <Sheet
        {...places}
        schema={FACTS as FormSchema}
        name="facts"
        typed={typed.facts ?? now}
        button="保存本站信息"
      >
        没有的不用填，网页上会写“尚未登记”。姓名公开给所有人看，本人同意再填。
      </Sheet>
      <OwnHours {...places} hours={hours} />
      <Sheet
        {...places}
        schema={HOURS as FormSchema}
        name="hours"
        typed={typed.hours ?? { value: {} }}
        button="登记"
      >
        与全县统一时间不同的，在这里登记。几条时间重叠的，以后登记的为准。
      </Sheet>
      <Card title="修改记录">
        {versions.length + hours.length === 0 ? (
          <EmptyState title="还没有登记过" />
        ) : (
          <Timeline entries={historyOf(versions, hours)} />
        )}
      </Card>
    </StationPage>,
    status,
  );
}

interface Places {
  ctx: RouteContext;
  deps: StationDeps;
  org: Org;
}

function Sheet(
  props: Places & {
    schema: FormSchema;
    name: 'facts' | 'hours';
    typed: Typed;
    button: string;
    children: string;
  },
): JSX.Element {
  const { ctx, deps, org, schema, name, typed, button, children } = props;
  const { value, faults = [], focus } = typed;
  return (
    <Card id={name}>
      <p class="help">{children}</p>
      <form method="post" action={`/stations/${org.id}/${name}`}>
        <Keyed ctx={ctx} deps={deps} />
        <ErrorSummary faults={faults} schema={schema} idPrefix={name} />
        {renderForm({ schema, value, faults, idPrefix: name, ...(focus && { focus }) })}
        <Actions>
          <Button>{button}</Button>
        </Actions>
      </form>
    </Card>
  );
}

const periodText = ({ from, to }: Pick<HoursEntry, 'from' | 'to'>): string =>
  to === null
    ? `${chineseDate(from)}起`
    : from === to
      ? chineseDate(from)
      : `${chineseDate(from)}至${chineseDate(to)}`;

const hoursText = (h: HoursEntry): string =>
  [periodText(h), DAY_WORDS[h.days], spansText(h), h.note].filter(Boolean).join(' ');

function OwnHours({ ctx, deps, org, hours }: Places & { hours: HoursEntry[] }): JSX.Element | null {
  const standing = hours.filter((h) => h.removed === null);
  if (standing.length === 0) return null;
  return (
    <Card title="本站自己的时间">
      <Table
        caption="登记过的时间，新的在前"
        captionHidden
        rows={standing}
        rowKey={(h) => h.id}
        columns={[
          { title: '哪些日子', head: true, cell: (h) => `${periodText(h)} ${DAY_WORDS[h.days]}` },
          { title: '时间', cell: (h) => spansText(h) },
          { title: '说明', cell: (h) => h.note ?? '' },
          {
            title: '处理',
            cell: (h) => (
              <Press
                ctx={ctx}
                deps={deps}
                kind="quiet"
                action={`/stations/${org.id}/hours/${h.id}/remove`}
                confirm={`撤下“${hoursText(h)}”？`}
              >
                撤下<span class="vh">：{hoursText(h)}</span>
              </Press>
            ),
          },
        ]}
      />
    </Card>
  );
}

const FIELD_WORDS: Record<keyof Facts, string> = {
  address: '地址',
  way: '怎么走',
  phones: '电话',
  duty: '谁值班',
};

/** What differs from the version before. */
function changed(now: Facts, before: Facts | undefined): string {
  const fields = (Object.keys(FIELD_WORDS) as (keyof Facts)[]).filter(
    (f) => JSON.stringify(now[f] ?? []) !== JSON.stringify(before?.[f] ?? []),
  );
  return fields.length === 0 ? '没有改动' : `修改：${fields.map((f) => FIELD_WORDS[f]).join('、')}`;
}

/** Everything that was written, the newest first. */
function historyOf(versions: readonly FactsVersion[], hours: readonly HoursEntry[]): TimelineEntry[] {
  const line = ({ at, name }: { at: string; name: string }, title: string) => ({ at, name, title });
  return [
    ...versions.map((v, i) => line(v, changed(v.facts, versions[i + 1]?.facts))),
    ...hours.map((h) => line(h.entered, `登记时间：${hoursText(h)}`)),
    ...hours.flatMap((h) => (h.removed ? [line(h.removed, `撤下时间：${hoursText(h)}`)] : [])),
  ]
    .sort((a, b) => b.at.localeCompare(a.at))
    .map(({ at, name, title }) => ({ when: chineseDateTime(at), dateTime: at, who: name, title }));
}
