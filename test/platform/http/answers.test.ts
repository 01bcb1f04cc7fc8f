import { expect } from 'chai';
import { AppError, conflict, invalid, tooMany } from '../../../src/errors.ts';
import { ERROR_WORDING } from '../../../src/wording.ts';
import { answering, type Door, openDoor, route } from './door.ts';

const ID = '532628196611159910';
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('answers of the front door', () => {
  let door: Door;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(door.url + path, { headers, redirect: 'manual' });
  const problem = async (answer: Response) => {
    expect(answer.headers.get('content-type')).to.equal('application/problem+json');
    return (await answer.json()) as Record<string, unknown>;
  };

  before(async () => {
    const throwing = (path: string, error: unknown) =>
      route({
        path,
        async handler(ctx) {
          ctx.set('Content-Disposition', 'attachment');
          ctx.set('Cache-Control', 'public');
          throw error;
        },
      });
    door = await openDoor({
      api: [
        answering({ path: '/api/cases/:id' }, (ctx) => ({ id: ctx.params.id })),
        throwing('/api/stale', conflict('case.stale_version', { version: 3, possible: ['ACCEPT'] })),
        throwing(
          '/api/wrong',
          invalid([{ pointer: '/form/applicant', message: '请填写', code: 'required' }]),
        ),
        throwing('/api/often', tooMany(7)),
        throwing('/api/broken', new Error(`no such column, applicant ${ID}`, { cause: new Error('disk') })),
        throwing('/api/thrown', 'a mere string'),
        throwing(
          '/api/lying',
          new AppError(409, 'case.stale_version', { data: { status: 200, code: 'fine' } }),
        ),
      ],
    });
  });
  after(() => door.stop());

  it('carry a request id, kept when a proxy sent a sane one', async () => {
    const own = (await get('/api/cases/1')).headers.get('x-request-id');
    expect(own).to.match(/^[0-9a-f]{24}$/);
    expect((await get('/api/cases/1')).headers.get('x-request-id')).not.to.equal(own);
    const sane = await get('/api/cases/1', { 'x-request-id': 'gateway-00042' });
    expect(sane.headers.get('x-request-id')).to.equal('gateway-00042');
    for (const insane of ['short', 'x'.repeat(65), '"quoted-and-long"', 'spaces in between'])
      expect((await get('/api/cases/1', { 'x-request-id': insane })).headers.get('x-request-id')).to.match(
        /^[0-9a-f]{24}$/,
      );
  });

  it('a refusal is a problem with its data, and forgets the headers of the answer that did not come', async () => {
    const answer = await get('/api/stale');
    expect(answer.status).to.equal(409);
    expect(answer.headers.get('content-disposition')).to.equal(null);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    expect(await problem(answer)).to.deep.equal({
      type: '/problems/case.stale_version',
      title: ERROR_WORDING['case.stale_version'],
      status: 409,
      code: 'case.stale_version',
      requestId: answer.headers.get('x-request-id'),
      version: 3,
      possible: ['ACCEPT'],
    });
  });

  it('what a noun adds cannot overwrite what the house says', async () => {
    const body = await problem(await get('/api/lying'));
    expect([body.status, body.code]).to.deep.equal([409, 'case.stale_version']);
  });

  it('faults name their places', async () => {
    const answer = await get('/api/wrong');
    expect(answer.status).to.equal(422);
    expect((await problem(answer)).faults).to.deep.equal([
      { pointer: '/form/applicant', message: '请填写', code: 'required' },
    ]);
  });

  it('a browser gets a page', async () => {
    const answer = await get('/api/stale', { accept: BROWSER });
    expect(answer.status).to.equal(409);
    expect(answer.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(await answer.text()).to.contain(ERROR_WORDING['case.stale_version']);
  });

  it('an unexpected error tells the request id and nothing else; the log has its frames', async () => {
    for (const path of ['/api/broken', '/api/thrown']) {
      const answer = await get(path);
      expect(answer.status).to.equal(500);
      const body = await problem(answer);
      expect(Object.keys(body).sort()).to.deep.equal(['code', 'requestId', 'status', 'title', 'type']);
      expect(body.code).to.equal('internal');
      const line = door.lines().find((l) => l.msg === 'request failed' && l.requestId === body.requestId);
      expect(line, path).not.to.equal(undefined);
    }
    const failed = door.lines().find((l) => l.msg === 'request failed')?.err as {
      message: string;
      stack: string[];
      cause: { message: string };
    };
    expect(failed.message).to.contain('no such column');
    expect(failed.stack.join()).to.contain('answers.test.ts');
    expect(failed.cause.message).to.equal('disk');
    expect(door.logged()).not.to.contain(ID);
  });

  it('too many requests are told when to come back', async () => {
    const answer = await get('/api/often');
    expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([429, '7']);
  });

  it('no such address is 404, no such method 405 with those there are', async () => {
    const missing = await get('/api/nothing');
    expect([missing.status, (await problem(missing)).code]).to.deep.equal([404, 'not_found']);
    const wrong = await fetch(`${door.url}/api/cases/1`, { method: 'DELETE' });
    expect([wrong.status, wrong.headers.get('allow')]).to.deep.equal([405, 'HEAD, GET']);
    expect((await problem(wrong)).code).to.equal('method_not_allowed');
    expect((await fetch(`${door.url}/api/cases/1`, { method: 'HEAD' })).status).to.equal(200);
  });

  it('the content policy allows our own files only, and plain http stays usable', async () => {
    const { headers } = await get('/api/cases/1');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).to.contain("default-src 'none'");
    expect(policy).to.contain("script-src 'self'");
    expect(policy).to.contain("style-src 'self'");
    expect(policy).not.to.match(/unsafe|\*|http|upgrade-insecure/);
    expect(headers.get('strict-transport-security')).to.equal(null);
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('x-powered-by')).to.equal(null);
  });

  it('nothing is kept by a shared computer unless a route says so', async () => {
    expect((await get('/api/cases/1')).headers.get('cache-control')).to.equal('no-store');
  });

  it('the log has one line per request, by pattern: no address, no query', async () => {
    const id = `case-${ID}`;
    const answer = await get(`/api/cases/${id}?last4=${ID}`);
    await answer.text();
    const line = door.lines().find((l) => l.requestId === answer.headers.get('x-request-id'));
    expect(line).to.include({ msg: 'request', method: 'GET', route: '/api/cases/:id', status: 200 });
    expect(line?.ms).to.be.a('number');
    expect(door.logged()).not.to.contain(ID);
  });
});
