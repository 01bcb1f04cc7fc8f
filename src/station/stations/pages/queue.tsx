/** `/stations/:org/queue`: the clerk hands out numbers and calls them, each with one key. */
import type Router from '@koa/router';
import { notAllowed, notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { deviceToken } from '../../../people/frame/index.ts';
import { limit, type RouteContext, sentForm } from '../../../platform/http/index.ts';
import { readSent } from '../../sent.ts';
import { leaveFlash, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { closeDevices, deviceOf, openDevice } from '../commands/devices.ts';
import { keptStation } from '../commands/facts.ts';
import { actOnTicket, callNext, type TicketAct, takeAtKiosk, takeTicket } from '../commands/queue.ts';
import { getDevices, getQueue } from '../queries.ts';
import { readTicketNumber, ticketNumber } from '../rules.ts';
import { PURPOSE_WORDS } from '../schema.ts';
import type { Purpose, StationDeps } from '../types.ts';
import { counterOf, orgIdOf, toCounter } from './parts.tsx';
import { Code, Screens } from './queue-screens.tsx';
import { Calling, Taking, Waiting } from './queue-view.tsx';

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
