/** Components in every state, in the words of the office. Long because it is a catalogue. */
import { type ComponentChildren, Fragment, type JSX } from 'preact';
import { Actions, Button, LinkButton, Pager, Tabs } from '../components/actions.tsx';
import { Card, EmptyState, ErrorPage, ErrorSummary } from '../components/blocks.tsx';
import { Checklist, DefinitionList, Numbered, RowLink, Table, Timeline } from '../components/data.tsx';
import { Progress, StatTiles, Steps } from '../components/figures.tsx';
import { Chips, Fold, Person, SplitView, Toolbar } from '../components/panes.tsx';
import { Badge, Light } from '../components/status.tsx';
import { Flash } from '../layout.tsx';

const Part = ({ name, children }: { name: string; children: ComponentChildren }): JSX.Element => (
  <section class="part-shown">
    <h3>
      <code>{name}</code>
    </h3>
    {children}
  </section>
);

export function ActionParts(): JSX.Element {
  return (
    <Card title="操作" id="actions">
      <Part name="Button, LinkButton, Actions">
        <Actions>
          <Button shortcut="a">同意</Button>
          <Button kind="secondary">退回补正</Button>
          <Button kind="danger" confirm="确定撤件吗？">
            撤件
          </Button>
          <Button kind="quiet">暂存</Button>
          <Button disabled>不能办</Button>
          <LinkButton href="#actions" newTab>
            打印
          </LinkButton>
        </Actions>
      </Part>
      <Part name="Tabs">
        <Tabs
          label="看哪些"
          tabs={[
            { href: '#mine', text: '我的', count: 12, current: true, shortcut: '1' },
            { href: '#desk', text: '本岗位', count: 80, shortcut: '2' },
          ]}
        />
      </Part>
      <Part name="Chips">
        <Chips
          label="加急"
          chips={[
            { text: '临近', href: '#near', on: true, count: 7 },
            { text: '逾期', href: '#late', count: 2 },
            { text: '补正回来的', href: '#back' },
          ]}
        />
      </Part>
      <Part name="Toolbar">
        <Toolbar label="对选中的办件">
          <Button kind="secondary">领办</Button>
          <Button kind="secondary">转给同事</Button>
          <span class="help">已选 3 件</span>
        </Toolbar>
      </Part>
      <Part name="Pager">
        <Pager first="#first" prev="#prev" next="#next" from={51} />
      </Part>
    </Card>
  );
}

export function MessageParts(): JSX.Element {
  return (
    <Card title="告知" id="messages">
      <Part name="Flash">
        <Flash kind="done" text="已领办 3 件。" undo={{ text: '撤销', href: '#undo' }} />
        <Flash kind="warn" text="有 1 件已经被别人领走。" />
        <Flash kind="error" text="没有提交成功。" />
      </Part>
      <Part name="ErrorSummary">
        <ErrorSummary faults={[{ pointer: '/id', message: '身份证号校验位不符' }]} idPrefix="sg" quiet />
      </Part>
      <Part name="EmptyState">
        <EmptyState title="没有待办">办完了，可以到“办件”里看全部。</EmptyState>
      </Part>
      <Part name="Fold">
        <Fold title="更多条件">
          <p>不常用的放在这里。</p>
        </Fold>
        <Fold title="什么是“实有人口”？" kind="help">
          <p>现在住在本村的人，不论户口在哪里。</p>
        </Fold>
      </Part>
      <Part name="Badge, Light">
        <p>
          <Badge text="草稿" /> <Badge tone="info" text="新" /> <Badge tone="done" text="已办结" />{' '}
          <Badge tone="warn" text="待补正" /> <Badge tone="danger" text="已退回" />
        </p>
        <p>
          {(['green', 'yellow', 'red', 'paused', 'done'] as const).map((light) => (
            <Fragment key={light}>
              <Light light={light} text="3 个工作日" />{' '}
            </Fragment>
          ))}
        </p>
      </Part>
      <Part name="ErrorPage">
        <ErrorPage
          status={409}
          happened="这件事项刚刚有人办理过。"
          next={['返回办件页，看过最新情况再办。']}
          requestId="0123456789abcdef"
          level={3}
        />
      </Part>
    </Card>
  );
}

const ROWS = [
  { id: '532628-MZ-2026-000123', who: '韦秀英', at: '文化社区', light: 'yellow', money: '1,200.00' },
  { id: '532628-MZ-2026-000124', who: '农志强', at: '剥隘村', light: 'green', money: '86,400.50' },
] as const;

export function DataParts(): JSX.Element {
  return (
    <Card title="内容" id="data">
      <Part name="Table, RowLink, Numbered, Person">
        <Table
          caption="办件"
          list
          rows={ROWS}
          rowKey={(row) => row.id}
          columns={[
            {
              title: '编号',
              head: true,
              cell: (row) => (
                <RowLink href="#data">
                  <Numbered>{row.id}</Numbered>
                </RowLink>
              ),
            },
            { title: '申请人', cell: (row) => <Person name={row.who} at={row.at} /> },
            { title: '期限', cell: (row) => <Light light={row.light} text="还有 3 个工作日" /> },
            { title: '金额（元）', numeric: true, cell: (row) => row.money },
          ]}
        />
      </Part>
      <Part name="DefinitionList">
        <DefinitionList
          items={[
            { term: '事项', detail: '最低生活保障' },
            { term: '申请人', detail: '韦秀英' },
            { term: '住址', detail: '文化社区三组 12 号', wide: true },
            { term: '申请人承诺所填内容属实', detail: '是', statement: true },
          ]}
        />
      </Part>
      <Part name="Timeline">
        <Timeline
          current
          entries={[
            { when: '9月1日 08:10', title: '收件', who: '农秀兰 · 剥隘村', tone: 'done' },
            {
              when: '9月2日 10:40',
              title: '退回补正',
              who: '李春燕 · 剥隘镇',
              detail: '缺授权书',
              tone: 'warn',
            },
            { when: '9月3日 09:05', title: '受理', who: '李春燕 · 剥隘镇' },
          ]}
        />
      </Part>
      <Part name="Checklist">
        <Checklist
          items={[
            { state: 'done', text: '身份证' },
            { state: 'missing', text: '授权书', note: '委托他人办理时要交' },
            { state: 'open', text: '现场照片' },
            { state: 'waived', text: '户口簿', note: '系统里能查到，免交' },
          ]}
        />
      </Part>
    </Card>
  );
}

export function FigureParts(): JSX.Element {
  return (
    <Card title="数字和进程" id="figures">
      <Part name="StatTiles">
        <StatTiles
          label="在办"
          stats={[
            { label: '在办', value: 128, unit: '件', href: '#figures' },
            {
              label: '临近到期',
              value: 7,
              unit: '件',
              href: '#figures',
              tone: 'warn',
              note: '3 个工作日以内',
            },
            { label: '逾期', value: 2, unit: '件', href: '#figures', tone: 'danger' },
            { label: '平均用时', value: '4.5', unit: '个工作日' },
          ]}
        />
      </Part>
      <Part name="Progress">
        <Progress done={3} of={5} text="已交 3 份，共 5 份" />
      </Part>
      <Part name="Steps">
        <Steps
          label="办到哪里了"
          steps={[
            { title: '收件', state: 'past', note: '9月1日' },
            { title: '受理', state: 'past', note: '9月3日' },
            { title: '审核', state: 'now', note: '剥隘镇，9月10日前' },
            { title: '审批', state: 'ahead' },
            { title: '领取', state: 'ahead' },
          ]}
        />
      </Part>
    </Card>
  );
}

export function PaneParts(): JSX.Element {
  return (
    <Card title="版面" id="panes">
      <Part name="SplitView">
        <SplitView
          left={{ label: '填写的内容', children: <Card title="填写的内容">左边。</Card> }}
          right={{ label: '材料', children: <Card title="材料">右边；窄屏在下面。</Card> }}
        />
      </Part>
      <Part name="Card">
        <Card title="正在办理" tone="now" level={3} aside={<Badge tone="info" text="到您手上" />}>
          该您办的事。
        </Card>
        <Card title="请注意" tone="warn" level={3}>
          有重复申请。
        </Card>
      </Part>
    </Card>
  );
}
