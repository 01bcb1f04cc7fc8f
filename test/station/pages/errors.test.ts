import { expect } from 'chai';
import type { ErrorCode } from '../../../src/errors.ts';
import { stepAfter } from '../../../src/station/next-steps.ts';
import { ERROR_WORDING } from '../../../src/wording.ts';
import { submit, tagsOf } from '../../platform/web/html.ts';
import { engines, type Opened } from '../../support/databases.ts';
import { Client, openHouse, type TestHouse } from '../../support/service.ts';

describe('what to do after a refusal', () => {
  for (const code of Object.keys(ERROR_WORDING) as ErrorCode[])
    it(`${code} is told`, () => {
      expect(stepAfter(code), `${code} needs a next step in src/station/next-steps.ts`).to.match(/^\S.+。$/);
    });
});

describe('error pages', () => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    const [sqlite] = engines;
    if (!sqlite) throw new Error('no engine');
    opened = await sqlite.open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  /** A browser: what it sends with a form of our own page, or of another site's. */
  async function post(
    client: Client,
    path: string,
    fields: Record<string, string | string[]>,
    { site = 'same-origin', multipart = false } = {},
  ): Promise<{ status: number; html: string }> {
    const body = multipart ? new FormData() : new URLSearchParams();
    for (const [name, values] of Object.entries(fields))
      for (const value of [values].flat()) body.append(name, value);
    if (body instanceof FormData) body.append('photo', new Blob(['x'.repeat(2000)]), 'photo.jpg');
    const answer = await fetch(client.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: client.cookie, 'sec-fetch-site': site },
      body,
    });
    return { status: answer.status, html: await answer.text() };
  }
  const signedIn = async (login: string): Promise<Client> => {
    const client = await house.as(login);
    const own = new Client(house.url);
    Object.assign(own, { cookie: client.cookie, csrf: client.csrf });
    return own;
  };
  /** The cookie of a session that is no more. */
  const expired = (): Client => Object.assign(new Client(house.url), { cookie: 'cunban=gone' });
  /** What the held form would send. */
  const held = (html: string): Record<string, string | string[]> => submit(html.slice(html.indexOf('<main')));
  const hrefs = (html: string): (string | undefined)[] => tagsOf(html).map((t) => t.attributes.href);

  const FORM = { to: '532628', certificate: ['a', 'b'], note: '“两份”\n都在' };

  for (const multipart of [false, true])
    it(`hold what was typed when the session ran out, until it is sent again (${multipart ? 'with files' : 'plain'})`, async () => {
      const typed = multipart ? { ...FORM, note: '两份都在' } : FORM;
      const path = multipart ? '/cases/01arz3ndektsv4rrffq69g5fav/edit' : '/transfers';
      const clerk = await signedIn('village');
      const late = await post(expired(), path, { _csrf: 'old', ...typed }, { multipart });
      expect(late.status).to.equal(401);
      expect(late.html).to.contain('在新窗口登录').and.to.contain('重新提交');
      expect(late.html.includes('照片、文件没有留下')).to.equal(multipart);
      const once = held(late.html);
      expect(once).to.deep.include({ to: '532628', certificate: ['a', 'b'] });
      expect(once).not.to.have.property('_csrf');
      const again = await post(clerk, path, once);
      expect(again.status).to.equal(403);
      expect(again.html).to.contain('现在登录的是农秀兰');
      expect(held(again.html)).to.deep.equal({ ...once, _csrf: clerk.csrf });
    });

  it('hand out no proof for what another site sent, and hold no password', async () => {
    const clerk = await signedIn('village');
    const foreign = await post(clerk, '/transfers', FORM, { site: 'cross-site' });
    expect(foreign.status).to.equal(403);
    expect(held(foreign.html)).not.to.have.any.keys('to', '_csrf');
    const secret = await post(expired(), '/account/password', { current: 'old-secret', next: 'new-secret' });
    expect(secret.status).to.equal(401);
    expect(secret.html).not.to.contain('secret');
    expect((await post(expired(), '/transfers', { password: 'open-sesame' })).html).not.to.contain('sesame');
    const elsewhere = await post(clerk, '//elsewhere.example/transfers', FORM);
    expect([elsewhere.status, held(elsewhere.html)]).to.deep.equal([403, {}]);
  });

  it('lead back to where one was, and to a search when nothing is there', async () => {
    const { cookie } = await house.as('village');
    const at = (path: string, referer: string) =>
      fetch(house.url + path, { headers: { accept: 'text/html', cookie, referer } }).then((a) => a.text());
    const html = await at('/nowhere', `${house.url}/items?q=1`);
    expect(hrefs(html)).to.include('/items?q=1');
    expect(tagsOf(html).find((t) => t.attributes.action === '/items')).not.to.equal(undefined);
    expect(hrefs(await at('/nowhere', 'https://elsewhere.example/items?q=1'))).not.to.include('/items?q=1');
    const twoSlashes = hrefs(await at('/nowhere', `${house.url}//elsewhere.example/x`));
    expect(twoSlashes.filter((href) => href?.startsWith('//'))).to.deep.equal([]);
    expect(hrefs(await at('/certificates/nowhere', ''))).to.include('/certificates');
  });
});
