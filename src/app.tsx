import { constants } from 'node:zlib';
import etag from '@koa/etag';
import Router from '@koa/router';
import Koa from 'koa';
import compress from 'koa-compress';
import conditional from 'koa-conditional-get';
import { commitmentPages, commitmentRoutes } from './branch/commitments/index.ts';
import { disclosurePages, disclosureRoutes, disclosuresBeside } from './branch/disclosures/index.ts';
import { homePages } from './branch/home/index.ts';
import { mailboxPages, mailboxRoutes } from './branch/mailbox/index.ts';
import { memberRoutes, orgActRoutes, transferRoutes } from './branch/members/index.ts';
import { questionPages, questionRoutes } from './branch/questions/index.ts';
import { reportPages, reportRoutes } from './branch/reports/index.ts';
import { surveyPages, surveyRoutes } from './branch/surveys/index.ts';
import { type AppDeps, certificateWorld, mailDeps, memberWorld, payoutPorts } from './effects.ts';
import { localDate } from './kernel/time.ts';
import {
  type AccountDeps,
  accountPages,
  accountRoutes,
  admitSignedIn,
  type SignedIn,
  sessionMiddleware,
} from './people/accounts/index.ts';
import { citizenRoutes } from './people/citizens/index.ts';
import { type MovableClock, wallClock } from './platform/clock.ts';
import {
  type ApiRoute,
  accessLog,
  describeApi,
  docsPage,
  errors,
  type HttpMiddleware,
  mountApi,
  privateByDefault,
  readBody,
  requestId,
  securityHeaders,
  untraced,
} from './platform/http/index.ts';
import { ENCODINGS, packAssets, render, serviceWorker, styleguidePage } from './platform/web/index.ts';
import { rehearsalPages, rehearsalRoutes } from './rehearsal.tsx';
import { adminPeoplePages, adminSystemPages, type House } from './station/admin/index.ts';
import { answerPages, answerRoutes } from './station/answers/index.ts';
import { boardPages } from './station/board/index.ts';
import {
  act,
  caseGate,
  caseRoutes,
  factsAt,
  getCase,
  mountCasePages,
  ratingGate,
  rosterCases,
} from './station/cases/index.ts';
import { cashMoney, cashPages, cashRoutes } from './station/cash/index.ts';
import { catalogueRoutes, mountCataloguePages } from './station/catalogue/index.ts';
import {
  certificatesRoutes,
  mountCertificatePages,
  verifyPages,
  verifyRoutes,
} from './station/certificates/index.ts';
import { deskPages, deskRoutes } from './station/desk/index.ts';
import { errorPage } from './station/error-page.tsx';
import { filingPages, filingRoutes } from './station/filing/index.ts';
import { firstLook, mountHelpPages } from './station/help/index.ts';
import { noticesOnDisplay, noticesPages, noticesRoutes } from './station/notices/index.ts';
import { offlinePages, offlineRoutes } from './station/offline/index.ts';
import { mountPackagePages, packageRoutes } from './station/packages/index.ts';
import { papersRoutes, servicePages } from './station/papers/index.ts';
import { mountPayoutPages, payoutRoutes } from './station/payouts/index.ts';
import { quotaRoutes } from './station/quotas/index.ts';
import { ratingPages, ratingRoutes } from './station/ratings/index.ts';
import { phrasePages, remarkPages, remarkRoutes } from './station/remarks/index.ts';
import { rosterRoutes } from './station/rosters/index.ts';
import { StationPage } from './station/shell.tsx';
import { mountStationPages, stationRoutes } from './station/stations/index.ts';
import { mountWorklistPages, worklistRoutes } from './station/worklists/index.ts';

export interface AppOptions {
  deps: AppDeps;
  house: House;
  /** The clock of a rehearsal, or null in service. */
  rehearsal: MovableClock | null;
  /** False while the service stops. */
  ready(): boolean;
}

/** A page of 54 KB goes out with 8.8 KB instead of 10.3, for a millisecond of the processor. */
const BROTLI_QUALITY = 5;

/** Where letters and questions are written and their answers read: whoever comes is a stranger, signed in or not. */
const UNTRACED = ['/branch/mailbox', '/branch/ask', '/api/mailbox', '/api/ask'];
/** What a stream says when the browser went on to another page. */
const LEFT: ReadonlySet<string | undefined> = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

/** The onion, once, in order: outermost first. */
export function createApp(options: AppOptions): Koa {
  const { deps } = options;
  const sessions = { ...deps, clock: wallClock, today: () => localDate(deps.clock.now()) };
  const app = new Koa();
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (LEFT.has(error.code))
      deps.log.info({ code: error.code }, 'the reader left before the answer was out');
    else deps.log.error({ err: error }, 'answer failed');
  });
  app.use(requestId(deps.random));
  app.use(untraced(UNTRACED));
  app.use(accessLog(deps.log));
  app.use(assets());
  app.use(securityHeaders());
  app.use(privateByDefault());
  app.use(compress({ br: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } } }));
  app.use(conditional());
  app.use(etag());
  app.use(errors(deps.log, (problem, ctx) => errorPage(deps, problem, ctx)));
  app.use(health(options));
  app.use(readBody());
  app.use(sessionMiddleware(sessions));
  const router = routes(options, sessions);
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}

/** Every noun's routes; the API's are also its documentation. */
function routes({ deps, house, rehearsal }: AppOptions, sessions: AppDeps & AccountDeps): Router {
  const router = new Router();
  const guard = {
    mayRead: async (who: SignedIn, caseId: string) => {
      await getCase(deps, { kind: 'account', who }, caseId);
    },
    factsFor: async (who: SignedIn, caseId: string, seq: number) =>
      factsAt(deps, await getCase(deps, { kind: 'account', who }, caseId), seq),
  };
  const objections = {
    onObjection: async (caseId: string, objectionId: string) => {
      await act(deps, { kind: 'public' }, caseId, { event: 'OBJECT', data: { objectionId } });
    },
  };
  const money = cashMoney(deps, payoutPorts(deps));
  const mail = mailDeps(deps);
  const members = memberWorld(deps);
  const nouns: ApiRoute[] = [
    ...accountRoutes(sessions),
    ...offlineRoutes(deps),
    ...citizenRoutes(deps),
    ...catalogueRoutes(deps),
    ...worklistRoutes(deps),
    ...caseRoutes(deps),
    ...answerRoutes(deps),
    ...filingRoutes(deps),
    ...packageRoutes(deps),
    ...quotaRoutes(deps),
    ...rosterRoutes(deps, rosterCases(deps)),
    ...payoutRoutes(deps, payoutPorts(deps)),
    ...papersRoutes(deps, guard),
    ...certificatesRoutes(deps, guard, certificateWorld(deps)),
    ...cashRoutes(deps, money),
    ...deskRoutes(deps, guard),
    ...verifyRoutes(deps),
    ...noticesRoutes(deps, objections),
    ...remarkRoutes(deps, caseGate(deps)),
    ...stationRoutes(deps),
    ...ratingRoutes(deps, ratingGate(deps)),
    ...surveyRoutes(deps),
    ...commitmentRoutes(deps),
    ...reportRoutes(deps),
    ...disclosureRoutes(deps),
    ...mailboxRoutes(mail),
    ...questionRoutes(mail),
    ...memberRoutes(members),
    ...transferRoutes(members),
    ...orgActRoutes(deps),
    ...rehearsalRoutes(deps, rehearsal),
  ];
  const api = mountApi(router, nouns, admitSignedIn);
  mountApi(router, [documentation(api, house.version)], admitSignedIn);
  docsPage(router, api, (ctx, title, content) =>
    render(
      <StationPage ctx={ctx} deps={deps} title={title} heading={title}>
        {content}
      </StationPage>,
    ),
  );
  styleguidePage(router, (ctx, page) => render(<StationPage ctx={ctx} deps={deps} {...page} />));
  const firstLookOf = (who: SignedIn) => firstLook(deps, who);
  accountPages(router, { ...sessions, firstLook: firstLookOf }, () => deps.clock.now());
  offlinePages(router, deps);
  mountCataloguePages(router, deps);
  mountWorklistPages(router, deps);
  mountCasePages(router, deps);
  filingPages(router, deps);
  servicePages(router, deps, guard);
  mountPackagePages(router, deps);
  answerPages(router, deps);
  mountPayoutPages(router, deps, payoutPorts(deps));
  cashPages(router, deps, money);
  deskPages(router, deps, guard);
  noticesPages(router, deps, objections, (ctx, org) => disclosuresBeside(deps, ctx.state.actor ?? null, org));
  disclosurePages(router, deps, { of: (villageId) => caseNotices(deps, villageId) });
  remarkPages(router, deps, caseGate(deps));
  phrasePages(router, deps);
  mountCertificatePages(router, deps, certificateWorld(deps));
  verifyPages(router, deps);
  mountStationPages(router, deps);
  ratingPages(router, deps, ratingGate(deps));
  boardPages(router, deps);
  mountHelpPages(router, deps);
  homePages(router, deps);
  surveyPages(router, deps);
  commitmentPages(router, deps);
  reportPages(router, deps);
  adminSystemPages(router, { ...deps, house });
  adminPeoplePages(router, { ...deps, house, wall: wallClock });
  mailboxPages(router, mail);
  questionPages(router, mail);
  rehearsalPages(router, deps, rehearsal);
  return router;
}

/** What hangs of cases on a village's board, for the board of its branch. */
async function caseNotices(deps: AppDeps, villageId: string) {
  const boardPath = deps.orgs.get(villageId).path;
  const { notices } = await noticesOnDisplay(deps, { boardPath, state: 'open', limit: 50 });
  return notices.map(({ id, title, until }) => ({ title, href: `/notices/${id}`, until }));
}

function documentation(api: ApiRoute[], version: string): ApiRoute {
  const about: ApiRoute = {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document',
    tag: 'about',
    auth: 'public',
    responses: { 200: { description: 'OpenAPI 3.1', schema: { type: 'object' } } },
    async handler(ctx) {
      ctx.body = document;
    },
  };
  const document = describeApi([...api, about], version);
  return about;
}

/** `/healthz`: the process answers. `/readyz`: the database answers and the service is not stopping. */
function health({ deps, ready }: AppOptions): HttpMiddleware {
  return async (ctx, next) => {
    if (ctx.path === '/healthz') ctx.body = { status: 'ok' };
    else if (ctx.path === '/readyz') {
      const status = ready() ? await databaseStatus(deps) : 'stopping';
      ctx.status = status === 'ready' ? 200 : 503;
      ctx.body = { status };
    } else return next();
  };
}

/** Does the database answer? Why not goes to the log, not to the asker. */
async function databaseStatus(deps: AppDeps): Promise<'ready' | 'no database'> {
  try {
    await deps.db.read.raw('select 1');
    return 'ready';
  } catch (error) {
    deps.log.error({ err: error }, 'database does not answer');
    return 'no database';
  }
}

/** Style sheet and scripts under their hashed names, compressed beforehand, cached for a year. */
function assets(): HttpMiddleware {
  const packed = packAssets();
  return async (ctx, next) => {
    if (ctx.path === serviceWorker.path) {
      ctx.type = serviceWorker.type;
      ctx.set('X-Content-Type-Options', 'nosniff');
      ctx.set('Cache-Control', 'no-cache');
      ctx.body = serviceWorker.body;
      return;
    }
    const asset = packed.get(ctx.path);
    if (!asset) return next();
    const encoding = ENCODINGS.find((each) => ctx.acceptsEncodings(each) === each) ?? 'identity';
    ctx.type = asset.type;
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.vary('Accept-Encoding');
    if (encoding !== 'identity') ctx.set('Content-Encoding', encoding);
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    ctx.body = asset.as[encoding];
  };
}
