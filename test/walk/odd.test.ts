/** Addresses with values that nobody means: answered plainly, never with a failure of the house. */
import { expect } from 'chai';
import { open, sendPlain } from '../station/pages/browser.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';
import { openHouse, type TestHouse } from '../support/service.ts';
import { openCase } from './case.ts';

/** The last day there is, a number no column holds, half of a character, a name every object has. */
const ODD = ['9999-12-31', '2147483648', '99999999999999999999', '%ED%A0%80', 'constructor'];

onEachDatabase('odd addresses', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const ASKED: [login: string, path: string, names: string[]][] = [
    ['auditor', '/admin/audit', ['after', 'from', 'to', 'act', 'subject', 'person']],
    ['auditor', '/admin/audit/export', ['from', 'to']],
    ['secadmin', '/admin/accounts', ['after', 'state', 'role', 'org', 'text']],
    ['sysadmin', '/admin/orgs', ['after', 'text']],
    ['sysadmin', '/admin/orgs/532628', ['on', 'after']],
    ['inspector', '/payouts/report', ['from', 'to', 'scheme']],
    ['inspector', '/board', ['from', 'to', 'period']],
    ['inspector', '/ratings', ['level', 'days', 'after', 'item', 'township']],
    ['inspector', '/cases', ['after', 'days', 'item', 'township', 'light', 'phase', 'view']],
    ['inspector', '/api/cases', ['after', 'days', 'item', 'township']],
    ['village', '/desk/list', ['day', 'page', 'q']],
    ['village', '/api/desk/list', ['day', 'page']],
    ['village', '/inbox', ['after', 'n', 'view', 'claim']],
    ['village', '/filing/drafts', ['after', 'view', 'q']],
    ['village', '/mentions', ['after']],
    ['village', '/account/leave', ['done']],
    ['village', '/stations/532628103201/kiosk', ['n']],
    ['village', '/stations/532628103201/queue', ['window']],
  ];

  it('in filters and keys of pages', async () => {
    const failed: string[] = [];
    for (const [login, path, names] of ASKED)
      for (const name of names)
        for (const value of [...ODD, `${ODD[0]}~${ODD[0]}`]) {
          const { status } = await open(await house.as(login), `${path}?${name}=${value}`);
          if (status >= 500) failed.push(`${path}?${name}=${value}`);
        }
    expect(failed).to.deep.equal([]);
  }).timeout(60_000);

  it('a leave is for a post that is named', async () => {
    const { id } = await house.service.deps.db.read('accounts').where({ login: 'village2' }).first();
    for (const post of ['', 'clerk', '@', 'clerk@']) {
      const sent = { deputy: id, from: '2026-09-02', to: '2026-09-03', reason: '年休假', post };
      const { status, html } = await sendPlain(
        await house.as('village'),
        '/account/leave',
        Object.entries(sent),
      );
      expect([status, html.includes('这些天没有这个岗位')], post).to.deep.equal([422, true]);
    }
  });

  it('half a character, NUL and endless texts in what is sent', async () => {
    const walk = await openCase(house, 'NY-04');
    const clerk = await house.as('village');
    const wrong: string[] = [];
    const texts = ['\ud800', 'x\udc00y', '长'.repeat(200_000), 'a\0b'];
    const bodies: [path: string, body: (text: string) => object][] = [
      [`/api/cases/${walk.id}/remarks`, (text) => ({ text })],
      ['/api/phrases', (text) => ({ text, use: 'opinion' })],
      ['/api/citizens/search', (who) => ({ who })],
      [`/api/drafts/${walk.id}/hand`, (to) => ({ to, note: to })],
      ['/api/cases', (name) => ({ item: 'NY-04', draft: true, form: { applicant: { name } } })],
    ];
    for (const [path, body] of bodies)
      for (const [i, text] of texts.entries()) {
        const { status } = await clerk.post(path, body(text));
        if (status >= 500) wrong.push(`${path} ${i}: ${status}`);
      }
    for (const applicant of [5, 'x', null, [], { name: { a: 1 } }, { name: 5, idNumber: ['x'] }]) {
      const { status } = await clerk.post('/api/cases', { item: 'NY-04', draft: true, form: { applicant } });
      if (status !== 201) wrong.push(`${JSON.stringify(applicant)}: ${status}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
