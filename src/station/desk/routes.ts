import { maskId } from '../../kernel/mask.ts';
import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, type RouteContext, requestIdOf } from '../../platform/http/index.ts';
import { handOverAll } from './commands.ts';
import * as queries from './queries.ts';
import { DESK_QUERY, HAND_OVER_BODY } from './schema.ts';
import type { DeskCases, DeskDeps, DeskPerson, HandOverInput } from './types.ts';

const ok = (description: string) => ({ 200: { description, schema: { type: 'object' } } });
const session = { tag: 'desk', auth: 'session' } as const;

/** What of the query is there, once. */
export function queryOf(ctx: RouteContext): { village?: string; q?: string; page?: number; day?: string } {
  const { village, q, page, day } = ctx.query;
  return {
    ...(typeof village === 'string' && { village }),
    ...(typeof q === 'string' && { q }),
    ...(typeof page === 'string' && /^[1-9]\d{0,3}$/.test(page) && { page: Number(page) }),
    ...(typeof day === 'string' && { day }),
  };
}

/** A person as they leave the house: the number masked. */
const personOut = ({ idNumber, ...person }: DeskPerson) => ({ ...person, idMasked: maskId(idNumber) });

/** The JSON API of the hand-over desk. */
export const deskRoutes = (deps: DeskDeps, cases: DeskCases): ApiRoute[] => [
  {
    ...session,
    method: 'get',
    path: '/api/desk',
    summary: 'Who has something lying ready in the village; found by name or the last four of the number',
    query: DESK_QUERY,
    responses: ok('A page of people'),
    async handler(ctx) {
      const view = await queries.deskView(deps, requireSession(ctx), queryOf(ctx));
      ctx.body = { ...view, people: view.people.map(personOut) };
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/desk/list',
    summary: 'The list of a day: handed over and, today, still waiting',
    query: DESK_QUERY,
    responses: ok('The list'),
    async handler(ctx) {
      ctx.body = await queries.dayList(deps, requireSession(ctx), queryOf(ctx));
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/desk/people/:key',
    summary: 'Everything that lies ready for one person, and what they were handed today',
    query: DESK_QUERY,
    responses: ok('The person'),
    async handler(ctx) {
      const { village } = queryOf(ctx);
      const view = await queries.personView(deps, requireSession(ctx), ctx.params.key as string, village);
      ctx.body = { ...view, person: personOut(view.person) };
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/desk/people/:key/hand-over',
    summary: 'Hand over what was chosen, in one go: signed once; tells what became of each thing',
    query: DESK_QUERY,
    body: HAND_OVER_BODY,
    responses: ok('What was handed over and what was not'),
    async handler(ctx) {
      const { village } = queryOf(ctx);
      const input = ctx.request.body as HandOverInput;
      ctx.body = await handOverAll(
        deps,
        cases,
        requireSession(ctx),
        ctx.params.key as string,
        { ...input, ...(village !== undefined && { village }) },
        requestIdOf(ctx),
      );
    },
  },
];
