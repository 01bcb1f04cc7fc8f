import { notFound } from '../../errors.ts';
import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, type RouteContext, requestIdOf } from '../../platform/http/index.ts';
import { actOnTicket, callNext, type TicketAct, takeTicket } from './commands/queue.ts';
import { queueJson, stationJson, ticketJson } from './present.ts';
import { getQueue, getStation, getTicket } from './queries.ts';
import { readTicketNumber } from './rules.ts';
import { CALL_BODY, TAKE_BODY } from './schema.ts';
import type { Purpose, StationDeps } from './types.ts';

const open = { tag: 'stations', auth: 'public' } as const;
const session = { tag: 'stations', auth: 'session' } as const;
const object = { type: 'object' };

/** The JSON API of stations and their queues. */
export function stationRoutes(deps: StationDeps): ApiRoute[] {
  const org = (ctx: RouteContext) => ctx.params.org as string;
  const looks: ApiRoute[] = [
    {
      ...open,
      method: 'get',
      path: '/api/stations/:org',
      summary: 'A station: hours of seven days, telephones, who is on duty, what is filed there',
      responses: { 200: { description: 'What was entered; what is missing is not known', schema: object } },
      async handler(ctx) {
        ctx.body = stationJson(await getStation(deps, org(ctx)));
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/stations/:org/queue',
      summary: 'The queue of today: numbers and windows, no names',
      responses: { 200: { description: 'The queue', schema: object } },
      async handler(ctx) {
        ctx.body = queueJson(await getQueue(deps, org(ctx)));
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/stations/:org/queue/:number',
      summary: 'One ticket of today, and how many wait before it',
      responses: { 200: { description: 'The ticket', schema: object } },
      async handler(ctx) {
        const { ticket, ahead } = await getTicket(deps, org(ctx), ctx.params.number as string);
        ctx.body = { ...ticketJson(ticket), ahead };
      },
    },
  ];
  return [...looks, ...queueActs(deps)];
}

function queueActs(deps: StationDeps): ApiRoute[] {
  const org = (ctx: RouteContext) => ctx.params.org as string;
  const counterOf = (ctx: RouteContext) => ((ctx.request.body ?? {}) as { counter?: number }).counter ?? null;
  const onTicket = (act: TicketAct, summary: string): ApiRoute => ({
    ...session,
    method: 'post',
    path: `/api/stations/:org/queue/:number/${act}`,
    summary,
    body: CALL_BODY,
    responses: { 200: { description: 'The ticket', schema: object } },
    async handler(ctx) {
      const who = requireSession(ctx);
      const seq = readTicketNumber(ctx.params.number as string);
      if (seq === undefined) throw notFound('queue.ticket_not_found');
      const order = { seq, counter: counterOf(ctx), requestId: requestIdOf(ctx) };
      ctx.body = ticketJson(await actOnTicket(deps, who, org(ctx), act, order));
    },
  });
  return [
    {
      ...session,
      method: 'post',
      path: '/api/stations/:org/queue',
      summary: 'Take a number for a citizen',
      body: TAKE_BODY,
      responses: { 201: { description: 'The ticket', schema: object } },
      async handler(ctx) {
        const { purpose = null } = (ctx.request.body ?? {}) as { purpose?: Purpose };
        const ticket = await takeTicket(deps, requireSession(ctx), org(ctx), purpose, requestIdOf(ctx));
        ctx.status = 201;
        ctx.body = ticketJson(ticket);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/stations/:org/queue/next',
      summary: 'Call the next number; whoever stood at this window is served',
      body: CALL_BODY,
      responses: { 200: { description: 'The number called', schema: object } },
      async handler(ctx) {
        const who = requireSession(ctx);
        ctx.body = ticketJson(await callNext(deps, who, org(ctx), counterOf(ctx), requestIdOf(ctx)));
      },
    },
    onTicket('again', 'Call a number again'),
    onTicket('absent', 'Nobody came: put the number aside; it may be called again'),
    onTicket('done', 'Whoever held the number is served'),
  ];
}
