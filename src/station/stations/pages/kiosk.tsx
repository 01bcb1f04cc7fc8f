/** `/stations/:org/kiosk`: a screen in the station that shows in turn what is posted, and what can be done here. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import {
  deviceToken,
  kioskFrame,
  rememberDevice,
  rememberKiosk,
  rememberReading,
} from '../../../people/frame/index.ts';
import { limit, type RouteContext, sentForm } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  DefinitionList,
  ErrorSummary,
  fieldId,
  TextField,
} from '../../../platform/web/index.ts';
import { listNeeds } from '../../catalogue/index.ts';
import { type Notice, noticesOnDisplay } from '../../notices/index.ts';
import { isRefusal, StationPage, seeOther, show } from '../../shell.tsx';
import { deviceOf, pairDevice } from '../commands/devices.ts';
import { stationOf } from '../commands/facts.ts';
import { frequentGuides, getStation, type Item, type StationView } from '../queries.ts';
import { PURPOSE_WORDS } from '../schema.ts';
import type { StationDeps } from '../types.ts';
import { dayText, Keyed, Missing, orgIdOf, spansText, standingText } from './parts.tsx';
import { Duty, Phones, Week } from './show.tsx';

/** Seconds for which a slide is shown. */
const SLIDE = 15;
const GUIDES = 8;
const NEEDS = 12;
const NOTICES = 20;

export function mountKiosk(router: Router, deps: StationDeps): void {
  router.get('/stations/:org/kiosk', (ctx: RouteContext) => kioskPage(ctx, deps));
  router.get('/stations/:org/kiosk/device', (ctx: RouteContext) => devicePage(ctx, deps, []));
  const attempts = limit({ max: 20, perSeconds: 600 }) as never;
  router.post('/stations/:org/kiosk/device', attempts, async (ctx: RouteContext) => {
    const code = new Map(sentForm(ctx).fields).get('code') ?? '';
    try {
      rememberDevice(ctx, await pairDevice(deps, orgIdOf(ctx), code));
      seeOther(ctx, `/stations/${orgIdOf(ctx)}/kiosk`);
    } catch (error) {
      if (!isRefusal(error) || !error.faults) throw error;
      devicePage(ctx, deps, error.faults);
    }
  });
}

/** Which slide, and whether it stays. */
interface Place {
  n: number;
  isPaused: boolean;
}

async function kioskPage(ctx: RouteContext, deps: StationDeps): Promise<void> {
  const view = await getStation(deps, orgIdOf(ctx));
  const { org } = view;
  const isAlone = ctx.state.actor === undefined;
  if (isAlone) rememberKiosk(ctx, org.id);
  // Back at the start nothing is left of whoever stood here, not even the size of the letters.
  if (isAlone && ctx.query.n === undefined) rememberReading(ctx, { large: false, contrast: false });
  const { notices } = await noticesOnDisplay(deps, { boardPath: org.path, limit: NOTICES });
  const device = await deviceOf(deps, deviceToken(ctx));
  const slides = slidesOf({
    ctx,
    deps,
    view,
    notices: notices.filter((n) => n.state === 'open'),
    guides: await frequentGuides(deps, org.id, GUIDES),
    handsOut: device?.org === org.id,
  });
  const place = placeOf(ctx, slides.length);
  const next = addressOf(org.id, (place.n + 1) % slides.length);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      title={org.name}
      nav="stations"
      scripts={['kiosk']}
      {...(isAlone && { kiosk: kioskFrame(org) })}
      {...(isAlone && ctx.query.n === undefined && { reading: { large: false, contrast: false } })}
      {...(!place.isPaused && { refresh: { after: SLIDE, to: next } })}
    >
      <div id="live" class="kiosk-show" {...(!place.isPaused && { 'data-every': SLIDE, 'data-next': next })}>
        <section class="slide">
          <h1>{slides[place.n]?.title}</h1>
          {slides[place.n]?.content}
        </section>
        <Controls org={org.id} place={place} count={slides.length} />
      </div>
    </StationPage>,
  );
}

const addressOf = (org: string, n: number, isPaused = false): string =>
  `/stations/${org}/kiosk?n=${n + 1}${isPaused ? '&pause=1' : ''}`;

function placeOf(ctx: RouteContext, count: number): Place {
  const asked = typeof ctx.query.n === 'string' && /^\d{1,3}$/.test(ctx.query.n) ? Number(ctx.query.n) : 1;
  return { n: Math.min(Math.max(asked, 1), count) - 1, isPaused: ctx.query.pause !== undefined };
}

function Controls({ org, place, count }: { org: string; place: Place; count: number }): JSX.Element {
  const { n, isPaused } = place;
  return (
    <nav class="kiosk-controls" aria-label="换页" data-swap>
      <a class="button button-secondary" href={addressOf(org, (n + count - 1) % count, isPaused)}>
        ‹ 上一页
      </a>
      <a class="button button-secondary" href={addressOf(org, n, !isPaused)}>
        {isPaused ? '继续播放' : '停在这里'}
      </a>
      <a class="button button-secondary" href={addressOf(org, (n + 1) % count, isPaused)}>
        下一页 ›
      </a>
      <p>
        第 {n + 1} 页，共 {count} 页
      </p>
    </nav>
  );
}

interface Slide {
  title: string;
  content: JSX.Element;
}

interface Shown {
  ctx: RouteContext;
  deps: StationDeps;
  view: StationView;
  notices: Notice[];
  guides: Item[];
  /** The clerk has opened this screen for taking numbers. */
  handsOut: boolean;
}

function slidesOf(shown: Shown): Slide[] {
  const { view, notices, guides } = shown;
  const today = localDate(shown.deps.clock.now());
  return [
    { title: dayText(today, true), content: <Today {...shown} /> },
    { title: '您想办什么', content: <Needs /> },
    ...(guides.length > 0 ? [{ title: '大家常办的事', content: <Guides guides={guides} /> }] : []),
    ...notices.map((notice) => ({ title: '正在公示', content: <Posted notice={notice} /> })),
    { title: '上班时间', content: <Week week={view.week} /> },
    { title: '电话和地址', content: <Contact view={view} /> },
  ];
}

const SHUT: readonly string[] = ['over', 'closed'];

function Today({ ctx, deps, view, handsOut }: Shown): JSX.Element {
  const { org, standing, week } = view;
  return (
    <>
      <p class="look">{standingText(standing)}</p>
      {week[0] && week[0].spans?.length !== 0 && <p>今天上班时间：{spansText(week[0])}</p>}
      {handsOut && !SHUT.includes(standing.state) && (
        <form method="post" action={`/stations/${org.id}/queue/take`} class="kiosk-take">
          <Keyed ctx={ctx} deps={deps} />
          <h2>取排队号</h2>
          {Object.entries(PURPOSE_WORDS).map(([value, text]) => (
            <Button key={value} name="purpose" value={value}>
              {text}
            </Button>
          ))}
        </form>
      )}
      {!handsOut && <p class="help">要排队的，请找代办员取号。</p>}
    </>
  );
}

/** Everyday words, each of which leads to what answers it. */
const Needs = (): JSX.Element => (
  <ul class="links kiosk-links">
    {listNeeds()
      .slice(0, NEEDS)
      .map(({ text }) => (
        <li key={text}>
          <a href={`/items?${new URLSearchParams({ q: text })}`}>{text}</a>
        </li>
      ))}
  </ul>
);

const Guides = ({ guides }: { guides: Item[] }): JSX.Element => (
  <ul class="links kiosk-links">
    {guides.map(({ code, title }) => (
      <li key={code}>
        <a href={`/items/${code}`}>{title}</a>
      </li>
    ))}
  </ul>
);

/** That something is posted and until when; whom it is about stands in the notice itself. */
const Posted = ({ notice }: { notice: Notice }): JSX.Element => (
  <>
    <p class="look">{notice.title}</p>
    <p>
      张贴在{notice.board.name}，到 {chineseDate(notice.until)}。有不同意见，任何人都可以提，可以不留姓名。
    </p>
    <p>
      <a class="button button-primary" href={`/notices/${notice.id}`}>
        看内容，提意见
      </a>
    </p>
  </>
);

const Contact = ({ view: { facts } }: { view: StationView }): JSX.Element => (
  <DefinitionList
    items={[
      { term: '电话', detail: <Phones facts={facts} dial={false} />, wide: true },
      { term: '谁值班', detail: <Duty facts={facts} />, wide: true },
      { term: '地址', detail: facts.address ?? <Missing />, wide: true },
      { term: '怎么走', detail: facts.way ?? <Missing />, wide: true },
    ]}
  />
);

function devicePage(ctx: RouteContext, deps: StationDeps, faults: readonly Fault[]): void {
  const org = stationOf(deps, orgIdOf(ctx));
  const [fault] = faults;
  show(
    ctx,
    <StationPage ctx={ctx} deps={deps} title="启用展示屏" heading={`${org.name}展示屏`} narrow kiosk={null}>
      <Card title="让这台展示屏能取号">
        <form method="post" action={`/stations/${org.id}/kiosk/device`}>
          <ErrorSummary faults={faults} />
          <TextField
            id={fieldId('/code')}
            name="code"
            label="启用码"
            help="代办员在“排队叫号”页面取得，8 位，15 分钟内有效。"
            required
            mark={false}
            width="medium"
            {...(fault && { error: fault.message })}
          />
          <Actions>
            <Button>启用</Button>
          </Actions>
        </form>
      </Card>
    </StationPage>,
    faults.length > 0 ? 422 : 200,
  );
}
