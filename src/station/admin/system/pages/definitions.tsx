/** `/admin/definitions`: the items as they are published, their versions, and what one changed. */
import type Router from '@koa/router';
import { notFound } from '../../../../errors.ts';
import { localDate } from '../../../../kernel/time.ts';
import type { RouteContext } from '../../../../platform/http/index.ts';
import { itemGuide, places } from '../../../catalogue/index.ts';
import { listSchemes } from '../../../payouts/index.ts';
import { differencesOf } from '../differences.ts';
import type { SystemDeps } from '../house.ts';
import { type Version, versionsByItem } from '../versions.ts';
import {
  Basics,
  Differences,
  Forms,
  Items,
  PATH,
  Packages,
  Schemes,
  Situation,
  VersionTable,
} from './definitions-view.tsx';
import { answer, chosen, keeperPage } from './parts.tsx';

export function mountDefinitions(router: Router, deps: SystemDeps): void {
  router.get(
    PATH,
    keeperPage(async (ctx) => {
      const items = await versionsByItem(deps);
      answer(
        ctx,
        deps,
        {
          title: '事项定义',
          section: PATH,
          lead: '事项由 workflows/ 和 forms/ 里的文件定义，启动时检查、编译、留存。在办事项一直按收件时的版本办理。',
        },
        <>
          <Items items={[...items.values()]} />
          <Packages packages={deps.definitions.packages()} />
          <Schemes schemes={listSchemes()} />
        </>,
      );
    }),
  );
  router.get(
    `${PATH}/:code`,
    keeperPage((ctx) => itemPage(ctx, deps)),
  );
  router.get(
    `${PATH}/:code/differences`,
    keeperPage((ctx) => differencesPage(ctx, deps)),
  );
}

async function versionsOf(ctx: RouteContext, deps: SystemDeps): Promise<Version[]> {
  const versions = (await versionsByItem(deps)).get(String(ctx.params.code));
  if (!versions) throw notFound('item.not_found', { item: String(ctx.params.code) });
  return versions;
}

/** The version the address names; without one, the newest. @throws 404 for one there never was */
function versionIn(ctx: RouteContext, versions: readonly Version[], name: string): Version | undefined {
  const asked = chosen(ctx, name);
  if (asked === undefined) return undefined;
  const found = versions.find((v) => String(v.pinned.definition.version) === asked);
  if (!found) throw notFound('item.not_found', { item: String(ctx.params.code), version: asked });
  return found;
}

async function itemPage(ctx: RouteContext, deps: SystemDeps): Promise<void> {
  const versions = await versionsOf(ctx, deps);
  const shown = versionIn(ctx, versions, 'version') ?? (versions[0] as Version);
  const { pinned } = shown;
  const { definition } = pinned;
  const params = deps.definitions.params(localDate(deps.clock.now()));
  const guide = itemGuide(pinned, params, places());
  answer(
    ctx,
    deps,
    { title: `${definition.code} ${definition.title}`, section: PATH, lead: `第 ${definition.version} 版` },
    <>
      <VersionTable versions={versions} shown={shown} />
      <Basics guide={guide} pinned={pinned} />
      {guide.guides.map((g) => (
        <Situation key={g.id} guide={g} pinned={pinned} />
      ))}
      <Forms guides={guide.guides} />
    </>,
  );
}

async function differencesPage(ctx: RouteContext, deps: SystemDeps): Promise<void> {
  const versions = await versionsOf(ctx, deps);
  const after = versionIn(ctx, versions, 'to') ?? (versions[0] as Version);
  const before = versionIn(ctx, versions, 'from') ?? versions[versions.indexOf(after) + 1];
  if (!before) throw notFound('item.not_found', { item: String(ctx.params.code) });
  const { code, title } = after.pinned.definition;
  const [from, to] = [before, after].map((v) => v.pinned.definition.version);
  answer(
    ctx,
    deps,
    {
      title: `${code} 第 ${from} 版与第 ${to} 版的差别`,
      section: PATH,
      crumbs: [{ href: `${PATH}/${code}`, text: `${code} ${title}` }],
    },
    <Differences
      differences={differencesOf(before.pinned, after.pinned)}
      from={Number(from)}
      to={Number(to)}
    />,
  );
}
