/** The catalogue: by what people need, and by the department that decides. */
import type { JSX } from 'preact';
import { Card, type Column, EmptyState, Table, Tabs } from '../../../platform/web/index.ts';
import type { Need } from '../needs.ts';
import type { DepartmentGroup, ItemSummary } from '../present/index.ts';
import { NeedLinks, SearchBox } from './search.tsx';

/** For whoever files: more of each item, and the way to its form. */
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
  {
    title: '收件',
    nowrap: true,
    cell: (item) => (
      <a href={`/cases/new?item=${item.code}`}>
        在本村受理<span class="vh">：{item.title}</span>
      </a>
    ),
  },
];

const countOf = (groups: readonly DepartmentGroup[]): number =>
  groups.reduce((sum, g) => sum + g.items.length, 0);

export interface ListProps {
  q: string;
  groups: readonly DepartmentGroup[];
  /** What was understood of the words typed; all needs when nothing was. */
  needs: readonly Need[];
  mayFile: boolean;
}

/** The needs that were understood, each with what answers it. */
function Understood({ needs, groups }: Pick<ListProps, 'needs' | 'groups'>): JSX.Element | null {
  if (needs.length === 0) return null;
  const titles = new Map(groups.flatMap((g) => g.items).map((i) => [i.code, i]));
  return (
    <>
      {needs.map(({ text, items, packages }) => (
        <Card key={text} tone="now" title={text}>
          <ul class="links">
            {items.map(({ code, situation }) => (
              <li key={code}>
                <a href={`/items/${code}${situation === null ? '' : `?situation=${situation}`}`}>
                  {titles.get(code)?.title ?? code}
                </a>
              </li>
            ))}
            {packages.map((id) => (
              <li key={id}>
                <a href={`/packages/${id}`}>几件事一次办</a>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </>
  );
}

function Count({ q, groups }: Pick<ListProps, 'q' | 'groups'>): JSX.Element {
  const many = countOf(groups);
  if (many === 0)
    return (
      <EmptyState title={`没有找到“${q}”`}>
        换个说法试试，或者<a href="/items">查看全部事项</a>。也可以到村服务站问代办员。
      </EmptyState>
    );
  return (
    <p class="lead">
      {q === '' ? `${groups.length} 个部门，共 ${many} 项。` : `找到 ${many} 项。`}
      {q !== '' && <a href="/items">查看全部事项</a>}
    </p>
  );
}

const Group = ({ group, mayFile }: { group: DepartmentGroup; mayFile: boolean }): JSX.Element => (
  <Card id={group.code} title={group.title} aside={<span class="help">{group.items.length} 项</span>}>
    {mayFile ? (
      <Table
        caption={`${group.title}的事项`}
        captionHidden
        rows={group.items}
        rowKey={(item) => item.code}
        columns={COLUMNS}
      />
    ) : (
      <ul class="links">
        {group.items.map(({ code, title }) => (
          <li key={code}>
            <a href={`/items/${code}`}>{title}</a>
          </li>
        ))}
      </ul>
    )}
  </Card>
);

/** Groups without the items that a need has named already. */
function remaining(groups: readonly DepartmentGroup[], needs: readonly Need[]): DepartmentGroup[] {
  const named = new Set(needs.flatMap((n) => n.items.map((i) => i.code)));
  return groups
    .map((g) => ({ ...g, items: g.items.filter((i) => !named.has(i.code)) }))
    .filter((g) => g.items.length > 0);
}

export function ItemList({ q, groups, needs, mayFile }: ListProps): JSX.Element {
  const rest = q === '' || mayFile ? groups : remaining(groups, needs);
  return (
    <>
      <SearchBox q={q} />
      {q === '' ? (
        <Card title="按要办的事找">
          <NeedLinks needs={needs} label="按要办的事找" />
        </Card>
      ) : (
        <Understood needs={needs} groups={groups} />
      )}
      <p>
        建房、养殖、出生、救助等几件事想一起办，看<a href="/packages">一件事一次办</a>
        ：填一张表，各部门同时办。
      </p>
      <Count q={q} groups={groups} />
      {rest.length > 1 && (
        <Tabs
          label="按部门找"
          tabs={rest.map((g) => ({
            href: `#${g.code}`,
            text: g.title.replace(/^富宁县/, ''),
            count: g.items.length,
          }))}
        />
      )}
      {rest.map((group) => (
        <Group key={group.code} group={group} mayFile={mayFile} />
      ))}
    </>
  );
}
