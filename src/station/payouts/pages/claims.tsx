/** `/payouts/entitlements`: who is paid, found by name, place, state or identity number. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notAllowed } from '../../../errors.ts';
import { normaliseId } from '../../../kernel/identity.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape, sentForm } from '../../../platform/http/index.ts';
import { Pager } from '../../../platform/web/index.ts';
import { isRefusal, staffPage } from '../../shell.tsx';
import { type ClaimQuery, listEntitlements, lookUpEntitlements } from '../entitlements/index.ts';

import { ClaimTable, Filters, LookUp } from './claims-view.tsx';
import { address, chosen, chosenOf, type PageDeps, page, seesPeople } from './parts.tsx';
import { CLAIM_STATES } from './words.ts';

const PATH = '/payouts/entitlements';
const LOOK_UP = {
  type: 'object',
  properties: { idNumber: { type: 'string', title: '身份证号', format: 'cn-id' } },
  required: ['idNumber'],
};

export function mountClaims(router: Router, deps: PageDeps): void {
  router.get(
    PATH,
    staffPage(async (ctx) => {
      const who = requireSession(ctx);
      if (!seesPeople(who, deps)) throw notAllowed();
      const query = queryOf(ctx);
      const { claims, next } = await listEntitlements(deps, who, query);
      const { after: _, ...filter } = query;
      listPage(
        ctx,
        deps,
        <>
          <Filters deps={deps} who={who} query={query} />
          <ClaimTable claims={claims} isFiltered={Object.keys(query).length > 0} />
          <Pager
            prev={query.after === undefined ? null : addressOf(filter)}
            next={next && addressOf({ ...filter, after: next })}
          />
          <LookUp csrf={who.csrf} />
        </>,
      );
    }),
  );
  router.post(`${PATH}/look-up`, async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const idNumber = normaliseId(new Map(sentForm(ctx).fields).get('idNumber') ?? '');
    try {
      requireShape(LOOK_UP, { idNumber });
    } catch (error) {
      if (!isRefusal(error) || !error.faults) throw error;
      const fault = error.faults[0]?.message;
      return listPage(ctx, deps, <LookUp csrf={who.csrf} {...(fault && { error: fault })} />, 422);
    }
    const claims = await lookUpEntitlements(deps, who, idNumber);
    listPage(
      ctx,
      deps,
      <>
        <p class="lead">按身份证号查到 {claims.length} 份待遇。本次查询已记录。</p>
        <ClaimTable claims={claims} isFiltered />
        <LookUp csrf={who.csrf} />
      </>,
    );
  });
}

function listPage(ctx: RouteContext, deps: PageDeps, children: JSX.Element, status = 200): void {
  page(
    ctx,
    deps,
    {
      title: '领取人员',
      section: 'claims',
      lead: '每人每个项目一份待遇。证件号和账号只显示末几位，查看完整号码要写明理由并留下记录。',
      status,
    },
    children,
  );
}

function queryOf(ctx: RouteContext): ClaimQuery {
  const read = <N extends keyof ClaimQuery>(name: N, value: ClaimQuery[N] | undefined) =>
    value === undefined ? {} : { [name]: value };
  return {
    ...read('text', chosen(ctx, 'text')),
    ...read('scheme', chosen(ctx, 'scheme')),
    ...read('village', chosen(ctx, 'village')),
    ...read('state', chosenOf(ctx, 'state', CLAIM_STATES)),
    ...read('faulty', ctx.query.state === 'faulty' ? true : undefined),
    ...read('after', chosen(ctx, 'after')),
  };
}

const addressOf = ({ faulty, ...query }: ClaimQuery): string =>
  address(PATH, { ...query, ...(faulty && { state: 'faulty' }) });
