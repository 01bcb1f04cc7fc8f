import { request as httpRequest } from 'node:http';
import Router from '@koa/router';
import { expect } from 'chai';
import Koa from 'koa';
import { conflict } from '../../../src/errors.ts';
import {
  accessLog,
  describeApi,
  errors,
  type Listening,
  limit,
  listen,
  mountApi,
  multipart,
  readBody,
  requestId,
  securityHeaders,
  uploadedFiles,
} from '../../../src/platform/http/index.ts';
import { createLog } from '../../../src/platform/log.ts';

const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));

describe('front door', () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  let server: Listening;
  let finish: () => void = () => {};
  let begun: () => void = () => {};

  before(async () => {
    const app = new Koa();
    app.on('error', () => {});
    app.use(requestId(random)).use(accessLog(log)).use(securityHeaders());
    app.use(errors(log, (problem) => `<p>${problem.title} ${problem.requestId}</p>`));
    app.use(readBody());
    app.use((ctx, next) => {
      if (ctx.get('authorization') !== '') ctx.state.csrf = 'somebody is signed in';
      return next();
    });
    const router = new Router();
    router.get('/conflict', () => {
      throw conflict('case.stale_version', { possible: ['ACCEPT'] });
    });
    router.get('/broken', () => {
      throw new Error('the password is hunter2');
    });
    router.get('/slow', async (ctx) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
        begun();
      });
      ctx.body = 'finished';
    });
    router.get('/few', limit({ max: 2, perSeconds: 60 }), (ctx) => {
      ctx.body = 'yes';
    });
    router.post('/files', multipart(), (ctx) => {
      ctx.body = uploadedFiles(ctx).map((f) => ({ name: f.name, size: f.bytes.length }));
    });
    mountApi(router, [
      {
        method: 'post',
        path: '/api/echo/:id',
        summary: 'Echo',
        tag: 'test',
        auth: 'public',
        body: {
          type: 'object',
          properties: { name: { type: 'string', title: '姓名', minLength: 2 } },
          required: ['name'],
          additionalProperties: false,
        },
        responses: { 200: { description: 'ok' } },
        async handler(ctx) {
          ctx.body = ctx.request.body;
        },
      },
    ]);
    app.use(router.routes()).use(router.allowedMethods());
    server = await listen(app, { host: '127.0.0.1', port: 0 });
  });
  after(() => server.stop(100));

  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(server.url + path, { method: 'POST', body, headers });
  const json = { 'content-type': 'application/json' };

  it('gives every request an id, keeps a sane one and no other', async () => {
    expect((await get('/few')).headers.get('x-request-id')).to.match(/^[0-9a-f]{24}$/);
    expect((await get('/few', { 'x-request-id': 'proxy-0001' })).headers.get('x-request-id')).to.equal(
      'proxy-0001',
    );
    const odd = await get('/conflict', { 'x-request-id': 'a b<script>' });
    expect(odd.headers.get('x-request-id')).to.match(/^[0-9a-f]{24}$/);
  });

  it('tells a refusal as a problem, in Chinese, with what the noun adds', async () => {
    const answer = await get('/conflict');
    expect(answer.status).to.equal(409);
    expect(answer.headers.get('content-type')).to.contain('application/problem+json');
    const body = await answer.json();
    expect(body).to.include({ status: 409, code: 'case.stale_version' });
    expect(body.possible).to.deep.equal(['ACCEPT']);
    expect(body.requestId).to.equal(answer.headers.get('x-request-id'));
  });

  it('gives a browser a page', async () => {
    const answer = await get('/conflict', { accept: 'text/html' });
    expect(answer.headers.get('content-type')).to.contain('text/html');
    expect(await answer.text()).to.contain('<p>');
  });

  it('tells nothing of an accident but its number, and logs its stack without personal data', async () => {
    const answer = await get('/broken');
    expect(answer.status).to.equal(500);
    expect(await answer.text()).to.not.contain('hunter2');
    const line = lines.find((l) => l.msg === 'request failed');
    expect(line).to.include({ requestId: answer.headers.get('x-request-id') });
  });

  it('logs the route, never the address with what was asked in it', async () => {
    await post('/api/echo/532628196611159910?idNumber=532628196611159910', '{"name":"韦小明"}', json);
    expect(JSON.stringify(lines)).to.contain('/api/echo/:id');
    expect(JSON.stringify(lines)).to.not.contain('532628196611159910');
    expect(JSON.stringify(lines)).to.not.contain('韦小明');
  });

  it('400 for broken JSON, 413 for too much, 415 for another type, 422 with every fault, 404, 405', async () => {
    const status = async (answer: Promise<Response>) => {
      const { status: code, headers } = await answer;
      expect(headers.get('content-type')).to.contain('application/problem+json');
      return code;
    };
    expect(await status(post('/api/echo/1', '{"name":', json))).to.equal(400);
    expect(await status(post('/api/echo/1', JSON.stringify({ name: 'x'.repeat(2e6) }), json))).to.equal(413);
    expect(await status(post('/api/echo/1', 'name=x', { 'content-type': 'text/plain' }))).to.equal(415);
    expect(await status(get('/nothing'))).to.equal(404);
    expect(await status(get('/api/echo/1'))).to.equal(405);
    const wrong = await post('/api/echo/1', '{"name":"x","more":1}', json);
    expect(wrong.status).to.equal(422);
    const { faults } = await wrong.json();
    expect(faults.map((f: { pointer: string }) => f.pointer)).to.have.members(['/name', '/more']);
  });

  it('reads files with Chinese names; one that is too large, or from a stranger, is refused', async () => {
    const form = new FormData();
    form.set('file', new Blob(['x']), '授权书（一）.png');
    const signedIn = { authorization: 'yes' };
    const sent = await post('/files', form, signedIn);
    expect(await sent.json()).to.deep.equal([{ name: '授权书（一）.png', size: 1 }]);
    form.set('file', new Blob([Buffer.alloc(11 * 1024 * 1024)]), '大.png');
    expect((await post('/files', form, signedIn)).status).to.equal(413);
    expect((await post('/files', form)).status).to.equal(401);
  });

  it('allows no inline script or style, and no eval', async () => {
    const policy = (await get('/few')).headers.get('content-security-policy') ?? '';
    expect(policy).to.contain("script-src 'self'");
    expect(policy).to.not.contain('unsafe');
  });

  it('says when to come back', async () => {
    for (let i = 0; i < 5; i++) await get('/few');
    const answer = await get('/few');
    expect(answer.status).to.equal(429);
    expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 60);
  });

  it('describes its routes from the schemas that check them', () => {
    const route = {
      method: 'get',
      path: '/api/x/:id.pdf',
      summary: 'X',
      tag: 't',
      auth: 'session',
      responses: { 200: { description: 'ok' } },
      handler: async () => {},
    } as const;
    const document = describeApi([route], '1.0.0') as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).to.deep.equal(['/api/x/{id}.pdf']);
  });

  it('finishes a running request when it stops, and takes no new one', async () => {
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const answer = new Promise<string>((resolve, reject) => {
      httpRequest(`${server.url}/slow`, (res) => {
        let text = '';
        res.on('data', (chunk) => {
          text += chunk;
        });
        res.on('end', () => resolve(text));
      })
        .once('error', reject)
        .end();
    });
    await running;
    const stopped = server.stop();
    finish();
    expect(await answer).to.equal('finished');
    await stopped;
    expect(await fetch(`${server.url}/few`).catch(() => 'refused')).to.equal('refused');
    server = { ...server, stop: async () => {} };
  });
});
