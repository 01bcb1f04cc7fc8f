/** `/payouts/debts`: what was paid too much, taken back, or let go by two persons. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { type AppError, notAllowed, notFound } from '../../../errors.ts';
import { fenOf, yuan } from '../../../kernel/money.ts';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  LinkButton,
  parseForm,
  renderForm,
  SelectField,
  Table,
} from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import { readSent, type Sent } from '../../sent.ts';
import { isRefusal, leaveFlash, seeOther, staffPage } from '../../shell.tsx';
import { proposeWriteOff, repayDebt, writeOff } from '../debts/by-hand.ts';
import { type DebtView, listDebts } from '../debts/queries.ts';
import { restOf } from '../debts/rules.ts';
import { mayApprove, mayPay, mayPrepare } from '../policy.ts';
import { listSchemes, schemeOf } from '../schemes.ts';
import type { ActState } from './claim-view.tsx';
import { chosen, chosenOf, Money, OnceFields, type PageDeps, page, pays, State } from './parts.tsx';
import { DEBT_STATES, options } from './words.ts';

const PATH = '/payouts/debts';

type DebtActName = 'repay' | 'propose' | 'write-off';

interface DebtAct {
  title: string;
  help: string;
  done: string;
  kind?: 'danger';
  schema: FormSchema;
  may: typeof mayPrepare;
  run(
    deps: PageDeps,
    who: SignedIn,
    debt: DebtView,
    value: Record<string, unknown>,
    sent: Sent,
  ): Promise<unknown>;
}

const form = (title: string, properties: Record<string, FormSchema>): FormSchema => ({
  type: 'object',
  title,
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const requestIdOf = (sent: Sent): string | undefined => sent.one('_request') || undefined;

const DEBT_ACTS: Record<DebtActName, DebtAct> = {
  repay: {
    title: '登记退还',
    help: '本人把钱退回财政账户以后登记，写明收款票据号。',
    done: '退还已登记。',
    may: mayPrepare,
    schema: form('登记退还', {
      amount: {
        type: 'number',
        title: '退还金额',
        minimum: 0.01,
        maximum: 1_000_000_000,
        multipleOf: 0.01,
        'x-unit': '元',
        'x-width': 'short',
      },
      receipt: { type: 'string', title: '收款票据号', minLength: 1, maxLength: 40, 'x-width': 'medium' },
    }),
    run: (deps, who, { id }, { amount, receipt }, sent) =>
      repayDebt(deps, who, id, {
        amount: fenOf(amount as number),
        receipt: receipt as string,
        rest: Number(sent.one('rest')),
        requestId: requestIdOf(sent),
      }),
  },
  propose: {
    title: '提出核销',
    help: '确实追不回的，写明理由提出核销，由分管领导决定。提出和批准必须是两个人。',
    done: '核销意见已提出，等分管领导批准。',
    may: mayPrepare,
    schema: form('提出核销', {
      reason: { type: 'string', title: '理由', minLength: 2, maxLength: 200, 'x-widget': 'textarea' },
    }),
    run: (deps, who, { id }, { reason }, sent) =>
      proposeWriteOff(deps, who, id, { reason: reason as string, requestId: requestIdOf(sent) }),
  },
  'write-off': {
    title: '批准核销',
    help: '核销以后不再追回，不能撤销。没有人提出过的，不能核销。',
    done: '已核销。',
    kind: 'danger',
    may: mayApprove,
    schema: form('批准核销', {}),
    run: (deps, who, { id }, _, sent) => writeOff(deps, who, id, requestIdOf(sent)),
  },
};

export function mountDebts(router: Router, deps: PageDeps): void {
  router.get(
    PATH,
    staffPage((ctx) => listPage(ctx, deps)),
  );
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

async function listPage(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const who = requireSession(ctx);
  if (!pays(who, deps)) throw notAllowed();
  const [scheme, state] = [chosen(ctx, 'scheme'), chosenOf(ctx, 'state', DEBT_STATES) ?? 'open'];
  const mine = listSchemes().filter((s) => mayPay(who, deps.orgs, s));
  const debts = await listDebts(deps, who, { state, ...(scheme !== undefined && { scheme }) });
  const rest = debts.reduce((sum, d) => sum + restOf(d), 0);
  page(
    ctx,
    deps,
    {
      title: '多发追回',
      section: 'debts',
      lead: '多发的钱从以后的发放中抵扣，或者由本人退还；追不回的经两人批准核销。登记多发，从领取人的页面办理。',
    },
    <>
      <form method="get" action={PATH} class="search">
        <SelectField
          id="scheme"
          name="scheme"
          label="发放项目"
          mark={false}
          width="medium"
          blank="全部项目"
          value={scheme ?? ''}
          options={mine.map((s) => ({ value: s.code, text: s.title }))}
        />
        <SelectField
          id="state"
          name="state"
          label="状态"
          mark={false}
          width="short"
          blank="待追回"
          value={state}
          options={options(DEBT_STATES)}
        />
        <Button kind="secondary">查找</Button>
      </form>
      {state === 'open' && debts.length > 0 && (
        <p>
          共 {debts.length} 笔，还差 <strong>{yuan(rest)} 元</strong>。
        </p>
      )}
      <DebtTable debts={debts} deps={deps} who={who} />
    </>,
  );
}

function DebtTable({
  debts,
  deps,
  who,
}: {
  debts: readonly DebtView[];
  deps: PageDeps;
  who: SignedIn;
}): JSX.Element {
  const acts = (d: DebtView) =>
    d.state !== 'open'
      ? []
      : (Object.keys(DEBT_ACTS) as DebtActName[]).filter((n) =>
          DEBT_ACTS[n].may(who, deps.orgs, schemeOf(d.scheme)),
        );
  return (
    <Table
      caption="多发追回"
      captionHidden
      rows={debts}
      rowKey={(d) => d.id}
      empty={<EmptyState title="没有这样的多发">发现多发时会出现在这里。</EmptyState>}
      columns={[
        {
          title: '姓名',
          head: true,
          nowrap: true,
          cell: (d) => <a href={`/payouts/entitlements/${d.entitlementId}`}>{d.name}</a>,
        },
        {
          title: '项目',
          cell: (d) => (
            <div>
              {d.schemeTitle}
              <p class="help">{d.villageName}</p>
            </div>
          ),
        },
        {
          title: '原因',
          cell: (d) => (
            <div>
              {d.reason}
              <p class="help">{chineseDate(localDate(d.createdAt))}</p>
            </div>
          ),
        },
        { title: '多发', numeric: true, nowrap: true, cell: (d) => <Money fen={d.amount} /> },
        { title: '已追回', numeric: true, nowrap: true, cell: (d) => <Money fen={d.recovered} /> },
        {
          title: '状态',
          cell: (d) => (
            <div>
              <State word={DEBT_STATES[d.state]} />
              {d.state === 'open' && (
                <p class="help">
                  还差 <Money fen={restOf(d)} />
                </p>
              )}
            </div>
          ),
        },
        {
          title: '办理',
          cell: (d) =>
            acts(d).length === 0 ? (
              '—'
            ) : (
              <div>
                {acts(d).map((n) => (
                  <LinkButton key={n} kind="quiet" href={`${PATH}/${d.id}/${n}`}>
                    {DEBT_ACTS[n].title}
                  </LinkButton>
                ))}
              </div>
            ),
        },
      ]}
    />
  );
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
      ...(state.problem && { flash: { kind: 'warn', text: `没有生效：${state.problem}` } as const }),
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
        <Actions>
          <Button kind={kind}>{title}</Button>
          <LinkButton kind="quiet" href={PATH}>
            返回，不办理
          </LinkButton>
        </Actions>
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
    if (!isRefusal(error) || !error.faults || error.code === 'request.reused') throw error;
    const faults = error.faults.map((f) =>
      f.pointer.startsWith('/data') ? f : { ...f, pointer: `/data${f.pointer}` },
    );
    return actPage(ctx, deps, debt, name, { value, faults, status: 422, requestId: requestIdOf(sent) });
  }
  leaveFlash(ctx, 'done', done);
  seeOther(ctx, PATH);
}
