/** Cards of the case page that list facts: what is to be mended, what everybody asks for, every term. */
import type { JSX } from 'preact';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import { Card, DefinitionList, Light, Table } from '../../../platform/web/index.ts';
import type { CaseView } from '../present.ts';
import type { FullCase } from '../queries.ts';
import { whyText } from './glance.tsx';
import { endText, leftText } from './words.ts';

/** What the desk asked to have mended. */
export function FaultsCard({
  view,
  titles,
}: {
  view: CaseView;
  titles: Readonly<Record<string, string>>;
}): JSX.Element | null {
  if (view.faults.length === 0) return null;
  return (
    <Card tone="warn" title="需要补正的内容">
      <ol class="plain-list">
        {view.faults.map((f) => (
          <li key={f.pointer + f.message}>
            <strong>{titles[f.pointer] ?? f.pointer}</strong>：{f.message}
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The facts everybody asks for. */
export function FactsCard({ view }: { view: CaseView }): JSX.Element {
  const { dates } = view;
  const day = (at: string | null) => (at === null ? undefined : chineseDateTime(at));
  const facts: [string, string | null | undefined][] = [
    ['办件编号', view.number ?? '提交后生成'],
    ['申请人', `${view.applicant.name} ${view.applicant.idNumber}`.trim()],
    ['村（社区）', view.village.name],
    ['办理情形', view.situationTitle],
    ['收件', day(dates.received)],
    ['受理', dates.accepted && chineseDate(dates.accepted) + (dates.deemed ? '（视为受理）' : '')],
    ['决定', day(dates.decided)],
    ['办结', day(dates.closed)],
  ];
  return (
    <Card id="facts" title="基本情况">
      <DefinitionList items={facts.flatMap(([term, detail]) => (detail ? [{ term, detail }] : []))} />
    </Card>
  );
}

/** Every term of the case, with what it was counted from and what moved it. */
export function ClocksCard({ full: { view, row } }: { full: FullCase }): JSX.Element | null {
  if (view.clocks.length === 0) return null;
  const why = (name: string) => row.snapshot.clocks.findLast((c) => c.name === name);
  return (
    <Card id="clocks" title="期限">
      <Table
        caption="各项期限"
        captionHidden
        rows={view.clocks}
        rowKey={(c) => c.name}
        columns={[
          { title: '期限', head: true, cell: (c) => c.title },
          { title: '到期', nowrap: true, cell: (c) => endText(c) },
          { title: '现在', cell: (c) => <Light light={c.light} text={leftText(c)} /> },
          {
            title: '怎么算的',
            cell: (c) => {
              const ledger = why(c.name);
              return ledger ? whyText(ledger) : '—';
            },
          },
        ]}
      />
    </Card>
  );
}
