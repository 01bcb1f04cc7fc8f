import type Router from '@koa/router';
import { notFound } from '../../errors.ts';
import { chineseDate, localDate } from '../../kernel/time.ts';
import { doesCaseWork, type SignedIn } from '../../people/accounts/index.ts';
import { kioskOf } from '../../people/frame/index.ts';
import type { PlatformDeps } from '../../platform/deps.ts';
import type { RouteContext } from '../../platform/http/index.ts';
import { renderPrint } from '../../platform/web/index.ts';
import { draw } from '../../workflow/draw/index.ts';
import { computeFields } from '../../workflow/rules.ts';
import { ruleFacts } from '../cases/index.ts';
import { type ShellDeps, StationPage, seeOther, show } from '../shell.tsx';
import { guideOf, summariesOf } from './lookup.ts';
import { foundItems } from './match.ts';
import { listNeeds, needsIn } from './needs.ts';
import { places } from './places.ts';
import { byDepartment, type ItemGuide, type SituationGuide } from './present/index.ts';
import { BringList, Front, ItemGuideView, ItemList } from './views/index.ts';

/** `publicUrl`: where citizens reach the house, for the code on a print; known once it listens. */
type CatalogueDeps = ShellDeps & Pick<PlatformDeps, 'definitions'> & { readonly publicUrl: string };

const isClerk = (who: SignedIn | undefined): boolean => who?.grants.some((g) => g.role === 'clerk') ?? false;

const one = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The situation asked for in the query, or the first of the item. */
function chosen(guide: ItemGuide, wanted: string): SituationGuide {
  const found = wanted === '' ? guide.guides[0] : guide.guides.find((s) => s.id === wanted);
  if (!found) throw notFound('item.not_found', { item: guide.code, situation: wanted });
  return found;
}

/** `/`, `/items`, `/items/:code` and the sample form. */
export function mountCataloguePages(router: Router, deps: CatalogueDeps): void {
  router.get('/', (ctx: RouteContext) => {
    if (ctx.state.actor && doesCaseWork(ctx.state.actor)) return seeOther(ctx, '/inbox');
    const kiosk = kioskOf(ctx, deps.orgs);
    if (kiosk) return seeOther(ctx, kiosk.start);
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="首页" heading="富宁县农民服务站">
        <Front signedIn={ctx.state.actor !== undefined} needs={listNeeds()} />
      </StationPage>,
    );
  });
  router.get('/items', (ctx: RouteContext) => {
    const q = one(ctx.query.q);
    const needs = q === '' ? listNeeds() : needsIn(q);
    const found = q === '' ? summariesOf(deps) : foundItems(summariesOf(deps), q, needs);
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="办事指南" heading="办事指南" nav="items">
        <ItemList
          q={q}
          groups={byDepartment(found, places())}
          needs={needs}
          mayFile={isClerk(ctx.state.actor)}
        />
      </StationPage>,
    );
  });
  router.get('/items/:code', (ctx: RouteContext) => guidePage(ctx, deps));
  router.get('/items/:code/bring', (ctx: RouteContext) => bringPage(ctx, deps));
  router.get('/items/:code/sample', (ctx: RouteContext) => samplePage(ctx, deps));
}

function guidePage(ctx: RouteContext, deps: CatalogueDeps): void {
  const pinned = deps.definitions.get(ctx.params.code as string);
  const guide = guideOf(deps, pinned);
  const situation = chosen(guide, one(ctx.query.situation));
  const drawing = draw(pinned.machine, `${guide.title}办理流程`, { situation: situation.id });
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="items"
      scripts={['reading']}
      title={guide.title}
      breadcrumbs={[{ href: '/items', text: '办事指南' }, { text: guide.title }]}
    >
      <ItemGuideView
        guide={guide}
        situation={situation}
        drawing={drawing}
        mayFile={isClerk(ctx.state.actor)}
        address={`${deps.publicUrl}/items/${guide.code}?situation=${situation.id}`}
        printedOn={chineseDate(localDate(deps.clock.now()))}
      />
    </StationPage>,
  );
}

function bringPage(ctx: RouteContext, deps: CatalogueDeps): void {
  const guide = guideOf(deps, deps.definitions.get(ctx.params.code as string));
  const situation = chosen(guide, one(ctx.query.situation));
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="items"
      scripts={['reading']}
      title={`${guide.title}：要带什么`}
      breadcrumbs={[
        { href: '/items', text: '办事指南' },
        { href: `/items/${guide.code}?situation=${situation.id}`, text: guide.title },
        { text: '要带什么' },
      ]}
    >
      <BringList
        guide={guide}
        situation={situation}
        address={`${deps.publicUrl}/items/${guide.code}?situation=${situation.id}`}
        printedOn={chineseDate(localDate(deps.clock.now()))}
      />
    </StationPage>,
  );
}

/** 申请书示范文本: a filled-in example, so that people see what is asked and how it is written. */
function samplePage(ctx: RouteContext, deps: CatalogueDeps): void {
  const guide = guideOf(deps, deps.definitions.get(ctx.params.code as string));
  const { id, title, form } = chosen(guide, one(ctx.query.situation));
  const { examples = [], ...schema } = form;
  const example = (examples[0] ?? {}) as Record<string, unknown>;
  const facts = ruleFacts(deps, id, example, localDate(deps.clock.now()));
  const value = computeFields(schema, example, facts);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="items"
      title={`${schema.title ?? guide.title}（示范文本）`}
      heading={`${schema.title ?? guide.title}（示范文本）`}
      breadcrumbs={[
        { href: '/items', text: '办事指南' },
        { href: `/items/${guide.code}?situation=${id}`, text: guide.title },
        { text: '示范文本' },
      ]}
    >
      <p class="help">
        办理情形：{title}。表中姓名、号码都是编造的示例，照此格式填写自己的情况。申请表免费提供。
      </p>
      {renderPrint({ schema, value, reveal: true, level: 2 })}
    </StationPage>,
  );
}
