/** `/stations/:org/queue`: the clerk hands out numbers and calls them, each with one key. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notAllowed, notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { deviceToken } from '../../../people/frame/index.ts';
import type { Org } from '../../../people/orgs/index.ts';
import { limit, type RouteContext, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  EmptyState,
  FilterForm,
  LinkButton,
  Table,
} from '../../../platform/web/index.ts';
import { printedCode } from '../../codes.ts';
import { readSent } from '../../sent.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { closeDevices, deviceOf, openDevice } from '../commands/devices.ts';
import { keptStation } from '../commands/facts.ts';
import { actOnTicket, callNext, type TicketAct, takeAtKiosk, takeTicket } from '../commands/queue.ts';
import { getDevices, getQueue } from '../queries.ts';
import { type QueueView, readTicketNumber, ticketNumber } from '../rules.ts';
import { PURPOSE_WORDS } from '../schema.ts';
import type { Device, Purpose, StationDeps, Ticket } from '../types.ts';
import { counterOf, counterText, Keyed, orgIdOf, Press, toCounter } from './parts.tsx';

const DONE: Record<TicketAct, string> = { again: '又叫了一次', absent: '记为没来', done: '办完了' };
const acts = Object.keys(DONE) as TicketAct[];
const placeOf = (org: string, counter: number | null): string =>
  `/stations/${org}/queue${counter === null ? '' : `?window=${counter}`}`;
const purposeOf = (text: string): Purpose | null =>
  Object.hasOwn(PURPOSE_WORDS, text) ? (text as Purpose) : null;

export function mountQueue(router: Router, deps: StationDeps): void {
  router.get(
    '/stations/:org/queue',
    staffPage((ctx) => page(ctx, deps)),
  );
  router.post(
    '/stations/:org/queue/take',
    limit({ max: 60, perSeconds: 60 }) as never,
    (ctx: RouteContext) => (ctx.state.actor ? takenHere(ctx, deps) : takenAtKiosk(ctx, deps)),
  );
  router.post('/stations/:org/queue/next', async (ctx: RouteContext) => {
    const { who, requestId, one } = await readSent(ctx);
    const counter = counterOf(one('window'));
    const ticket = await callNext(deps, who, orgIdOf(ctx), counter, requestId);
    leaveFlash(ctx, 'done', `请 ${ticketNumber(ticket)} 号${toCounter(counter)}。`);
    seeOther(ctx, placeOf(orgIdOf(ctx), counter));
  });
  for (const act of acts)
    router.post(`/stations/:org/queue/:number/${act}`, (ctx: RouteContext) => onTicket(ctx, deps, act));
  router.post('/stations/:org/kiosk/open', async (ctx: RouteContext) => {
    const { who } = await readSent(ctx);
    await page(ctx, deps, await openDevice(deps, who, orgIdOf(ctx)));
  });
  router.post('/stations/:org/kiosk/close', async (ctx: RouteContext) => {
    const { who } = await readSent(ctx);
    await closeDevices(deps, who, orgIdOf(ctx));
    leaveFlash(ctx, 'done', '展示屏都不能取号了。');
    seeOther(ctx, placeOf(orgIdOf(ctx), null));
  });
}

async function takenHere(ctx: RouteContext, deps: StationDeps): Promise<void> {
  const { who, requestId, one } = await readSent(ctx);
  const ticket = await takeTicket(deps, who, orgIdOf(ctx), purposeOf(one('purpose')), requestId);
  leaveFlash(ctx, 'done', `取号 ${ticketNumber(ticket)}。`);
  seeOther(ctx, placeOf(orgIdOf(ctx), counterOf(one('window'))));
}

/** Only a screen that the station's clerk has opened hands out numbers: nobody fills the queue from afar. */
async function takenAtKiosk(ctx: RouteContext, deps: StationDeps): Promise<void> {
  const sent = new Map(sentForm(ctx).fields);
  const device = await deviceOf(deps, deviceToken(ctx));
  if (device?.org !== orgIdOf(ctx)) throw notAllowed();
  const key = sent.get('_request') || undefined;
  const ticket = await takeAtKiosk(deps, device, purposeOf(sent.get('purpose') ?? ''), key);
  seeOther(ctx, `/stations/${device.org}/tickets/${ticketNumber(ticket)}`);
}

async function onTicket(ctx: RouteContext, deps: StationDeps, act: TicketAct): Promise<void> {
  const { who, requestId, one } = await readSent(ctx);
  const seq = readTicketNumber(ctx.params.number as string);
  if (seq === undefined) throw notFound('queue.ticket_not_found');
  const counter = counterOf(one('window'));
  const ticket = await actOnTicket(deps, who, orgIdOf(ctx), act, { seq, counter, requestId });
  leaveFlash(ctx, 'done', `${ticketNumber(ticket)} ${DONE[act]}。`);
  seeOther(ctx, placeOf(orgIdOf(ctx), counter));
}

interface Desk {
  ctx: RouteContext;
  deps: StationDeps;
  org: Org;
  counter: number | null;
}

async function page(ctx: RouteContext, deps: StationDeps, code?: string): Promise<void> {
  const org = keptStation(deps, requireSession(ctx), orgIdOf(ctx));
  const queue = await getQueue(deps, org.id);
  const desk = { ctx, deps, org, counter: counterOf(ctx.query.window) };
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="stations"
      density="counter"
      title={`${org.name}排队叫号`}
      heading="排队叫号"
      breadcrumbs={[
        { href: '/stations', text: '服务站' },
        { href: `/stations/${org.id}`, text: org.name },
        { text: '排队叫号' },
      ]}
    >
      {code !== undefined && <Code code={code} org={org} url={deps.publicUrl} />}
      <div class="queue-desk">
        <Calling {...desk} queue={queue} />
        <Taking {...desk} />
      </div>
      <Waiting {...desk} queue={queue} />
      <Screens {...desk} devices={await getDevices(deps, org.id)} />
    </StationPage>,
  );
}

const fieldsOf = (counter: number | null): Record<string, string> =>
  counter === null ? {} : { window: String(counter) };

function Calling({ ctx, deps, org, counter, queue }: Desk & { queue: QueueView }): JSX.Element {
  const mine = queue.called.find((t) => t.counter === counter);
  const shared = { ctx, deps, fields: fieldsOf(counter) };
  const on = (act: string) => `/stations/${org.id}/queue/${mine ? ticketNumber(mine) : ''}/${act}`;
  return (
    <Card
      tone="now"
      title={counterText(counter)}
      aside={<span class="help">还有 {queue.waiting.length} 位在等</span>}
    >
      <p class="queue-number">{mine ? ticketNumber(mine) : '空着'}</p>
      {mine && (
        <p class="help">
          {mine.purpose ? `${PURPOSE_WORDS[mine.purpose]}，` : ''}叫了 {mine.calls} 次
        </p>
      )}
      <Actions>
        {queue.waiting.length > 0 && (
          <Press {...shared} action={`/stations/${org.id}/queue/next`} shortcut="n">
            叫下一位
          </Press>
        )}
        {mine && (
          <>
            <Press {...shared} action={on('done')} kind="secondary" shortcut="d">
              办完了
            </Press>
            <Press {...shared} action={on('again')} kind="secondary" shortcut="r">
              再叫一次
            </Press>
            <Press {...shared} action={on('absent')} kind="secondary" shortcut="m">
              没有来
            </Press>
          </>
        )}
      </Actions>
      {queue.waiting.length > 0 && mine && <p class="help">叫下一位，{ticketNumber(mine)} 就算办完。</p>}
      <FilterForm
        action={`/stations/${org.id}/queue`}
        button="换窗口"
        filters={[
          {
            name: 'window',
            label: '我在几号窗口',
            value: counter === null ? '' : String(counter),
            blank: '只有一个服务台',
            options: Array.from({ length: 12 }, (_, i) => ({
              value: String(i + 1),
              text: `${i + 1} 号窗口`,
            })),
          },
        ]}
      />
    </Card>
  );
}

function Taking({ ctx, deps, org, counter }: Desk): JSX.Element {
  return (
    <Card title="替群众取号">
      <form method="post" action={`/stations/${org.id}/queue/take`}>
        <Keyed ctx={ctx} deps={deps} />
        {counter !== null && <input type="hidden" name="window" value={String(counter)} />}
        <Actions>
          <Button shortcut="t">取号</Button>
          {Object.entries(PURPOSE_WORDS).map(([value, text]) => (
            <Button key={value} kind="secondary" name="purpose" value={value}>
              {text}
            </Button>
          ))}
        </Actions>
      </form>
      <p class="help">号码每天从 A001 开始，只记来办什么，不记是谁。</p>
    </Card>
  );
}

const purposeText = ({ purpose }: Ticket): string => (purpose ? PURPOSE_WORDS[purpose] : '—');

function Waiting({ ctx, deps, org, counter, queue }: Desk & { queue: QueueView }): JSX.Element {
  const { waiting, absent, served, averageWait } = queue;
  return (
    <Card
      title="今天"
      aside={
        <span class="help">
          办完 {served} 位
          {averageWait !== null && `，叫到的平均等了${averageWait === 0 ? '不到 1' : ` ${averageWait}`} 分钟`}
        </span>
      }
    >
      <Table
        caption="在等的"
        rows={waiting}
        rowKey={(t) => ticketNumber(t)}
        empty={<EmptyState title="没有人在等" />}
        columns={[
          { title: '号码', head: true, cell: (t) => ticketNumber(t) },
          { title: '来办', cell: purposeText },
          { title: '前面', cell: (t) => `${waiting.indexOf(t)} 位` },
        ]}
      />
      {absent.length > 0 && (
        <Table
          caption="叫过没来的"
          rows={absent}
          rowKey={(t) => ticketNumber(t)}
          columns={[
            { title: '号码', head: true, cell: (t) => ticketNumber(t) },
            { title: '来办', cell: purposeText },
            {
              title: '来了',
              cell: (t) => (
                <Press
                  ctx={ctx}
                  deps={deps}
                  kind="secondary"
                  fields={fieldsOf(counter)}
                  action={`/stations/${org.id}/queue/${ticketNumber(t)}/again`}
                >
                  现在叫<span class="vh"> {ticketNumber(t)}</span>
                </Press>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}

function Screens({ ctx, deps, org, devices }: Desk & { devices: Device[] }): JSX.Element {
  return (
    <Card title="屏幕">
      <Actions>
        <LinkButton href={`/stations/${org.id}/screen`} newTab>
          打开叫号屏
        </LinkButton>
        <LinkButton href={`/stations/${org.id}/kiosk`} newTab>
          看展示屏
        </LinkButton>
        <Press ctx={ctx} deps={deps} kind="secondary" action={`/stations/${org.id}/kiosk/open`}>
          让一台展示屏能取号
        </Press>
        {devices.length > 0 && (
          <Press
            ctx={ctx}
            deps={deps}
            kind="danger"
            action={`/stations/${org.id}/kiosk/close`}
            confirm="所有展示屏都不能再取号？"
          >
            全部停用
          </Press>
        )}
      </Actions>
      <p class="help">
        {devices.length === 0 ? '现在没有能取号的展示屏。' : `现在有 ${devices.length} 台展示屏能取号。`}
        展示屏上不用登录。
      </p>
    </Card>
  );
}

function Code({ code, org, url }: { code: string; org: Org; url: string }): JSX.Element {
  return (
    <Card tone="now" title="启用码">
      <p class="queue-number">{printedCode(code)}</p>
      <p>
        15 分钟内，在展示屏的浏览器里打开 <code>{`${url}/stations/${org.id}/kiosk/device`}</code>
        ，输入这个码。只能用一次，离开本页就看不到了。
      </p>
    </Card>
  );
}
