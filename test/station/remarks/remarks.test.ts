/** Remarks between staff, mentions, phrases, drafts of acts and who looked: over HTTP, on both databases. */
import { expect } from 'chai';
import { looksSettled, mentionsFor } from '../../../src/station/remarks/index.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { type Client, exampleForm, openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { inputValue, open, send, sendPlain } from '../pages/browser.ts';
import { join } from '../worklists/town.ts';

interface RemarkAnswer {
  remarks: {
    id: string;
    text: string;
    struckAt: string | null;
    mentions: { name: string; readAt: string | null }[];
  }[];
}
interface MentionAnswer {
  mentions: { remark: { id: string; caseId: string }; unread: boolean; caseTitle: string }[];
  next: string | null;
  unread: number;
}

onEachDatabase('remarks: what staff say to one another about a case', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let walk: Walker;
  let window: Client;
  let mz: Client;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
    walk = await openCase(house, 'MZ-01');
    await walk.act('village', 'FILE');
    [window, mz] = [await house.as('town-window'), await house.as('town-mz')];
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });
  const path = () => `/cases/${walk.id}`;
  const remarks = async (client: Client) =>
    (await client.get<RemarkAnswer>(`/api${path()}/remarks`)).body.remarks;
  const accountOf = async (login: string) =>
    (await house.service.deps.db.read('accounts').where({ login }).first()).id as string;
  const audited = (act: string) => house.service.deps.db.read('audit').where({ act, subject: walk.id });

  it('keeps no number, seals the words, tells whom it mentions, once for a repeat', async () => {
    const said = { text: ' 电话 13812345678，\r\n证件 532628196611150010 要核对 ', login: '@town-mz' };
    const key = { 'Idempotency-Key': 'remark-1' };
    const first = await window.post<{ id: string }>(`/api${path()}/remarks`, said, key);
    const again = await window.post<{ id: string }>(`/api${path()}/remarks`, said, key);
    expect(first.status).to.equal(201);
    expect(again.body.id).to.equal(first.body.id);
    const [one, ...others] = await remarks(mz);
    expect(others).to.deep.equal([]);
    expect(one?.text).to.equal('电话 138****5678，\n证件 532628**********10 要核对');
    expect(one?.mentions).to.deep.include.members([
      { accountId: await accountOf('town-mz'), name: '陆海波', readAt: null },
    ]);
    const [row] = await house.service.deps.db.read('remarks');
    expect(row.text_sealed).not.to.include('核对');
  });

  it('mentions only who may see the case, and from the list only who sits at its desks', async () => {
    const tries = [
      [{ text: '请看', login: 'village2' }, '/login'],
      [{ text: '请看', login: 'sysadmin' }, '/login'],
      [{ text: '请看', login: 'nobody-there' }, '/login'],
      [{ text: '请看', mention: await accountOf('ny-officer') }, '/mention'],
      [{ text: '  ' }, '/text'],
      [{ text: '长'.repeat(501) }, '/text'],
    ] as const;
    for (const [body, pointer] of tries) {
      const answer = await window.post<{ faults: { pointer: string }[] }>(`/api${path()}/remarks`, body);
      expect(answer.status, JSON.stringify(body)).to.equal(422);
      expect(answer.body.faults.map((f) => f.pointer)).to.deep.equal([pointer]);
    }
    const page = await open(window, path());
    expect(page.html).to.include('陆海波（剥隘镇社会事务办 ').and.include('罗正芳（');
    expect(page.html).not.to.include('邓小玲（');
  });

  it('is there for nobody who may not see the case, and not for the public', async () => {
    for (const login of ['village2', 'sysadmin', 'auditor']) {
      const client = await house.as(login);
      expect((await client.get(`/api${path()}/remarks`)).status, login).to.equal(404);
      expect((await client.post(`/api${path()}/remarks`, { text: '看看' })).status, login).to.equal(404);
    }
    const stranger = house.stranger();
    expect((await stranger.get(`/api${path()}/remarks`)).status).to.equal(401);
    const { number } = await walk.reload('village');
    const { idNumber } = exampleForm(house.service, 'MZ-01').applicant as { idNumber: string };
    const asked = await stranger.post('/api/progress', { number, lastFour: idNumber.slice(-4) });
    expect(asked.status).to.equal(200);
    expect(JSON.stringify(asked.body)).not.to.include('要核对').and.not.include('陆海波');
  });

  it('counts a mention until its case is opened, and lists it, newest first, in pages', async () => {
    const { deps } = house.service;
    const account = { accountId: await accountOf('town-mz') };
    expect(await mentionsFor(deps, account)).to.equal(1);
    for (let i = 0; i < 20; i++)
      await window.post(`/api${path()}/remarks`, { text: `第 ${i} 句`, mention: account.accountId });
    const first = (await mz.get<MentionAnswer>('/api/mentions')).body;
    expect(first.unread).to.equal(21);
    expect(first.mentions).to.have.length(20);
    expect(first.mentions.every((m) => m.unread)).to.equal(true);
    const rest = (await mz.get<MentionAnswer>(`/api/mentions?after=${first.next}`)).body;
    expect(rest.mentions).to.have.length(1);
    expect(rest.next).to.equal(null);
    expect((await open(mz, '/mentions')).html)
      .to.include(`href="${path()}#remark-`)
      .and.include('未读');
    expect((await open(mz, path())).html).to.include('提到您，未读');
    await looksSettled(deps);
    expect((await open(mz, path())).html).not.to.include('提到您，未读');
    expect(await mentionsFor(deps, account)).to.equal(0);
    expect((await open(mz, '/mentions')).html).not.to.include('未读');
    expect((await open(window, '/mentions')).html).to.include('没有提到您的留言');
  });

  it('does not count for ever what is no longer somebody’s to open', async () => {
    const { deps } = house.service;
    const accountId = await join(house, 'leaving', '蓝小梅', [['window', '532628103']]);
    await window.post(`/api${path()}/remarks`, { text: '请看', mention: accountId });
    expect(await mentionsFor(deps, { accountId })).to.equal(1);
    const leaving = await house.as('leaving');
    await deps.db.write('grants').where({ account_id: accountId }).update({ org_id: '532628205' });
    expect((await open(leaving, '/mentions')).html)
      .to.include('您现在不能查看')
      .and.not.include('请看');
    await looksSettled(deps);
    expect(await mentionsFor(deps, { accountId })).to.equal(0);
  });

  it('is struck by its author alone, with a mark, and neither changed nor deleted', async () => {
    const [one] = await remarks(window);
    const strike = `/api${path()}/remarks/${one?.id}/strike`;
    expect((await mz.post<{ code: string }>(strike, {})).body.code).to.equal('remark.not_yours');
    expect(
      (await window.post(`/api${path()}/remarks/01aaaaaaaaaaaaaaaaaaaaaaaa/strike`, {})).status,
    ).to.equal(404);
    expect((await sendPlain(window, strike.slice(4), [])).location).to.equal(`${path()}#remarks`);
    expect((await window.post(strike, {})).status).to.equal(204);
    const [struck] = await remarks(mz);
    expect(struck?.struckAt).to.be.a('string');
    expect(struck?.text).to.include('要核对');
    expect((await open(mz, path())).html)
      .to.include('由本人划去')
      .and.match(/<s>电话 138/);
    expect(await audited('remark.strike')).to.have.length(1);
    const write = (change: string) =>
      house.service.deps.db.write.raw(change).then(
        () => 'written',
        () => 'refused',
      );
    expect(await write(`update remarks set author_name = 'x'`)).to.equal('refused');
    expect(await write('delete from remark_strikes')).to.equal('refused');
  });

  it('says on the page what is wrong with a remark and keeps what was typed', async () => {
    const refused = await sendPlain(window, `${path()}/remarks`, [
      ['text', '请看一下'],
      ['login', 'village2'],
    ]);
    expect(refused.status).to.equal(422);
    expect(refused.html).to.include('不能查看这件事项').and.include('>请看一下</textarea>');
    const done = await sendPlain(window, `${path()}/remarks`, [['text', '请看一下']]);
    expect(done.location).to.equal(`${path()}#remarks`);
  });

  it('writes down who looked: the case and each file once a day, full numbers every time', async () => {
    const officer = await house.as('mz-officer');
    const [file] = (
      await officer.get<{ materials: { files: { id: string }[] }[] }>(`/api${path()}`)
    ).body.materials.flatMap((m) => m.files);
    for (let i = 0; i < 2; i++) {
      await open(officer, path());
      await open(officer, `${path()}/materials/${file?.id}`);
      await sendPlain(officer, `${path()}/reveal`, []);
    }
    await looksSettled(house.service.deps);
    const { html } = await open(officer, path());
    const looks = html.slice(html.indexOf('id="looks"'));
    const count = (what: string) => looks.split(what).length - 1;
    expect(count('查看完整证件号</')).to.equal(2);
    expect(count('罗正芳')).to.equal(4);
    expect(count('查看材料：')).to.equal(1);
    const id = await accountOf('mz-officer');
    expect((await audited('case.view')).filter((l) => l.actor_id === id)).to.have.length(1);
    await house.at('2026-09-29T09:00:00+08:00');
    await Promise.all([1, 2, 3, 4].map(() => open(officer, path())));
    await looksSettled(house.service.deps);
    expect((await audited('case.view')).filter((l) => l.actor_id === id)).to.have.length(2);
  });

  it('tells who looked to the desks of the case, leaders and inspectors', async () => {
    for (const login of ['village', 'town-window', 'mz-leader', 'inspector'])
      expect((await open(await house.as(login), path())).html, login).to.include('id="looks"');
    const aside = await open(await house.as('county-window'), path());
    expect(aside.status).to.equal(200);
    expect(aside.html).not.to.include('id="looks"');
  });

  it('phrases: own and the office’s, offered under the opinion, taken away by whom they belong to', async () => {
    const add = (client: Client, body: object) => client.post<{ id: string }>('/api/phrases', body);
    const own = await add(window, { text: '我自己的话。', use: 'opinion' });
    const shared = await add(mz, { text: '本办统一的话。', use: 'reason', org: '532628103-SH' });
    expect([own.status, shared.status]).to.deep.equal([201, 201]);
    expect((await add(window, { text: '别人的', use: 'opinion', org: '532628-NY' })).status).to.equal(403);
    expect((await add(await house.as('inspector'), { text: '督查', use: 'opinion' })).status).to.equal(403);
    const act = await open(window, `${path()}/act/ACCEPT`);
    expect(act.html).to.include('value="/opinion|我自己的话。"').and.include('予以受理。');
    expect((await open(mz, '/phrases')).html)
      .to.include('本办统一的话。')
      .and.not.include('我自己的话。');
    expect((await window.send('DELETE', `/api/phrases/${shared.body.id}`)).status).to.equal(404);
    const removed = await sendPlain(window, `/phrases/${own.body.id}/remove`, []);
    expect(removed.location).to.equal('/phrases');
    expect((await open(window, '/phrases')).html).to.include('还没有自己的常用语');
    const refused = await sendPlain(window, '/phrases', [['text', ' ']]);
    expect(refused.status).to.equal(422);
    expect(refused.html).to.include('请写下用语');
    expect(
      (
        await sendPlain(window, '/phrases', [
          ['text', '齐了。'],
          ['use', 'opinion'],
        ])
      ).location,
    ).to.equal('/phrases');
  });

  it('a phrase goes behind what is typed without script; what is begun is there again until it is sent', async () => {
    const act = `${path()}/act/ACCEPT`;
    const first = await open(window, act);
    const version = ['version', inputValue(first.html, 'version')] as const;
    const inserted = await send(window, act, [
      version,
      ['/opinion', '看过了。'],
      ['_insert', '/opinion|齐了。'],
    ]);
    expect(inserted.html).to.include('>看过了。齐了。</textarea>');
    await sendPlain(window, `${act}/draft`, [version, ['/opinion', '写到一半']]);
    const later = await open(window, act);
    expect(later.html).to.include('>写到一半</textarea>').and.include('写到一半的内容还在');
    const [row] = await house.service.deps.db.read('act_drafts');
    expect(row.value_sealed).not.to.include('写到一半');
    expect((await open(await house.as('town2-window'), act)).html).not.to.include('写到一半');
    expect((await sendPlain(window, `${act}/discard`, [])).location).to.equal(act);
    expect((await open(window, act)).html).not.to.include('写到一半');
    const kept = await send(window, act, [version, ['/opinion', '先存着的'], ['_keep', 'yes']]);
    expect(kept.location).to.equal(path());
    expect((await open(window, act)).html).to.include('>先存着的</textarea>');
    await house.at('2026-09-29T10:00:00+08:00');
    await walk.act('town-window', 'REQUEST_CORRECTION', {
      faults: [{ target: '/form/applicant/address', reason: '没有写到村民小组' }],
    });
    await walk.act('village', 'RESUBMIT');
    expect((await open(window, act)).html, 'the case moved on').not.to.include('先存着的');
    await sendPlain(window, `${act}/draft`, [['/opinion', '再写']]);
    const now = await open(window, act);
    const sent = await send(window, act, [
      ['version', inputValue(now.html, 'version')],
      ['/opinion', '再写'],
    ]);
    expect(sent.status, sent.html).to.equal(303);
    expect(await house.service.deps.db.read('act_drafts').where({ event: 'ACCEPT' })).to.deep.equal([]);
  });
});
