/** `/desk`: what lies ready for whom, what is on its way, the day. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { maskId } from '../../../kernel/mask.ts';
import { yuan } from '../../../kernel/money.ts';
import { chineseDate } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  EmptyState,
  LinkButton,
  Pager,
  Table,
  TextField,
} from '../../../platform/web/index.ts';
import { StationPage, show, staffPage } from '../../shell.tsx';
import { type Coming, coming, deskView } from '../queries.ts';
import { queryOf } from '../routes.ts';
import type { DeskDeps, DeskItem, DeskPerson, DeskView } from '../types.ts';

export function mountDesk(router: Router, deps: DeskDeps): void {
  router.get(
    '/desk',
    staffPage(async (ctx) => {
      const query = queryOf(ctx);
      const view = await deskView(deps, requireSession(ctx), query);
      const q = query.q ?? '';
      show(
        ctx,
        <StationPage ctx={ctx} deps={deps} title="领取台" heading="领取台" nav="desk">
          <p class="lead">{view.village.name}：证照、文书、现金，按人领取。</p>
          <Search q={q} village={query.village} />
          <People view={view} q={q} village={query.village} />
          <OnTheWay coming={await coming(deps, view.village.id)} />
          <Actions>
            <LinkButton href={`/desk/list?${within(view)}`}>领取清单</LinkButton>
            <LinkButton href={`/cash/days/${view.today}?${within(view)}`}>今天的现金日清</LinkButton>
          </Actions>
        </StationPage>,
      );
    }),
  );
}

const within = ({ village }: Pick<DeskView, 'village'>): string => `village=${village.id}`;

function Search({ q, village }: { q: string; village: string | undefined }): JSX.Element {
  return (
    <Card>
      <form method="get" action="/desk">
        {village !== undefined && <input type="hidden" name="village" value={village} />}
        <TextField
          id="q"
          name="q"
          label="找人"
          help="姓名，或者身份证号后四位。"
          value={q}
          width="medium"
          autofocus
          mark={false}
        />
        <Actions>
          <Button>查找</Button>
          {q !== '' && (
            <LinkButton kind="quiet" href="/desk">
              看全部
            </LinkButton>
          )}
        </Actions>
      </form>
    </Card>
  );
}

function People(props: { view: DeskView; q: string; village: string | undefined }): JSX.Element {
  const { view, q, village } = props;
  const at = (page: number) =>
    `/desk?${new URLSearchParams({ ...(village && { village }), ...(q && { q }), page: String(page) })}`;
  return (
    <>
      <Table
        caption={q === '' ? `共 ${view.total} 人有待领取的` : `找到 ${view.total} 人`}
        rows={view.people}
        rowKey={(p) => p.key}
        empty={
          q === '' ? (
            <EmptyState title="现在没有待领取的">
              证照送到、决定作出、款袋签收以后，待领取的人列在这里。
            </EmptyState>
          ) : (
            <EmptyState title={`没有找到“${q}”`}>核对姓名，或者换身份证号后四位再找。</EmptyState>
          )
        }
        columns={[
          { title: '姓名', head: true, cell: (p) => <PersonLink person={p} view={view} /> },
          { title: '身份证号', nowrap: true, cell: (p) => maskId(p.idNumber) },
          { title: '待领取', cell: (p) => <Items items={p.items} /> },
          { title: '现金', numeric: true, nowrap: true, cell: (p) => cashOf(p.items) },
        ]}
      />
      <Pager
        prev={view.page > 1 ? at(view.page - 1) : null}
        next={view.page < view.pages ? at(view.page + 1) : null}
      />
    </>
  );
}

const PersonLink = ({ person, view }: { person: DeskPerson; view: DeskView }): JSX.Element => (
  <a href={`/desk/people/${person.key}?${within(view)}`}>{person.name}</a>
);

const cashOf = (items: readonly DeskItem[]): string => {
  const sum = items.reduce((all, i) => all + (i.amount ?? 0), 0);
  return sum === 0 ? '' : `${yuan(sum)} 元`;
};

function Items({ items }: { items: readonly DeskItem[] }): JSX.Element {
  return (
    <ul class="plain-list">
      {items.map((i) => (
        <li key={`${i.kind}${i.id}`}>
          {i.title}
          {i.overdue && (
            <>
              {' '}
              <Badge tone="warn" text={`最迟${chineseDate(i.until as string)}，已逾期`} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function OnTheWay({ coming: { bags, transfers } }: { coming: Coming }): JSX.Element | null {
  if (bags.length + transfers.length === 0) return null;
  return (
    <Card title="正在路上">
      <ul class="plain-list">
        {bags.map((b) => (
          <li key={b.id}>
            <a href={`/cash/bags/${b.id}`}>{b.number}</a> 现金 {yuan(b.total)} 元，{b.count} 笔，
            {b.stateTitle}
          </li>
        ))}
        {transfers.map((t) => (
          <li key={t.id}>
            <a href={`/transfers/${t.id}`}>证照交接单 {t.number}</a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
