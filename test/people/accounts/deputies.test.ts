/** 代班: who stands in for a colleague on leave has his desk as long as the leave lasts, and the log names both. */
import { expect } from 'chai';
import type { CaseView } from '../../../src/station/cases/index.ts';
import { inputValue, open, sendPlain } from '../../station/pages/browser.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { openHouse, type TestHouse } from '../../support/service.ts';
import { openCase, visit, type Walker } from '../../walk/case.ts';

onEachDatabase('deputies during leave', (engine) => {
  let opened: Opened;
  let house: TestHouse;
  let walk: Walker;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-11-16T09:00:00+08:00');
    walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
  });
  after(async () => {
    await house?.close();
    await opened?.drop();
  });

  const db = () => house.service.deps.db.read;
  const idOf = async (login: string): Promise<string> => (await db()('accounts').where({ login }).first()).id;
  const away = async (login: string, deputy: string, more: Record<string, string> = {}) => {
    const client = await house.as(login);
    const { html } = await open(client, '/account/leave');
    const fields = {
      _request: inputValue(html, '_request'),
      deputy: await idOf(deputy),
      from: '2026-11-18',
      to: '2026-11-20',
      post: 'all',
      reason: '年休假',
      ...more,
    };
    return sendPlain(client, '/account/leave', Object.entries(fields));
  };
  const looks = async (login: string) => (await (await house.as(login)).get(`/api/cases/${walk.id}`)).status;
  const tries = async (login: string, event: string, data: Record<string, unknown> = {}) => {
    const client = await house.as(login);
    const { version } = (await client.get<CaseView>(`/api/cases/${walk.id}`)).body;
    const answer = await client.post<{ code?: string }>(`/api/cases/${walk.id}/events`, {
      event,
      version,
      data,
    });
    return answer.body.code ?? answer.status;
  };
  const lastBy = async () =>
    db()('case_events')
      .where({ case_id: walk.id })
      .orderBy('seq', 'desc')
      .first('actor_name', 'actor_id', 'actor_for');

  it('names what is wrong: oneself, yesterday, an upside-down span, a place without such a post, administrators', async () => {
    const told = async (login: string, deputy: string, more: Record<string, string> = {}) => {
      const { status, html } = await away(login, deputy, more);
      expect(status, `${login} ${deputy}`).to.equal(422);
      return html;
    };
    expect(await told('county-window', 'county-window')).to.include('代班人不能是本人');
    expect(await told('county-window', 'town-window', { from: '2026-11-15' })).to.include('不能早于今天');
    expect(await told('county-window', 'town-window', { to: '2026-11-17' })).to.include('不能早于开始日期');
    expect(await told('county-window', 'town-window', { to: '2027-12-01' })).to.include('一次最长一年');
    expect(await told('county-window', 'village')).to.include('所在的机构没有这样的岗位');
    expect(await told('county-window', 'secadmin')).to.include('管理员岗位不能和其他岗位');
    expect(await told('secadmin', 'auditor')).to.include('管理员岗位不能和其他岗位');
    expect(await told('county-window', 'town-window', { reason: ' ' })).to.include('请填写事由');
    expect(await told('county-window', 'town-window', { post: 'leader@532628-MZ' })).to.include(
      '这些天没有这个岗位',
    );
    expect(await db()('deputies')).to.deep.equal([]);
  });

  it('begins on its first day without signing in again, is told to the deputy, and ends with its last', async () => {
    const list = (await open(await house.as('county-window'), '/account/leave')).html;
    expect(list).to.include('李春燕（剥隘镇 窗口受理员）').and.not.include('农秀兰');
    const { status, location } = await away('county-window', 'town-window');
    expect([status, location]).to.deep.equal([303, '/account/leave?done=entered']);
    expect(await looks('town2-window')).to.equal(404);
    const before = (await open(await house.as('town-window'), '/account')).html;
    expect(before).not.to.include('您正在代');
    expect(await tries('town-window', 'ACCEPT')).to.equal('case.not_allowed');
    await house.at('2026-11-18T00:00:00+08:00');
    const waiting = { role: 'leader', org_id: '532628-MZ', subtree: 0, valid_from: '2026-11-01', pending: 1 };
    const { write } = house.service.deps.db;
    await write('grants').insert({ ...waiting, id: 'waiting', account_id: await idOf('county-window') });
    const account = (await open(await house.as('town-window'), '/account')).html;
    expect(account).not.to.include('富宁县民政局');
    expect(account).to.include('您正在代：何佳慧（富宁县 窗口受理员）').and.include('窗口受理员（代何佳慧）');
    await walk.act('town-window', 'ACCEPT');
    expect(await lastBy()).to.deep.equal({
      actor_name: '李春燕（代何佳慧）',
      actor_id: await idOf('town-window'),
      actor_for: await idOf('county-window'),
    });
    const told = await (await house.as('county-window')).get(`/api/cases/${walk.id}/events`);
    expect(JSON.stringify(told.body)).to.include('李春燕（代何佳慧）');
  });

  it('is no chain: whoever stands in for a deputy has that one’s own posts and no more', async () => {
    expect((await away('town-window', 'town2-window', { from: '2026-11-19' })).status).to.equal(303);
    await house.at('2026-11-19T09:00:00+08:00');
    const { html } = await open(await house.as('town2-window'), '/account');
    expect(html).to.include('代李春燕').and.not.include('代何佳慧');
  });

  it('is not given to somebody who is away himself, nor twice at once', async () => {
    const { html } = await away('zr-leader', 'mz-leader', { from: '2026-11-19' });
    expect(html).not.to.include('有 1 处');
    expect((await away('mz-leader', 'zr-leader', { from: '2026-11-20' })).html).to.include(
      '在这些天里也请假',
    );
    expect((await away('zr-leader', 'ny-leader', { from: '2026-11-20' })).html).to.include('已经安排了代班');
  });

  const WEEK = { from: '2026-11-21', to: '2026-11-27' };
  const endLeaveOf = async (login: string) => {
    const [leave] = await db()('deputies').where({ absent_id: await idOf(login), ended_at: null });
    expect((await sendPlain(await house.as(login), `/account/leave/${leave.id}/end`, [])).status).to.equal(
      303,
    );
  };
  const approve = (login: string) => tries(login, 'APPROVE', { opinion: '准予许可' });

  it('who examined as a deputy does not decide, nor does the one in whose place it was examined', async () => {
    expect((await away('ny-officer', 'mz-officer', { from: '2026-11-20' })).status).to.equal(303);
    await house.at('2026-11-20T09:00:00+08:00');
    await walk.act('mz-officer', 'FORWARD', { opinion: '材料齐全' });
    await walk.act('mz-officer', 'RECORD_VISIT', visit('2026-11-19'));
    expect((await lastBy()).actor_name).to.equal('罗正芳（代岑立新）');
    await house.at('2026-11-21T09:00:00+08:00');
    expect(await looks('mz-officer')).to.equal(404);
    await walk.act('ny-reviewer', 'FORWARD', { opinion: '同意' });
    for (const deputy of ['ny-officer', 'mz-officer']) {
      expect((await away('ny-leader', deputy, WEEK)).status, deputy).to.equal(303);
      expect(await approve(deputy), deputy).to.equal('case.second_person');
      await endLeaveOf('ny-leader');
    }
    expect((await away('ny-leader', 'zr-reviewer', WEEK)).status).to.equal(303);
    expect(await approve('zr-reviewer')).to.equal(200);
    expect((await lastBy()).actor_name).to.equal('刘敏（代周国栋）');
  });

  it('nor does the deputy of somebody who examined', async () => {
    walk = await openCase(house, 'NY-04');
    await walk.act('village', 'FILE');
    await walk.act('county-window', 'ACCEPT');
    await walk.act('ny-officer', 'FORWARD', { opinion: '材料齐全' });
    await walk.act('ny-officer', 'RECORD_VISIT', visit('2026-11-20'));
    await endLeaveOf('ny-leader');
    expect((await away('ny-reviewer', 'ny-leader', WEEK)).status).to.equal(303);
    await walk.act('ny-leader', 'FORWARD', { opinion: '同意' });
    expect((await lastBy()).actor_name).to.equal('周国栋（代马晓琳）');
    await endLeaveOf('ny-reviewer');
    expect((await away('ny-leader', 'zr-reviewer', WEEK)).status).to.equal(303);
    expect(await approve('zr-reviewer')).to.equal('case.second_person');
  });

  it('ended is ended: nobody else ends it, and not twice', async () => {
    const [{ id }] = await db()('deputies').where({ absent_id: await idOf('ny-leader'), ended_at: null });
    const end = async (login: string) =>
      (await sendPlain(await house.as(login), `/account/leave/${id}/end`, [])).status;
    expect([await end('zr-reviewer'), await end('ny-leader'), await end('ny-leader')]).to.deep.equal([
      404, 303, 409,
    ]);
    expect(await looks('zr-reviewer')).to.equal(404);
    const acts = await db()('audit').whereLike('act', 'deputy.%').select('act');
    expect(acts.filter((a: { act: string }) => a.act === 'deputy.end')).to.have.length(5);
  });
});
