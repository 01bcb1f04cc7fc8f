import type { JSX } from 'preact';
import type { Fault } from '../../errors.ts';
import { chineseDateTime } from '../../kernel/time.ts';
import type { Colleague } from '../../people/accounts/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  SelectField,
  TextArea,
  TextField,
} from '../../platform/web/index.ts';
import { isUnread, type Said } from './commands.ts';
import type { Remark } from './types.ts';

export interface RemarksInput {
  caseId: string;
  remarks: readonly Remark[];
  /** Who may be mentioned: name and desk. */
  people: readonly (Pick<Colleague, 'accountId' | 'name'> & { desk: string })[];
  who: { accountId: string };
  csrf: string;
  /** Key of a repeat. */
  requestId: string;
  typed?: Said;
  faults?: readonly Fault[];
}

/** What colleagues said about a case, and the form to say more. Citizens never see it. */
export function RemarksCard(input: RemarksInput): JSX.Element {
  const { remarks, faults = [] } = input;
  return (
    <Card id="remarks" title="内部留言">
      <p class="help">
        只有能查看这件事项的工作人员看得到，不进入案卷，不对外公开。证件号、卡号、手机号会自动隐去。
      </p>
      <ErrorSummary faults={faults} />
      {remarks.length > 0 && (
        <ul class="remarks">
          {remarks.map((remark) => (
            <RemarkItem key={remark.id} input={input} remark={remark} />
          ))}
        </ul>
      )}
      <RemarkForm {...input} />
    </Card>
  );
}

function RemarkItem({ input, remark }: { input: RemarksInput; remark: Remark }): JSX.Element {
  const { caseId, who, csrf } = input;
  const { id, authorName, authorDesk, at, text, struckAt, mentions } = remark;
  return (
    <li id={`remark-${id}`} class={isUnread(remark, who) ? 'remark-new' : undefined}>
      <p class="timeline-meta">
        <strong>{authorName}</strong>
        <span>{authorDesk}</span>
        <time dateTime={at}>{chineseDateTime(at)}</time>
        {isUnread(remark, who) && <Badge tone="info" text="提到您，未读" />}
      </p>
      <p class="remark-text">
        {mentions.map((m) => (
          <strong key={m.accountId}>@{m.name} </strong>
        ))}
        {struckAt === null ? text : <s>{text}</s>}
      </p>
      {struckAt !== null && <p class="help">{chineseDateTime(struckAt)} 由本人划去</p>}
      {struckAt === null && remark.authorId === who.accountId && (
        <form method="post" action={`/cases/${caseId}/remarks/${id}/strike`}>
          <CsrfField token={csrf} />
          <Button kind="quiet">
            划去<span class="vh">这条留言：{text.slice(0, 20)}</span>
          </Button>
        </form>
      )}
    </li>
  );
}

function RemarkForm({ caseId, people, csrf, requestId, typed, faults = [] }: RemarksInput): JSX.Element {
  const errorAt = (pointer: string) => {
    const message = faults.find((f) => f.pointer === pointer)?.message;
    return message === undefined ? {} : { error: message };
  };
  return (
    <form method="post" action={`/cases/${caseId}/remarks#remarks`} class="remark-form">
      <CsrfField token={csrf} />
      <input type="hidden" name="_request" value={requestId} />
      <TextArea
        id="f-text"
        name="text"
        label="写留言"
        rows={2}
        mark={false}
        value={typed?.text ?? ''}
        {...errorAt('/text')}
      />
      <div class="remark-to">
        <SelectField
          id="f-mention"
          name="mention"
          label="提醒谁看"
          blank="不提醒"
          mark={false}
          width="medium"
          value={typed?.mention ?? ''}
          options={people.map((p) => ({ value: p.accountId, text: `${p.name}（${p.desk}）` }))}
          {...errorAt('/mention')}
        />
        <TextField
          id="f-login"
          name="login"
          label="或者填登录名"
          mark={false}
          width="short"
          value={typed?.login ?? ''}
          {...errorAt('/login')}
        />
        <Actions>
          <Button kind="secondary">留言</Button>
        </Actions>
      </div>
    </form>
  );
}
