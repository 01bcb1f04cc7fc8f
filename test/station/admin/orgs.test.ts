/** Organisations, as a system administrator keeps them: added, renamed, moved, closed, each looked at first. */
import { expect } from 'chai';
import { createAccount } from '../../../src/people/accounts/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, openHouse, type TestHouse } from '../../support/service.ts';
import { openCase } from '../../walk/case.ts';
import { inputValue, open, type PageAnswer, sendPlain } from '../pages/browser.ts';

const VILLAGE = '532628103201';
const TOWN = '532628103';

onEachDatabase('organisations of the system administrator', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let keeper: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:00:00+08:00');
    keeper = await house.as('sysadmin');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const page = (path: string) => open(keeper, `/admin/orgs${path}`);
  const text = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  /** The form, and what follows it: the page that tells whom it touches. */
  const ask = async (path: string, fields: Record<string, string>): Promise<PageAnswer> => {
    const { html } = await page(path);
    const all = { _request: inputValue(html, '_request'), on: '2026-09-28', ...fields };
    return sendPlain(keeper, `/admin/orgs${path}`, Object.entries(all));
  };
  /** The same, confirmed as that page sends it. */
  const change = async (path: string, fields: Record<string, string>): Promise<PageAnswer> => {
    const { html, status } = await ask(path, fields);
    expect(status, text(html)).to.equal(200);
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const sent = hidden.map(([, name, value]) => [name, value] as [string, string]);
    return sendPlain(
      keeper,
      `/admin/orgs${path}`,
      sent.filter(([name]) => name !== '_csrf'),
    );
  };
  const told = async (answer: Promise<PageAnswer>, words: string, status = 422) => {
    const { html, status: got } = await answer;
    expect(got, words).to.equal(status);
    expect(html).to.include(words);
  };
  const audited = async (act: string) =>
    (await house.service.deps.db.read('audit').where({ act })).map((r: { detail: string }) =>
      JSON.parse(r.detail),
    );

  it('are for system administrators, and beyond their reach there is nothing', async () => {
    for (const login of ['secadmin', 'auditor', 'village', 'mz-leader', 'inspector'])
      for (const path of ['', `/${VILLAGE}`, `/${VILLAGE}/rename`, `/${TOWN}/close`])
        expect((await open(await house.as(login), `/admin/orgs${path}`)).status, login + path).to.equal(403);
    expect((await page('/532627')).status).to.equal(404);
    expect((await page('/532627/rename')).status).to.equal(404);
    expect((await sendPlain(keeper, '/admin/orgs/532627/rename', [['name', '别处']])).status).to.equal(404);
  });

  it('are browsed branch by branch and searched, a page at a time', async () => {
    const front = await page('');
    expect(front.html).to.include('/admin/orgs/532628"').and.not.include(`/admin/orgs/${TOWN}"`);
    expect((await page('/532628')).html)
      .to.include(`/admin/orgs/${TOWN}"`)
      .and.include('富宁县民政局');
    expect((await page(`/${TOWN}`)).html).to.include(`/admin/orgs/${VILLAGE}"`);
    expect((await page(`?text=${VILLAGE}`)).html).to.include('剥隘');
    expect((await page('?text=%25')).html).to.include('没有查到机构');
    const seen: string[] = [];
    let path = '?text=5326281';
    for (let i = 0; i < 9 && path !== ''; i++) {
      const { html } = await page(path);
      seen.push(
        ...[
          ...html.matchAll(
            /data-row-link href="\/admin\/orgs\/([^"]+)"|href="\/admin\/orgs\/([^"]+)" data-row-link/g,
          ),
        ].map(([, a, b]) => (a ?? b) as string),
      );
      path = /rel="next" href="\/admin\/orgs([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    }
    const all = house.service.deps.orgs.within('532628').filter((o) => o.id.startsWith('5326281'));
    expect(seen).to.have.length(all.length).and.have.length.greaterThan(100);
    expect(new Set(seen).size).to.equal(seen.length);
  });

  const NEW = {
    kind: 'village',
    code: '532628103299',
    name: '新坡村',
    short: '',
    docWord: '',
    departments: '',
  };
  it('one is added: its code and kind fit its parent, and it is there at once', async () => {
    const add = (fields: Record<string, string>) => ask(`/${TOWN}/add`, { ...NEW, ...fields });
    await told(add({ name: ' ' }), '请填写名称');
    await told(add({ kind: 'department' }), '请选择类别');
    await told(add({ on: '2026-09-29' }), '不能晚于今天');
    const refused = async (fields: Record<string, string>, words: string) =>
      told(change(`/${TOWN}/add`, { ...NEW, ...fields }), words);
    await refused({ code: '532628999201' }, '前 9 位是 532628103');
    await refused({ code: VILLAGE }, '这个代码已经用过');
    await refused({ name: house.service.deps.orgs.get(VILLAGE).name }, '之下已经有');
    await refused({ kind: 'office', code: 'QQ' }, '请填写它承接哪些部门');
    await refused({ kind: 'office', code: 'QQ', departments: 'XX' }, '没有代号为 XX 的部门');
    await refused({ kind: 'office', code: 'QQ', departments: 'MZ' }, '已经由另一个机构承接');
    expect((await add({})).html).to.include('还没有办');
    expect(house.service.deps.orgs.find(NEW.code)).to.equal(undefined);
    expect((await change(`/${TOWN}/add`, NEW)).location).to.equal(`/admin/orgs/${NEW.code}`);
    expect(house.service.deps.orgs.get(NEW.code)).to.include({
      name: '新坡村',
      parentId: TOWN,
      kind: 'village',
    });
    expect((await audited('org.add'))[0].after).to.include({ name: '新坡村', parent: TOWN });
  });

  it('another name counts from a day; as it was then stays answerable', async () => {
    await told(ask(`/${VILLAGE}/rename`, { name: '' }), '请填写新名称');
    const before = house.service.deps.orgs.get(VILLAGE).name;
    await told(change(`/${VILLAGE}/rename`, { name: before, short: before }), '名称没有变');
    const preview = await ask(`/${VILLAGE}/rename`, { name: '新剥隘社区', short: '' });
    expect(text(preview.html)).to.include('农秀兰').and.include('没办完的办件 0 件');
    await change(`/${VILLAGE}/rename`, { name: '新剥隘社区', short: '' });
    expect(house.service.deps.orgs.get(VILLAGE).name).to.equal('新剥隘社区');
    expect(text((await page(`/${VILLAGE}?on=2026-09-27`)).html)).to.include(`2026年9月27日：${before}`);
    expect(text((await page(`/${VILLAGE}?on=2026-09-28`)).html)).to.include('2026年9月28日：新剥隘社区');
    expect(text((await page(`/${VILLAGE}?on=1999-12-31`)).html)).to.include('没有这个机构');
    expect(await audited('org.rename')).to.deep.equal([{ before, after: '新剥隘社区', on: '2026-09-28' }]);
  });

  it('it moves under another parent of the right kind', async () => {
    await told(ask(`/${NEW.code}/move`, { parent: '富宁县' }), '不能挂在富宁县之下');
    await told(ask(`/${NEW.code}/move`, { parent: '不存在' }), '没有“不存在”');
    const { location } = await change(`/${NEW.code}/move`, { parent: '532628101' });
    expect(location).to.equal(`/admin/orgs/${NEW.code}`);
    expect(house.service.deps.orgs.get(NEW.code).parentId).to.equal('532628101');
  });

  it('it is not closed while cases lie there or something hangs on it; closed, its grants hold no more', async () => {
    const walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    const merged = { reason: '撤并' };
    await told(ask(`/${VILLAGE}/close`, merged), `/cases?village=${VILLAGE}`, 409);
    const heir = { ...merged, successor: '532628-MZ' };
    await told(ask('/532628-NY/close', heir), '要办的', 200);
    await walk.act('county-window', 'ACCEPT');
    await told(ask('/532628-NY/close', heir), '还有 1 件', 409);
    await told(change('/532628102/close', merged), '下面还有机构', 409);
    const clerk = { role: 'clerk', org: NEW.code, subtree: false, from: '2026-09-28', to: null };
    const login = { login: 'newclerk', name: '韦新', password: 'cunban-demo-2026', grants: [clerk] };
    await createAccount(house.service.deps, 'console', login);
    const own = await house.as('newclerk');
    expect((await open(own, '/account')).html).to.include('村代办员');
    await told(ask(`/${NEW.code}/close`, { reason: '' }), '请填写依据');
    expect(text((await ask(`/${NEW.code}/close`, { reason: '州政府批复' })).html)).to.include('韦新');
    expect((await change(`/${NEW.code}/close`, { reason: '州政府批复' })).status).to.equal(303);
    expect((await open(own, '/account')).html).to.include('现在没有岗位');
    const { orgs } = house.service.deps;
    expect(orgs.children('532628101').map((o) => o.id)).not.to.include(NEW.code);
    expect(orgs.get(NEW.code).name).to.equal('新坡村');
    expect((await page('/532628101')).html).to.include('已撤销');
    expect((await page(`/${NEW.code}/rename`)).status).to.equal(409);
  });

  it('of a closing and a filing at the same moment one is refused: no case lies in a closed village', async () => {
    const { db } = house.service.deps;
    const at = house.service.deps.orgs.children('532628101').filter((o) => o.kind === 'village');
    for (const [i, village] of at.slice(0, 4).entries()) {
      const clerk = { role: 'clerk', org: village.id, subtree: false, from: '2026-09-28', to: null };
      const login = { login: `clerk${i}`, name: '韦新', password: 'cunban-demo-2026', grants: [clerk] };
      await createAccount(house.service.deps, 'console', login);
      const client = await house.as(login.login);
      const form = exampleForm(house.service, 'NY-04');
      const close = { reason: '撤并', on: '2026-09-28', confirmed: 'yes' };
      const [filed, closed] = await Promise.all([
        client.post('/api/cases', { item: 'NY-04', form }),
        sendPlain(keeper, `/admin/orgs/${village.id}/close`, Object.entries(close)),
      ]);
      const lying = await db.read('cases').where({ village_id: village.id });
      const isClosed = (await db.read('orgs').where({ id: village.id }).first()).closed_on !== null;
      expect([closed.status === 303, filed.status === 201]).to.deep.equal([isClosed, lying.length === 1]);
      expect([isClosed, lying.length]).to.deep.equal(isClosed ? [true, 0] : [false, 1]);
    }
  });

  it('waits for a closing under way before anything is filed there', async () => {
    const { db, orgs } = house.service.deps;
    const [village] = orgs.children('532628104').filter((o) => o.kind === 'village');
    const id = village?.id as string;
    const clerk = { role: 'clerk', org: id, subtree: false, from: '2026-09-28', to: null };
    const login = { login: 'lastclerk', name: '韦末', password: 'cunban-demo-2026', grants: [clerk] };
    await createAccount(house.service.deps, 'console', login);
    const client = await house.as('lastclerk');
    const form = exampleForm(house.service, 'NY-04');
    const trx = await db.write.transaction();
    await trx('orgs').where({ id }).forUpdate().first();
    await trx('orgs').where({ id }).update({ closed_on: '2026-09-28' });
    const filing = client.post<{ code?: string }>('/api/cases', { item: 'NY-04', form });
    // Meanwhile it has come as far as it comes.
    for (let i = 0; i < 5; i++) await open(await house.as('inspector'), '/cases');
    await trx.commit();
    expect((await filing).body.code).to.be.oneOf(['org.closed', 'case.not_clerk']);
    expect(await db.read('cases').where({ village_id: id })).to.deep.equal([]);
  });

  it('an office is closed only when another takes over what it stands for', async () => {
    await told(change('/532628103-WS/close', { reason: '机构改革' }), '由哪个机构承接');
    const fields = { reason: '机构改革', successor: '532628103-SH' };
    expect((await change('/532628103-WS/close', fields)).status).to.equal(303);
    const { orgs } = house.service.deps;
    expect(orgs.deskOrg({ at: 'township', role: 'officer' }, VILLAGE, 'WJ').id).to.equal('532628103-SH');
  });
});
