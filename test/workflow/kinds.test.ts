import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createCalendar, parseHolidays } from '../../src/kernel/calendar.ts';
import { deriveDue, isPaused } from '../../src/kernel/deadline.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import {
  advance,
  isResting,
  metaOf,
  NotPossible,
  outerFacts,
  possibleEvents,
  start,
  stateName,
} from '../../src/workflow/advance.ts';
import { activeClock, factData } from '../../src/workflow/clocks.ts';
import { compile } from '../../src/workflow/compile.ts';
import type { CaseEvent, CaseState, Definition, EventName, Step } from '../../src/workflow/types.ts';
import { sampleItem } from './sample-item.ts';

const calendar = createCalendar(
  parseHolidays(readFileSync(join(projectRoot, 'data', 'china-holidays.csv'), 'utf8')),
);
const by = { kind: 'account', id: 'a1', name: '韦代办' } as const;

/** The sample item with other steps between acceptance and decision, or after it. */
const itemOf = (before: Step[], after: Step[] = [], over: Partial<Definition> = {}): Definition => ({
  ...sampleItem,
  situations: [{ id: 'new', title: '新办' }],
  steps: [
    { id: 'intake', kind: 'intake' },
    { id: 'acceptance', kind: 'accept' },
    ...before,
    { id: 'decision', kind: 'decide' },
    ...after,
  ],
  ...over,
});

type Line = [event: EventName, day: string, data?: Record<string, unknown>];

/** Play lines from a fresh case; `over` is what the file says when it is handed in. */
function play(item: Definition, lines: Line[], over: Partial<CaseEvent> = {}): CaseState {
  const machine = compile(item);
  return lines.reduce(
    (state, [type, day, data = {}]) => {
      const said = ['FILE', 'RESUBMIT'].includes(type) ? over : {};
      return advance(machine, state, { type, at: `2026-${day}T02:00:00.000Z`, by, data, ...said }).state;
    },
    start(machine, 'new'),
  );
}

const due = (state: CaseState, name: string) => {
  const ledger = activeClock(state.clocks, name);
  return ledger ? deriveDue(ledger, calendar).due : undefined;
};
const paused = (state: CaseState, name: string) => {
  const ledger = activeClock(state.clocks, name);
  if (!ledger) throw new Error(`no clock ${name}`);
  return isPaused(ledger);
};

const ACCEPTED: Line[] = [
  ['FILE', '09-01'],
  ['ACCEPT', '09-02'],
];

describe('joint: several offices at once', () => {
  const item = itemOf([
    {
      id: 'joint',
      kind: 'joint',
      days: 5,
      deemed: '示例依据',
      parts: [
        { office: 'ZR', title: '规划地类' },
        { office: 'LY', title: '林地', days: 3 },
        { office: 'SW', title: '河道', when: 'R8' },
      ],
    },
  ]);
  const opinion = (part: string, view = '同意') => ({ part, view, opinion: '示例' });

  it('asks those whose rule struck, each on its own clock', () => {
    const asked = play(item, ACCEPTED);
    expect(asked.context.parts).to.deep.equal({ ZR: 'open', LY: 'open' });
    expect(due(asked, 'part:ZR')).to.equal('2026-09-09');
    expect(due(asked, 'part:LY')).to.equal('2026-09-07');
    const all = play(item, ACCEPTED, { routes: { R8: true } });
    expect(Object.keys(all.context.parts)).to.deep.equal(['ZR', 'LY', 'SW']);
  });

  it('goes on when the last has answered, and stops the clock of whoever answered', () => {
    const one = play(item, [...ACCEPTED, ['GIVE_OPINION', '09-03', opinion('LY')]]);
    expect(stateName(one)).to.equal('joint.pending');
    expect(activeClock(one.clocks, 'part:LY')).to.equal(undefined);
    const both = play(item, [
      ...ACCEPTED,
      ['GIVE_OPINION', '09-03', opinion('LY')],
      ['GIVE_OPINION', '09-04', opinion('ZR', '不同意')],
    ]);
    expect(stateName(both)).to.equal('decision.pending');
    expect(both.context.parts).to.deep.equal({ ZR: 'objected', LY: 'agreed' });
  });

  it('silence counts as no objection, and is told apart from consent', () => {
    const state = play(item, [...ACCEPTED, ['OPINION_DEEMED', '09-08', { part: 'LY' }]]);
    expect(state.context.parts).to.deep.equal({ ZR: 'open', LY: 'deemed' });
    const ledger = activeClock(state.clocks, 'part:ZR');
    expect(ledger && factData(ledger)).to.deep.equal({ part: 'ZR' });
  });

  it('refuses an office twice, one that was not asked, and none at all', () => {
    const answered: Line[] = [...ACCEPTED, ['GIVE_OPINION', '09-03', opinion('LY')]];
    for (const data of [opinion('LY'), opinion('SW'), { view: '同意' }])
      expect(() => play(item, [...answered, ['GIVE_OPINION', '09-04', data]])).to.throw(NotPossible);
  });

  it('with `untimed` the terms stand still until the last answer (B2-7)', () => {
    const still = itemOf([{ ...(item.steps[2] as never as object), untimed: '示例依据' } as Step]);
    expect(paused(play(still, ACCEPTED), 'statutory')).to.equal(true);
    const done = play(still, [
      ...ACCEPTED,
      ['GIVE_OPINION', '09-04', opinion('LY')],
      ['GIVE_OPINION', '09-09', opinion('ZR')],
    ]);
    expect(paused(done, 'statutory')).to.equal(false);
    expect(due(done, 'statutory')).to.equal(
      due(
        play(itemOf([]), [
          ['FILE', '09-01'],
          ['ACCEPT', '09-09'],
        ]),
        'statutory',
      ),
    );
  });
});

describe('deliberate: the village meets', () => {
  const item = itemOf([{ id: 'meeting', kind: 'deliberate', passes: 'true' }]);
  const meeting = (conclusion: string): Line => ['RECORD_MEETING', '09-03', { conclusion }];

  it('passed goes on; not passed leaves the citizen three ways (B1-10)', () => {
    expect(stateName(play(item, [...ACCEPTED, meeting('通过')]))).to.equal('decision.pending');
    const lines = [...ACCEPTED, meeting('未通过')];
    const state = play(item, lines);
    expect(stateName(state)).to.equal('meeting.unpassed');
    expect(possibleEvents(compile(item), state)).to.have.members(['RESUBMIT', 'FORWARD', 'WITHDRAW']);
    expect(stateName(play(item, [...lines, ['FORWARD', '09-04']]))).to.equal('decision.pending');
    expect(stateName(play(item, [...lines, ['RESUBMIT', '09-04']]))).to.equal('meeting.pending');
  });

  it('before acceptance, the office counts from the day the file reaches it', () => {
    const early: Definition = {
      ...item,
      steps: [
        { id: 'intake', kind: 'intake' },
        { id: 'meeting', kind: 'deliberate', passes: 'true' },
        { id: 'acceptance', kind: 'accept' },
        { id: 'decision', kind: 'decide' },
      ],
    };
    const arrived = play(early, [
      ['FILE', '09-01'],
      ['RECORD_MEETING', '09-08', { conclusion: '通过' }],
    ]);
    expect(arrived.context.handedInOn).to.equal('2026-09-08');
    expect(due(arrived, 'acceptance')).to.equal('2026-09-15');
  });
});

describe('appraise: time that is not counted (B2-6)', () => {
  const item = itemOf([
    { id: 'appraisal', kind: 'appraise', procedure: '鉴定', basis: '行政许可法第四十五条', again: 10 },
  ]);
  const result = (day: string, conclusion: string): Line => ['RECORD_RESULT', day, { conclusion }];

  it('stops both terms and lets them go on', () => {
    expect(paused(play(item, ACCEPTED), 'promised')).to.equal(true);
    const done = play(item, [...ACCEPTED, result('09-16', '符合')]);
    expect(stateName(done)).to.equal('decision.pending');
    expect(paused(done, 'promised')).to.equal(false);
  });

  it('may be asked for a second time, once; silence lets the result stand', () => {
    const told: Line[] = [...ACCEPTED, result('09-16', '不符合')];
    expect(stateName(play(item, told))).to.equal('appraisal.told');
    expect(paused(play(item, told), 'promised')).to.equal(true);
    const again: Line[] = [...told, ['REAPPRAISE', '09-17'], result('09-21', '不符合')];
    expect(stateName(play(item, again))).to.equal('decision.pending');
    const stood = play(item, [...told, ['RESULT_STOOD', '10-09']]);
    expect(stateName(stood)).to.equal('decision.pending');
    expect(paused(stood, 'promised')).to.equal(false);
  });
});

describe('inspect with 整改: the applicant’s time', () => {
  const item = itemOf([{ id: 'visit', kind: 'inspect', officers: 2, days: 5, rectify: 10 }]);

  it('pauses the terms and the desk’s own clock until it is reported or its days are over', () => {
    const lines: Line[] = [...ACCEPTED, ['REQUEST_RECTIFICATION', '09-03']];
    const state = play(item, lines);
    expect(metaOf(compile(item), state).applicant).to.equal(true);
    for (const name of ['statutory', 'promised', 'step:visit'])
      expect(paused(state, name), name).to.equal(true);
    for (const fact of ['RESUBMIT', 'RECTIFICATION_LAPSED'] as const) {
      const back = play(item, [...lines, [fact, '09-18']]);
      expect(stateName(back)).to.equal('visit.pending');
      for (const name of ['statutory', 'promised', 'step:visit'])
        expect(paused(back, name), name).to.equal(false);
    }
  });
});

describe('await: nothing before somebody else has', () => {
  const wait = {
    id: 'paying',
    kind: 'await',
    for: 'applicant',
    lapse: { days: 30, unit: 'natural' },
  } as const;

  it('waiting for the applicant is not the office’s time', () => {
    expect(paused(play(itemOf([{ ...wait, onLapse: 'end' }]), ACCEPTED), 'promised')).to.equal(true);
  });

  it('lapses, or goes on without', () => {
    const lapse: Line[] = [...ACCEPTED, ['WAIT_LAPSED', '10-09']];
    expect(play(itemOf([{ ...wait, onLapse: 'end' }]), lapse).context.outcome).to.equal('lapsed');
    expect(stateName(play(itemOf([{ ...wait, onLapse: 'onward' }]), lapse))).to.equal('decision.pending');
  });

  it('after the decision what was granted expires, and nothing can be withdrawn (B2-17)', () => {
    const item = itemOf([], [{ ...wait, id: 'building', onLapse: 'end' }]);
    const granted: Line[] = [...ACCEPTED, ['APPROVE', '09-04']];
    expect(possibleEvents(compile(item), play(item, granted))).to.deep.equal(['REPORT']);
    expect(play(item, [...granted, ['WAIT_LAPSED', '10-09']]).context.outcome).to.equal('expired');
  });
});

describe('allot: waiting in line', () => {
  const item = itemOf([{ id: 'quota', kind: 'allot', quota: 'timber', amount: '1', order: 'received' }]);

  it('in reserve the promised term waits, the statutory one does not', () => {
    const kept = play(item, [...ACCEPTED, ['RESERVE', '09-03']]);
    expect(paused(kept, 'promised')).to.equal(true);
    expect(paused(kept, 'statutory')).to.equal(false);
    const got = play(item, [...ACCEPTED, ['RESERVE', '09-03'], ['ALLOT', '09-09']]);
    expect(paused(got, 'promised')).to.equal(false);
  });
});

describe('pay: money that comes back', () => {
  const item = itemOf([], [{ id: 'payment', kind: 'pay', scheme: 'dibao' }]);
  const sent: Line[] = [...ACCEPTED, ['APPROVE', '09-04'], ['PAY', '09-07']];

  it('settles, or the account is put right at the counter and it is paid again', () => {
    expect(stateName(play(item, [...sent, ['SETTLE', '09-08']]))).to.equal('done');
    const bounced = play(item, [...sent, ['BOUNCE', '09-08']]);
    expect(metaOf(compile(item), bounced)).to.include({ applicant: true });
    expect(stateName(play(item, [...sent, ['BOUNCE', '09-08'], ['RESUBMIT', '09-09']]))).to.equal(
      'payment.pending',
    );
  });
});

describe('follow: what was granted goes on', () => {
  const item = itemOf(
    [],
    [
      {
        id: 'life',
        kind: 'follow',
        about: '生存认证',
        every: { months: 12 },
        grace: { days: 30, unit: 'natural' },
      },
    ],
  );
  const machine = compile(item);
  const granted: Line[] = [...ACCEPTED, ['APPROVE', '09-04']];

  it('rests until its day, is halted when not confirmed, and resumed by a late confirmation', () => {
    const state = play(item, granted);
    expect(stateName(state)).to.equal('life.current');
    expect(isResting(machine, state)).to.equal(true);
    expect(due(state, 'validity')).to.equal('2027-09-04');
    const missed: Line[] = [...granted, ['REVIEW_DUE', '11-01'], ['REVIEW_LAPSED', '12-02']];
    expect(stateName(play(item, missed))).to.equal('life.halted');
    expect(stateName(play(item, [...missed, ['CONFIRM', '12-10']]))).to.equal('life.current');
  });

  it('confirmed early, the next review counts from then', () => {
    expect(due(play(item, [...granted, ['CONFIRM', '10-12']]), 'validity')).to.equal('2027-10-12');
  });

  it('another item cancels it, twice is once, and it can be taken back', () => {
    const cancelled: Line[] = [...granted, ['CANCELLED_ELSEWHERE', '10-12']];
    const state = play(item, cancelled);
    expect(stateName(state)).to.equal('life.cancelled');
    expect(outerFacts(machine, state)).to.deep.equal(['RESTORED_ELSEWHERE']);
    expect(stateName(play(item, [...cancelled, ['RESTORED_ELSEWHERE', '10-13']]))).to.equal('life.current');
  });

  it('a case still under way is ended by another item', () => {
    expect(play(item, [...ACCEPTED, ['CANCELLED_ELSEWHERE', '09-03']]).context.outcome).to.equal('ended');
  });
});

describe('routes both ways', () => {
  const item = itemOf([
    { id: 'small', kind: 'review', unless: 'BIG' },
    { id: 'large', kind: 'review', when: 'BIG' },
  ]);

  it('a step is taken when its rule struck, or unless it did', () => {
    expect(stateName(play(item, ACCEPTED))).to.equal('small.pending');
    expect(stateName(play(item, ACCEPTED, { routes: { BIG: true } }))).to.equal('large.pending');
    expect(stateName(play(item, [...ACCEPTED, ['FORWARD', '09-03']]))).to.equal('decision.pending');
  });

  it('what the file says counts for the step right after the counter', () => {
    const first = { ...item.steps[0], accepts: true } as Step;
    const direct = { ...item, steps: [first, ...item.steps.slice(2)] };
    expect(stateName(play(direct, [['FILE', '09-01']], { routes: { BIG: true } }))).to.equal('large.pending');
  });
});

describe('lengths of time that a parameter gives', () => {
  const item = itemOf([{ id: 'visit', kind: 'inspect', officers: 2, days: 'visitDays' }]);
  const findings = { countsFrom: '2026-09-01', gaps: [], counts: { visitDays: 3 }, validTo: null };

  it('are the number of the day the file came in', () => {
    expect(due(play(item, ACCEPTED, { findings }), 'step:visit')).to.equal('2026-09-07');
  });

  it('fail the step when there is none: a clock that cannot be armed stops everything', () => {
    expect(() => play(item, ACCEPTED, { findings: { ...findings, counts: {} } })).to.throw('visitDays');
  });
});

describe('owed papers (容缺, B.6) and renewals (B2-12)', () => {
  const material = { id: 'plan', title: '图纸', form: 'copy', copies: 1, tolerable: true } as const;
  const owing = itemOf([], [], { materials: [material] });
  const findings = { countsFrom: '2026-09-01', gaps: ['plan'], counts: { gapDays: 10 }, validTo: null };

  it('the acceptance day stays, ten working days run, and what comes in ends them', () => {
    const state = play(owing, ACCEPTED, { findings });
    expect(state.context.acceptedOn).to.equal('2026-09-02');
    expect(due(state, 'gap')).to.equal('2026-09-16');
    expect(possibleEvents(compile(owing), state)).to.include('SUPPLY');
    const supplied = play(owing, [...ACCEPTED, ['SUPPLY', '09-10']], { findings });
    expect(activeClock(supplied.clocks, 'gap')).to.equal(undefined);
    expect(possibleEvents(compile(owing), supplied)).to.not.include('SUPPLY');
  });

  it('what stays out ends the case: before the decision it lapses, after it the grant ends', () => {
    expect(play(owing, [...ACCEPTED, ['GAP_LAPSED', '09-17']], { findings }).context.outcome).to.equal(
      'lapsed',
    );
    const after = itemOf([], [{ id: 'licence', kind: 'issue', certificate: 'paper' }], {
      materials: [material],
    });
    const late: Line[] = [...ACCEPTED, ['APPROVE', '09-04'], ['GAP_LAPSED', '09-17']];
    expect(play(after, late, { findings }).context.outcome).to.equal('ended');
  });

  it('undecided when the licence ends is renewed; a decision in time stops that clock', () => {
    const renewal = itemOf([], [{ id: 'licence', kind: 'issue', certificate: 'paper' }], {
      situations: [
        { id: 'new', title: '延续', renews: { validTo: 'form.validTo', basis: '行政许可法第五十条' } },
      ],
    });
    const renewing = { ...findings, gaps: [], validTo: '2026-09-10' };
    const waiting = play(renewal, ACCEPTED, { findings: renewing });
    expect(due(waiting, 'renewal')).to.equal('2026-09-10');
    const deemed = play(renewal, [...ACCEPTED, ['RENEWAL_DEEMED', '09-11']], { findings: renewing });
    expect(stateName(deemed)).to.equal('licence.pending');
    expect(deemed.context.outcome).to.equal('granted');
    const decided = play(renewal, [...ACCEPTED, ['APPROVE', '09-04']], { findings: renewing });
    expect(activeClock(decided.clocks, 'renewal')).to.equal(undefined);
  });
});
