/** The parts of the page of one parameter. */
import type { JSX } from 'preact';
import type { Fault } from '../../../../errors.ts';
import { chineseDate, chineseDateTime } from '../../../../kernel/time.ts';
import type { SignedIn } from '../../../../people/accounts/index.ts';
import type { Proposal, ProposalState } from '../../../../platform/definitions/index.ts';
import {
  Actions,
  Badge,
  type BadgeTone,
  Button,
  Card,
  CheckField,
  DefinitionList,
  EmptyState,
  FilterForm,
  Table,
  TextArea,
  TextField,
} from '../../../../platform/web/index.ts';
import type { Parameter } from '../../../../workflow/parameters.ts';
import type { SystemDeps } from '../house.ts';
import type { Typed } from '../parameters.ts';
import type { Use } from '../usage.ts';
import { strangeness, typedText, typingHelp, valueText } from '../values.ts';
import { ActButton, Once } from './parts.tsx';

export const PATH = '/admin/parameters';

const withUnit = ({ value, unit }: Pick<Parameter, 'value' | 'unit'>): string =>
  typeof value === 'number' ? `${valueText(value)} ${unit}` : valueText(value);

const untilText = (to: string | null): string => (to === null ? '以后另有规定为止' : chineseDate(to));

export function Present({ present, today }: { present: Parameter; today: string }): JSX.Element {
  const isOver = present.to !== null && present.to < today;
  return (
    <Card title="现在" tone={isOver ? 'warn' : 'plain'}>
      <DefinitionList
        items={[
          { term: '数值', detail: <b>{withUnit(present)}</b> },
          { term: '单位', detail: present.unit },
          { term: '起', detail: chineseDate(present.from) },
          {
            term: '止',
            detail: isOver ? `${untilText(present.to)}（已到期，没有新值）` : untilText(present.to),
          },
          { term: '依据', detail: present.source, wide: true },
          { term: '核实', detail: present.verified ? '已由主管部门核实' : '还没有核实' },
          { term: '表达式里的名字', detail: <code>{present.name}</code> },
        ]}
      />
    </Card>
  );
}

const STATES: Record<ProposalState, { text: string; tone: BadgeTone }> = {
  proposed: { text: '等批准', tone: 'info' },
  approved: { text: '已批准', tone: 'done' },
  refused: { text: '已退回', tone: 'neutral' },
  withdrawn: { text: '已撤回', tone: 'neutral' },
};

/** What waits for a second person, and what is approved for a day to come. */
export function ProposalCards(props: {
  deps: SystemDeps;
  who: SignedIn;
  proposals: readonly Proposal[];
  present: Parameter;
  today: string;
}): JSX.Element {
  const { proposals, today, ...rest } = props;
  const open = proposals.filter((p) => p.state === 'proposed' || (p.state === 'approved' && p.from > today));
  return (
    <>
      {open.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} {...rest} />
      ))}
    </>
  );
}

function ProposalCard(props: {
  deps: SystemDeps;
  who: SignedIn;
  proposal: Proposal;
  present: Parameter;
}): JSX.Element {
  const { deps, who, proposal, present } = props;
  const { id, name, value, from, source, state, proposed } = proposal;
  const strange = strangeness(present.value, value);
  const path = `${PATH}/${name}/${id}`;
  const isOwn = proposed.by === who.accountId;
  return (
    <Card
      title={state === 'proposed' ? '等批准的新值' : '已批准，还没有到日子'}
      tone="now"
      aside={<Badge tone={STATES[state].tone} text={STATES[state].text} />}
    >
      <DefinitionList
        items={[
          {
            term: '新值',
            detail: (
              <>
                <b>{withUnit({ value, unit: present.unit })}</b>（现在 {withUnit(present)}）
                {strange && <Badge tone="warn" text={`请核对：${strange}`} />}
              </>
            ),
          },
          { term: '从哪天起', detail: chineseDate(from) },
          { term: '依据', detail: source, wide: true },
          { term: '提出', detail: `${proposed.name} ${chineseDateTime(proposed.at)}` },
        ]}
      />
      {state === 'proposed' &&
        (isOwn ? (
          <p class="help">这是您提出的，要由另一位系统管理员批准。</p>
        ) : (
          <ActButton
            deps={deps}
            who={who}
            action={`${path}/approve`}
            text="批准"
            kind="primary"
            shortcut="y"
          />
        ))}
      <Undo
        deps={deps}
        who={who}
        action={`${path}/${state === 'proposed' ? 'refuse' : 'withdraw'}`}
        id={id}
        state={state}
      />
    </Card>
  );
}

function Undo(props: {
  deps: SystemDeps;
  who: SignedIn;
  action: string;
  id: string;
  state: ProposalState;
}): JSX.Element {
  const word = props.state === 'proposed' ? '退回' : '撤回';
  return (
    <details class="folded">
      <summary>{word}</summary>
      <form method="post" action={props.action}>
        <Once deps={props.deps} who={props.who} />
        <TextField id={`f-reason-${props.id}`} name="reason" label={`${word}的理由`} required />
        <Actions>
          <Button kind="danger">{word}</Button>
        </Actions>
      </form>
    </details>
  );
}

export function ProposeForm(props: {
  deps: SystemDeps;
  who: SignedIn;
  present: Parameter;
  today: string;
  typed: Typed | undefined;
  faults: readonly Fault[];
}): JSX.Element {
  const { deps, who, present, today, typed, faults } = props;
  const fault = (pointer: string) => {
    const message = faults.find((f) => f.pointer === pointer)?.message;
    return message === undefined ? {} : { error: message };
  };
  const value = {
    id: 'f-text',
    name: 'text',
    label: '新的数值',
    help: typingHelp(present),
    required: true,
    value: typed?.text ?? (Array.isArray(present.value) ? typedText(present.value) : ''),
    ...fault('/text'),
  };
  return (
    <Card title="提出新值" id="propose">
      <form method="post" action={`${PATH}/${present.name}`}>
        <Once deps={deps} who={who} />
        {Array.isArray(present.value) ? (
          <TextArea {...value} rows={Math.min(present.value.length + 1, 20)} />
        ) : (
          <TextField {...value} width="medium" />
        )}
        <CheckField
          id="f-unitIs"
          name="unitIs"
          label={`来源文件里的单位就是“${present.unit}”`}
          checked={typed?.unitIs ?? false}
          {...fault('/unitIs')}
        />
        <TextField
          id="f-from"
          name="from"
          label="从哪天起"
          type="date"
          width="short"
          required
          help={`最早今天（${chineseDate(today)}）。已经办完的、在办事项的期限都不改。`}
          value={typed?.from ?? ''}
          {...fault('/from')}
        />
        <TextField
          id="f-source"
          name="source"
          label="依据的文件和条款"
          required
          value={typed?.source ?? ''}
          {...fault('/source')}
        />
        <Actions>
          <Button>提出</Button>
        </Actions>
      </form>
    </Card>
  );
}

/** All values by their days, and who entered them. */
export function Values(props: {
  values: readonly Parameter[];
  proposals: readonly Proposal[];
  today: string;
}): JSX.Element {
  const { values, proposals, today } = props;
  const entered = (p: Parameter) => proposals.find((e) => e.state === 'approved' && e.from === p.from);
  const holds = (p: Parameter) => p.from <= today && (p.to === null || today <= p.to);
  const undone = proposals.filter((p) => p.state === 'refused' || p.state === 'withdrawn');
  return (
    <Card title="历次数值">
      <Table
        caption="历次数值"
        captionHidden
        rows={[...values].reverse()}
        rowKey={(p) => p.from}
        columns={[
          {
            title: '起',
            head: true,
            nowrap: true,
            cell: (p) => (
              <>
                {chineseDate(p.from)} {holds(p) && <Badge tone="done" text="现在" />}
              </>
            ),
          },
          { title: '止', nowrap: true, cell: (p) => untilText(p.to) },
          { title: '数值', cell: (p) => withUnit(p) },
          { title: '依据', cell: (p) => p.source },
          {
            title: '办理',
            cell: (p) => {
              const by = entered(p);
              return by ? `${by.proposed.name}提出，${by.decided?.name}批准` : '程序自带';
            },
          },
        ]}
      />
      {undone.length > 0 && (
        <Table
          caption="没有生效的"
          rows={undone}
          rowKey={(p) => p.id}
          columns={[
            { title: '起', head: true, nowrap: true, cell: (p) => chineseDate(p.from) },
            { title: '数值', cell: (p) => valueText(p.value) },
            { title: '结果', cell: (p) => STATES[p.state].text },
            {
              title: '谁',
              cell: (p) => `${p.proposed.name}提出，${p.decided?.name}${STATES[p.state].text.slice(1)}`,
            },
            { title: '理由', cell: (p) => p.reason },
          ]}
        />
      )}
    </Card>
  );
}

/** What it was on a day. */
export function DayCard(props: {
  name: string;
  values: readonly Parameter[];
  on: string | undefined;
}): JSX.Element {
  const { name, values, on } = props;
  const held = on && values.find((p) => p.from <= on && (p.to === null || on <= p.to));
  return (
    <Card title="某一天是多少" id="day">
      <FilterForm
        action={`${PATH}/${name}`}
        filters={[{ name: 'on', label: '日期', type: 'date', value: on }]}
        button="查"
      />
      {on && (
        <p role="status">
          {chineseDate(on)}：<b>{held ? withUnit(held) : '没有数值'}</b>
        </p>
      )}
    </Card>
  );
}

export const Uses = ({ uses }: { uses: readonly Use[] }): JSX.Element => (
  <Card title="用在哪里">
    {uses.length === 0 ? (
      <EmptyState title="没有事项使用" />
    ) : (
      <ul>
        {uses.map(({ title, item }) => (
          <li key={title}>{item === null ? title : <a href={`/admin/definitions/${item}`}>{title}</a>}</li>
        ))}
      </ul>
    )}
  </Card>
);
