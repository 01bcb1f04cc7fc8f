/** A small service with the front door's onion and a few routes of its own; its log lines are kept. */
import Router from '@koa/router';
import Koa from 'koa';
import {
  type ApiRoute,
  accessLog,
  docsPage,
  errors,
  type Listening,
  listen,
  mountApi,
  privateByDefault,
  type RouteContext,
  readBody,
  requestId,
  securityHeaders,
} from '../../../src/platform/http/index.ts';
import { createLog } from '../../../src/platform/log.ts';
import { render } from '../../../src/platform/web/index.ts';

export interface Door extends Listening {
  /** What was logged so far, parsed. */
  lines(): Record<string, unknown>[];
  /** Log text as written. */
  logged(): string;
}

interface Setup {
  api?: ApiRoute[];
  /** Somebody is signed in. */
  signedIn?: boolean;
}

/** Listen on a free port of 127.0.0.1. */
export async function openDoor({ api = [], signedIn = false }: Setup): Promise<Door> {
  const written: string[] = [];
  const log = createLog('info', { write: (line) => void written.push(line) });
  const app = new Koa();
  app.use(requestId((n) => crypto.getRandomValues(new Uint8Array(n))));
  app.use(accessLog(log));
  app.use(securityHeaders());
  app.use(privateByDefault());
  app.use(errors(log, (problem) => `<!doctype html><title>${problem.title}</title>${problem.requestId}`));
  app.use(readBody());
  app.use(async (ctx, next) => {
    if (signedIn) ctx.state.csrf = 'proof';
    await next();
  });
  const router = new Router();
  mountApi(router, api, (_, next) => next());
  docsPage(router, api, (_, title, content) => `<title>${title}</title>${render(content)}`);
  app.use(router.routes());
  app.use(router.allowedMethods());
  const listening = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    ...listening,
    logged: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line)),
  };
}

/** A JSON route for tests. */
export const route = (given: Partial<ApiRoute> & Pick<ApiRoute, 'path' | 'handler'>): ApiRoute => ({
  method: 'get',
  summary: 'For a test',
  tag: 'test',
  auth: 'public',
  responses: { 200: { description: 'Done', schema: { type: 'object' } } },
  ...given,
});

/** A JSON route that answers with what `give` makes of the request. */
export const answering = (
  given: Partial<ApiRoute> & Pick<ApiRoute, 'path'>,
  give: (ctx: RouteContext) => unknown,
): ApiRoute =>
  route({
    ...given,
    async handler(ctx) {
      ctx.body = give(ctx);
    },
  });
