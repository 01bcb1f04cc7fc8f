/** The JSON API of ratings. */
import { requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, limit, type RouteContext, requestIdOf } from '../../platform/http/index.ts';
import { followUp, rate, supplement } from './commands.ts';
import { filterOf, requireReader } from './pages/list.tsx';
import { getBad, listBad, listRatings } from './queries.ts';
import { type FollowStep, type RatingDeps, type RatingGate, STEPS } from './types.ts';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const PROOF = { number: text(60), lastFour: { type: 'string', pattern: '^[0-9]{3}[0-9Xx]$' } };
const RATE_BODY = object(
  { ...PROOF, level: { type: 'integer', minimum: 1, maximum: 5 }, comment: text(500) },
  ['number', 'lastFour', 'level'],
);
const MORE_BODY = object({ ...PROOF, comment: text(500) }, ['number', 'lastFour', 'comment']);
const STEP_BODY = object({ step: { type: 'string', enum: [...STEPS] }, text: text(500) }, ['step', 'text']);
const QUERY = object({
  level: { type: 'string', enum: ['1', '2', '3', '4', '5'] },
  standing: { type: 'string', enum: ['open', 'late-contact', 'late-remedy'] },
  item: text(20),
  department: text(10),
  township: text(20),
  days: { ...text(21), description: 'Shanghai days, both included: `2026-10-01~2026-12-31`' },
  after: text(40),
});

const session = { tag: 'ratings', auth: 'session' } as const;
const open = { tag: 'public', auth: 'public' } as const;
const some = (description: string) => ({ 200: { description, schema: { type: 'object' } } });
const done = (description: string) => ({ 204: { description } });

export function ratingRoutes(deps: RatingDeps, gate: RatingGate): ApiRoute[] {
  return [...givingRoutes(deps, gate), ...readingRoutes(deps)];
}

function givingRoutes(deps: RatingDeps, gate: RatingGate): ApiRoute[] {
  const before = [limit({ max: 30, perSeconds: 60 })];
  return [
    {
      ...open,
      method: 'post',
      path: '/api/ratings',
      summary:
        'Rate a case that is over, once, by its number and the last four characters (1 best … 5 worst)',
      body: RATE_BODY,
      before,
      responses: done('Kept, and anonymous to the desks'),
      async handler(ctx) {
        const {
          number,
          lastFour,
          level,
          comment = '',
        } = ctx.request.body as {
          number: string;
          lastFour: string;
          level: number;
          comment?: string;
        };
        const of = await gate.byNumber(number, lastFour);
        await rate(deps, of, { level: String(level), comment, way: 'progress' });
        ctx.status = 204;
      },
    },
    {
      ...open,
      method: 'post',
      path: '/api/ratings/more',
      summary: 'Add to a rating, once',
      body: MORE_BODY,
      before,
      responses: done('Kept'),
      async handler(ctx) {
        const { number, lastFour, comment } = ctx.request.body as Record<string, string>;
        await supplement(deps, await gate.byNumber(number as string, lastFour as string), comment as string);
        ctx.status = 204;
      },
    },
  ];
}

function readingRoutes(deps: RatingDeps): ApiRoute[] {
  const who = (ctx: RouteContext) => {
    const actor = requireSession(ctx);
    requireReader(deps, actor);
    return actor;
  };
  return [
    {
      ...session,
      method: 'get',
      path: '/api/ratings',
      summary: 'Ratings, the latest first: level, item, village, words without numbers and names',
      query: QUERY,
      responses: some('A page; `next` is the `after` of the following one'),
      async handler(ctx) {
        ctx.body = await listRatings(deps, who(ctx), filterOf(ctx.query));
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/ratings/bad',
      summary:
        'Bad ratings, the oldest first, with what is to be done; `case` for the department that calls back',
      query: QUERY,
      responses: some('A page; `next` is the `after` of the following one'),
      async handler(ctx) {
        ctx.body = await listBad(deps, who(ctx), filterOf(ctx.query));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/ratings/bad/:id',
      summary: 'Write down what was done about a bad rating: contact, remedy, visit, in this order',
      body: STEP_BODY,
      responses: some('The rating as it stands now'),
      async handler(ctx) {
        const id = ctx.params.id as string;
        await followUp(
          deps,
          who(ctx),
          id,
          ctx.request.body as { step: FollowStep; text: string },
          requestIdOf(ctx),
        );
        ctx.body = await getBad(deps, who(ctx), id);
      },
    },
  ];
}
