/** Examination, terms and their pauses, rules B2-1 … B2-11 of the catalogue (行政许可法 art. 34–36, 42–48, 82). */
import { expect } from 'chai';
import type { MachineJson, StateJson } from '../../src/workflow/machine.ts';
import { officers, visit } from '../walk/case.ts';
import { definitionsWith } from './definitions.ts';
import { changed, clockOf, dueOf, Ground, kindsOf } from './ground.ts';

const OPINION = { opinion: '同意' };
/** Every leaf state of a machine with its name and the state around it. */
const leaves = ({ states }: MachineJson): { name: string; step: string; leaf: StateJson }[] =>
  Object.entries(states).flatMap(([step, { states: inner = {} }]) =>
    Object.entries(inner).map(([name, leaf]) => ({ name: `${step}.${name}`, step, leaf })),
  );

describe('who examines (B2-1, B2-2, B2-5)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');
  const machine = (code: string) => ground.deps.definitions.get(code).machine;

  it('B2-1: a visit is made by two officers, two different ones', async () => {
    const walk = await ground.filed('NY-04');
    await walk.act('county-window', 'ACCEPT');
    await walk.act('ny-officer', 'FORWARD', OPINION);
    const went = (who: typeof officers) => ({ ...visit(ground.today()), officers: who });
    const alone = await ground.refused(walk, 'ny-officer', 'RECORD_VISIT', went(officers.slice(0, 1)), 422);
    expect(alone.faults?.map((f) => f.pointer)).to.deep.equal(['/data/officers']);
    const twice = [officers[0], officers[0]] as typeof officers;
    const { faults } = await ground.refused(walk, 'ny-officer', 'RECORD_VISIT', went(twice), 422);
    expect(faults?.map((f) => f.code)).to.deep.equal(['B2-1']);
    await walk.act('ny-officer', 'RECORD_VISIT', went(officers));
    const { text } = await ground.paper(walk, 'visit');
    for (const { name, licence } of officers) expect(text).to.include(name).and.include(licence);
  });

  it('B2-2: where a decision touches others, they are heard: signatures, a hearing, a notice to object to', () => {
    const heard = (code: string) => {
      const { definition } = ground.deps.definitions.get(code);
      const form = JSON.stringify(ground.deps.definitions.get(code).form);
      return [
        ...definition.steps
          .filter((s) => s.kind === 'post' || (s.kind === 'appraise' && s.procedure === '听证'))
          .map((s) => s.kind),
        ...(/四邻|相邻|利害关系/.test(form) ? ['neighbours'] : []),
      ];
    };
    expect(heard('SW-01')).to.include.members(['appraise', 'neighbours']);
    for (const code of ['NY-01', 'ZR-01', 'ZR-02'])
      expect(heard(code), code).to.include.members(['post', 'neighbours']);
    for (const code of ['LY-01', 'ZR-03']) expect(heard(code), code).to.include('post');
  });

  it('B2-2: a neighbour who objects stops the notice until two officers have looked into it', async () => {
    const walk = await ground.filed('LY-01');
    await ground.until(walk, 'POST');
    await ground.take(walk, 'POST');
    await ground.take(walk, 'OBJECT');
    const view = await walk.reload('village');
    expect(view.state).to.equal('posting.objected');
    expect(clockOf(view, 'posting')?.light).to.equal('paused');
  });

  it('B2-5: after the acceptance no desk asks the citizen again, in any of the 33 machines', () => {
    const asked = ground.items().flatMap(({ code, steps }) => {
      const accepts = steps.filter((s) => s.kind === 'accept').map((s) => s.id);
      const last = steps.findLastIndex((s) => s.kind === 'accept');
      return leaves(machine(code)).flatMap(({ name, step, leaf }) => {
        const after = steps.findIndex((s) => s.id === step) > last && last !== -1;
        const corrects = leaf.on?.REQUEST_CORRECTION && !accepts.includes(step);
        const returned = after && name.endsWith('.returned') && leaf.meta?.applicant;
        return corrects || returned ? [`${code} ${name}`] : [];
      });
    });
    expect(asked).to.deep.equal([]);
  });

  it('B2-5: the county returns an accepted file to the township that accepted it, not to the citizen', async () => {
    const walk = await ground.filed('MZ-01');
    await walk.act('town-window', 'ACCEPT');
    const faults = [{ target: '/form/group', reason: '组别不清' }];
    const { possible } = await ground.refused(walk, 'mz-officer', 'REQUEST_CORRECTION', { faults });
    expect(possible).to.include('RETURN');
    const returned = await walk.act('mz-officer', 'RETURN', { reason: '核对授权书不清楚' });
    expect(returned.holder).to.include({ at: 'township', role: 'window' });
    const clerk = await ground.house.as('village');
    const edit = await clerk.send<{ code: string }>('PUT', `/api/cases/${walk.id}/form`, { form: {} });
    expect([edit.status, edit.body.code]).to.deep.equal([409, 'case.not_editable']);
    expect((await walk.act('town-window', 'FORWARD', OPINION)).state).to.equal('verification.pending');
  });
});

describe('terms (B2-3, B2-4, B2-10, B2-16) and their lights', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00');

  it('B2-10: working days: without the seven days of National Day, with the Saturday worked instead', async () => {
    const walk = await ground.filed('NY-04');
    const view = await walk.act('county-window', 'ACCEPT');
    expect(dueOf(view, 'statutory')).to.equal('2026-10-30');
    expect(dueOf(view, 'promised')).to.equal('2026-10-16');
  });

  it('B2-3: twenty days, ten more once, by the head of the office, with a written reason', async () => {
    const walk = await ground.filed('NY-04');
    const accepted = await walk.act('county-window', 'ACCEPT');
    expect(dueOf(accepted, 'statutory')).to.equal(ground.workday(ground.today(), 20));
    const { faults } = await ground.refused(walk, 'ny-officer', 'EXTEND', { reason: '' }, 422);
    expect(faults?.map((f) => f.pointer)).to.include.members(['/data/reason', '/data/approvedBy']);
    const extended = await walk.act('ny-officer', 'EXTEND', { reason: '现场复杂', approvedBy: '周国栋' });
    expect(dueOf(extended, 'statutory')).to.equal(ground.workday(ground.today(), 30));
    const { text } = await ground.paper(walk, 'extension');
    for (const said of ['现场复杂', '周国栋', '10个工作日', '行政许可法》第四十二条'])
      expect(text).to.include(said);
    const again = { reason: '还是复杂', approvedBy: '周国栋' };
    expect((await ground.refused(walk, 'ny-officer', 'EXTEND', again)).possible).to.not.include('EXTEND');
  });

  it('B2-3: where another law names the term, it holds, and what that law does not extend is not extended', async () => {
    const walk = await ground.filed('SW-01');
    const view = await walk.act('county-window', 'ACCEPT');
    expect(dueOf(view, 'statutory')).to.equal(ground.workday(ground.today(), 45));
    expect(view.possible.map((p) => p.event)).to.not.include('EXTEND');
  });

  it('B2-16: what has no statutory term has a promised one, published and counted', async () => {
    const stranger = ground.house.stranger();
    for (const { code, kind, situations } of ground.items()) {
      const { body } = await stranger.get<{ guides: { statutory: string | null; promised: string }[] }>(
        `/api/items/${code}`,
      );
      expect(body.guides).to.have.length(situations.length);
      for (const { statutory, promised } of body.guides) {
        expect(promised, code).to.match(/\d+/);
        if (kind === 'permit') expect(statutory, code).to.match(/\d+/);
      }
    }
    const walk = await ground.filed('RS-03');
    const view = await walk.act('town-window', 'ACCEPT');
    expect(clockOf(view, 'statutory')).to.equal(undefined);
    expect(dueOf(view, 'promised')).to.equal(ground.workday(ground.today(), 15));
    expect((await ground.paper(walk, 'acceptance')).text).to.include('本事项没有法定期限');
  }).timeout(120_000);

  it('B2-4: offices are asked together, each with its own clock; one that keeps silent has no objection', async () => {
    const walk = await ground.filed('NY-01');
    await ground.until(walk, 'GIVE_OPINION');
    const view = await walk.reload('town-ny');
    const parts = view.clocks.filter((c) => c.name.startsWith('part:') && c.light !== 'done');
    expect(parts.length).to.be.greaterThan(1);
    const due = parts.map((c) => c.due).sort()[0] as string;
    expect(due).to.equal(ground.workday(ground.today(), 5));
    await ground.take(walk, 'GIVE_OPINION');
    await ground.house.at(`${ground.workday(due, 1)}T00:00:00+08:00`);
    expect((await walk.reload('town-ny')).state).to.not.equal('joint.pending');
    const told = (await ground.rows('escalations', walk)).filter((e) => e.clock?.startsWith('part:'));
    expect(told.filter((e) => e.rung === 'due')).to.have.length(parts.length - 1);
  });
});

describe('items handled jointly (B2-4)', () => {
  const ground = new Ground('2026-09-28T09:40:00+08:00', () => ({
    CUNBAN_DEFINITIONS: definitionsWith((item) =>
      item.code === 'NY-01' ? { ...item, terms: { ...item.terms, ...JOINTLY } } : item,
    ),
  }));
  const basis = '《中华人民共和国行政许可法》第四十二条第二款：经本级人民政府负责人批准';
  const JOINTLY = {
    statutory: { days: 45, unit: 'workday' },
    extension: { days: 15, basis },
  };

  it('B2-4: where an item says so the term is 45 days, and 15 more when the government’s head agrees', async () => {
    const walk = await ground.filed('NY-01');
    await ground.until(walk, 'ACCEPT');
    await ground.take(walk, 'ACCEPT');
    const accepted = ground.today();
    expect(dueOf(await walk.reload('town-ny'), 'statutory')).to.equal(ground.workday(accepted, 45));
    await walk.act('town-ny', 'EXTEND', { reason: '联合审查尚未完成', approvedBy: '县人民政府负责人' });
    expect(dueOf(walk.view, 'statutory')).to.equal(ground.workday(accepted, 60));
    expect((await ground.paper(walk, 'extension')).text)
      .to.include('15个工作日')
      .and.include(basis);
  });
});

describe('the clock of a term', () => {
  const ground = new Ground('2026-11-02T09:00:00+08:00');
  const suspension = (procedure: string) => ({
    procedure,
    reason: '需要专门机构',
    expectedEnd: '2026-12-01',
  });

  it('B2-6: every pause is added to the term; the day it begins counts, the day it ends does not', async () => {
    const walk = await ground.filed('NY-04');
    const start = ground.today();
    await walk.act('county-window', 'ACCEPT');
    let paused = 0;
    for (const [after, lasts] of [
      [2, 3],
      [4, 5],
    ] as const) {
      const begun = ground.workday(ground.today(), after);
      await ground.house.at(`${begun}T09:00:00+08:00`);
      const held = await walk.act('ny-officer', 'SUSPEND', suspension('检测'));
      expect(clockOf(held, 'statutory')).to.include({ due: null, light: 'paused' });
      await ground.house.at(`${ground.workday(begun, lasts)}T09:00:00+08:00`);
      paused += lasts;
      const goesOn = await walk.act('ny-officer', 'RESUME', { opinion: '检测完成' });
      expect(dueOf(goesOn, 'statutory')).to.equal(ground.workday(start, 20 + paused));
      expect(dueOf(goesOn, 'promised')).to.equal(ground.workday(start, 10 + paused));
    }
    const special = (await ground.papers(walk)).filter((p) => p.kind === 'special-procedure');
    expect(special).to.have.length(2);
    expect(special[0]?.text).to.include('检测').and.include('2026年12月1日').and.include('次日起继续计算');
  });

  it('B2-6: an expert opinion and a hearing stop the clock by themselves, and the citizen is told in writing', async () => {
    const disabled = await ground.filed('CL-01');
    await ground.until(disabled, 'RECORD_RESULT');
    const heard = changed(ground.form('SW-01'), {
      thirdParty: { major: '有', explanation: '下游两户共用一处水源。' },
    });
    const water = await ground.filed('SW-01', { form: heard });
    await ground.until(water, 'RECORD_RESULT');
    for (const walk of [disabled, water]) {
      const view = await walk.reload('village');
      expect(clockOf(view, 'promised')?.light, view.item).to.equal('paused');
      expect((await ground.paper(walk, 'special-procedure')).text).to.include('不计入办理期限');
    }
    const before = dueOf(await water.reload('village'), 'statutory');
    expect(before).to.equal(null);
    await ground.take(water, 'RECORD_RESULT');
    expect(clockOf(await water.reload('village'), 'statutory')?.light).to.not.equal('paused');
  });

  it('B2-11: a hearing is announced seven days before, and its chair has not worked on the case', async () => {
    const heard = changed(ground.form('SW-01'), {
      thirdParty: { major: '有', explanation: '下游两户共用一处水源。' },
    });
    const walk = await ground.filed('SW-01', { form: heard });
    await ground.until(walk, 'RECORD_RESULT');
    const examiner = (await ground.log(walk)).find((e) => e.type === 'RECORD_VISIT')?.by.name as string;
    const said = {
      body: '富宁县水务局',
      heldOn: '2026-11-20',
      noticedOn: '2026-11-14',
      chair: examiner,
      result: '双方到场陈述。',
      conclusion: '符合',
      asked: { held: '举行了听证', notifiedOn: '2026-11-13', opinion: '留足生态水量' },
    };
    const asks = ground.deps.definitions.get('SW-01').definition.steps.find((s) => s.id === 'hearing')?.asks;
    const asked = Object.fromEntries(
      Object.entries(said.asked).map(([k, v]) => [k, asks?.[k]?.enum?.[0] ?? v]),
    );
    const refused = await ground.refused(walk, 'sw-reviewer', 'RECORD_RESULT', { ...said, asked }, 422);
    expect(refused.faults?.map((f) => `${f.code} ${f.pointer}`)).to.deep.equal([
      'B2-11 /data/noticedOn',
      'B2-11 /data/chair',
    ]);
    const right = { ...said, asked, noticedOn: '2026-11-13', chair: '韦正德' };
    await walk.act('sw-reviewer', 'RECORD_RESULT', right);
    expect((await ground.paper(walk, 'appraisal')).text)
      .to.include('韦正德')
      .and.include('2026年11月13日');
  });

  it('B2-7: posting and visits run on; only what an item declares with its basis stands still', async () => {
    const declared = ground.items().flatMap(({ code, steps }) =>
      steps.flatMap((s) => {
        if (s.kind === 'post') return s.clock === 'stops' ? [`${code} ${s.id}: ${s.basis}`] : [];
        return 'untimed' in s && s.untimed ? [`${code} ${s.id}: ${s.untimed}`] : [];
      }),
    );
    const names = declared.map((d) => d.split(':')[0]);
    expect(names).to.include.members(['NY-03 posting', 'ZR-02 announcement', 'SW-01 consultation']);
    for (const one of declared) expect(one).to.match(/: .*[一-龥]{6}/);

    const runs = await ground.filed('MZ-01');
    await ground.until(runs, 'POST');
    const before = dueOf(await runs.reload('village'), 'statutory');
    await ground.take(runs, 'POST');
    const hanging = await runs.reload('village');
    expect(dueOf(hanging, 'statutory')).to.equal(before);

    const stops = await ground.filed('ZR-02');
    await ground.until(stops, 'POST');
    await ground.take(stops, 'POST');
    const still = await stops.reload('village');
    expect(clockOf(still, 'statutory')?.light).to.equal('paused');
    expect((await ground.paper(stops, 'acceptance')).text).to.include('公告');
  });

  it('the light: green, yellow at three tenths or two working days, red when it is over', async () => {
    const walk = await ground.filed('NY-04');
    const start = ground.today();
    await walk.act('county-window', 'ACCEPT');
    const lightOn = async (n: number) => {
      await ground.house.at(`${ground.workday(start, n)}T09:00:00+08:00`);
      return clockOf(await walk.reload('ny-officer'), 'statutory')?.light;
    };
    const seen: unknown[] = [];
    for (const n of [1, 13, 14, 20, 21]) seen.push(await lightOn(n));
    expect(seen).to.deep.equal(['green', 'green', 'yellow', 'yellow', 'red']);
  });
});

describe('waiting for the applicant, and clocks of hours', () => {
  /** The last afternoon before seven days off. */
  const ground = new Ground('2026-09-30T16:00:00+08:00');
  const firesAt = async (walk: { id: string }, clock: string) =>
    (await ground.rows('deadlines', walk as never)).find((d) => d.clock === clock && d.rung === 'due')
      ?.fires_at;

  it('applicantWait: the term stands still, told apart from a procedure of the office', async () => {
    const walk = await ground.filed('SW-03');
    await ground.until(walk, 'REPORT');
    const { snapshot } = await ground.rowOf(walk);
    const promised = snapshot.clocks.find((c) => c.name === 'promised');
    expect(promised?.entries).to.have.length(1);
    expect(promised?.entries[0]).to.include({ kind: 'pause', reason: '签约缴费' });
    expect(promised?.entries[0]).to.not.have.property('basis');
    expect(await walk.reload('village')).to.include({ phase: 'correction' });
    expect(kindsOf(await ground.papers(walk))).to.not.include('special-procedure');
  });

  it('MZ-02: 24 natural hours from receipt, through the holiday', async () => {
    const filedAt = ground.deps.clock.now();
    const walk = await ground.filed('MZ-02', { situation: 'urgent' });
    await ground.house.at('2026-09-30T18:00:00+08:00');
    await walk.act('town-window', 'ACCEPT');
    const due = Date.parse((await firesAt(walk, 'promised')) as string) - Date.parse(filedAt);
    expect(due / 3_600_000).to.be.within(24, 24.05);
  });

  it('XM-03: two office hours: what is left of this afternoon, the rest after the holiday', async () => {
    await ground.house.at('2026-09-30T18:30:00+08:00');
    const late = await ground.filed('XM-03');
    expect(await firesAt(late, 'acceptance')).to.equal('2026-10-08T02:30:00.000Z');
    await ground.house.at('2026-10-08T16:30:00+08:00');
    const walk = await ground.filed('XM-03', { situation: 'slaughter' });
    const rest = Date.parse((await firesAt(walk, 'acceptance')) as string);
    expect((rest - Date.parse('2026-10-09T08:30:00+08:00')) / 60_000).to.be.within(60, 61);
    await ground.house.at('2026-10-09T09:32:00+08:00');
    expect((await walk.reload('town-window')).dates.deemed).to.equal(true);
  });

  it('LY-03: one office hour to accept, two working days promised', async () => {
    const walk = await ground.filed('LY-03');
    const due = Date.parse((await firesAt(walk, 'acceptance')) as string);
    expect((due - Date.parse(ground.deps.clock.now())) / 60_000).to.be.within(59, 60.1);
    const view = await walk.act('town-window', 'ACCEPT');
    expect(dueOf(view, 'promised')).to.equal(ground.workday(ground.today(), 2));
  });
});
