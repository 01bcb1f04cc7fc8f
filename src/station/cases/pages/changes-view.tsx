/** What is new in a form that came back, and what was asked for and left as it was. */
import type { JSX } from 'preact';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import { Badge, type BadgeTone, Card, Table } from '../../../platform/web/index.ts';
import type { Change } from './changes.ts';
import type { Comparison } from './handed-in.ts';

const KINDS: Record<Change['kind'], { tone: BadgeTone; text: string }> = {
  changed: { tone: 'info', text: '改了' },
  added: { tone: 'done', text: '新加' },
  removed: { tone: 'warn', text: '删去' },
};

/** A value read on; masked values that differ say so. */
const Value = ({ text, hidden }: { text: string; hidden: boolean }): JSX.Element => (
  <span>
    {text === '' ? <span class="help">—</span> : text}
    {hidden && <span class="help">（号码不同，已隐去）</span>}
  </span>
);

function ChangeTable({ changes }: { changes: readonly Change[] }): JSX.Element {
  return (
    <Table
      caption="前后对照"
      captionHidden
      rows={changes}
      rowKey={(c) => c.kind + c.pointer}
      empty={<p>申请表和材料都没有改动。</p>}
      columns={[
        { title: '哪一项', head: true, cell: (c) => c.label },
        {
          title: '变化',
          nowrap: true,
          cell: (c) => (
            <div>
              <Badge {...KINDS[c.kind]} />
            </div>
          ),
        },
        { title: '原来', cell: (c) => <Value text={c.before} hidden={false} /> },
        { title: '现在', cell: (c) => <Value text={c.after} hidden={c.hidden === true} /> },
      ]}
    />
  );
}

/** 补正前后对照 */
export function ComparisonCard(props: {
  caseId: string;
  comparison: Comparison | undefined;
  titles: Readonly<Record<string, string>>;
}): JSX.Element | null {
  const { caseId, comparison, titles } = props;
  if (!comparison) return null;
  const { before, after, seen, changes, left } = comparison;
  const day = (at: string) => chineseDate(localDate(at));
  return (
    <Card
      id="changes"
      title="补正前后对照"
      tone={left.length > 0 ? 'warn' : 'plain'}
      aside={seen && <a href={`/cases/${caseId}/as-of/${seen.seq}`}>上一位（{seen.by.name}）看到的申请表</a>}
    >
      <p class="help">
        {day(before.at)}交来的和{day(after.at)}交来的比，共 {changes.length} 处不同。
      </p>
      {left.length > 0 && (
        <div class="left-as-is">
          <p>
            <strong>要求补正、但没有改动的 {left.length} 处：</strong>
          </p>
          <ul class="plain-list">
            {left.map(({ target, reason }) => (
              <li key={target + reason}>
                <strong>{titles[target] ?? target}</strong>：{reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ChangeTable changes={changes} />
    </Card>
  );
}
