import { requireSession } from '../../people/accounts/index.ts';
import type { ApiRoute, RouteContext } from '../../platform/http/index.ts';
import { handOutQuota, type QuotaDeps } from './commands.ts';
import { listQuotas } from './queries.ts';

const session = { tag: 'quotas', auth: 'session' } as const;

const TOTAL_BODY = {
  type: 'object',
  properties: { total: { type: 'number', minimum: 0, maximum: 1_000_000_000 } },
  required: ['total'],
  additionalProperties: false,
};
const LIST_QUERY = {
  type: 'object',
  properties: { quota: { type: 'string', minLength: 1, maxLength: 40 } },
  additionalProperties: false,
};

/** The JSON API of quotas. */
export const quotaRoutes = (deps: QuotaDeps): ApiRoute[] => [
  {
    ...session,
    method: 'get',
    path: '/api/quotas',
    summary: 'Quotas by organisation and year: handed out, taken, waited for',
    query: LIST_QUERY,
    responses: { 200: { description: 'Quotas', schema: { type: 'object' } } },
    async handler(ctx: RouteContext) {
      requireSession(ctx);
      const { quota } = ctx.query as { quota?: string };
      ctx.body = { quotas: await listQuotas(deps, quota) };
    },
  },
  {
    ...session,
    method: 'put',
    path: '/api/quotas/:quota/:org/:year',
    summary: 'Hand out a quota to an organisation for a year',
    body: TOTAL_BODY,
    responses: { 204: { description: 'Handed out' } },
    async handler(ctx: RouteContext) {
      const { quota = '', org = '', year = '' } = ctx.params as Record<string, string>;
      const { total } = ctx.request.body as { total: number };
      await handOutQuota(deps, requireSession(ctx), { quota, org, year: Number(year), total });
      ctx.status = 204;
    },
  },
];
