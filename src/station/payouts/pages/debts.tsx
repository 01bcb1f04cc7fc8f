/** `/payouts/debts`: what was paid too much, taken back, or let go by two persons. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notAllowed } from '../../../errors.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { EmptyState, FilterForm, LinkButton, optionsOf, Pager, Table } from '../../../platform/web/index.ts';
import { staffPage } from '../../shell.tsx';
import { type DebtView, listDebts } from '../debts/queries.ts';
import { restOf } from '../debts/rules.ts';
import { mayPay } from '../policy.ts';
import { listSchemes, schemeOf } from '../schemes.ts';
import { DEBT_ACTS, type DebtActName } from './debt-acts.ts';
import {
  address,
  chosen,
  chosenOf,
  Money,
  type PageDeps,
  page,
  pays,
  State,
  schemeFilter,
} from './parts.tsx';
import { DEBT_STATES } from './words.ts';

const PATH = '/payouts/debts';

export function mountDebts(router: Router, deps: PageDeps): void {
  router.get(
    PATH,
    staffPage((ctx) => listPage(ctx, deps)),
  );
}

const PAGE = 50;
/** Pages count from 1. */
const pageAsked = (ctx: RouteContext): number => {
  const asked = chosen(ctx, 'page') ?? '';
  return /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
};

async function listPage(ctx: RouteContext, deps: PageDeps): Promise<void> {
  const who = requireSession(ctx);
  if (!pays(who, deps)) throw notAllowed();
  const [scheme, state] = [chosen(ctx, 'scheme'), chosenOf(ctx, 'state', DEBT_STATES) ?? 'open'];
  const mine = listSchemes().filter((s) => mayPay(who, deps.orgs, s));
  const debts = await listDebts(deps, who, { state, ...(scheme !== undefined && { scheme }) });
  const at = pageAsked(ctx);
  const from = (at - 1) * PAGE;
  const addressOf = (n: number) => address(PATH, { scheme, state, page: String(n) });
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
      <FilterForm
        action={PATH}
        filters={[
          schemeFilter(mine, scheme),
          { name: 'state', label: '状态', blank: '待追回', value: state, options: optionsOf(DEBT_STATES) },
        ]}
      />
      {state === 'open' && debts.length > 0 && (
        <p>
          共 {debts.length} 笔，还差 <strong>{yuan(rest)} 元</strong>。
        </p>
      )}
      <DebtTable debts={debts.slice(from, from + PAGE)} deps={deps} who={who} />
      <Pager
        prev={from > 0 ? addressOf(at - 1) : null}
        next={from + PAGE < debts.length ? addressOf(at + 1) : null}
      />
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
