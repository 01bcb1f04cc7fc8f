/** `/stations`: every counter of the county, found by its name or through its township. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { Org } from '../../../people/orgs/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Card, EmptyState, FilterForm } from '../../../platform/web/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { stationOf } from '../commands/facts.ts';
import { type Directory, findStations, getDirectory } from '../queries.ts';
import type { StationDeps } from '../types.ts';

const MOST = 60;
const one = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

export function mountList(router: Router, deps: StationDeps): void {
  router.get('/stations', (ctx: RouteContext) => {
    const q = one(ctx.query.q);
    const inside = one(ctx.query.in);
    const heading = inside === '' ? '服务站' : stationOf(deps, inside).name;
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        nav="stations"
        title={heading}
        heading={heading}
        {...(inside !== '' && { breadcrumbs: [{ href: '/stations', text: '服务站' }, { text: heading }] })}
      >
        <p class="lead">地址、电话、上班时间，在哪里办。</p>
        <FilterForm action="/stations" filters={[{ name: 'q', label: '找服务站', value: q }]} />
        {q !== '' ? (
          <Found q={q} found={findStations(deps, q, MOST)} />
        ) : inside !== '' ? (
          <Township deps={deps} org={stationOf(deps, inside)} />
        ) : (
          <All directory={getDirectory(deps)} />
        )}
      </StationPage>,
    );
  });
}

function Links({ orgs, to, text }: { orgs: readonly Org[]; to(org: Org): string; text(org: Org): string }) {
  return (
    <ul class="links">
      {orgs.map((org) => (
        <li key={org.id}>
          <a href={to(org)}>{text(org)}</a>
        </li>
      ))}
    </ul>
  );
}

const page = ({ id }: Org): string => `/stations/${id}`;

function Found({ q, found }: { q: string; found: Org[] }): JSX.Element {
  if (found.length === 0)
    return (
      <EmptyState title={`没有找到“${q}”`}>
        只写村名试试，比如“者宁”；或者<a href="/stations">从乡镇找</a>。
      </EmptyState>
    );
  return (
    <Card title={`找到 ${found.length}${found.length === MOST ? ' 多' : ''} 个`}>
      <Links orgs={found} to={page} text={(org) => org.name} />
    </Card>
  );
}

function Township({ deps, org }: { deps: StationDeps; org: Org }): JSX.Element {
  const below = deps.orgs.children(org.id);
  return (
    <>
      <Card title={`${org.name}窗口`}>
        <Links
          orgs={[org, ...below.filter((o) => o.kind === 'office')]}
          to={page}
          text={(o) => (o.id === org.id ? `${o.name}便民服务窗口` : o.short)}
        />
      </Card>
      <Card title="村（社区）服务站">
        <Links orgs={below.filter((o) => o.kind === 'village')} to={page} text={(o) => o.name} />
      </Card>
    </>
  );
}

const All = ({ directory: { county, townships, departments } }: { directory: Directory }): JSX.Element => (
  <>
    <Card title="在哪个乡镇">
      <Links orgs={townships} to={({ id }) => `/stations?in=${id}`} text={(o) => o.name} />
    </Card>
    <Card title="县里">
      <Links
        orgs={[county, ...departments]}
        to={page}
        text={(o) => (o.id === county.id ? `${o.name}政务服务窗口` : o.short)}
      />
    </Card>
  </>
);
