/** `/stations/:org`: where it is, when it is open, whom to call. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Badge, Card, type Crumb, DefinitionList, LinkButton } from '../../../platform/web/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { mayKeep } from '../policy.ts';
import { getQueue, getStation, type StationView } from '../queries.ts';
import type { Facts, StationDeps } from '../types.ts';
import { dayText, Missing, orgIdOf, STANDING_TONES, spansText, standingText } from './parts.tsx';

export function mountShow(router: Router, deps: StationDeps): void {
  router.get('/stations/:org', async (ctx: RouteContext) => {
    const view = await getStation(deps, orgIdOf(ctx));
    const { waiting } = await getQueue(deps, view.org.id);
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        nav="stations"
        title={view.org.name}
        heading={view.org.name}
        breadcrumbs={crumbsOf(view)}
      >
        {mayKeep(ctx.state.actor, deps.orgs, view.org) && (
          <Actions>
            <LinkButton kind="primary" href={`/stations/${view.org.id}/queue`} shortcut="q">
              排队叫号
            </LinkButton>
            <LinkButton href={`/stations/${view.org.id}/edit`} shortcut="e">
              修改本站信息
            </LinkButton>
          </Actions>
        )}
        <Now view={view} waiting={waiting.length} />
        <Hours view={view} />
        <Items view={view} />
      </StationPage>,
    );
  });
}

const crumbsOf = ({ org, above }: StationView): Crumb[] => [
  { href: '/stations', text: '服务站' },
  ...(above?.kind === 'township' ? [{ href: `/stations?in=${above.id}`, text: above.name }] : []),
  { text: org.name },
];

/** A telephone that a press calls. */
export const Phones = ({ facts, dial }: { facts: Facts; dial: boolean }): JSX.Element =>
  facts.phones.length === 0 ? (
    <Missing />
  ) : (
    <ul class="plain phones">
      {facts.phones.map(({ what, number }) => (
        <li key={number}>
          {dial ? <a href={`tel:${number}`}>{number}</a> : <b>{number}</b>} {what}
        </li>
      ))}
    </ul>
  );

export const Duty = ({ facts }: { facts: Facts }): JSX.Element =>
  facts.duty.length === 0 ? (
    <Missing />
  ) : (
    <ul class="plain">
      {facts.duty.map(({ role, name, when }, i) => (
        <li key={i}>
          {role}
          {name !== undefined && ` ${name}`}
          {when !== undefined && `（${when}）`}
        </li>
      ))}
    </ul>
  );

function Now({ view, waiting }: { view: StationView; waiting: number }): JSX.Element {
  const { org, facts, standing, week } = view;
  const [today] = week;
  return (
    <Card
      tone="now"
      title="现在"
      aside={
        <Badge tone={STANDING_TONES[standing.state]} text={standing.state === 'open' ? '开着' : '没开'} />
      }
    >
      <p class="look">{standingText(standing)}</p>
      <DefinitionList
        items={[
          ...(today ? [{ term: '今天', detail: spansText(today) }] : []),
          {
            term: '排队',
            detail:
              waiting === 0 ? '没有人在等' : <a href={`/stations/${org.id}/screen`}>{`${waiting} 位在等`}</a>,
          },
          { term: '电话', detail: <Phones facts={facts} dial /> },
          { term: '谁值班', detail: <Duty facts={facts} /> },
          { term: '地址', detail: facts.address ?? <Missing />, wide: true },
          { term: '怎么走', detail: facts.way ?? <Missing />, wide: true },
        ]}
      />
    </Card>
  );
}

/** Seven days, one line each. */
export const Week = ({ week }: Pick<StationView, 'week'>): JSX.Element => (
  <DefinitionList
    items={week.map((d, i) => ({
      term: dayText(d.day, i === 0),
      detail: spansText(d) + (d.why ? `（${d.why}）` : ''),
      wide: true,
    }))}
  />
);

function Hours({ view: { week } }: { view: StationView }): JSX.Element {
  const isOwn = week.some((d) => d.isOwn);
  return (
    <Card title="上班时间">
      <Week week={week} />
      {!isOwn && (
        <p class="help">本站没有登记自己的时间，这是全县统一的作息时间。来以前可以先打电话问一声。</p>
      )}
      {week.some((d) => d.spans === null) && (
        <p class="help">国务院还没有公布那一年的放假安排，公布以后这里会更新。</p>
      )}
    </Card>
  );
}

/** Items shown without being asked for. */
const AT_ONCE = 12;

const FILED: Record<string, string> = {
  village: '在这里可以申请',
  township: '在这里受理',
  county: '在这里受理',
  office: '由这里审核',
  department: '由这里审批',
};

function Items({ view: { org, items } }: { view: StationView }): JSX.Element | null {
  if (items.length === 0) return null;
  const list = (
    <ul class="links">
      {items.map(({ code, title }) => (
        <li key={code}>
          <a href={`/items/${code}`}>{title}</a>
        </li>
      ))}
    </ul>
  );
  return (
    <Card title={FILED[org.kind] ?? '办理的事项'} aside={<span class="help">{items.length} 项</span>}>
      {items.length <= AT_ONCE ? (
        list
      ) : (
        <details>
          <summary>看全部 {items.length} 项</summary>
          {list}
        </details>
      )}
    </Card>
  );
}
