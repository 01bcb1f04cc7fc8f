/** `/help`, `/help/<role>` and its pictures, the end of the tour, `/glossary`, and `/problems/:code`, to which the API's problems point. */
import type Router from '@koa/router';
import { type ErrorCode, notFound } from '../../errors.ts';
import { requireSession } from '../../people/accounts/index.ts';
import { tourStart } from '../../people/frame/index.ts';
import { type RouteContext, sentForm } from '../../platform/http/index.ts';
import { Card, LinkButton } from '../../platform/web/index.ts';
import { ERROR_WORDING } from '../../wording.ts';
import { stepAfter } from '../next-steps.ts';
import { leaveFlash, type ShellDeps, StationPage, seeOther, show } from '../shell.tsx';
import { endTour, type TourDeps } from './commands.ts';
import { GlossaryView } from './glossary-view.tsx';
import { Chapters, GuideView } from './guide-view.tsx';
import { GUIDES, ownGuides } from './guides/index.ts';
import { listPictures } from './pictures.ts';

export type HelpDeps = ShellDeps & TourDeps;

const HELP = { href: '/help', text: '帮助' };
const YEAR_S = 365 * 86_400;

export function mountHelpPages(router: Router, deps: HelpDeps): void {
  router.get('/help', (ctx: RouteContext) => show(ctx, <HelpPage ctx={ctx} deps={deps} />));
  mountTour(router, deps);
  mountPictures(router);
  router.get('/help/:role', (ctx: RouteContext) => {
    const guide = GUIDES.find((g) => g.id === ctx.params.role);
    if (!guide) throw notFound();
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        title={`帮助：${guide.title}`}
        heading={guide.title}
        nav="help"
        breadcrumbs={[HELP, { text: guide.title }]}
      >
        <GuideView guide={guide} />
      </StationPage>,
    );
  });
  router.get('/glossary', (ctx: RouteContext) => {
    const q = typeof ctx.query.q === 'string' ? ctx.query.q.trim().slice(0, 40) : '';
    show(
      ctx,
      <StationPage
        ctx={ctx}
        deps={deps}
        title="名词解释"
        heading="名词解释"
        nav="help"
        breadcrumbs={[HELP, { text: '名词解释' }]}
      >
        <GlossaryView q={q} />
      </StationPage>,
    );
  });
  router.get('/problems/:code', (ctx: RouteContext) => {
    const code = ctx.params.code as ErrorCode;
    if (!Object.hasOwn(ERROR_WORDING, code)) throw notFound();
    show(
      ctx,
      <StationPage ctx={ctx} deps={deps} title="错误说明" heading="错误说明" nav="help" narrow>
        <Card title={ERROR_WORDING[code]}>
          <p>{stepAfter(code)}</p>
          <p class="help">
            错误代码 <code>{code}</code>
          </p>
          <LinkButton href="/help">查看帮助</LinkButton>
        </Card>
      </StationPage>,
    );
  });
}

function HelpPage({ ctx, deps }: { ctx: RouteContext; deps: HelpDeps }) {
  const { actor } = ctx.state;
  const start = actor && tourStart(actor);
  return (
    <StationPage ctx={ctx} deps={deps} title="帮助" heading="怎样使用" nav="help">
      <p class="lead" id="account">
        名词不明白？看<a href="/glossary">名词解释</a>。
        {actor && (
          <>
            查看岗位、修改密码、请假代班，打开<a href="/account">我的账号</a>。
          </>
        )}
        {start && (
          <>
            第一次使用？<a href={start}>三分钟看一遍</a>。
          </>
        )}
      </p>
      <Chapters own={ownGuides(actor)} />
    </StationPage>
  );
}

function mountTour(router: Router, deps: HelpDeps): void {
  router.post('/help/tour', async (ctx: RouteContext) => {
    const who = requireSession(ctx);
    const end = new Map(sentForm(ctx).fields).get('end') === 'skipped' ? 'skipped' : 'done';
    await endTour(deps, who, end);
    leaveFlash(ctx, 'done', '以后想再看，打开“帮助”，点“三分钟看一遍”。');
    seeOther(ctx, tourStart(who)?.split('?')[0] ?? '/');
  });
}

function mountPictures(router: Router): void {
  router.get('/help/pictures/:name.webp', (ctx: RouteContext) => {
    const picture = listPictures().get(ctx.params.name as string);
    if (!picture) throw notFound();
    ctx.type = 'webp';
    const isMarked = ctx.query.v === picture.mark;
    ctx.set('Cache-Control', isMarked ? `public, max-age=${YEAR_S}, immutable` : 'public, no-cache');
    ctx.body = picture.body;
  });
}
