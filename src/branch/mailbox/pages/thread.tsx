/** A letter with its answers, and what its writer may say to them. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { chineseDate, chineseDue } from '../../../kernel/time.ts';
import {
  Actions,
  Button,
  Card,
  DefinitionList,
  ErrorSummary,
  TextArea,
  Timeline,
} from '../../../platform/web/index.ts';
import { fieldOf } from '../../forms.tsx';
import type { Thread } from '../commands/writer.ts';

export const SIDES = { writer: '写信人', office: '办理单位', house: '系统告知' };

const SAYS = new Set(['SUPPLY', 'REOPEN', 'ASK_REVIEW']);

export function Answers({
  thread,
  code,
  faults,
}: {
  thread: Thread;
  code: string;
  faults: readonly Fault[];
}): JSX.Element {
  const field = fieldOf({}, faults);
  const possible = [
    ...thread.possible,
    { event: 'CONSENT', title: '同意公开答复（不写姓名）' },
    { event: 'REFUSE', title: '不同意公开' },
  ];
  return (
    <Card title="您可以">
      <form method="post" action="/branch/mailbox/acts">
        <input type="hidden" name="code" value={code} />
        <ErrorSummary faults={faults} />
        {possible.some((p) => SAYS.has(p.event)) && (
          <TextArea
            {...field('text')}
            label="要说的话"
            help="补充情况、不满意、请求复查的，请写明，5 字以上。"
          />
        )}
        <Actions>
          {possible.map(({ event, title }) => (
            <Button key={event} name="event" value={event} kind="secondary">
              {title}
            </Button>
          ))}
        </Actions>
      </form>
    </Card>
  );
}

const consentWord = (consent: boolean | null): string =>
  consent === null ? '还没有说' : consent ? '同意' : '不同意';

export function ThreadView({ thread }: { thread: Thread }): JSX.Element {
  return (
    <Card title={thread.title}>
      <DefinitionList
        items={[
          { term: '状态', detail: thread.stateTitle },
          { term: '办理单位', detail: thread.office },
          {
            term: '这一步最迟',
            detail: thread.dueOn ? chineseDue(thread.dueOn, thread.dueProvisional) : '—',
          },
          { term: '公开答复', detail: consentWord(thread.consent) },
        ]}
      />
      <Timeline
        entries={thread.messages.map((m) => ({
          when: chineseDate(m.on),
          dateTime: m.on,
          title: SIDES[m.side],
          detail: <p class="prose">{m.text}</p>,
        }))}
      />
    </Card>
  );
}
