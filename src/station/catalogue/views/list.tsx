/** The catalogue: every item by the department that decides it, with a search box that needs no script. */
import type { JSX } from 'preact';
import {
  Button,
  Card,
  type Column,
  EmptyState,
  Table,
  Tabs,
  TextField,
} from '../../../platform/web/index.ts';
import type { DepartmentGroup, ItemSummary } from '../present/index.ts';

function SearchBox({ q }: { q: string }): JSX.Element {
  return (
    <search>
      <form method="get" action="/items" class="search">
        <TextField
          id="q"
          name="q"
          label="找事项"
          help="写名称、编码或者部门，如 低保、农药、NY-01。"
          type="search"
          value={q}
          mark={false}
        />
        <Button kind="secondary">查找</Button>
      </form>
    </search>
  );
}

const COLUMNS: Column<ItemSummary>[] = [
  {
    title: '事项',
    head: true,
    cell: (item) => (
      <>
        <a href={`/items/${item.code}`}>{item.title}</a> <span class="help">{item.code}</span>
      </>
    ),
  },
  { title: '类型', nowrap: true, cell: (item) => item.kindTitle },
  { title: '承诺期限', cell: (item) => item.promised },
  { title: '收费', cell: (item) => item.fee },
];

const FILING: Column<ItemSummary> = {
  title: '收件',
  nowrap: true,
  cell: (item) => (
    <a href={`/cases/new?item=${item.code}`}>
      在本村受理<span class="vh">：{item.title}</span>
    </a>
  ),
};

const countOf = (groups: readonly DepartmentGroup[]): number =>
  groups.reduce((sum, g) => sum + g.items.length, 0);

export function ItemList(props: {
  q: string;
  groups: readonly DepartmentGroup[];
  mayFile: boolean;
}): JSX.Element {
  const { q, groups, mayFile } = props;
  const many = countOf(groups);
  return (
    <>
      <SearchBox q={q} />
      <p>
        建房、养殖、出生、救助等几件事想一起办，看<a href="/packages">一件事一次办</a>
        ：填一张表，各部门同时办。
      </p>
      {many === 0 ? (
        <EmptyState title={`没有找到“${q}”`}>
          换个说法试试，或者<a href="/items">查看全部事项</a>。
        </EmptyState>
      ) : (
        <p class="lead">
          {q === '' ? `${groups.length} 个部门，共 ${many} 项。` : `找到 ${many} 项。`}
          {q !== '' && <a href="/items">查看全部事项</a>}
        </p>
      )}
      {groups.length > 1 && (
        <Tabs
          label="按部门找"
          tabs={groups.map((g) => ({
            href: `#${g.code}`,
            text: g.title.replace(/^富宁县/, ''),
            count: g.items.length,
          }))}
        />
      )}
      {groups.map(({ code, title, items }) => (
        <Card key={code} id={code} title={title} aside={<span class="help">{items.length} 项</span>}>
          <Table
            caption={`${title}的事项`}
            captionHidden
            rows={items}
            rowKey={(item) => item.code}
            columns={mayFile ? [...COLUMNS, FILING] : COLUMNS}
          />
        </Card>
      ))}
    </>
  );
}
