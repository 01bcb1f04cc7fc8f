import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createCalendar, parseHolidays } from '../../src/kernel/calendar.ts';
import { deriveDue } from '../../src/kernel/deadline.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import {
  advance,
  metaOf,
  NotPossible,
  possibleEvents,
  start,
  stateName,
} from '../../src/workflow/advance.ts';
import { activeClock } from '../../src/workflow/clocks.ts';
import { compile } from '../../src/workflow/compile.ts';
import { fold } from '../../src/workflow/replay.ts';
import type { CaseEvent, CaseState, EventName } from '../../src/workflow/types.ts';
import { sampleItem } from './sample-item.ts';

const machine = compile(sampleItem);
const calendar = createCalendar(
  parseHolidays(readFileSync(join(projectRoot, 'data', 'china-holidays.csv'), 'utf8')),
);
const by = { kind: 'account', id: 'a1', name: '韦代办' } as const;

const event = (type: EventName, day: string, over: Partial<CaseEvent> = {}): CaseEvent => ({
  type,
  at: `${day}T02:00:00.000Z`,
  by,
  data: {},
  ...over,
});

/** Play `EVENT day` lines from a fresh case. */
function play(script: string[], situation = 'new', routes = {}): CaseState {
  return script.reduce(
    (state, line) => {
      const [type, day] = line.split(' ') as [EventName, string];
      return advance(machine, state, event(type, day, { routes })).state;
    },
    start(machine, situation),
  );
}

const due = (state: CaseState, name: string) => {
  const ledger = activeClock(state.clocks, name);
  if (!ledger) throw new Error(`no clock ${name}`);
  return deriveDue(ledger, calendar).due;
};

const TO_VISIT = ['FILE 2026-09-01', 'ACCEPT 2026-09-02'];
const TO_POSTING = [...TO_VISIT, 'RECORD_VISIT 2026-09-03'];

describe('advance', () => {
  it('B1-4: an office may accept, ask once for correction, or refuse', () => {
    const state = play(['FILE 2026-09-01']);
    expect(stateName(state)).to.equal('acceptance.pending');
    expect(possibleEvents(machine, state)).to.have.members([
      'ACCEPT',
      'REQUEST_CORRECTION',
      'REFUSE',
      'WITHDRAW',
    ]);
  });

  it('B1-5: five working days of silence accept from the day the file came in', () => {
    const filed = play(['FILE 2026-09-24']);
    expect(due(filed, 'acceptance')).to.equal('2026-10-09');
    const deemed = play(['FILE 2026-09-24', 'ACCEPTANCE_DEEMED 2026-10-10']);
    expect(deemed.context.acceptedOn).to.equal('2026-09-24');
    expect(deemed.context.deemed).to.equal(true);
    expect(activeClock(deemed.clocks, 'statutory')?.start).to.equal('2026-09-24');
  });

  it('B1-5: after a correction, silence accepts from the day the corrected file came in', () => {
    const state = play([
      'FILE 2026-09-01',
      'REQUEST_CORRECTION 2026-09-02',
      'RESUBMIT 2026-09-04',
      'ACCEPTANCE_DEEMED 2026-09-12',
    ]);
    expect(state.context.acceptedOn).to.equal('2026-09-04');
  });

  it('B1-6: a second correction is not possible', () => {
    const state = play(['FILE 2026-09-01', 'REQUEST_CORRECTION 2026-09-02', 'RESUBMIT 2026-09-04']);
    expect(possibleEvents(machine, state)).to.not.include('REQUEST_CORRECTION');
    expect(() => advance(machine, state, event('REQUEST_CORRECTION', '2026-09-05'))).to.throw(NotPossible);
  });

  it('B1-7: while a correction is awaited only its own clock runs, and its lapse ends the case', () => {
    const state = play(['FILE 2026-09-01', 'REQUEST_CORRECTION 2026-09-02']);
    expect(state.clocks.filter((c) => !c.endedOn).map((c) => c.name)).to.deep.equal(['correction']);
    const lapsed = advance(machine, state, event('CORRECTION_LAPSED', '2026-09-17')).state;
    expect(lapsed.context.outcome).to.equal('lapsed');
    expect(lapsed.clocks.every((c) => c.endedOn)).to.equal(true);
  });

  it('a return goes to the desk before and comes back to the desk that asked', () => {
    const asked = play([...TO_POSTING, 'POST 2026-09-04', 'NOTICE_CLOSED 2026-09-12', 'RETURN 2026-09-14']);
    expect(stateName(asked)).to.equal('county-review.returned');
    // Not to the county visit, which only cases with R4 pass.
    expect(metaOf(machine, asked).desk).to.deep.equal({ at: 'township', role: 'officer' });
    expect(stateName(advance(machine, asked, event('FORWARD', '2026-09-15')).state)).to.equal(
      'county-review.pending',
    );
  });

  it('a step on a route is taken only when its rule struck', () => {
    const script = [...TO_POSTING, 'POST 2026-09-04', 'NOTICE_CLOSED 2026-09-12'];
    expect(stateName(play(script))).to.equal('county-review.pending');
    expect(stateName(play(script, 'new', { R4: true }))).to.equal('county-visit.pending');
  });

  it('a situation leaves out its steps and has its own terms', () => {
    const state = play(TO_POSTING, 'short');
    expect(stateName(state)).to.equal('county-review.pending');
    expect(activeClock(state.clocks, 'statutory')).to.equal(undefined);
    expect(activeClock(state.clocks, 'promised')?.budget).to.deep.equal({ days: 5, unit: 'workday' });
  });

  it('B2-7: a notice that stops the clock pauses both terms until it closes', () => {
    const before = play(TO_POSTING);
    const open = play([...TO_POSTING, 'POST 2026-09-04']);
    expect(due(open, 'statutory')).to.equal(null);
    const closed = play([...TO_POSTING, 'POST 2026-09-04', 'NOTICE_CLOSED 2026-09-12']);
    expect(due(before, 'statutory')).to.equal('2026-10-20');
    expect(due(closed, 'statutory')).to.equal('2026-10-27');
  });

  it('an objection stops the notice; dismissed, it goes on; the last one decides', () => {
    const two = play([...TO_POSTING, 'POST 2026-09-04', 'OBJECT 2026-09-07', 'OBJECT 2026-09-08']);
    expect(due(two, 'posting')).to.equal(null);
    const one = advance(machine, two, event('DISMISS_OBJECTION', '2026-09-09')).state;
    expect(stateName(one)).to.equal('posting.objected');
    const none = advance(machine, one, event('DISMISS_OBJECTION', '2026-09-10')).state;
    expect(stateName(none)).to.equal('posting.open');
    expect(due(none, 'posting')).to.equal('2026-09-14');
  });

  it('a sustained objection goes back, and the notice is posted anew with a fresh clock', () => {
    const back = play([
      ...TO_POSTING,
      'POST 2026-09-04',
      'OBJECT 2026-09-07',
      'SUSTAIN_OBJECTION 2026-09-08',
    ]);
    expect(stateName(back)).to.equal('visit.pending');
    expect(due(back, 'statutory')).to.not.equal(null);
    const again = ['RECORD_VISIT 2026-09-10', 'POST 2026-09-11'].reduce((state, line) => {
      const [type, day] = line.split(' ') as [EventName, string];
      return advance(machine, state, event(type, day)).state;
    }, back);
    expect(activeClock(again.clocks, 'posting')?.name).to.equal('posting#2');
    expect(again.context.openObjections).to.equal(0);
  });

  it('B2-3: a term is extended once', () => {
    const state = play([...TO_VISIT, 'EXTEND 2026-09-03']);
    expect(due(state, 'statutory')).to.equal('2026-11-10');
    expect(possibleEvents(machine, state)).to.not.include('EXTEND');
  });

  it('B2-6: a special procedure stops the terms until it is over', () => {
    const held = play([...TO_VISIT, 'SUSPEND 2026-09-03']);
    expect(due(held, 'statutory')).to.equal(null);
    const on = advance(machine, held, event('RESUME', '2026-09-10')).state;
    expect(due(on, 'statutory')).to.equal('2026-10-27');
  });

  it('B2-17: the applicant may withdraw until the decision, not after', () => {
    const decided = play([
      ...TO_POSTING,
      'POST 2026-09-04',
      'NOTICE_CLOSED 2026-09-12',
      'FORWARD 2026-09-14',
      'APPROVE 2026-09-15',
    ]);
    expect(stateName(decided)).to.equal('certificate.pending');
    expect(possibleEvents(machine, decided)).to.deep.equal(['ISSUE']);
    const end = advance(machine, play(TO_VISIT), event('WITHDRAW', '2026-09-03')).state;
    expect(end.context.outcome).to.equal('withdrawn');
  });

  it('B2-8: the decision ends the terms and starts ten working days for handing over', () => {
    const decided = play([
      ...TO_POSTING,
      'POST 2026-09-04',
      'NOTICE_CLOSED 2026-09-12',
      'FORWARD 2026-09-14',
      'APPROVE 2026-09-15',
    ]);
    expect(decided.clocks.filter((c) => !c.endedOn).map((c) => c.name)).to.deep.equal(['step:certificate']);
    expect(due(decided, 'step:certificate')).to.equal('2026-09-29');
  });

  it('tells effects in their order: number first, then the paper that prints it', () => {
    const before = play([...TO_POSTING, 'POST 2026-09-04', 'NOTICE_CLOSED 2026-09-12', 'FORWARD 2026-09-14']);
    const { effects } = advance(machine, before, event('APPROVE', '2026-09-15'));
    expect(effects).to.deep.equal([
      { type: 'certificate.reserve', certificate: 'paper' },
      { type: 'paper', paper: 'approval' },
      { type: 'message', template: 'approved' },
    ]);
  });

  it('folding the log gives the same state as living through it', () => {
    const log = [event('FILE', '2026-09-01'), event('ACCEPT', '2026-09-02'), event('SUSPEND', '2026-09-03')];
    let lived = start(machine, 'new');
    for (const e of log) lived = advance(machine, lived, e).state;
    expect(fold(() => machine, '', 'new', log)).to.deep.equal(lived);
  });

  it('survives being written down: a state is plain JSON', () => {
    const state = play(TO_POSTING);
    const copy = JSON.parse(JSON.stringify(state)) as CaseState;
    expect(advance(machine, copy, event('POST', '2026-09-04'))).to.deep.equal(
      advance(machine, state, event('POST', '2026-09-04')),
    );
  });
});
