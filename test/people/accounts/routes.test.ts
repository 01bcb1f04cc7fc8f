import { expect } from 'chai';
import { upsertCitizen } from '../../../src/people/citizens/index.ts';
import { transact } from '../../../src/platform/db/index.ts';
import { type Door, openDoor } from '../door.ts';
import { account, grant, ID_MAN, onPeople, PASSWORD } from '../support.ts';

interface Ask {
  method?: string;
  json?: unknown;
  form?: Record<string, string>;
  multipart?: Record<string, string>;
  cookie?: string;
  headers?: Record<string, string>;
}

onPeople('people at the front door', (people) => {
  let door: Door;
  beforeEach(async () => {
    door = await openDoor(people());
    await account(people(), 'village', grant('clerk', '532628103201'));
  });
  afterEach(() => door.close());

  async function ask(path: string, { method, json, form, multipart, cookie, headers }: Ask = {}) {
    const body = new FormData();
    for (const [name, value] of Object.entries(multipart ?? {})) body.append(name, value);
    const answer = await fetch(door.url + path, {
      method: method ?? (json || form || multipart ? 'POST' : 'GET'),
      redirect: 'manual',
      headers: {
        accept: form ? 'text/html' : 'application/json',
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(cookie !== undefined && { cookie }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: new URLSearchParams(form) }),
      ...(multipart && { body }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      retryAfter: answer.headers.get('retry-after'),
      setCookie: answer.headers.getSetCookie(),
      text,
      body: isJson ? JSON.parse(text) : null,
    };
  }
  const cookieOf = (setCookie: string[]) => setCookie[0]?.split(';')[0] ?? '';
  async function enter() {
    const { setCookie, body } = await ask('/api/session', { json: { login: 'village', password: PASSWORD } });
    return { cookie: cookieOf(setCookie), csrf: body.csrf as string };
  }

  describe('the session API', () => {
    it('signs in: who, with which roles where; a cookie scripts cannot read', async () => {
      const { status, body, setCookie } = await ask('/api/session', {
        json: { login: 'village', password: PASSWORD },
      });
      expect(status).to.equal(200);
      expect(body.account).to.include({ name: 'village', login: 'village' });
      expect(body.account.grants).to.deep.equal([
        { role: 'clerk', roleTitle: '村代办员', org: '532628103201', orgName: '剥隘村委会', subtree: false },
      ]);
      expect(setCookie).to.have.length(1);
      expect(setCookie[0]).to.match(/^cunban=[\w-]{43}; path=\/; samesite=lax; httponly$/i);
    });

    it('tells who is signed in, and 401 otherwise', async () => {
      const { cookie, csrf } = await enter();
      const { status, body } = await ask('/api/session', { cookie });
      expect([status, body.csrf, body.account.login]).to.deep.equal([200, csrf, 'village']);
      const nobody = await ask('/api/session');
      expect([nobody.status, nobody.body.code]).to.deep.equal([401, 'session.required']);
      const expired = await ask('/api/session', { cookie: 'cunban=guess' });
      expect([expired.status, expired.body.code]).to.deep.equal([401, 'session.expired']);
    });

    it('signs out: the cookie is taken back and no longer good', async () => {
      const { cookie, csrf } = await enter();
      const out = await ask('/api/session', { method: 'DELETE', cookie, headers: { 'x-csrf-token': csrf } });
      expect(out.status).to.equal(204);
      expect(out.setCookie[0]).to.match(/^cunban=; .*expires=Thu, 01 Jan 1970/i);
      expect((await ask('/api/session', { cookie })).status).to.equal(401);
    });

    it('names what is missing in the body', async () => {
      const { status, body } = await ask('/api/session', { json: { login: '' } });
      expect(status).to.equal(422);
      expect(body.faults.map((f: { pointer: string }) => f.pointer)).to.have.members(['/login', '/password']);
    });

    it('tells a locked login when to come back', async () => {
      const wrong = { json: { login: 'village', password: 'wrong password' } };
      for (let i = 0; i < 5; i++) expect((await ask('/api/session', wrong)).status).to.equal(401);
      const { status, body, retryAfter } = await ask('/api/session', wrong);
      expect([status, body.code, retryAfter]).to.deep.equal([429, 'session.locked', '900']);
    });

    it('signs in anew without a proof, even when the browser still has an older session', async () => {
      const first = await enter();
      const { status, setCookie } = await ask('/api/session', {
        json: { login: 'village', password: PASSWORD },
        cookie: first.cookie,
      });
      expect(status).to.equal(200);
      expect((await ask('/api/session', { cookie: first.cookie })).status).to.equal(401);
      expect((await ask('/api/session', { cookie: cookieOf(setCookie) })).status).to.equal(200);
    });
  });

  describe('the proof of a session', () => {
    const signOut = (cookie: string, headers: Record<string, string>) =>
      ask('/api/session', { method: 'DELETE', cookie, headers });

    it('is asked of every changing request', async () => {
      const { cookie, csrf } = await enter();
      const other = await enter();
      for (const proof of ['', 'guess', `${csrf}x`, csrf.slice(1), other.csrf]) {
        const { status, body } = await signOut(cookie, proof === '' ? {} : { 'x-csrf-token': proof });
        expect([proof, status, body.code]).to.deep.equal([proof, 403, 'session.csrf']);
      }
      expect((await ask('/api/session', { cookie })).status).to.equal(200);
    });

    it('may stand in a form', async () => {
      const { cookie, csrf } = await enter();
      expect((await ask('/sign-out', { form: {}, cookie })).status).to.equal(403);
      const out = await ask('/sign-out', { form: { _csrf: csrf }, cookie });
      expect([out.status, out.location]).to.deep.equal([303, '/sign-in']);
      expect((await ask('/api/session', { cookie })).status).to.equal(401);
    });

    it('may stand in a multipart form; until it is read, nobody is signed in', async () => {
      const { cookie, csrf } = await enter();
      const upload = (fields: Record<string, string>, headers = {}) =>
        ask('/upload', { multipart: fields, cookie, headers });
      expect((await upload({ a: '1' })).body.code).to.equal('session.csrf');
      expect((await upload({ _csrf: 'guess' })).body.code).to.equal('session.csrf');
      expect((await upload({ _csrf: csrf })).text).to.equal('village');
      expect((await upload({ a: '1' }, { 'x-csrf-token': csrf })).text).to.equal('village');
      expect((await upload({ a: '1' }, { 'x-csrf-token': 'guess' })).body.code).to.equal('session.csrf');
      expect((await ask('/upload', { multipart: { a: '1' } })).body.code).to.equal('session.required');
    });

    const FOREIGN: [string, Record<string, string>][] = [
      ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
      ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
      ['another Origin', { origin: 'https://evil.example' }],
      ['Origin: null', { origin: 'null' }],
      ['an Origin that begins like ours', { origin: 'http://127.0.0.1:1' }],
    ];
    for (const [what, headers] of FOREIGN) {
      it(`does not help a request from another site (${what}), signing in included`, async () => {
        const { cookie, csrf } = await enter();
        const out = await signOut(cookie, { ...headers, 'x-csrf-token': csrf });
        expect([out.status, out.body.code]).to.deep.equal([403, 'session.csrf']);
        const json = { login: 'village', password: PASSWORD };
        const signIn = await ask('/api/session', { json, headers });
        expect([signIn.status, signIn.setCookie]).to.deep.equal([403, []]);
        expect((await ask('/api/session', { cookie, headers })).status).to.equal(200);
      });
    }

    it('is enough for a request from our own pages', async () => {
      const { cookie, csrf } = await enter();
      const own = { origin: door.url, 'sec-fetch-site': 'same-origin', 'x-csrf-token': csrf };
      expect((await signOut(cookie, own)).status).to.equal(204);
    });
  });

  describe('the pages', () => {
    const page = (path: string, cookie?: string) =>
      ask(path, { headers: { accept: 'text/html' }, ...(cookie && { cookie }) });

    it('lead to the sign-in page and back to where the reader wanted to go', async () => {
      const away = await page('/list?page=2');
      expect([away.status, away.location]).to.deep.equal([302, '/sign-in?next=%2Flist%3Fpage%3D2']);
      const form = await page(away.location ?? '');
      expect(form.text).to.include('name="next" value="/list?page=2"');
      const back = await ask('/sign-in', {
        form: { login: 'village', password: PASSWORD, next: '/list?page=2' },
      });
      expect([back.status, back.location]).to.deep.equal([303, '/list?page=2']);
      expect((await page('/list', cookieOf(back.setCookie))).text).to.equal('village');
    });

    it('never lead to another site', async () => {
      const elsewhere = [
        'https://evil.example',
        '//evil.example',
        '/\\evil.example',
        '/\t/evil.example',
        'list',
      ];
      for (const next of elsewhere) {
        const back = await ask('/sign-in', { form: { login: 'village', password: PASSWORD, next } });
        expect([next, back.location]).to.deep.equal([next, '/inbox']);
      }
    });

    it('say why signing in failed, keep the login and forget the password', async () => {
      const { status, text } = await ask('/sign-in', {
        form: { login: '<village>', password: 'wrong password' },
      });
      expect(status).to.equal(401);
      expect(text).to.include('账号或密码不正确。还可以再试 4 次。').and.include('value="&lt;village>"');
      expect(text).not.to.include('wrong password');
      for (let i = 0; i < 4; i++) await ask('/sign-in', { form: { login: 'village', password: 'wrong' } });
      const fifth = await ask('/sign-in', { form: { login: 'village', password: 'wrong' } });
      expect(fifth.text).to.include('账号已锁定 15 分钟');
      const locked = await ask('/sign-in', { form: { login: 'village', password: PASSWORD } });
      expect([locked.status, locked.retryAfter]).to.deep.equal([429, '900']);
      expect(locked.text).to.include('约 15 分钟后');
    });

    it('show my roles, and change my password', async () => {
      const { cookie, csrf } = await enter();
      const mine = await page('/account', cookie);
      expect(mine.text).to.include('村代办员').and.include('剥隘村委会').and.include('2026年1月1日');
      const change = (current: string, next: string, again = next) =>
        ask('/account/password', { form: { current, next, again, _csrf: csrf }, cookie });
      expect((await change(PASSWORD, 'a new password', 'another')).text).to.include('两次输入的新密码不一样');
      expect((await change('wrong', 'a new password')).text).to.include('现在的密码不正确');
      const short = await change(PASSWORD, 'short');
      expect(short.status).to.equal(422);
      expect(short.text)
        .to.include('密码至少 10 个字符')
        .and.include('href="#f-next"')
        .and.include('id="f-next"');
      const done = await change(PASSWORD, 'a new password');
      expect([done.status, done.location]).to.deep.equal([303, '/account?done=password']);
      expect((await page('/account?done=password', cookie)).text).to.include('密码已修改');
    });
  });

  describe('the citizen API', () => {
    it('finds by exact number, masked; needs a session; checks the number', async () => {
      const facts = { name: '张三', idType: '居民身份证', idNumber: ID_MAN, phone: '13812345678' };
      await transact(people().db, (trx) => upsertCitizen(trx, people(), facts));
      const { cookie } = await enter();
      const found = await ask(`/api/citizens?idNumber=${ID_MAN}`, { cookie });
      expect(found.body).to.include({ name: '张三', idNumber: '532628**********10', phone: '138****5678' });
      expect(found.text).not.to.include(ID_MAN);
      expect((await ask(`/api/citizens?idNumber=${ID_MAN}`)).status).to.equal(401);
      const wrong = await ask('/api/citizens?idNumber=532628196611159911', { cookie });
      expect([wrong.status, wrong.body.faults[0].code]).to.deep.equal([422, 'check-digit']);
      expect((await ask('/api/citizens', { cookie })).status).to.equal(422);
    });
  });
});
