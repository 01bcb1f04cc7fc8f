/** The front door with nothing behind it but people: for tests of sessions and proofs over HTTP. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import pino from 'pino';
import {
  accountPages,
  accountRoutes,
  admitSignedIn,
  checkCsrf,
  requireSession,
  sessionMiddleware,
} from '../../src/people/accounts/index.ts';
import { citizenRoutes } from '../../src/people/citizens/index.ts';
import {
  errors,
  mountApi,
  multipart,
  type RouteContext,
  readBody,
  requestId,
  sentForm,
} from '../../src/platform/http/index.ts';
import type { People } from './support.ts';

export interface Door {
  url: string;
  close(): Promise<void>;
}

/** Opens the door on a free port. `POST /upload` stands for a noun's multipart route, `/list` for its page. */
export async function openDoor(people: People): Promise<Door> {
  const app = new Koa();
  app.use(requestId(people.random));
  app.use(errors(pino({ level: 'silent' }), (problem) => `<h1>${problem.title}</h1>`));
  app.use(readBody());
  app.use(sessionMiddleware(people));
  const router = new Router();
  mountApi(router, [...accountRoutes(people), ...citizenRoutes(people)], admitSignedIn);
  accountPages(router, { ...people, mode: 'service' });
  router.get('/list', (ctx: RouteContext) => {
    ctx.body = requireSession(ctx).login;
  });
  router.post('/upload', multipart() as never, (ctx: RouteContext) => {
    const proof = sentForm(ctx).fields.find(([name]) => name === '_csrf');
    if (proof) checkCsrf(ctx, proof[1]);
    ctx.body = requireSession(ctx).login;
  });
  app.use(router.routes());
  const server: Server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
