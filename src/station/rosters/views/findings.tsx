/** What the comparison of a roster found. */
import type { JSX } from 'preact';
import { chineseDateTime } from '../../../kernel/time.ts';
import { Badge, Card, Table } from '../../../platform/web/index.ts';
import type { CheckView } from '../commands/check.ts';
import type { FoundRow } from '../rules/check.ts';

function FoundTable({ rows, caption }: { rows: readonly FoundRow[]; caption: string }): JSX.Element {
  return (
    <div class="roster-found">
      <Table
        caption={caption}
        captionHidden
        rows={rows}
        rowKey={(r) => String(r.row)}
        columns={[
          { title: '行', numeric: true, nowrap: true, cell: (r) => r.row },
          {
            title: '姓名、证件号',
            head: true,
            cell: (r) => (
              <>
                {r.name}
                <br />
                <span class="help">{r.idNumber}</span>
              </>
            ),
          },
          {
            title: '发现',
            cell: (r) => (
              <div>
                {r.findings.map((f) => (
                  <p key={f.says}>
                    <Badge
                      tone={f.level === 'stop' ? 'warn' : 'neutral'}
                      text={f.level === 'stop' ? '要处理' : '请核对'}
                    />{' '}
                    {f.says}
                  </p>
                ))}
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}

/** More than this is read in the spreadsheet or over the API. */
const MOST_FOUND = 200;

/** What the comparison found: what has to be dealt with in sight, what only wants a look folded away. */
export function FindingsCard({ check }: { check: CheckView | undefined }): JSX.Element | null {
  if (!check) return null;
  const isStop = (r: FoundRow) => r.findings.some((f) => f.level === 'stop');
  const stops = check.found.filter(isStop);
  const looks = check.found.filter((r) => !isStop(r));
  return (
    <Card id="roster-check" title="名册比对" tone={stops.length > 0 ? 'warn' : 'plain'}>
      <p>
        {chineseDateTime(check.checkedAt)}由系统比对了 {check.rows} 行：{stops.length} 行要处理，
        {looks.length} 行请核对，其余没有发现问题。
      </p>
      {stops.length > 0 && <FoundTable rows={stops.slice(0, MOST_FOUND)} caption="要处理的行" />}
      {stops.length > MOST_FOUND && <p class="help">这里只列出前 {MOST_FOUND} 行。</p>}
      {looks.length > 0 && (
        <details class="folded">
          <summary>请核对的 {looks.length} 行</summary>
          <FoundTable rows={looks.slice(0, MOST_FOUND)} caption="请核对的行" />
          {looks.length > MOST_FOUND && <p class="help">这里只列出前 {MOST_FOUND} 行。</p>}
        </details>
      )}
    </Card>
  );
}
