/** Whom a run leaves out, and how it differs from the one before. */
import type { JSX } from 'preact';
import { Card, type Column, Table } from '../../../platform/web/index.ts';
import type { Difference } from '../runs/differences.ts';
import type { RunView } from '../runs/view.ts';
import type { Held } from '../types.ts';
import { Money, type PageDeps } from './parts.tsx';
import { HELD_REASONS } from './words.ts';

/** Long lists are cut here; every line is found below. */
const MOST = 100;

function Cut({ of }: { of: readonly unknown[] }): JSX.Element | null {
  return of.length > MOST ? (
    <p class="help">
      只列出前 {MOST} 人，另有 {of.length - MOST} 人。
    </p>
  ) : null;
}

const claimLink = ({ entitlementId, name }: { entitlementId: string; name: string }): JSX.Element => (
  <a href={`/payouts/entitlements/${entitlementId}`}>{name}</a>
);

export function HeldCard({ held, deps }: { held: readonly Held[]; deps: PageDeps }): JSX.Element {
  return (
    <Card id="held" title={`暂不发放（${held.length} 人）`}>
      <Table
        caption="应发而没有列入的人，原因解决以后列入下一个批次"
        rows={held.slice(0, MOST)}
        rowKey={(h, i) => `${h.entitlementId} ${i}`}
        empty={<p>没有。到期应发的都已列入。</p>}
        columns={[
          { title: '姓名', head: true, nowrap: true, cell: (h) => claimLink(h) },
          { title: '村（社区）', cell: (h) => deps.orgs.get(h.villageId).name },
          { title: '原因', nowrap: true, cell: (h) => HELD_REASONS[h.reason] },
          { title: '说明', cell: (h) => h.says },
        ]}
      />
      <Cut of={held} />
    </Card>
  );
}

export function DifferencesCard({ run, deps }: { run: RunView; deps: PageDeps }): JSX.Element | null {
  const { differences } = run;
  if (!differences) return null;
  const { since, added, gone, changed } = differences;
  const who = <D extends Difference>(more: Column<D>[]): Column<D>[] => [
    { title: '姓名', head: true, nowrap: true, cell: (h) => claimLink(h) },
    { title: '村（社区）', cell: (d) => deps.orgs.get(d.villageId).name },
    ...more,
  ];
  const paid = <D extends Difference>(): Column<D>[] => [
    { title: '期', cell: (d) => d.periods },
    { title: '金额', numeric: true, nowrap: true, cell: (d) => <Money fen={d.net} /> },
  ];
  const list = <D extends Difference>(title: string, rows: readonly D[], columns: Column<D>[]) => (
    <section>
      <Table
        caption={`${title}（${rows.length} 人）`}
        rows={rows.slice(0, MOST)}
        rowKey={(d) => d.entitlementId}
        empty={<p>{title}：没有。</p>}
        columns={columns}
      />
      <Cut of={rows} />
    </section>
  );
  return (
    <Card id="differences" title="与上一批次比较" aside={<span class="help">上一批次 {since}</span>}>
      {list('新增', added, who(paid()))}
      {list('减少', gone, who([...paid<(typeof gone)[number]>(), { title: '原因', cell: (d) => d.why }]))}
      {list(
        '金额有变',
        changed,
        who<(typeof changed)[number]>([
          { title: '上次', numeric: true, nowrap: true, cell: (d) => <Money fen={d.before} /> },
          { title: '这次', numeric: true, nowrap: true, cell: (d) => <Money fen={d.net} /> },
          {
            title: '期',
            cell: (d) => (d.periods === d.beforePeriods ? d.periods : `${d.beforePeriods} → ${d.periods}`),
          },
        ]),
      )}
    </Card>
  );
}
