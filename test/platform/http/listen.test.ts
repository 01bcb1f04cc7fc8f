import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import Koa from 'koa';
import { listen } from '../../../src/platform/http/index.ts';
import { refusal } from '../../support/refusal.ts';

/** Longer than the test may take: whoever waits for it fails. */
const NEVER_CUT = 600_000;

/** An app that answers when it is let. */
function gated() {
  let open = () => {};
  let arrived = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const entered = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const app = new Koa({ env: 'test' });
  app.silent = true;
  app.use(async (ctx) => {
    if (ctx.path === '/slow') {
      arrived();
      await gate;
    }
    ctx.body = 'done';
  });
  return { app, open, entered };
}

describe('stopping', function () {
  // Node lets an idle connection live for 5 s: waiting for one must fail.
  this.timeout(4_000);
  const local = { host: '127.0.0.1', port: 0 };

  it('lets a running request finish, and takes no new one', async () => {
    const { app, open, entered } = gated();
    const service = await listen(app, local);
    const running = fetch(`${service.url}/slow`);
    await entered;
    const stopped = service.stop(NEVER_CUT);
    expect((await refusal(fetch(`${service.url}/new`))).message).to.equal('fetch failed');
    open();
    expect(await (await running).text()).to.equal('done');
    await stopped;
  });

  it('does not wait for connections that carry no request: unused, or kept alive after an answer', async () => {
    const { app, open, entered } = gated();
    const service = await listen(app, local);
    const unused = connect(service.port, '127.0.0.1');
    await once(unused, 'connect');
    const agent = new Agent({ keepAlive: true });
    const ask = async (path: string) => {
      const sent = request(service.url + path, { agent }).end();
      const [answer] = await once(sent, 'response');
      answer.resume();
      await once(answer, 'end');
    };
    await ask('/');
    const slow = ask('/slow');
    await entered;
    const stopped = service.stop(NEVER_CUT);
    open();
    await slow;
    await stopped;
    unused.destroy();
    agent.destroy();
  });

  it('cuts what has not finished after the grace', async () => {
    const { app, entered } = gated();
    const service = await listen(app, local);
    const running = refusal(fetch(`${service.url}/slow`));
    await entered;
    await service.stop(1);
    expect((await running).message).to.equal('fetch failed');
  });

  it('a taken address is told with its cure', async () => {
    const first = await listen(gated().app, local);
    const error = await refusal(listen(gated().app, { host: '127.0.0.1', port: first.port }));
    expect(error.message).to.contain(`127.0.0.1:${first.port} 已被占用`);
    await first.stop();
  });
});
