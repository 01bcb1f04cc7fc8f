/** `/payouts/entitlements/:id`: one claim, what was paid for it, and what may be done with it. */
import type Router from '@koa/router';
import { notAllowed, notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape } from '../../../platform/http/index.ts';
import { parseForm } from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { type EntitlementDetail, entitlementDetail, revealPayee } from '../entitlements/index.ts';
import type { Payee } from '../types.ts';
import { type ActState, faultsIn } from './act-form.tsx';
import { CLAIM_ACTS, type ClaimActName, isClaimAct, possibleActs } from './claim-acts.ts';
import { ClaimActForm, ClaimCards } from './claim-view.tsx';
import { spanOf } from './claims-view.tsx';
import { type PageDeps, page } from './parts.tsx';

const pathOf = (id: string): string => `/payouts/entitlements/${id}`;
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

export function mountClaim(router: Router, deps: PageDeps): void {
  router.get(
    '/payouts/entitlements/:id',
    staffPage(async (ctx) => {
      claimPage(ctx, deps, await entitlementDetail(deps, requireSession(ctx), idOf(ctx)), null);
    }),
  );
  router.get(
    '/payouts/entitlements/:id/:act',
    staffPage(async (ctx) => {
      const { claim, name } = await sceneOf(ctx, deps);
      const value = CLAIM_ACTS[name].start?.(deps, claim) ?? {};
      actPage(ctx, deps, claim, name, { value });
    }),
  );
  router.post('/payouts/entitlements/:id/:act', async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const { claim, name } = await sceneOf(ctx, deps);
    await actSent(ctx, deps, claim, name, sent);
  });
}

async function sceneOf(ctx: RouteContext, deps: PageDeps) {
  const { act: name } = ctx.params as { act?: string };
  if (!isClaimAct(name)) throw notFound();
  const who = requireSession(ctx);
  const claim = await entitlementDetail(deps, who, idOf(ctx));
  if (!CLAIM_ACTS[name].may(deps, who, claim)) throw notAllowed();
  return { claim, name };
}

async function actSent(
  ctx: RouteContext,
  deps: PageDeps,
  claim: EntitlementDetail,
  name: ClaimActName,
  sent: Sent,
): Promise<void> {
  const { schema, run, done } = CLAIM_ACTS[name];
  const { value } = parseForm(schema, sent.body);
  const { requestId } = sent;
  try {
    requireShape(schema, value, '/data');
    if (!run) return await shown(ctx, deps, claim, value.reason as string);
    await run(deps, sent.who, claim.id, { value, version: Number(sent.one('version')), requestId });
  } catch (error) {
    if (isRefusal(error, 'claim.stale', 'claim.not_possible')) {
      const now = await entitlementDetail(deps, sent.who, claim.id);
      return actPage(ctx, deps, now, name, { value, problem: ERROR_WORDING[error.code], status: 409 });
    }
    const faults = faultsIn(error);
    return actPage(ctx, deps, claim, name, { value, faults, status: 422, requestId });
  }
  leaveFlash(ctx, 'done', done);
  seeOther(ctx, pathOf(claim.id));
}

async function shown(
  ctx: RouteContext,
  deps: PageDeps,
  claim: EntitlementDetail,
  reason: string,
): Promise<void> {
  const payee = await revealPayee(deps, requireSession(ctx), claim.id, reason);
  claimPage(ctx, deps, claim, payee);
}

/** @param inFull who is paid, with every number, when it was asked for with a reason */
function claimPage(ctx: RouteContext, deps: PageDeps, claim: EntitlementDetail, inFull: Payee | null): void {
  const acts = possibleActs(deps, requireSession(ctx), claim);
  page(
    ctx,
    deps,
    {
      title: `${claim.name} · ${claim.schemeTitle}`,
      crumbs: [{ href: '/payouts/entitlements', text: '领取人员' }, { text: claim.name }],
      lead: `${claim.villageName} · ${spanOf(claim)}`,
    },
    <ClaimCards claim={claim} acts={acts} inFull={inFull} />,
  );
}

function actPage(
  ctx: RouteContext,
  deps: PageDeps,
  claim: EntitlementDetail,
  name: ClaimActName,
  state: ActState,
): void {
  const { title } = CLAIM_ACTS[name];
  page(
    ctx,
    deps,
    {
      title: `${title}：${claim.name}`,
      heading: title,
      crumbs: [
        { href: '/payouts/entitlements', text: '领取人员' },
        { href: pathOf(claim.id), text: claim.name },
        { text: title },
      ],
      lead: `${claim.name} · ${claim.villageName} · ${claim.schemeTitle}`,
      status: state.status,
      problem: state.problem && `没有生效：${state.problem}`,
    },
    <ClaimActForm ctx={ctx} deps={deps} claim={claim} name={name} state={state} />,
  );
}
