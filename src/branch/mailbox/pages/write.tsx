/** Writing to the secretary: whom it is about, and the letter. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  ErrorSummary,
  LinkButton,
  optionsOf,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../../../platform/web/index.ts';
import { fieldOf, type Given } from '../../forms.tsx';
import { type MailDeps, MODES } from '../types.ts';

/** Committees that a letter about nobody is for: the prefecture's and the counties'. */
export const committees = ({ orgs }: Pick<MailDeps, 'orgs'>): { value: string; text: string }[] => {
  const roots = ['P532600'].flatMap((id) => orgs.find(id) ?? []);
  const all = [...roots, ...roots.flatMap((root) => orgs.children(root.id))];
  return all
    .filter((org) => org.kind === 'party-committee' && org.closedOn === null)
    .map((org) => ({ value: org.id, text: org.name }));
};

export function About({ deps, about }: { deps: MailDeps; about: string | undefined }): JSX.Element {
  return (
    <Card title="第一步：这封信说的是不是某个党组织？">
      {about ? (
        <>
          <p>
            说的是：<b>{deps.orgs.get(about).name}</b>。信交给它的上一级，它和它下面的人都看不到。
          </p>
          <Actions>
            <LinkButton kind="quiet" href="/branch/mailbox">
              不是，重新选
            </LinkButton>
          </Actions>
        </>
      ) : (
        <form method="get" action="/branch/mailbox">
          <TextField
            id="q"
            name="q"
            label="党组织名称"
            help="反映某个支部、党委的，先在这里找到它；不是的，直接写下面的信。"
            type="search"
            mark={false}
          />
          <Actions>
            <Button kind="secondary">查找</Button>
          </Actions>
        </form>
      )}
    </Card>
  );
}

export function LetterForm(props: {
  deps: MailDeps;
  once: string;
  given: Given;
  faults: readonly Fault[];
}): JSX.Element {
  const { deps, once, given, faults } = props;
  const field = fieldOf(given, faults);
  const { name: _, ...tip } = field('tip');
  return (
    <Card title="第二步：写信">
      <form method="post" action="/branch/mailbox">
        <input type="hidden" name="once" value={once} />
        {given.about && <input type="hidden" name="about" value={given.about} />}
        <ErrorSummary faults={faults} />
        <RadioField
          {...field('mode')}
          label="谁能看到您是谁"
          required
          options={optionsOf(
            Object.fromEntries(Object.entries(MODES).map(([id, m]) => [id, `${m.title}：${m.sees}`])),
          )}
        />
        {!given.about && <SelectField {...field('to')} label="写给" required options={committees(deps)} />}
        <TextField {...field('title')} label="标题" required />
        <TextArea
          {...field('text')}
          label="内容"
          help="5 到 5000 字。匿名的不要写出自己是谁。"
          required
          rows={8}
        />
        <CheckField
          id={tip.id}
          name="tip"
          checked={given.tip !== undefined}
          label="这是检举（反映违纪违法）"
          help="检举由专门的人办理，信箱的办理人看不到。"
        />
        <TextField {...field('name')} label="姓名" help="署名、署名保密的必填，匿名的不填。" />
        <TextField
          {...field('phone')}
          label="手机号"
          type="tel"
          help="填了有答复时发短信。短信不能匿名，匿名的不填。"
        />
        <Actions>
          <Button>寄出</Button>
          <LinkButton kind="secondary" href="/branch/mailbox/read">
            凭回执码看答复
          </LinkButton>
        </Actions>
      </form>
    </Card>
  );
}
