/** `/payouts/debts/:id/:act`: one act on what was paid too much. */
import type Router from '@koa/router';
import { type AppError, notAllowed, notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape } from '../../../platform/http/index.ts';
import {
  Actions,
  Card,
  DefinitionList,
  ErrorSummary,
  LinkButton,
  parseForm,
  renderForm,
} from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { type DebtView, listDebts } from '../debts/queries.ts';
import { restOf } from '../debts/rules.ts';
import { schemeOf } from '../schemes.ts';
import { type ActState, DoOrLeave, faultsIn } from './act-form.tsx';
import { DEBT_ACTS, type DebtActName } from './debt-acts.ts';
import { Money, OnceFields, type PageDeps, page } from './parts.tsx';
import { DEBT_STATES } from './words.ts';

const PATH = '/payouts/debts';

export function mountDebt(router: Router, deps: PageDeps): void {
  router.get(
    `${PATH}/:id/:act`,
    staffPage(async (ctx) => {
      const { debt, name } = await sceneOf(ctx, deps);
      actPage(ctx, deps, debt, name, { value: {} });
    }),
  );
  router.post(`${PATH}/:id/:act`, async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const { debt, name } = await sceneOf(ctx, deps);
    await actSent(ctx, deps, debt, name, sent);
  });
}

async function sceneOf(ctx: RouteContext, deps: PageDeps): Promise<{ debt: DebtView; name: DebtActName }> {
  const { id, act } = ctx.params as { id: string; act: string };
  if (!Object.hasOwn(DEBT_ACTS, act)) throw notFound();
  const name = act as DebtActName;
  const who = requireSession(ctx);
  const debt = (await listDebts(deps, who, {})).find((d) => d.id === id);
  if (!debt) throw notFound('debt.not_found');
  if (!DEBT_ACTS[name].may(who, deps.orgs, schemeOf(debt.scheme))) throw notAllowed();
  return { debt, name };
}

function actPage(
  ctx: RouteContext,
  deps: PageDeps,
  debt: DebtView,
  name: DebtActName,
  state: ActState,
): void {
  const { title, help, schema, kind = 'primary' } = DEBT_ACTS[name];
  const faults = state.faults ?? [];
  const facts = (
    <DefinitionList
      items={[
        { term: '姓名', detail: `${debt.name}（${debt.villageName}）` },
        { term: '项目', detail: debt.schemeTitle },
        { term: '原因', detail: debt.reason, wide: true },
        { term: '多发', detail: <Money fen={debt.amount} /> },
        { term: '还差', detail: <Money fen={restOf(debt)} /> },
      ]}
    />
  );
  page(
    ctx,
    deps,
    {
      title: `${title}：${debt.name}`,
      heading: title,
      crumbs: [{ href: PATH, text: '多发追回' }, { text: title }],
      status: state.status ?? 200,
      problem: state.problem && `没有生效：${state.problem}`,
    },
    debt.state !== 'open' ? (
      <Card tone="warn" title={`这笔多发现在是“${DEBT_STATES[debt.state].text}”，不能${title}`}>
        {facts}
        <Actions>
          <LinkButton href={PATH}>返回</LinkButton>
        </Actions>
      </Card>
    ) : (
      <form method="post" action={`${PATH}/${debt.id}/${name}`}>
        <OnceFields ctx={ctx} deps={deps} requestId={state.requestId} />
        <input type="hidden" name="rest" value={restOf(debt)} />
        <ErrorSummary faults={faults} schema={schema} prefix="/data" />
        <Card>
          {facts}
          <p class="help">{help}</p>
        </Card>
        {Object.keys(schema.properties ?? {}).length > 0 &&
          renderForm({ schema, value: state.value, faults, prefix: '/data' })}
        <DoOrLeave text={title} kind={kind} back={PATH} />
      </form>
    ),
  );
}

const OVERTAKEN: readonly AppError['code'][] = [
  'claim.stale',
  'debt.not_open',
  'debt.kept_back',
  'debt.not_proposed',
  'debt.second_person',
];

async function actSent(
  ctx: RouteContext,
  deps: PageDeps,
  debt: DebtView,
  name: DebtActName,
  sent: Sent,
): Promise<void> {
  const { schema, run, done } = DEBT_ACTS[name];
  const { value } = parseForm(schema, sent.body);
  try {
    requireShape(schema, value, '/data');
    await run(deps, sent.who, debt, value, sent);
  } catch (error) {
    if (isRefusal(error, ...OVERTAKEN)) {
      const { debt: now } = await sceneOf(ctx, deps);
      return actPage(ctx, deps, now, name, {
        value,
        problem: ERROR_WORDING[error.code],
        status: error.status,
      });
    }
    const faults = faultsIn(error);
    return actPage(ctx, deps, debt, name, { value, faults, status: 422, requestId: sent.requestId });
  }
  leaveFlash(ctx, 'done', done);
  seeOther(ctx, PATH);
}
