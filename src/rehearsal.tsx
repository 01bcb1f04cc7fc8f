/** Rehearsal 演练: the clock that can be moved ahead, by the API and by a page. */
import type Router from '@koa/router';
import type { AppDeps } from './effects.ts';
import { conflict, invalid, notFound } from './errors.ts';
import { isLocalDate, parseInstant, startOfDay } from './kernel/time.ts';
import type { Instant } from './kernel/types.ts';
import type { MovableClock } from './platform/clock.ts';
import { type Trx, transact } from './platform/db/index.ts';
import { type ApiRoute, type RouteContext, sentForm } from './platform/http/index.ts';
import { Button, Card, CsrfField, render, TextField } from './platform/web/index.ts';
import { StationPage } from './station/shell.tsx';

const BODY = {
  type: 'object',
  properties: {
    now: {
      type: 'string',
      description: 'ISO-8601 with offset; not before anything that happened in this rehearsal',
    },
  },
  required: ['now'],
  additionalProperties: false,
};

function readInstant(text: string): Instant {
  try {
    return parseInstant(text);
  } catch {
    throw invalid([{ pointer: '/now', message: '请写带时区的时间，例如 2026-09-28T09:40:00+08:00' }]);
  }
}

const AHEAD = 'rehearsal.ahead';
const SET_TO = 'rehearsal.set';

/** The latest moment this rehearsal knows: where the clock was set to, or something that happened since. */
async function latestMoment(trx: Trx): Promise<Instant> {
  const set = (await trx('meta').where({ key: SET_TO }).first())?.value ?? '';
  const changed = (await trx('cases').max('updated_at as at').first())?.at ?? '';
  return set > changed ? set : changed;
}

/**
 * Set the rehearsal's clock and let everything run that fell due on the way. A new rehearsal may begin on
 * any day; from then on its clock only goes forward, because what happened cannot be undone.
 * @throws notFound outside rehearsal, conflict `clock.backwards`
 */
async function moveTo(deps: AppDeps, clock: MovableClock | null, at: Instant): Promise<void> {
  if (!clock) throw notFound('rehearsal.only');
  await transact(deps.db, async (trx) => {
    const latest = await latestMoment(trx);
    if (at < latest) throw conflict('clock.backwards', { now: deps.clock.now(), latest });
    clock.moveTo(at);
    for (const [key, value] of [
      [SET_TO, at],
      [AHEAD, String(clock.ahead)],
    ])
      await trx('meta').insert({ key, value }).onConflict('key').merge();
  });
  await deps.jobs.tick();
}

export function rehearsalRoutes(deps: AppDeps, clock: MovableClock | null): ApiRoute[] {
  return [
    {
      method: 'post',
      path: '/api/rehearsal/clock',
      summary: 'Rehearsal only: move the clock ahead; what fell due on the way runs before the answer',
      tag: 'rehearsal',
      auth: 'public',
      body: BODY,
      responses: { 200: { description: 'The time it is now', schema: { type: 'object' } } },
      async handler(ctx) {
        await moveTo(deps, clock, readInstant((ctx.request.body as { now: string }).now));
        ctx.body = { now: deps.clock.now() };
      },
    },
  ];
}

/** A page for clerks in training: go on to a day. */
export function rehearsalPages(router: Router, deps: AppDeps, clock: MovableClock | null): void {
  router.get('/rehearsal', (ctx: RouteContext) => {
    if (!clock) throw notFound('rehearsal.only');
    ctx.body = render(
      <StationPage ctx={ctx} deps={deps} title="演练时钟" heading="演练时钟" narrow>
        <Card>
          <form method="post" action="/rehearsal">
            <CsrfField token={ctx.state.csrf ?? ''} />
            <TextField id="day" name="day" label="前进到哪一天（零时）" type="date" required />
            <Button>前进</Button>
          </form>
        </Card>
      </StationPage>,
    );
  });
  router.post('/rehearsal', async (ctx: RouteContext) => {
    const day = new Map(sentForm(ctx).fields).get('day') ?? '';
    if (!isLocalDate(day)) throw invalid([{ pointer: '/day', message: '请选择日期' }]);
    await moveTo(deps, clock, startOfDay(day));
    ctx.redirect('/rehearsal');
  });
}
