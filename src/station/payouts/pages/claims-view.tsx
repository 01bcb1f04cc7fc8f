import type { JSX } from 'preact';
import type { SignedIn } from '../../../people/accounts/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  EmptyState,
  FilterForm,
  optionsOf,
  Table,
  TextField,
} from '../../../platform/web/index.ts';
import type { ClaimQuery, EntitlementView } from '../entitlements/index.ts';

import { seenVillages } from '../policy.ts';
import { listSchemes } from '../schemes.ts';
import { Money, type PageDeps, State, schemeFilter, villageFilter } from './parts.tsx';
import { CLAIM_STATES } from './words.ts';

const PATH = '/payouts/entitlements';

/** Villages whose people somebody may see, and the schemes. */
function choicesFor({ orgs }: PageDeps, who: SignedIn) {
  const schemes = listSchemes().filter((s) => seenVillages(who, orgs, s).length > 0);
  const villages = [...new Set(schemes.flatMap((s) => seenVillages(who, orgs, s)))].sort().map((id) => {
    const { name, parentId } = orgs.get(id);
    return { value: id, text: `${orgs.get(parentId as string).name} ${name}` };
  });
  return { schemes, villages };
}

export function Filters({
  deps,
  who,
  query,
}: {
  deps: PageDeps;
  who: SignedIn;
  query: ClaimQuery;
}): JSX.Element {
  const { schemes, villages } = choicesFor(deps, who);
  return (
    <FilterForm
      action={PATH}
      filters={[
        { name: 'text', label: '姓名', value: query.text },
        schemeFilter(schemes, query.scheme),
        villageFilter(villages, query.village),
        {
          name: 'state',
          label: '状态',
          blank: '全部状态',
          value: query.faulty ? 'faulty' : query.state,
          options: [...optionsOf(CLAIM_STATES), { value: 'faulty', text: '账户要更正' }],
        },
      ]}
    />
  );
}

export function ClaimTable({
  claims,
  isFiltered,
}: {
  claims: readonly EntitlementView[];
  isFiltered: boolean;
}): JSX.Element {
  return (
    <Table
      caption="待遇"
      captionHidden
      rows={claims}
      rowKey={(c) => c.id}
      empty={
        <EmptyState title={isFiltered ? '没有符合条件的待遇' : '还没有待遇'}>
          {isFiltered ? <a href={PATH}>查看全部</a> : '办件决定发放资金以后，领取人会出现在这里。'}
        </EmptyState>
      }
      columns={[
        { title: '姓名', head: true, nowrap: true, cell: (c) => <a href={`${PATH}/${c.id}`}>{c.name}</a> },
        { title: '发放项目', cell: (c) => c.schemeTitle },
        { title: '村（社区）', cell: (c) => c.villageName },
        { title: '每期金额', numeric: true, nowrap: true, cell: (c) => <Money fen={c.amount} /> },
        { title: '起止', cell: (c) => spanOf(c) },
        { title: '收款', nowrap: true, cell: (c) => tailOf(c) },
        {
          title: '状态',
          cell: (c) => (
            <div>
              <State word={CLAIM_STATES[c.state]} />
              {c.accountFault !== null && <p class="help">账户要更正：{c.accountFault}</p>}
            </div>
          ),
        },
      ]}
    />
  );
}

/** `2026年10月起`, `2026年10月至2027年9月`, `一次性` */
export function spanOf({ rhythm, fromTitle, untilTitle }: EntitlementView): string {
  if (rhythm === 'once') return '一次性';
  return untilTitle === null ? `${fromTitle}起` : `${fromTitle}至${untilTitle}`;
}

/** `尾号 1234`, `村里现金` */
function tailOf({ way, payee }: EntitlementView): string {
  if (way === 'cash') return '村里现金';
  return payee.account === '' ? '没有账户' : `尾号 ${payee.account.slice(-4)}`;
}

export function LookUp({ csrf, error }: { csrf: string; error?: string }): JSX.Element {
  return (
    <Card title="按身份证号查">
      <form method="post" action={`${PATH}/look-up`}>
        <CsrfField token={csrf} />
        <TextField
          id="idNumber"
          name="idNumber"
          label="领取人身份证号"
          help="填完整号码，查这个人的全部待遇；每次查询都留下记录。"
          mark={false}
          width="medium"
          check="cn-id"
          {...(error && { error })}
        />
        <Actions>
          <Button kind="secondary">查询</Button>
        </Actions>
      </form>
    </Card>
  );
}
