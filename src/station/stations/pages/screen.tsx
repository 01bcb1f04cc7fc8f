/** What everybody sees of a queue: numbers and windows, never a name or an item. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { localTime } from '../../../kernel/time.ts';
import { kioskOf } from '../../../people/frame/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Card, LinkButton, Page } from '../../../platform/web/index.ts';
import { Qr } from '../../catalogue/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { stationOf } from '../commands/facts.ts';
import { getQueue, getTicket } from '../queries.ts';
import { type QueueView, ticketNumber } from '../rules.ts';
import type { StationDeps, Ticket } from '../types.ts';
import { counterText, orgIdOf, toCounter } from './parts.tsx';

/** Seconds after which a screen, or a ticket, asks again. */
const SCREEN = 6;
const TICKET = 10;
/** Numbers on a screen. */
const CALLED = 6;
const NEXT = 8;

export function mountScreen(router: Router, deps: StationDeps): void {
  router.get('/stations/:org/screen', async (ctx: RouteContext) => {
    const org = stationOf(deps, orgIdOf(ctx));
    const queue = await getQueue(deps, org.id);
    const now = deps.clock.now();
    show(
      ctx,
      <Page
        bare
        density="public"
        title={`${org.name}排队叫号`}
        banner={deps.mode === 'rehearsal' ? { now } : null}
        scripts={['kiosk']}
        refresh={{ after: SCREEN }}
      >
        <div class="screen-head">
          <h1>{org.name} 排队叫号</h1>
          <button type="button" class="button button-secondary" aria-pressed={false} data-voice hidden>
            语音叫号
          </button>
        </div>
        <p class="vh" role="status" data-announce />
        <Called queue={queue} time={localTime(now)} />
      </Page>,
    );
  });
  router.get('/stations/:org/tickets/:number', (ctx: RouteContext) => ticketPage(ctx, deps));
}

/** `请 A003 号到 2 号窗口` */
const callText = (ticket: Ticket): string => `请 ${ticketNumber(ticket)} 号${toCounter(ticket.counter)}`;

function Called({ queue, time }: { queue: QueueView; time: string }): JSX.Element {
  const [latest, ...others] = queue.called;
  return (
    <div
      id="live"
      class="screen"
      data-every={SCREEN}
      data-call={latest && `${ticketNumber(latest)}-${latest.calls}-${latest.counter ?? ''}`}
      data-says={latest && callText(latest)}
    >
      <section class="screen-now">
        <h2>正在叫号</h2>
        {latest ? (
          <>
            <p class="screen-number">{ticketNumber(latest)}</p>
            <p class="screen-where">请{toCounter(latest.counter)}</p>
          </>
        ) : (
          <p class="screen-where">现在没有叫号</p>
        )}
        {others.length > 0 && (
          <ul class="screen-others">
            {others.slice(0, CALLED).map((t) => (
              <li key={t.seq}>
                <b>{ticketNumber(t)}</b> {counterText(t.counter)}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="screen-next">
        <h2>{queue.waiting.length === 0 ? '没有人在等' : `${queue.waiting.length} 位在等`}</h2>
        <ol>
          {queue.waiting.slice(0, NEXT).map((t) => (
            <li key={t.seq}>{ticketNumber(t)}</li>
          ))}
        </ol>
        {queue.absent.length > 0 && (
          <p>
            叫过没来：{queue.absent.slice(0, NEXT).map(ticketNumber).join('、')}
            ，到了请告诉工作人员。
          </p>
        )}
      </section>
      <p class="screen-time">{time} 更新</p>
    </div>
  );
}

const STATES: Record<Ticket['state'], (ticket: Ticket, ahead: number) => string> = {
  waiting: (_, ahead) => (ahead === 0 ? '下一位就是您' : `前面还有 ${ahead} 位`),
  called: ({ counter }) => `轮到您了，请${toCounter(counter)}`,
  absent: () => '叫过您的号，请告诉工作人员您来了',
  served: () => '已经办完',
};

async function ticketPage(ctx: RouteContext, deps: StationDeps): Promise<void> {
  const org = stationOf(deps, orgIdOf(ctx));
  const { ticket, ahead } = await getTicket(deps, org.id, ctx.params.number as string);
  const number = ticketNumber(ticket);
  const isKiosk = kioskOf(ctx, deps.orgs) !== null;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="stations"
      title={`${number} · ${org.name}`}
      heading="我的排队号"
      narrow
      scripts={['kiosk']}
      {...(!isKiosk && { refresh: { after: TICKET } })}
    >
      <Card tone="now">
        <div id="live" data-every={TICKET}>
          <p class="queue-number">{number}</p>
          <p class="look" role="status">
            {STATES[ticket.state](ticket, ahead)}
          </p>
        </div>
        <p class="help">{org.name}，今天有效。</p>
      </Card>
      {isKiosk ? (
        <Card title="用手机看排到哪里">
          <Qr text={`${deps.publicUrl}/stations/${org.id}/tickets/${number}`} label="本号的网址" />
        </Card>
      ) : (
        <LinkButton href={`/stations/${org.id}`}>服务站的地址和电话</LinkButton>
      )}
    </StationPage>,
  );
}
