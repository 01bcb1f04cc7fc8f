/** What the page of a claim shows, and the form of an act on it. */
import type { JSX } from 'preact';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Card,
  type Definition,
  DefinitionList,
  EmptyState,
  ErrorSummary,
  LinkButton,
  renderForm,
  Table,
} from '../../../platform/web/index.ts';
import { restOf } from '../debts/rules.ts';
import type { EntitlementDetail } from '../entitlements/index.ts';
import type { Payee } from '../types.ts';
import { type ActState, DoOrLeave } from './act-form.tsx';
import { CLAIM_ACTS, type ClaimActName } from './claim-acts.ts';
import { spanOf } from './claims-view.tsx';
import { Money, OnceFields, Outcome, type PageDeps, State } from './parts.tsx';
import { CLAIM_STATES, DEBT_STATES, RHYTHMS, WAYS } from './words.ts';

const pathOf = ({ id }: Pick<EntitlementDetail, 'id'>): string => `/payouts/entitlements/${id}`;

export function ClaimCards(props: {
  claim: EntitlementDetail;
  acts: readonly ClaimActName[];
  inFull: Payee | null;
}): JSX.Element {
  const { claim, acts, inFull } = props;
  const changes = acts.filter((name) => name !== 'reveal');
  return (
    <>
      {claim.accountFault !== null && (
        <Card tone="warn" title="收款账户要更正">
          <p>银行退回的原因：{claim.accountFault}。更正以前不再往这个账户发钱。</p>
        </Card>
      )}
      <Card title="待遇" tone="now" aside={<State word={CLAIM_STATES[claim.state]} />}>
        <DefinitionList items={factsOf(claim)} />
        {changes.length > 0 && (
          <Actions>
            {changes.map((name) => (
              <LinkButton
                key={name}
                href={`${pathOf(claim)}/${name}`}
                kind={
                  CLAIM_ACTS[name].kind ??
                  (name === 'account' && claim.accountFault ? 'primary' : 'secondary')
                }
              >
                {CLAIM_ACTS[name].title}
              </LinkButton>
            ))}
          </Actions>
        )}
      </Card>
      <PayeeCard claim={claim} inFull={inFull} mayReveal={acts.includes('reveal')} />
      <LinesCard claim={claim} />
      {claim.debts.length > 0 && <DebtsCard claim={claim} />}
    </>
  );
}

function factsOf(claim: EntitlementDetail): Definition[] {
  return [
    { term: '发放项目', detail: <a href={`/payouts/schemes/${claim.scheme}`}>{claim.schemeTitle}</a> },
    { term: '金额', detail: <Money fen={claim.amount} /> },
    { term: '怎样发', detail: `${RHYTHMS[claim.rhythm]}，${WAYS[claim.way]}` },
    { term: '起止', detail: spanOf(claim) },
    ...(claim.reason === null ? [] : [{ term: '原因', detail: claim.reason, wide: true }]),
    { term: '依据的办件', detail: <a href={`/cases/${claim.caseId}`}>查看办件</a> },
    { term: '登记时间', detail: chineseDate(localDate(claim.createdAt)) },
  ];
}

function PayeeCard(props: {
  claim: EntitlementDetail;
  inFull: Payee | null;
  mayReveal: boolean;
}): JSX.Element {
  const { claim, inFull, mayReveal } = props;
  const payee = inFull ?? claim.payee;
  const aside = inFull ? (
    <LinkButton kind="quiet" href={`${pathOf(claim)}#payee`}>
      重新隐藏
    </LinkButton>
  ) : (
    mayReveal && (
      <LinkButton kind="quiet" href={`${pathOf(claim)}/reveal`}>
        查看完整号码
      </LinkButton>
    )
  );
  return (
    <Card id="payee" title="收款人" aside={aside}>
      {inFull && <p class="help">本次查看完整号码已记录。</p>}
      <DefinitionList
        items={[
          { term: '姓名', detail: payee.name },
          { term: '身份证号', detail: payee.idNumber },
          { term: '手机号', detail: payee.phone ?? '未填' },
          { term: '账户名', detail: payee.holder || '未填' },
          { term: '开户行', detail: payee.bank || '未填' },
          { term: '银行账号', detail: accountOf(payee, inFull !== null) },
        ]}
      />
    </Card>
  );
}

/** The last four say which card it is; a row of asterisks says nothing more. */
function accountOf({ account }: Payee, inFull: boolean): string {
  if (account === '') return '未填';
  return inFull ? account : `尾号 ${account.slice(-4)}`;
}

const LinesCard = ({ claim }: { claim: EntitlementDetail }): JSX.Element => (
  <Card id="lines" title="发放记录">
    <Table
      caption="每个批次一行，最近的在前"
      rows={claim.lines}
      rowKey={(l) => l.id}
      empty={<EmptyState title="还没有发放">到期以后由主管部门列入批次。</EmptyState>}
      columns={[
        { title: '期', head: true, cell: (l) => l.periodsTitle },
        { title: '批次', cell: (l) => <a href={`/payouts/runs/${l.runId}`}>{l.run}</a> },
        { title: '应发', numeric: true, nowrap: true, cell: (l) => <Money fen={l.gross} /> },
        {
          title: '抵扣',
          numeric: true,
          nowrap: true,
          cell: (l) => (l.offset > 0 ? <Money fen={l.offset} /> : '—'),
        },
        { title: '实发', numeric: true, nowrap: true, cell: (l) => <Money fen={l.net} /> },
        { title: '结果', cell: (l) => <Outcome line={l} /> },
      ]}
    />
  </Card>
);

const DebtsCard = ({ claim }: { claim: EntitlementDetail }): JSX.Element => (
  <Card id="debts" title="多发追回">
    <Table
      caption="多发追回"
      captionHidden
      rows={claim.debts}
      rowKey={(d) => d.id}
      columns={[
        { title: '原因', head: true, cell: (d) => d.reason },
        { title: '多发', numeric: true, nowrap: true, cell: (d) => <Money fen={d.amount} /> },
        { title: '已追回', numeric: true, nowrap: true, cell: (d) => <Money fen={d.recovered} /> },
        {
          title: '还差',
          numeric: true,
          nowrap: true,
          cell: (d) => (d.state === 'open' ? <Money fen={restOf(d)} /> : '—'),
        },
        { title: '状态', cell: (d) => <State word={DEBT_STATES[d.state]} /> },
      ]}
    />
  </Card>
);

export function ClaimActForm(props: {
  ctx: RouteContext;
  deps: PageDeps;
  claim: EntitlementDetail;
  name: ClaimActName;
  state: ActState;
}): JSX.Element {
  const { ctx, deps, claim, name, state } = props;
  const { schema, title, help, kind = 'primary', from } = CLAIM_ACTS[name];
  if (!from.includes(claim.state))
    return (
      <Card tone="warn" title={`这份待遇现在是“${CLAIM_STATES[claim.state].text}”，不能${title}`}>
        <LinkButton href={pathOf(claim)}>返回</LinkButton>
      </Card>
    );
  return (
    <form method="post" action={`${pathOf(claim)}/${name}`}>
      <OnceFields ctx={ctx} deps={deps} requestId={state.requestId} />
      <input type="hidden" name="version" value={claim.version} />
      <ErrorSummary faults={state.faults ?? []} schema={schema} prefix="/data" />
      <p class="help">{help}</p>
      {renderForm({ schema, value: state.value, faults: state.faults ?? [], prefix: '/data' })}
      <DoOrLeave text={title} kind={kind} back={pathOf(claim)} />
    </form>
  );
}
