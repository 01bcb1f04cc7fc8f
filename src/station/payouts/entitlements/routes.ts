import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import { type ApiRoute, type RouteContext, requestIdOf } from '../../../platform/http/index.ts';
import { openDebt, proposeWriteOff, repayDebt, writeOff } from '../debts/by-hand.ts';
import { listDebts } from '../debts/queries.ts';
import type { PayoutDeps } from '../types.ts';
import { correctAccount, resumeEntitlement, setWay, stopEntitlement, suspendEntitlement } from './by-hand.ts';
import { entitlementDetail, listEntitlements, revealPayee } from './queries.ts';
import * as schema from './schema.ts';

const session = { tag: 'payouts', auth: 'session' } as const;
const idOf = (ctx: RouteContext): string => (ctx.params as { id: string }).id;

/** What was sent, and the id its sender gave it: a repeat changes nothing more. */
type Once<T> = T & { requestId?: string | undefined };
type Command<T> = (deps: PayoutDeps, who: SignedIn, id: string, given: Once<T>) => Promise<unknown>;

/** A change by hand: what it needs, and nothing to say but that it is done. */
const changing = <T>(
  deps: PayoutDeps,
  path: string,
  summary: string,
  body: NonNullable<ApiRoute['body']>,
  command: Command<T>,
): ApiRoute => ({
  ...session,
  method: 'post',
  path: `/api/payouts/${path}`,
  summary,
  body,
  responses: { 204: { description: 'Done, and written down' } },
  async handler(ctx) {
    const given = { ...(ctx.request.body as T), requestId: requestIdOf(ctx) };
    await command(deps, requireSession(ctx), idOf(ctx), given);
    ctx.status = 204;
  },
});

const reading = (
  path: string,
  summary: string,
  query: ApiRoute['query'],
  answer: (ctx: RouteContext, who: SignedIn) => Promise<unknown>,
): ApiRoute => ({
  ...session,
  method: 'get',
  path: `/api/payouts/${path}`,
  summary,
  ...(query && { query }),
  responses: { 200: { description: summary, schema: { type: 'object' } } },
  async handler(ctx) {
    ctx.body = await answer(ctx, requireSession(ctx));
  },
});

/** The JSON API of claims, and of what was paid too much. */
export const claimRoutes = (deps: PayoutDeps): ApiRoute[] => [
  reading('claims', 'Claims, masked, newest first', schema.CLAIM_QUERY, (ctx, who) =>
    listEntitlements(deps, who, { ...ctx.query, faulty: ctx.query.faulty === 'true' }),
  ),
  reading('claims/:id', 'A claim, what was paid for it and what of that too much', undefined, (ctx, who) =>
    entitlementDetail(deps, who, idOf(ctx)),
  ),
  {
    ...session,
    method: 'post',
    path: '/api/payouts/claims/:id/reveal',
    summary: 'Who is paid, in full; written down with the reason',
    body: schema.PROPOSAL_BODY,
    responses: { 200: { description: 'Name, numbers and account', schema: { type: 'object' } } },
    async handler(ctx) {
      const { reason } = ctx.request.body as { reason: string };
      ctx.body = await revealPayee(deps, requireSession(ctx), idOf(ctx), reason);
    },
  },
  changing(deps, 'claims/:id/stop', 'Stop a claim from a day on', schema.STOP_BODY, stopEntitlement),
  changing(deps, 'claims/:id/suspend', 'Suspend a claim', schema.REASON_BODY, suspendEntitlement),
  changing(deps, 'claims/:id/resume', 'Let a suspended claim go on', schema.REASON_BODY, resumeEntitlement),
  changing(deps, 'claims/:id/account', 'Put an account right', schema.ACCOUNT_BODY, correctAccount),
  changing(deps, 'claims/:id/way', 'Pay through the bank, or in cash', schema.WAY_BODY, setWay),
  ...debtRoutes(deps),
];

const debtRoutes = (deps: PayoutDeps): ApiRoute[] => [
  reading('debts', 'What was paid too much, newest first', schema.DEBT_QUERY, async (ctx, who) => ({
    debts: await listDebts(deps, who, ctx.query),
  })),
  {
    ...session,
    method: 'post',
    path: '/api/payouts/debts',
    summary: 'Enter what was paid too much',
    body: schema.DEBT_BODY,
    responses: { 201: { description: 'Its id', schema: { type: 'object' } } },
    async handler(ctx) {
      const given = ctx.request.body as Parameters<typeof openDebt>[2];
      ctx.status = 201;
      ctx.body = await openDebt(deps, requireSession(ctx), given, requestIdOf(ctx));
    },
  },
  changing(deps, 'debts/:id/repayments', 'Money that came back', schema.REPAY_BODY, repayDebt),
  changing(
    deps,
    'debts/:id/write-off-proposal',
    'Propose to write a debt off',
    schema.PROPOSAL_BODY,
    proposeWriteOff,
  ),
  {
    ...session,
    method: 'post',
    path: '/api/payouts/debts/:id/write-off',
    summary: 'Write a debt off that another proposed',
    responses: { 204: { description: 'Done, and written down' } },
    async handler(ctx) {
      await writeOff(deps, requireSession(ctx), idOf(ctx), requestIdOf(ctx));
      ctx.status = 204;
    },
  },
];
