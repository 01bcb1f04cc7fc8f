/** Decisions, their ends and their limits, rules B2-8, B2-9 and B2-12 … B2-17 (行政许可法 art. 38, 44, 50, 57, 69, 70, 78). */
import { expect } from 'chai';
import { addDays, addYears } from '../../src/kernel/time.ts';
import type { CaseView } from '../../src/station/cases/index.ts';
import { ISSUE_DAYS } from '../../src/workflow/steps/issue.ts';
import { resolved } from '../../src/workflow/terms.ts';
import { openCase, type Walker } from '../walk/case.ts';
import { changed, dueOf, type Form, Ground, kindsOf, type Problem } from './ground.ts';

const REASONS = [{ reason: '仓储场所没有隔离', basis: '《农药经营许可管理办法》第七条' }];
const REJECTION = { facts: '仓库与饲料混放', evidence: '核查笔录、照片', reasons: REASONS };

describe('the decision (B2-8, B2-9, B2-13, B2-17)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  it('B2-8: the certificate within ten working days of the decision, in every item', async () => {
    const params = ground.deps.definitions.params(ground.today());
    const slow = ground.items().flatMap((item) =>
      resolved(item, params).steps.flatMap((s) => {
        if (s.kind !== 'issue' || s.auto || s.hours !== undefined) return [];
        const days = s.days ?? ISSUE_DAYS;
        return Number(days) <= 10 ? [] : [`${item.code} ${s.id}: ${days}`];
      }),
    );
    expect(slow).to.deep.equal([]);
    expect(ISSUE_DAYS).to.equal(10);
    const walk = await ground.filed('NY-04');
    await ground.until(walk, 'APPROVE');
    await ground.take(walk, 'APPROVE');
    const view = await walk.reload('village');
    expect(dueOf(view, 'step:licence')).to.equal(ground.workday(ground.today(), 10));
    expect((await ground.paper(walk, 'approval')).text).to.include('十个工作日内颁发、送达');
  });

  it('B2-9: a rejection states facts, reasons and articles, and how it can be fought', async () => {
    const walk = await ground.filed('NY-04');
    await ground.until(walk, 'APPROVE');
    const { reasons: _, ...without } = REJECTION;
    for (const said of [without, { ...REJECTION, reasons: [] }]) {
      const { faults } = await ground.refused(walk, 'ny-leader', 'REJECT', said, 422);
      expect(faults?.map((f) => f.pointer)).to.deep.equal(['/data/reasons']);
    }
    const bare = { ...REJECTION, reasons: [{ reason: '不符合' }] };
    const { faults } = await ground.refused(walk, 'ny-leader', 'REJECT', bare, 422);
    expect(faults?.map((f) => f.pointer)).to.deep.equal(['/data/reasons/0/basis']);
    expect(await walk.act('ny-leader', 'REJECT', REJECTION)).to.include({ outcome: 'rejected' });
    const { title, text } = await ground.paper(walk, 'rejection');
    expect(title).to.equal('不予行政许可决定书');
    for (const said of [REJECTION.facts, REJECTION.evidence, REASONS[0]?.reason, REASONS[0]?.basis])
      expect(text).to.include(said);
    expect(text)
      .to.include('六十日内')
      .and.include('行政复议')
      .and.include('六个月内')
      .and.include('行政诉讼');
  });

  it('B2-13: what is granted for years can be cancelled; what goes on can be ended with reasons', async () => {
    const lasting = ground
      .items()
      .filter((i) => i.kind === 'permit' && i.certificates?.some((c) => c.renewBefore !== undefined));
    expect(lasting.map((i) => i.code)).to.include.members(['NY-04', 'SW-01']);
    for (const { code, situations } of [...lasting, ...ground.items().filter((i) => i.code === 'XM-01')])
      expect(
        situations.map((s) => s.id),
        code,
      ).to.include('cancel');
    const walk = await ground.filed('NY-04', { situation: 'cancel' });
    await ground.finish(walk);
    expect(await walk.reload('village')).to.include({ outcome: 'granted' });

    const benefit = await ground.filed('MZ-03');
    await ground.finish(benefit);
    expect((await benefit.reload('village')).phase).to.equal('kept');
    await ground.take(benefit, 'END');
    expect(await benefit.reload('village')).to.include({ phase: 'closed', outcome: 'ended' });
    expect((await ground.paper(benefit, 'cancellation')).text).to.include('行政复议');
  });

  it('B2-17: taken back before the decision, never after; a registration before it is entered', async () => {
    const walk = await ground.filed('ZR-02');
    await ground.until(walk, 'APPROVE');
    const reason = { reason: '房屋要先分户' };
    const undecided = await walk.reload('village');
    expect(undecided.possible.map((p) => p.event)).to.include('WITHDRAW');
    const other = await ground.filed('ZR-02');
    await ground.until(other, 'APPROVE');
    await other.act('village', 'WITHDRAW', reason);
    expect(other.view).to.include({ phase: 'closed', outcome: 'withdrawn' });
    expect((await ground.paper(other, 'termination')).text).to.include('申请人撤回（房屋要先分户）');

    await ground.take(walk, 'APPROVE');
    expect((await ground.refused(walk, 'village', 'WITHDRAW', reason)).possible).to.not.include('WITHDRAW');
  });

  it('B2-17: so in all 33 machines: from every undecided state, from no decided one', () => {
    const wrong = ground.items().flatMap(({ code, steps }) => {
      const { machine } = ground.deps.definitions.get(code);
      const last = steps.findLastIndex((s) => s.kind === 'decide');
      const first = steps.findIndex((s) => s.kind === 'decide');
      return steps.flatMap(({ id }, i) =>
        Object.entries(machine.states[id]?.states ?? {}).flatMap(([leaf, { on = {} }]) => {
          const may = on.WITHDRAW !== undefined;
          return (i < first && !may) || (i > last && may) ? [`${code} ${id}.${leaf}: ${may}`] : [];
        }),
      );
    });
    expect(wrong).to.deep.equal([]);
  });
});

describe('a renewal (B2-12)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  const renewal = (item: string, validTo: string): Form =>
    changed(ground.form(item, 'renew'), { licence: { validTo } });

  it('B2-12: asked for too late it is told to apply anew, and a new application is taken', async () => {
    const clerk = await ground.house.as('village');
    for (const [item, late] of [
      ['NY-04', '2026-12-01'],
      ['SW-01', '2026-10-20'],
    ] as const) {
      const body = { item, situation: 'renew', form: renewal(item, late) };
      const { status, body: told } = await clerk.post<Problem>('/api/cases', body);
      expect(status, item).to.equal(422);
      expect(
        told.faults?.map((f) => f.code),
        item,
      ).to.deep.equal(['B2-12']);
    }
    await ground.filed('NY-04');
  });

  it('B2-12: undecided on its last day the licence is deemed renewed, and the case goes on', async () => {
    const renewed: [Walker, string, string][] = [];
    for (const [item, validTo, window] of [
      ['NY-04', '2027-01-10', 'county-window'],
      ['SW-01', '2027-01-12', 'county-window'],
    ] as const) {
      const form = renewal(item, validTo);
      const period = form.period as Form | undefined;
      const right = period ? { ...form, period: { from: '2027-01-13', to: '2032-01-12' } } : form;
      const walk = await ground.filed(item, { situation: 'renew', form: right });
      await walk.act(window, 'ACCEPT');
      expect(dueOf(walk.view, 'renewal'), item).to.equal(validTo);
      renewed.push([walk, validTo, item]);
    }
    for (const [walk, validTo, item] of renewed) {
      await ground.house.at(`${validTo}T23:59:00+08:00`);
      expect((await walk.reload('village')).dates.decided, item).to.equal(null);
      await ground.house.at(`${addDays(validTo, 1)}T00:00:00+08:00`);
      const view = await walk.reload('village');
      expect(view, item).to.include({ phase: 'decided', outcome: 'granted' });
      expect(view.state, item).to.equal('licence.pending');
      const { title, text } = await ground.paper(walk, 'approval');
      expect(title).to.equal('视为准予延续通知书');
      expect(text).to.include('行政许可法》第五十条').and.include('逾期未作决定');
      expect(await ground.rows('certificates', walk), item).to.have.length(1);
      await ground.finish(walk);
      expect((await ground.rows('certificates', walk))[0]?.custody, item).to.equal('collected');
    }
  });

  it('B2-12: decided before that day nothing is deemed', async () => {
    const day = ground.today();
    const until = ground.workday(day, 90);
    const walk = await ground.filed('NY-04', { situation: 'renew', form: renewal('NY-04', until) });
    await ground.until(walk, 'APPROVE');
    await walk.act('ny-leader', 'REJECT', REJECTION);
    await ground.house.at(`${ground.workday(until, 1)}T09:00:00+08:00`);
    expect(kindsOf(await ground.papers(walk))).to.not.include('approval');
    expect((await walk.reload('village')).outcome).to.equal('rejected');
  });
});

describe('false statements (B2-14)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');
  const file = async (item: string, form?: Form) => {
    const walk = await openCase(ground.house, item, { ...(form && { form }) });
    const clerk = await ground.house.as('village');
    const sent = { event: 'FILE', version: walk.view.version, data: {} };
    return clerk.post<Problem & CaseView>(`/api/cases/${walk.id}/events`, sent);
  };

  it('B2-14: whoever made them may not apply for the same permit for a year; everybody else may', async () => {
    const honest = await ground.filed('NY-04');
    await ground.until(honest, 'APPROVE');
    await honest.act('ny-leader', 'REJECT', { ...REJECTION, falsehood: '没有' });
    const walk = await ground.filed('NY-04');
    await ground.until(walk, 'APPROVE');
    await walk.act('ny-leader', 'REJECT', { ...REJECTION, falsehood: '有' });
    const rejected = ground.today();
    const lastDay = addDays(addYears(rejected, 1), -1);

    const banned = await file('NY-04');
    expect(banned.status).to.equal(409);
    expect(banned.body).to.include({ code: 'case.banned', until: lastDay });
    const someoneElse = changed(ground.form('NY-04'), {
      applicant: { idNumber: '532628196611159910', name: '陆大山' },
    });
    expect((await file('NY-04', someoneElse)).status).to.equal(200);
    const { idNumber, name } = ground.form('NY-04').applicant as Record<string, string>;
    const farm = changed(ground.form('XM-01'), { applicant: { idNumber, name } });
    expect((await file('XM-01', farm)).status).to.equal(200);

    await ground.house.at(`${lastDay}T12:00:00+08:00`);
    expect((await file('NY-04')).body.code).to.equal('case.banned');
    await ground.house.at(`${addYears(rejected, 1)}T08:30:00+08:00`);
    expect((await file('NY-04')).status).to.equal(200);
  });

  it('B2-14: a benefit refused for the same reason bans nobody from asking again', async () => {
    const walk = await ground.filed('MZ-02');
    await ground.until(walk, 'REJECT');
    await ground.take(walk, 'REJECT', { falsehood: '有' });
    expect((await file('MZ-02')).status).to.equal(200);
  });
});

describe('quotas (B2-15)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');
  const TOWN = '532628103';
  const handOut = async (quota: string, org: string, total: number) => {
    const admin = await ground.house.as('sysadmin');
    const { status, body } = await admin.send('PUT', `/api/quotas/${quota}/${org}/2026`, { total });
    expect(status, JSON.stringify(body)).to.equal(204);
  };
  const allot = async (walk: Walker) => {
    const officer = await ground.house.as('town-ly');
    const { version } = (await officer.get<CaseView>(`/api/cases/${walk.id}`)).body;
    const sent = { event: 'ALLOT', version, data: {} };
    return officer.post<Problem & CaseView>(`/api/cases/${walk.id}/events`, sent);
  };
  const atQuota = (walks: Walker[]) =>
    ground.travel(walks.map((walk, i) => ({ label: `${i}`, walk, until: 'ALLOT' as const })));

  it('B2-15: in the order of acceptance; the second waits for the first, and gets what it gives back', async () => {
    await handOut('timber', TOWN, 20);
    const [first, second] = [await ground.filed('LY-01'), await ground.filed('LY-01')];
    await atQuota([second, first]);
    const waits = await allot(second);
    expect(waits.status).to.equal(409);
    expect(waits.body).to.include({ code: 'quota.exhausted', place: 2, ahead: 12.5, left: 7.5, total: 20 });
    expect((await allot(first)).status).to.equal(200);
    const still = await allot(second);
    expect(still.body).to.include({ code: 'quota.exhausted', place: 1, taken: 12.5, left: 7.5 });
    await second.act('town-ly', 'RESERVE', { reason: '本年限额不足，排队递补' });
    await first.act('village', 'WITHDRAW', { reason: '今年不采了' });
    expect((await allot(second)).status).to.equal(200);
    const { body } = await (await ground.house.as('town-ly')).get<{ quotas: Form[] }>(
      '/api/quotas?quota=timber',
    );
    expect(body.quotas.find((q) => q.org === TOWN)).to.include({ taken: 12.5, left: 7.5, waiting: 0 });
  });

  it('B2-15: where there is enough for all, nobody waits', async () => {
    await handOut('timber', TOWN, 100);
    const [first, second] = [await ground.filed('LY-01'), await ground.filed('LY-01')];
    await atQuota([first, second]);
    expect((await allot(second)).status).to.equal(200);
    expect((await allot(first)).status).to.equal(200);
  });

  it('B2-15: posts go by score, then by acceptance', async () => {
    const scored = async (score: number) => {
      const walk = await ground.filed('LY-02');
      await ground.until(walk, 'RECORD_MEETING');
      await ground.take(walk, 'RECORD_MEETING', { asked: { score, withdrew: '没有近亲属' } });
      return walk;
    };
    const walks = [await scored(81), await scored(93), await scored(81)];
    const [early, best] = walks as [Walker, Walker, Walker];
    const claimed = await ground.deps.db.read('quotas').where({ quota: 'ranger' }).first();
    expect(claimed).to.not.equal(undefined);
    await atQuota(walks);
    const org = (await ground.rows('quota_claims', best))[0]?.org as string;
    await handOut('ranger', org, 1);
    expect((await allot(early)).body).to.include({ code: 'quota.exhausted', place: 2 });
    expect((await allot(walks[2] as Walker)).body).to.include({ code: 'quota.exhausted', place: 3 });
    expect((await allot(best)).status).to.equal(200);
  });
});
