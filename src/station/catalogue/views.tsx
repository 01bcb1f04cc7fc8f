/** The catalogue's pages: long because the nine elements of a guide (B1-2) are laid out in their order. */
import type { JSX } from 'preact';
import {
  Actions,
  Badge,
  Button,
  Card,
  DefinitionList,
  EmptyState,
  LinkButton,
  Table,
  Tabs,
  TextField,
} from '../../platform/web/index.ts';
import { Drawing } from '../shell.tsx';
import type { ItemGuide, ItemSummary, MaterialGuide, SituationGuide, StepGuide } from './present.ts';

const TILES = [
  { href: '/items', title: '办事指南', text: '能办什么事、要带什么、多久办好' },
  { href: '/progress', title: '进度查询', text: '凭办件编号和证件号后四位' },
  { href: '/notices', title: '公示', text: '正在公示的事项，有意见可以提' },
  { href: '/verify', title: '证照核验', text: '核对证书、文书的真假' },
  { href: '/help', title: '帮助', text: '怎样办事，名词是什么意思' },
];
const STAFF_TILE = { href: '/sign-in', title: '工作人员登录', text: '代办员、乡镇和县级部门' };

/** The public front page: few words, large targets. */
export function Front({ signedIn }: { signedIn: boolean }): JSX.Element {
  return (
    <ul class="tiles">
      {[...TILES, ...(signedIn ? [] : [STAFF_TILE])].map((tile) => (
        <li key={tile.href}>
          <a class="tile" href={tile.href}>
            <b>{tile.title}</b>
            <span>{tile.text}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Items by the department that decides them, with a search box. */
export function ItemList(props: { q: string; items: readonly ItemSummary[]; mayFile: boolean }): JSX.Element {
  const { q, items, mayFile } = props;
  const authorities = [...new Set(items.map((item) => item.authority))];
  return (
    <>
      <form method="get" action="/items" class="search">
        <TextField
          id="q"
          name="q"
          label="找事项"
          type="search"
          value={q}
          mark={false}
          placeholder="如 低保、农药"
        />
        <Button kind="secondary">查找</Button>
      </form>
      {items.length === 0 && (
        <EmptyState title={`没有找到“${q}”`}>
          换个说法试试，或者<a href="/items">查看全部事项</a>。
        </EmptyState>
      )}
      {authorities.map((authority) => (
        <Card key={authority} title={authority}>
          <Table
            caption={`${authority}的事项`}
            captionHidden
            rows={items.filter((item) => item.authority === authority)}
            rowKey={(item) => item.code}
            columns={[
              {
                title: '事项',
                head: true,
                cell: (item) => <a href={`/items/${item.code}`}>{item.title}</a>,
              },
              { title: '类型', nowrap: true, cell: (item) => item.kindTitle },
              { title: '承诺期限', cell: (item) => item.promised },
              { title: '收费', cell: (item) => item.fee },
              ...(mayFile
                ? [
                    {
                      title: '收件',
                      nowrap: true,
                      cell: (item: ItemSummary) => <a href={`/cases/new?item=${item.code}`}>在本村受理</a>,
                    },
                  ]
                : []),
            ]}
          />
        </Card>
      ))}
    </>
  );
}

function Lines({ lines }: { lines: readonly string[] }): JSX.Element {
  return (
    <ol class="plain-list">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

function SparedCell({ material }: { material: MaterialGuide }): JSX.Element {
  const { spared } = material;
  if (!spared)
    return (
      <div>
        <Badge tone="warn" text="需要提交" />
      </div>
    );
  return (
    <div>
      <Badge tone={spared.way === 'commitment' ? 'info' : 'done'} text={spared.text} />{' '}
      <span class="help">{spared.source}</span>
    </div>
  );
}

function Materials({ materials }: { materials: readonly MaterialGuide[] }): JSX.Element {
  return (
    <Table
      caption="材料目录"
      captionHidden
      rows={materials}
      rowKey={(m) => m.id}
      columns={[
        {
          title: '材料',
          head: true,
          cell: (m) => (
            <div>
              {m.title}
              {m.conditional && <span class="help">（视情况需要）</span>}
              {m.help && <p class="help">{m.help}</p>}
            </div>
          ),
        },
        { title: '形式', nowrap: true, cell: (m) => `${m.form} ${m.copies} 份` },
        { title: '怎样提交', cell: (m) => <SparedCell material={m} /> },
      ]}
    />
  );
}

function Steps({ steps }: { steps: readonly StepGuide[] }): JSX.Element {
  return (
    <Table
      caption="办理程序"
      captionHidden
      rows={steps}
      rowKey={(s) => s.id}
      columns={[
        {
          title: '环节',
          head: true,
          cell: (s) => (
            <div>
              {s.title}
              {s.conditional && <span class="help">（需要时）</span>}
            </div>
          ),
        },
        { title: '谁办', cell: (s) => s.who },
        { title: '时间', nowrap: true, cell: (s) => s.days ?? '即时' },
        { title: '说明', cell: (s) => s.note ?? '' },
      ]}
    />
  );
}

function Terms({ guide, situation }: { guide: ItemGuide; situation: SituationGuide }): JSX.Element {
  return (
    <DefinitionList
      items={[
        { term: '法定期限', detail: situation.statutory ?? '法律没有规定期限' },
        { term: '承诺期限', detail: <strong>{situation.promised}</strong> },
        { term: '收费', detail: guide.fee },
        { term: '数量', detail: guide.quota },
        ...(guide.extension ? [{ term: '延长', detail: guide.extension, wide: true }] : []),
        {
          term: '办理结果',
          detail:
            situation.results.length === 0
              ? '书面决定'
              : situation.results.map((r) => `${r.title}（${r.validity}）`).join('、'),
          wide: true,
        },
      ]}
    />
  );
}

/** The nine elements of rule B1-2 on one page, which prints on A4. */
export function ItemGuideView(props: {
  guide: ItemGuide;
  situation: SituationGuide;
  drawing: string;
  mayFile: boolean;
}): JSX.Element {
  const { guide, situation, drawing, mayFile } = props;
  const query = `situation=${encodeURIComponent(situation.id)}`;
  return (
    <article class="guide">
      <h1>{guide.title}</h1>
      <p class="lead">
        {guide.kindTitle} · {guide.authority} · 事项编码 {guide.code}
      </p>
      <Actions>
        {mayFile && (
          <LinkButton kind="primary" href={`/cases/new?item=${guide.code}&${query}`}>
            在本村受理
          </LinkButton>
        )}
        <LinkButton href={`/items/${guide.code}/sample?${query}`}>申请书示范文本</LinkButton>
      </Actions>
      {guide.guides.length > 1 && (
        <Tabs
          label="办理情形"
          tabs={guide.guides.map((s) => ({
            href: `/items/${guide.code}?situation=${s.id}`,
            text: s.title,
            current: s.id === situation.id,
          }))}
        />
      )}
      <Card title="期限、收费和结果">
        <Terms guide={guide} situation={situation} />
      </Card>
      <Card title="办理条件">
        <Lines lines={guide.conditions} />
      </Card>
      <Card title="材料目录">
        <Materials materials={situation.materials} />
      </Card>
      <Card title="办理程序">
        <Steps steps={situation.steps} />
        <details class="no-print">
          <summary>流程图</summary>
          <Drawing svg={drawing} label={`${guide.title}流程图`} />
        </details>
      </Card>
      <Card title="法律依据">
        <Lines lines={guide.basis} />
      </Card>
      <Card title="权利救济">
        <p>{guide.remedies}</p>
      </Card>
      {guide.followUp.length > 0 && (
        <Card title="办好以后">
          <Lines lines={guide.followUp} />
        </Card>
      )}
    </article>
  );
}
