/** Cases that others have a part in: offices asked together, a quota, another case that one reached. */
import { expect } from 'chai';
import type { CaseView } from '../../../src/station/cases/index.ts';
import type { Move } from '../../../src/workflow/branches.ts';
import { type Opened, onEachDatabase } from '../../support/databases.ts';
import { exampleForm, type House, openHouse } from '../../support/service.ts';
import { openCase, type Walker } from '../../walk/case.ts';
import { county } from '../../walk/county.ts';
import { inputValue, open, send } from './browser.ts';

const moves = (...events: Move['event'][]): Move[] => events.map((event) => ({ event }));

onEachDatabase('pages: what a case shares with others', (engine) => {
  let opened: Opened;
  let house: House;
  before(async () => {
    opened = await engine.open();
    house = await openHouse(opened);
    await house.at('2026-09-28T09:40:00+08:00');
  });
  after(async () => {
    await house.close();
    await opened.drop();
  });

  /** A case brought through these acts and facts. */
  async function brought(item: string, situation: string, events: Move[], form?: object): Promise<Walker> {
    const own = form ? { form: form as Record<string, unknown> } : {};
    const walk = await openCase(house, item, { situation, ...own });
    const traveller = { label: item, walk, moves: events };
    await county(house).work([traveller]);
    expect((traveller as { failed?: string }).failed).to.equal(undefined);
    return walk;
  }
  const viewFor = async (walk: Walker, login: string) =>
    (
      await (
        await house.as(login)
      ).get<CaseView & { links: { other: object | null }[]; quota: object }>(`/api/cases/${walk.id}`)
    ).body;

  describe('a joint review', () => {
    let walk: Walker;
    const path = () => `/cases/${walk.id}`;
    before(async () => {
      walk = await brought(
        'NY-01',
        'split',
        moves('FILE', 'RECORD_MEETING', 'POST', 'NOTICE_CLOSED', 'FORWARD', 'ACCEPT', 'RECORD_VISIT'),
      );
    });

    it('shows every office with its question, where it stands and until when', async () => {
      const { html } = await open(await house.as('town-zr'), path());
      expect(html).to.include('剥隘镇自然资源所').and.include('规划和地类').and.include('等待答复');
      expect(html)
        .to.match(/同时征求 \d 个部门，已办 0 个/)
        .and.include('还在等：');
      const { joint } = await viewFor(walk, 'town-zr');
      expect(joint?.current).to.equal(true);
      expect(joint?.parts.map((p) => p.part)).to.include.members(['ZR', 'NY', 'ZJ']);
      for (const part of joint?.parts ?? []) expect(part).to.include({ standing: 'open', light: 'green' });
    });

    it('offers only the offices the person may answer for', async () => {
      const client = await house.as('town-zr');
      const form = await open(client, `${path()}/act/GIVE_OPINION`);
      const options = [...form.html.matchAll(/<option[^>]*value="([^"]*（[^"]*）)"/g)].map((m) => m[1]);
      expect(options).to.deep.equal(['剥隘镇自然资源所（规划和地类）']);
      const sent = await send(client, `${path()}/act/GIVE_OPINION`, [
        ['version', inputValue(form.html, 'version')],
        ['/part', '剥隘镇自然资源所（规划和地类）'],
        ['/view', '不同意'],
        ['/opinion', '超出村庄规划边界'],
      ]);
      expect(sent.status, sent.html).to.equal(303);
      const page = await open(client, path());
      expect(page.html).to.include('不同意').and.include('超出村庄规划边界').and.include('王建平');
      expect(page.html).to.include('部门：剥隘镇自然资源所（规划和地类）');
      expect(page.html).not.to.include(`${path()}/act/GIVE_OPINION`);
      expect((await open(client, `${path()}/act/GIVE_OPINION`)).status).to.equal(403);
    });

    it('tells the public how many have answered, and reds silence', async () => {
      const { number } = await walk.reload('village');
      const { idNumber } = exampleForm(house.service, 'NY-01').applicant as { idNumber: string };
      const asked = { number, lastFour: idNumber.slice(-4) };
      const progress = await house.stranger().post<{ offices: object }>('/api/progress', asked);
      expect(progress.body.offices).to.include({ answered: 1, late: 0 });
      await house.at('2026-11-20T09:00:00+08:00');
      const { html } = await open(await house.as('town-ny'), path());
      expect(html).to.include('没有答复，视为没有意见').and.include('light-red').and.include('逾期未答复');
    });
  });

  describe('a quota', () => {
    const wanting = (volume: number) => {
      const form = exampleForm(house.service, 'LY-01', 0, 'new') as { felling: { volume: number } };
      form.felling.volume = volume;
      return form;
    };
    const toQuota = moves('FILE', 'ACCEPT', 'RECORD_VISIT', 'POST', 'NOTICE_CLOSED');

    it('shows the place in line, what is left, what is before it, and refuses in plain words', async () => {
      const pools = (await (await house.as('sysadmin')).get<{ quotas: never[] }>('/api/quotas?quota=timber'))
        .body.quotas as { org: string; year: number; total: number }[];
      const pool = pools.find((q) => q.org === '532628103' && q.year === 2026);
      expect(pool).to.not.equal(undefined);
      const admin = await house.as('sysadmin');
      await admin.send('PUT', '/api/quotas/timber/532628103/2026', { total: 20 });
      const first = await brought('LY-01', 'new', [...toQuota], wanting(12));
      const second = await brought('LY-01', 'new', [...toQuota], wanting(10));
      const client = await house.as('town-ly');
      const { html } = await open(client, `/cases/${second.id}`);
      expect(html).to.include('第 2 位').and.include('12 立方米').and.include('不够分配');
      const view = await viewFor(second, 'town-ly');
      expect(view.quota).to.deep.include({ asked: 10, state: 'waiting' });
      expect((view.quota as { standing: object }).standing).to.include({
        place: 2,
        ahead: 12,
        left: 8,
        fits: false,
      });
      const act = await open(client, `/cases/${second.id}/act/ALLOT`);
      expect(act.html).to.include('还能分给本件');
      const refused = await send(client, `/cases/${second.id}/act/ALLOT`, [
        ['version', inputValue(act.html, 'version')],
        ['/opinion', '同意分配'],
      ]);
      expect(refused.status).to.equal(409);
      expect(refused.html)
        .to.include('剩余指标不够，可以转入排队递补')
        .and.include('排在前面的 1 件要用 12 立方米')
        .and.include('只有 8 立方米，本件申请 10 立方米')
        .and.include('同意分配');
      await first.act('town-ly', 'ALLOT', { opinion: '同意' });
      expect((await viewFor(second, 'town-ly')).quota).to.deep.include({ asked: 10 });
      expect((await open(client, `/cases/${second.id}`)).html)
        .to.include('第 1 位')
        .and.include('已分配');
    });
  });

  describe('a case that reaches another', () => {
    it('shows on both; to whoever may not see the other it has neither number nor item', async () => {
      const death = exampleForm(house.service, 'GA-01', 0, 'death') as {
        deceased: { idNumber: string };
      };
      const pensioner = exampleForm(house.service, 'RS-02', 0, 'start') as {
        applicant: { idNumber: string };
      };
      const idNumber = death.deceased.idNumber;
      const allowance = await brought('RS-02', 'start', moves('FILE'), aboutPerson(pensioner, idNumber));
      const cancelled = await brought('GA-01', 'death', moves('FILE', 'APPROVE'), death);
      const ended = await viewFor(allowance, 'rs-officer');
      expect(ended.outcome).to.equal('ended');
      const { number } = await cancelled.reload('village');
      const clerk = await open(await house.as('village'), `/cases/${allowance.id}`);
      expect(clerk.html).to.include('联动').and.include('因它终止').and.include(String(number));
      const other = await open(await house.as('rs-officer'), `/cases/${allowance.id}`);
      expect(other.html).to.include('其他部门的办件（您没有查看的权限）').and.include('因它终止');
      expect(other.html).not.to.include(String(number));
      const police = await viewFor(cancelled, 'town-ga');
      expect(police.links.map((l) => l.other)).to.deep.equal([null]);
      const own = await viewFor(cancelled, 'village');
      expect(own.links.map((l) => l.other)).to.deep.equal([
        { id: allowance.id, number: ended.number, itemTitle: ended.itemTitle },
      ]);
    });
  });
});

const aboutPerson = (form: { applicant: { idNumber: string } }, idNumber: string): object =>
  JSON.parse(JSON.stringify(form).replaceAll(form.applicant.idNumber, idNumber));
