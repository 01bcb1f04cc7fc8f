import type { JSX } from 'preact';
import { Card, LinkButton, Table } from '../../../platform/web/index.ts';
import type { CaseMoney } from '../case-money.ts';
import { Money, Outcome } from './parts.tsx';

/** On the page of a case: the last of what was paid for it. */
export function MoneyCard({ money }: { money: CaseMoney | null }): JSX.Element | null {
  if (!money) return null;
  const { claims, claimId, lines, count } = money;
  return (
    <Card
      id="money"
      title="发放"
      aside={
        claims === 1 && (
          <LinkButton kind="quiet" href={`/payouts/entitlements/${claimId}`}>
            全部发放记录
          </LinkButton>
        )
      }
    >
      <Table
        caption={count > lines.length ? `共 ${count} 笔，最近的 ${lines.length} 笔` : '最近的发放'}
        captionHidden={count <= lines.length}
        rows={lines}
        rowKey={(l) => l.id}
        empty={<p>还没有发放。到期以后由主管部门列入批次。</p>}
        columns={[
          { title: '期', head: true, cell: (l) => l.periods },
          { title: '姓名', nowrap: true, cell: (l) => l.name },
          { title: '金额', numeric: true, nowrap: true, cell: (l) => <Money fen={l.net} /> },
          { title: '结果', cell: (l) => <Outcome line={l} /> },
        ]}
      />
    </Card>
  );
}
