/** Every address that the house answers at, asked for by everybody: a new one without an entry in doors.ts fails. */

import type { Layer } from '@koa/router';
import { expect } from 'chai';
import { createApp } from '../../src/app.tsx';
import { createAccount } from '../../src/people/accounts/index.ts';
import { movableClock } from '../../src/platform/clock.ts';
import { inputValue, open, sendPlain } from '../station/pages/browser.ts';
import { engines, type Opened } from '../support/databases.ts';
import { Client, exampleForm, openHouse, PNG, type TestHouse } from '../support/service.ts';
import { openCase } from './case.ts';
import { DOORS } from './doors.ts';

const VILLAGE = '532628103201';
const APPLICANT = '贝丽丽';
/** As the example of NY-04 says. */
const ID_NUMBER = '532628198607049945';
const LOGINS =
  'village committee village2 town-window town-ny town-leader town2-window county-window ny-officer ny-reviewer ny-leader mz-officer mz-leader inspector sysadmin secadmin auditor'.split(
    ' ',
  );
const NY = 'village committee town-window town-ny town-leader county-window ny-officer ny-reviewer ny-leader';

/** They see nothing of the case: another place, another department, the three administrators. */
const OUTSIDE = 'village2 town2-window mz-officer mz-leader sysadmin secadmin auditor'.split(' ');
/** Groups whose addresses name something that is there; the others' ids are made up. */
const TO_SEE = 'own clerks draft village case window board ratings rating station'.split(' ');

/** Whom each group lets in. */
const WHO: Record<string, string> = {
  /** Strangers too. */
  open: LOGINS.join(' '),
  /** Everybody with an account, for what is his own. */
  own: LOGINS.join(' '),
  /** Who files for some village. */
  clerks: 'village village2',
  /** What is filled in at the village of the case. */
  draft: 'village',
  village: 'village',
  case: `${NY} inspector`,
  /** There may be none. */
  thumb: `${NY} inspector`,
  reveal: NY,
  /** The desk on which the case lies. */
  window: 'county-window',
  /** Whose it is. */
  remark: 'village',
  phrase: 'village',
  view: 'village',
  leave: 'village secadmin',
  casework: LOGINS.slice(0, -4).join(' '),
  station: 'village',
  board: 'town-leader ny-reviewer ny-leader mz-leader inspector',
  ratings: LOGINS.slice(0, -3).join(' '),
  rating: `${NY} inspector`,
  answer: 'town-ny ny-officer ny-reviewer ny-leader',
  admin: 'sysadmin secadmin auditor',
  system: 'sysadmin',
  security: 'secadmin',
  audit: 'auditor',
  /** Papers, money, certificates, packages: privacy.test.ts and the tests of those nouns. */
  elsewhere: '',
};

/** What an address asks for besides. */
const QUERIES: Record<string, string> = {
  '/api/citizens': `?idNumber=${ID_NUMBER}`,
  '/board/money': '?scheme=dibao&days=2026-09-01~2026-09-28',
};

/** By the full number anybody is found: whoever does case work sees his name. */
const BY_NUMBER = ['/api/citizens', '/filing/citizens/:id'];

interface Door {
  group: string;
  method: string;
  path: string;
}

const doors = (): Door[] => {
  let group = '';
  return DOORS.split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      if (line.endsWith(':')) group = line.slice(0, -1);
      const [method = '', path = ''] = line.trim().split(' ');
      return line.endsWith(':') ? [] : [{ group, method, path }];
    });
};

describe('every address, asked for by everybody', () => {
  let opened: Opened;
  let house: TestHouse;
  const ids: Record<string, string> = {};

  before(async function () {
    this.timeout(120_000);
    opened = await (engines[0] as (typeof engines)[0]).open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    await scene();
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const db = () => house.service.deps.db.read;
  const accountId = async (login: string) => (await db()('accounts').where({ login }).first()).id;

  /** One of everything that an address may name. */
  async function scene(): Promise<void> {
    const clerk = await house.as('village');
    const form = JSON.parse(
      JSON.stringify(exampleForm(house.service, 'NY-04')).replaceAll('农秀英', APPLICANT),
    );
    const over = await openCase(house, 'NY-04', { form });
    await over.act('village', 'FILE');
    await over.act('county-window', 'REFUSE', {
      branch: '依法不需要办理',
      reasons: [{ reason: '不需要许可', basis: '行政许可法第三十二条' }],
    });
    ids.over = over.id;
    const { number } = over.view;
    const rating = { number, lastFour: '9945', level: 5, comment: '等了太久' };
    expect((await house.stranger().post('/api/ratings', rating)).status).to.equal(204);
    ids.rating = (await db()('ratings').first()).id;
    const filed = await openCase(house, 'NY-04', { form });
    const photo = new FormData();
    photo.set('material', 'identity');
    photo.set('file', new Blob([PNG]), '证件.png');
    photo.set('thumb', new Blob([PNG]), '小图.png');
    await clerk.post(`/api/cases/${filed.id}/materials`, photo);
    ids.file = (await db()('case_materials').where({ case_id: filed.id }).orderBy('id', 'desc').first()).id;
    await filed.act('village', 'FILE');
    ids.case = filed.id;
    ids.citizen = (await db()('cases').where({ id: filed.id }).first()).applicant_id;
    const draft = await openCase(house, 'NY-04', { form });
    ids.draft = draft.id;
    ids.draftFile = (await db()('case_materials').where({ case_id: draft.id }).first()).id;
    const said = await clerk.post<{ id: string }>(`/api/cases/${filed.id}/remarks`, { text: '请看一下' });
    ids.remark = said.body.id;
    const phrase = await clerk.post<{ id: string }>('/api/phrases', { text: '同意。', use: 'opinion' });
    ids.phrase = phrase.body.id;
    const view = await sendPlain(clerk, '/worklists/inbox/views', [['name', '我的']]);
    ids.view = /view=(\w+)/.exec(view.location)?.[1] ?? '';
    const { html } = await open(clerk, '/account/leave');
    const leave = { deputy: await accountId('village2'), from: '2026-10-20', to: '2026-10-21', post: 'all' };
    const entered = await sendPlain(clerk, '/account/leave', [
      ['_request', inputValue(html, '_request')],
      ...Object.entries({ ...leave, reason: '年休假' }),
    ]);
    expect(entered.status).to.equal(303);
    ids.leave = (await db()('deputies').first()).id;
    await clerk.post(`/api/stations/${VILLAGE}/queue`, {});
    ids.account = await accountId('village');
    ids.grant = (await db()('grants').where({ account_id: ids.account }).first()).id;
    for (const [name, id] of Object.entries(ids)) expect(id, name).to.match(/^[0-9a-z]{20,}$/);
  }

  /** An address with the ids of the scene in it. */
  function placeOf({ group, path }: Door): string {
    const isDraft = group === 'draft';
    const values: Record<string, string | undefined> = {
      ':event': 'ACCEPT',
      ':seq': '1',
      ':material': 'identity',
      ':file': isDraft ? ids.draftFile : ids.file,
      ':remark': ids.remark,
      ':org': VILLAGE,
      ':number': 'A001',
      ':list': 'inbox',
      ':code': path.startsWith('/packages') ? 'PK-01' : 'NY-04',
      ':chart': 'townships.svg',
      ':name': 'dibaoStandard',
      ':decision': 'approve',
      ':leave': ids.leave,
      ':role': 'clerk',
    };
    const id: [RegExp, string | undefined][] = [
      [/citizens/, ids.citizen],
      [/drafts/, ids.draft],
      [/phrases/, ids.phrase],
      [/views/, ids.view],
      [/account\/leave/, ids.leave],
      [/ratings/, ids.rating],
      [/accounts/, ids.account],
      [/grants/, ids.grant],
      [/orgs/, VILLAGE],
      [/^\/cases\/:id\/rating/, ids.over],
      [/cases|receipts/, isDraft ? ids.draft : ids.case],
    ];
    const query = QUERIES[path] ?? '';
    const place = path.replace(/:\w+/g, (name) =>
      name === ':id' ? (id.find(([p]) => p.test(path))?.[1] ?? 'nothing') : (values[name] ?? 'nothing'),
    );
    return place + query;
  }

  /** What is sent there: enough that nothing but the sender can be wrong. */
  function bodyOf({ path }: Door): object {
    const form = exampleForm(house.service, 'NY-04');
    if (!isApi(path) || path.endsWith('/materials')) {
      const files = new FormData();
      files.set('material', 'identity');
      files.set('version', '2');
      files.set(isApi(path) ? 'file' : 'material:identity', new Blob([PNG]), '证件.png');
      return files;
    }
    const bodies: Record<string, object> = {
      '/api/cases': { item: 'NY-04', form },
      '/api/cases/:id/form': { form },
      '/api/cases/:id/events': { event: 'ACCEPT', version: 2, data: {} },
      '/api/cases/:id/materials/:file': { act: 'turn' },
      '/api/cases/:id/claim/hand-over': { to: ids.account },
      '/api/cases/:id/remarks': { text: '看到了' },
      '/api/citizens/search': { who: '农秀' },
      '/api/drafts/:id/hand': { to: ids.account },
      '/api/phrases': { text: '同意。', use: 'opinion' },
      '/api/ratings/bad/:id': { step: 'contact', text: '已联系' },
      '/api/inbox/bulk': { event: 'ACCEPT', cases: [{ id: ids.case, version: 2 }], data: {} },
      '/api/inbox/bulk/claim': { cases: [ids.case] },
    };
    return bodies[path] ?? {};
  }

  const isApi = (path: string) => path.startsWith('/api/');
  /** Each in a browser of its own, so that no message of one lies before the next. */
  async function ask(who: Client, door: Door): Promise<{ status: number; text: string; to: string }> {
    const client = Object.assign(new Client(house.url), { cookie: who.cookie, csrf: who.csrf });
    const place = placeOf(door);
    const { status, body, headers } = await client.send<unknown>(
      door.method,
      place,
      door.method === 'GET' ? undefined : bodyOf(door),
      { accept: isApi(place) ? 'application/json' : 'text/html' },
    );
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status, text, to: headers.get('location') ?? '' };
  }
  const nameOf = ({ method, path }: Door) => `${method} ${path}`;
  const isTold = (login: string, { path }: Door, text: string) =>
    OUTSIDE.includes(login) && !BY_NUMBER.includes(path) && text.includes(APPLICANT);
  const lets = ({ group }: Door, login: string) => (WHO[group] as string).split(' ').includes(login);

  it('is entered in the list, each once, and nothing else is', () => {
    const app = createApp({
      deps: house.service.deps,
      house: {} as never,
      rehearsal: movableClock(0),
      ready: () => true,
    });
    const router = (app.middleware as { router?: { stack: Layer[] } }[]).find((m) => m.router)?.router;
    const mounted = router?.stack.flatMap((layer) =>
      layer.methods.filter((m) => m !== 'HEAD').map((m) => `${m} ${layer.path}`),
    );
    expect(doors().map(nameOf).sort()).to.deep.equal(mounted?.sort());
  });

  it('lets no stranger in but where all may go', async () => {
    const wrong: string[] = [];
    for (const door of doors()) {
      const { status, to } = await ask(house.stranger(), door);
      const isOut =
        (status === 401 && door.path !== '/sign-in') ||
        ((status === 303 || status === 302) && to.startsWith('/sign-in?next='));
      if (isOut === (door.group === 'open')) wrong.push(`${nameOf(door)}: ${status} ${to}`);
    }
    expect(wrong).to.deep.equal([]);
  }).timeout(60_000);

  const changing = () => doors().filter(({ method, group }) => method !== 'GET' && group !== 'open');

  it('takes nothing that changes something without the proof of the session', async () => {
    const wrong: string[] = [];
    const { cookie } = await house.as('village');
    for (const door of changing()) {
      const client = Object.assign(house.stranger(), { cookie });
      const { status } = await ask(client, door);
      if (status !== 403) wrong.push(`${nameOf(door)}: ${status}`);
    }
    expect(wrong).to.deep.equal([]);
  }).timeout(60_000);

  /** Everything that is kept, but what is kept of looking. */
  async function kept(): Promise<Record<string, string>> {
    const tables: string[] = await db()('sqlite_master').where({ type: 'table' }).pluck('name');
    const all: Record<string, string> = {};
    for (const name of tables.filter((t) => !/^(audit|sessions|case_looks|sqlite_.*)$/.test(t)))
      all[name] = JSON.stringify(await db()(name));
    return all;
  }

  it('shows to whom it is for, and to nobody else', async () => {
    const wrong: string[] = [];
    for (const login of LOGINS) {
      const client = await house.as(login);
      for (const door of doors().filter((d) => d.method === 'GET' && d.group !== 'elsewhere')) {
        const { status, text } = await ask(client, door);
        const isIn = status < 400 || (status !== 403 && !TO_SEE.includes(door.group));
        if (isIn !== lets(door, login) && !(status === 404 && !lets(door, login)))
          wrong.push(`${login} ${nameOf(door)}: ${status}`);
        if (isTold(login, door, text)) wrong.push(`${login} ${nameOf(door)} names`);
      }
    }
    expect(wrong).to.deep.equal([]);
  }).timeout(120_000);

  it('lets nobody else change anything', async () => {
    for (const login of LOGINS) await house.as(login);
    const before = await kept();
    const wrong: string[] = [];
    for (const login of LOGINS) {
      const client = await house.as(login);
      for (const door of changing()) {
        if (door.group === 'elsewhere' || lets(door, login)) continue;
        const { status, text } = await ask(client, door);
        if (![403, 404].includes(status)) wrong.push(`${login} ${nameOf(door)}: ${status}`);
        if (isTold(login, door, text)) wrong.push(`${login} ${nameOf(door)} names`);
      }
    }
    expect(wrong.join('\n')).to.equal('');
    expect(await kept()).to.deep.equal(before);
  }).timeout(120_000);

  it('of many cases at once nobody acts on one that is not his, or learns of it', async () => {
    for (const login of OUTSIDE) await house.as(login);
    const before = await kept();
    const cases = [{ id: ids.case, version: 2 }];
    for (const login of OUTSIDE) {
      const client = await house.as(login);
      const answers = [
        await client.post<unknown>('/api/inbox/bulk', { event: 'ACCEPT', cases }),
        await client.post<unknown>('/api/inbox/bulk/claim', { cases: [ids.case] }),
      ].map(({ status, body }) => ({ status, html: JSON.stringify(body) }));
      const fields = Object.entries({ case: ids.case as string, act: 'ACCEPT' });
      for (const step of ['', '/confirm', '/run', '/claim'])
        answers.push(await sendPlain(client, `/worklists/bulk${step}`, fields));
      expect(
        answers.map((a) => a.status),
        login,
      ).to.deep.equal(answers.map(() => 404));
      expect(answers.map((a) => a.html).join('')).not.to.include(APPLICANT);
    }
    expect(await kept()).to.deep.equal(before);
  });

  /** What of the case, the draft and the counter somebody gets to see who begins a request now. */
  const seenBy = async (client: Client): Promise<string[]> => {
    const seen: string[] = [];
    for (const door of doors()) {
      if (door.method !== 'GET' || !'draft village case window station'.split(' ').includes(door.group))
        continue;
      const { status, text } = await ask(client, door);
      if (![401, 403, 404].includes(status) && !(status >= 300 && status < 400)) seen.push(nameOf(door));
      if (text.includes(APPLICANT)) seen.push(`${nameOf(door)} names`);
    }
    return seen;
  };
  const joined = async (login: string, grant: object): Promise<Client> => {
    const post = { role: 'clerk', org: VILLAGE, subtree: false, from: '2026-01-01', to: null, ...grant };
    const account = { login, name: '韦新', password: 'cunban-demo-2026', grants: [post] };
    await createAccount(house.service.deps, 'console', account);
    return house.as(login);
  };

  it('a post that is over, not begun, withdrawn, lent for other days, or of a closed account opens nothing', async () => {
    const keeper = await house.as('secadmin');
    const press = async (path: string, fields: Record<string, string>) =>
      expect((await sendPlain(keeper, path, Object.entries(fields))).status, path).to.equal(303);
    expect(await seenBy(await joined('now', {}))).to.have.length.greaterThan(15);
    expect(await seenBy(await joined('past', { to: '2026-09-27' })), 'over').to.deep.equal([]);
    expect(await seenBy(await joined('later', { from: '2026-09-29' })), 'not begun').to.deep.equal([]);

    const withdrawn = await joined('withdrawn', {});
    const [grant] = await db()('grants').where({ account_id: await accountId('withdrawn') });
    await press(`/admin/grants/${grant.id}/withdraw`, { on: '2026-09-28', reason: '调离' });
    expect(await seenBy(withdrawn), 'withdrawn').to.deep.equal([]);

    const disabled = await joined('disabled', {});
    await press(`/admin/accounts/${await accountId('disabled')}/disable`, { reason: '调离' });
    expect(await seenBy(disabled), 'disabled').to.deep.equal([]);

    const deputy = await joined('deputy', { org: '532628103202' });
    await press(`/admin/accounts/${ids.account}/leave`, {
      deputy: await accountId('deputy'),
      from: '2026-09-29',
      to: '2026-09-30',
      post: 'all',
      reason: '年休假',
    });
    expect(await seenBy(deputy), 'not begun').to.deep.equal([]);
    await house.at('2026-09-29T09:00:00+08:00');
    expect(await seenBy(deputy)).to.have.length.greaterThan(15);
    const [leave] = await db()('deputies').where({ deputy_id: await accountId('deputy') });
    await press(`/admin/accounts/${ids.account}/leave/${leave.id}/end`, {});
    expect(await seenBy(deputy), 'ended early').to.deep.equal([]);
    await press(`/admin/accounts/${ids.account}/leave`, {
      deputy: await accountId('deputy'),
      from: '2026-09-29',
      to: '2026-09-30',
      post: 'all',
      reason: '年休假',
    });
    await house.at('2026-10-01T09:00:00+08:00');
    expect(await seenBy(deputy), 'over').to.deep.equal([]);
  }).timeout(120_000);
});
