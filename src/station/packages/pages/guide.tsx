/** The list of packages, the guide of one, and the start at the counter. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import { notAllowed } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { Actions, Card, LinkButton } from '../../../platform/web/index.ts';
import type { Choice } from '../../../workflow/package.ts';
import { type CaseDeps, openCitizen, readSent, type Sent } from '../../cases/index.ts';
import { isRefusal, StationPage, seeOther, show, staffPage } from '../../shell.tsx';
import { openPackage } from '../commands/index.ts';
import { guideOf, type PackageGuide } from '../guide.ts';
import { planOf } from '../plan.ts';
import { prefillPackage } from '../prefill.ts';
import { choiceIn } from '../routes.ts';
import { ItemsCard, MaterialsCard } from './guide-view.tsx';
import { type Started, StartForm } from './start-form.tsx';
import { toCitizen } from './words.ts';

const isClerk = (who: SignedIn | undefined): boolean => who?.grants.some((g) => g.role === 'clerk') ?? false;

/** `/packages`, `/packages/:code`, `/packages/:code/new` */
export function mountGuide(router: Router, deps: CaseDeps): void {
  router.get('/packages', (ctx: RouteContext) => listPage(ctx, deps));
  router.get('/packages/:code', (ctx: RouteContext) => {
    const guide = guideOf(deps, ctx.params.code as string, choiceIn(ctx.query));
    guidePage(ctx, deps, guide, isClerk(ctx.state.actor) && <Start code={guide.code} />);
  });
  router.get(
    '/packages/:code/new',
    staffPage((ctx) => {
      const { citizen } = ctx.query;
      return startPage(ctx, deps, choiceIn(ctx.query), typeof citizen === 'string' ? { citizen } : {});
    }),
  );
  router.post('/packages/:code/new', async (ctx: RouteContext) => {
    const sent = await readSent(ctx);
    const code = ctx.params.code as string;
    const choice = choiceOf(deps, code, sent);
    const village = sent.one('village') || undefined;
    const citizen = sent.one('citizen');
    const isVillageMissing = villagesOf(deps, sent.who).length > 1 && village === undefined;
    if (sent.one('_do') !== 'start' || isVillageMissing)
      return startPage(ctx, deps, choice, { citizen, village, isVillageMissing });
    const plan = planOf(deps, deps.definitions.package(code), choice);
    const form = citizen === '' ? {} : await prefillPackage(deps, sent.who, citizen, plan);
    const input = { package: code, ...choice, ...(village && { village }), form, draft: true };
    const { id } = await openOnce(deps, sent.who, input, sent.requestId);
    seeOther(ctx, `/package-cases/${id}/edit${citizen === '' ? '' : `?citizen=${citizen}`}`);
  });
}

/** A second press makes no second draft; another choice sent again from the same page does. */
async function openOnce(
  deps: CaseDeps,
  who: SignedIn,
  input: Parameters<typeof openPackage>[2],
  requestId: string | undefined,
): Promise<{ id: string }> {
  try {
    return await openPackage(deps, who, input, requestId);
  } catch (error) {
    if (!isRefusal(error, 'request.reused')) throw error;
    return openPackage(deps, who, input);
  }
}

function choiceOf(deps: CaseDeps, code: string, { one, all }: Sent): Choice {
  const { items } = deps.definitions.package(code);
  const chosen = items.flatMap((i) => {
    const situation = one(`situation:${i.code}`);
    return situation === '' ? [] : [[i.code, situation] as const];
  });
  return { items: all('item'), situations: Object.fromEntries(chosen) };
}

function villagesOf(deps: CaseDeps, who: SignedIn): { id: string; name: string }[] {
  const own = who.grants.filter((g) => g.role === 'clerk').map((g) => deps.orgs.get(g.org));
  if (own.length === 0) throw notAllowed('case.not_clerk');
  return own;
}

const Start = ({ code }: { code: string }): JSX.Element => (
  <Actions>
    <LinkButton kind="primary" href={`/packages/${code}/new`}>
      在本村受理
    </LinkButton>
  </Actions>
);

/** @param counter begins the package there and then; without it the page is what everybody reads */
function guidePage(
  ctx: RouteContext,
  deps: CaseDeps,
  guide: PackageGuide,
  start: JSX.Element | false,
  counter?: { status: number; citizen?: { id: string; name: string } },
): void {
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav={counter ? 'filing' : 'items'}
      title={guide.title}
      heading={guide.title}
      breadcrumbs={[
        counter ? { href: '/filing', text: '收件' } : { href: '/items', text: '办事指南' },
        ...toCitizen(counter?.citizen),
        { href: '/packages', text: '一件事一次办' },
        { text: guide.title },
      ]}
    >
      <p class="lead">{guide.says}</p>
      {start}
      <ItemsCard guide={guide} />
      <MaterialsCard guide={guide} />
    </StationPage>,
    counter?.status,
  );
}

async function startPage(
  ctx: RouteContext,
  deps: CaseDeps,
  choice: Choice,
  { citizen = '', ...started }: Started,
): Promise<void> {
  const who = requireSession(ctx);
  const villages = villagesOf(deps, who);
  const opened = citizen === '' ? null : await openCitizen(deps, who, citizen);
  const guide = guideOf(deps, ctx.params.code as string, choice);
  const requestId = newId(deps.clock.now(), deps.random);
  guidePage(
    ctx,
    deps,
    guide,
    <StartForm
      guide={guide}
      villages={villages}
      started={{ village: opened?.earlier[0]?.villageId, ...started, citizen }}
      csrf={ctx.state.csrf ?? ''}
      requestId={requestId}
    />,
    { status: started.isVillageMissing ? 422 : 200, ...(opened && { citizen: opened.citizen }) },
  );
}

function listPage(ctx: RouteContext, deps: CaseDeps): void {
  const mayFile = isClerk(ctx.state.actor);
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="items"
      title="一件事一次办"
      heading="一件事一次办"
      breadcrumbs={[{ href: '/items', text: '办事指南' }, { text: '一件事一次办' }]}
    >
      <p class="lead">几件相关的事填一张表、交一次材料，各部门同时办，后面的事接着办。</p>
      {ctx.state.actor && (
        <p>
          <LinkButton href="/package-cases">正在办的一件事</LinkButton>
        </p>
      )}
      {deps.definitions.packages().map(({ code, title, says, items }) => (
        <Card key={code} title={title}>
          <p>{says}</p>
          <p class="help">
            包括：{items.map((i) => deps.definitions.get(i.code).definition.title).join('、')}
          </p>
          <Actions>
            <LinkButton href={`/packages/${code}`}>看看要带什么</LinkButton>
            {mayFile && (
              <LinkButton kind="primary" href={`/packages/${code}/new`}>
                在本村受理
              </LinkButton>
            )}
          </Actions>
        </Card>
      ))}
    </StationPage>,
  );
}
