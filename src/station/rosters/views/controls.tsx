/** What stands beside the table of a batch while it is filled in. */
import type { ComponentChildren, JSX } from 'preact';
import { Actions, FileField, LinkButton } from '../../../platform/web/index.ts';

/** A button of the filing form that goes to the roster's own address with everything typed. */
export function RosterButton(props: {
  caseId: string;
  value: string;
  kind?: 'secondary' | 'quiet';
  confirm?: string;
  children: ComponentChildren;
}): JSX.Element {
  const { caseId, value, kind = 'secondary', confirm, children } = props;
  return (
    <button
      type="submit"
      class={`button button-${kind}`}
      formAction={`/cases/${caseId}/roster`}
      formNoValidate
      name="_roster"
      value={value}
      data-confirm={confirm}
    >
      {children}
    </button>
  );
}

/** Beside the table of a batch that is filled in: a spreadsheet in, last year's rows, a spreadsheet out. */
export function RosterControls({
  caseId,
  count,
  error,
}: {
  caseId: string;
  count: number;
  error?: string;
}): JSX.Element {
  const replaces = count > 0 ? { confirm: `表里现有的 ${count} 行将被替换，确定吗？` } : {};
  return (
    <div class="roster-tools">
      <FileField
        id="roster-file"
        name="roster-file"
        label="从电子表格导入"
        help="第一行是栏名，与模板一致，顺序不限；支持 XLSX 和 CSV，不超过 5 MB。导入以后替换表里原有的行。"
        accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        mark={false}
        {...(error && { error })}
      />
      <Actions>
        <RosterButton caseId={caseId} value="import" {...replaces}>
          导入表格
        </RosterButton>
        <RosterButton caseId={caseId} value="last-year" {...replaces}>
          复制上年名册
        </RosterButton>
        <LinkButton kind="quiet" href={`/api/cases/${caseId}/roster/template.csv`}>
          下载模板
        </LinkButton>
        {count > 0 && (
          <LinkButton kind="quiet" href={`/api/cases/${caseId}/roster.csv`}>
            下载现有名册
          </LinkButton>
        )}
      </Actions>
    </div>
  );
}

/** What a spreadsheet was refused for, by line. */
export function ImportFaults({ messages }: { messages: readonly string[] }): JSX.Element {
  const shown = messages.slice(0, MOST_FAULTS);
  return (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus>
      <h2>表格没有导入，有 {messages.length} 处需要修改</h2>
      <ol class="plain-list">
        {shown.map((m) => (
          <li key={m}>{m}</li>
        ))}
      </ol>
      {messages.length > shown.length && <p>……另有 {messages.length - shown.length} 处。</p>}
      <p>表里原有的内容没有变。请改好表格后重新上传。</p>
    </div>
  );
}
const MOST_FAULTS = 100;
