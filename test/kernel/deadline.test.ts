import { expect } from 'chai';
import fc from 'fast-check';
import { addWorkdays, countWorkdays, rollToWorkday } from '../../src/kernel/calendar.ts';
import {
  deriveDue,
  end,
  extend,
  type Ledger,
  pause,
  resume,
  rungsOf,
  standingOf,
  startLedger,
} from '../../src/kernel/deadline.ts';
import { addDays, startOfDay } from '../../src/kernel/time.ts';
import type { LocalDate } from '../../src/kernel/types.ts';
import { anyDate, national, wenshan } from './calendars.ts';

const days = (n: number, start: LocalDate, unit: 'workday' | 'natural' = 'workday') =>
  startLedger('statutory', { days: n, unit }, start, 'ACCEPTANCE_DEEMED');
const hold = (ledger: Ledger, on: LocalDate) =>
  pause(ledger, { on, reason: '听证', basis: '行政许可法45', by: 'a1' });
const go = (ledger: Ledger, on: LocalDate) => resume(ledger, { on, by: 'a1' });
const held = (ledger: Ledger, from: LocalDate, to: LocalDate) => go(hold(ledger, from), to);
const longer = (ledger: Ledger, on: LocalDate, n: number) =>
  extend(ledger, { on, days: n, reason: '案情复杂', basis: '行政许可法42', by: 'leader' });
const dueOf = (ledger: Ledger) => deriveDue(ledger, national).due;

describe('deadline ledger', () => {
  it('B1-5: five working days from receipt; the day of receipt is not counted', () => {
    expect(dueOf(days(5, '2026-09-21'))).to.equal('2026-09-29');
    expect(dueOf(days(5, '2026-09-18')), 'make-up Sunday 09-20 counts').to.equal('2026-09-24');
  });

  it('B2-3: twenty working days from acceptance, ten more by the leader, once only', () => {
    const ledger = days(20, '2026-09-28');
    expect(dueOf(ledger)).to.equal('2026-10-30');
    const extended = longer(ledger, '2026-10-20', 10);
    expect(deriveDue(extended, national)).to.deep.equal({
      due: '2026-11-13',
      dueAt: '2026-11-13T16:00:00.000Z',
      provisional: false,
      counted: 30,
    });
    expect(() => longer(extended, '2026-10-21', 10)).to.throw(RangeError, 'once');
    expect(ledger.entries, 'the old ledger is untouched').to.deep.equal([]);
  });

  it('B2-6: the day of suspension counts, the day of resumption does not', () => {
    const ledger = days(5, '2026-11-02');
    expect(dueOf(ledger)).to.equal('2026-11-09');
    expect(dueOf(held(ledger, '2026-11-04', '2026-11-05'))).to.equal('2026-11-10');
    expect(dueOf(held(ledger, '2026-11-04', '2026-11-04')), 'same day: nothing left out').to.equal(
      '2026-11-09',
    );
    expect(dueOf(held(ledger, '2026-11-06', '2026-11-08')), 'a weekend leaves nothing out').to.equal(
      '2026-11-09',
    );
    expect(dueOf(hold(ledger, '2026-11-04')), 'open').to.equal(null);
  });

  it('a suspension that begins on the last day keeps the term alive until it is over', () => {
    const ledger = days(5, '2026-11-02');
    expect(dueOf(hold(ledger, '2026-11-09'))).to.equal(null);
    expect(dueOf(held(ledger, '2026-11-09', '2026-11-18'))).to.equal('2026-11-18');
    expect(dueOf(held(ledger, '2026-11-09', '2026-11-21')), 'resumed on a Saturday').to.equal('2026-11-23');
    const rolled = days(7, '2026-11-01', 'natural');
    expect(dueOf(rolled), 'Sunday 11-08 rolls to Monday').to.equal('2026-11-09');
    expect(dueOf(held(rolled, '2026-11-08', '2026-11-12'))).to.equal('2026-11-12');
  });

  it('a suspension after the term has run out hides no delay', () => {
    const late = hold(days(5, '2026-11-02'), '2026-11-12');
    expect(dueOf(late)).to.equal('2026-11-09');
    expect(standingOf(late, '2026-11-16', national)).to.deep.equal({
      due: '2026-11-09',
      provisional: false,
      remaining: 0,
      hoursLeft: null,
      overdue: 5,
      light: 'red',
      paused: true,
    });
    expect(rungsOf(late, national).map((r) => r.rung)).to.include('due');
    expect(dueOf(go(late, '2026-11-20'))).to.equal('2026-11-09');
  });

  it('is the published formula: addWorkdays(start, limit + working days of the union of (p, r])', () => {
    const spans = fc.array(fc.tuple(fc.nat(30), fc.nat(15)), { maxLength: 4 });
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 20, max: 40 }), spans, (start, n, offsets) => {
        const events = offsets.flatMap(([p, length]) => [
          { on: addDays(start, p), kind: 0 },
          { on: addDays(start, p + length), kind: 1 },
        ]);
        events.sort((a, b) => (a.on === b.on ? a.kind - b.kind : a.on < b.on ? -1 : 1));
        const ledger = events.reduce((l, e) => (e.kind === 0 ? hold(l, e.on) : go(l, e.on)), days(n, start));
        const union = new Set<LocalDate>();
        for (const [p, length] of offsets)
          for (let i = 1; i <= length; i += 1) union.add(addDays(start, p + i));
        // Only what begins within the term is left out.
        const begun = offsets.every(([p]) => countWorkdays(national, start, addDays(start, p)) < n);
        fc.pre(begun);
        const leftOut = [...union].filter((d) => national.isWorkday(d)).length;
        expect(dueOf(ledger)).to.equal(addWorkdays(national, start, n + leftOut));
      }),
      { numRuns: 300 },
    );
  });

  it('a natural-day term leaves out suspended days and rolls off a day of rest (民法典 203)', () => {
    expect(dueOf(days(7, '2026-09-21', 'natural'))).to.equal('2026-09-28');
    expect(dueOf(days(3, '2026-09-28', 'natural')), '10-01 rolls over the whole holiday').to.equal(
      '2026-10-08',
    );
    expect(dueOf(held(days(7, '2026-11-02', 'natural'), '2026-11-04', '2026-11-06'))).to.equal('2026-11-11');
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (start, n) => {
        expect(dueOf(days(n, start, 'natural'))).to.equal(rollToWorkday(national, addDays(start, n)));
      }),
    );
  });

  it('is provisional when a day it passes over is: an unknown year, or an anniversary without its notice', () => {
    expect(deriveDue(days(5, '2026-12-24'), national)).to.include({ due: '2026-12-31', provisional: false });
    expect(deriveDue(days(6, '2026-12-24'), national)).to.include({ due: '2027-01-04', provisional: true });
    expect(deriveDue(days(2, '2026-03-30'), wenshan)).to.include({ due: '2026-04-03', provisional: true });
    expect(deriveDue(days(1, '2026-03-30'), wenshan)).to.include({ due: '2026-03-31', provisional: false });
    expect(deriveDue(days(1, '2026-04-02'), wenshan), 'the start itself is not passed over').to.include({
      due: '2026-04-03',
      provisional: false,
    });
    expect(deriveDue(days(5, '2023-03-30'), wenshan).provisional).to.equal(false);
  });

  it('refuses nonsense', () => {
    for (const n of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 40_000]) {
      expect(() => days(n, '2026-11-02'), String(n)).to.throw(RangeError, 'whole number');
      expect(() => longer(days(5, '2026-11-02'), '2026-11-03', n), `extend ${n}`).to.throw(
        RangeError,
        'whole number',
      );
    }
    const ledger = days(5, '2026-11-02');
    expect(() => days(5, '2026-11-31')).to.throw(RangeError, '2026-11-31');
    expect(() => go(ledger, '2026-11-03')).to.throw(RangeError, 'not paused');
    expect(() => go(held(ledger, '2026-11-03', '2026-11-04'), '2026-11-05')).to.throw(
      RangeError,
      'not paused',
    );
    expect(() => hold(ledger, '2026-11-01')).to.throw(RangeError, 'before');
    expect(() => go(hold(ledger, '2026-11-05'), '2026-11-04')).to.throw(RangeError, 'before');
    const ended = end(ledger, '2026-11-04');
    expect(() => hold(ended, '2026-11-05')).to.throw(RangeError, 'ended');
    expect(() => end(ended, '2026-11-05')).to.throw(RangeError, 'ended');
  });

  it('two overlapping pauses hold until both are resumed', () => {
    const both = hold(hold(days(5, '2026-11-02'), '2026-11-03'), '2026-11-04');
    expect(dueOf(go(both, '2026-11-05'))).to.equal(null);
    expect(dueOf(go(go(both, '2026-11-05'), '2026-11-06'))).to.equal('2026-11-12');
  });
});

describe('traffic light', () => {
  const lightOn = (ledger: Ledger, today: LocalDate) => standingOf(ledger, today, national).light;

  it('green above 30 % and two days; yellow at or below; red past the due date', () => {
    const ledger = days(20, '2026-11-02'); // due 2026-11-30
    expect(standingOf(ledger, '2026-11-19', national)).to.include({
      remaining: 7,
      overdue: 0,
      light: 'green',
    });
    expect(standingOf(ledger, '2026-11-20', national)).to.include({ remaining: 6, light: 'yellow' });
    expect(standingOf(ledger, '2026-11-30', national)).to.include({
      remaining: 0,
      overdue: 0,
      light: 'yellow',
    });
    expect(standingOf(ledger, '2026-12-01', national)).to.include({ remaining: 0, overdue: 1, light: 'red' });
    const five = days(5, '2026-11-02'); // two days of five are 40 %, but two
    expect(lightOn(five, '2026-11-04')).to.equal('green');
    expect(lightOn(five, '2026-11-05')).to.equal('yellow');
  });

  it('is red on a day off after the due date, though no working day is lost yet', () => {
    const friday = days(5, '2026-10-30');
    expect(dueOf(friday)).to.equal('2026-11-06');
    expect(standingOf(friday, '2026-11-07', national)).to.include({ light: 'red', overdue: 0 });
    expect(standingOf(friday, '2026-11-09', national)).to.include({ light: 'red', overdue: 1 });
  });

  it('measures the share against the whole budget, extension included', () => {
    const ledger = longer(days(20, '2026-11-02'), '2026-11-20', 10); // due 2026-12-14
    expect(standingOf(ledger, '2026-12-01', national)).to.include({ remaining: 9, light: 'yellow' });
    expect(standingOf(ledger, '2026-11-30', national)).to.include({ remaining: 10, light: 'green' });
  });

  it('measures a natural-day share in natural days', () => {
    const ledger = days(60, '2026-06-01', 'natural'); // due 2026-07-31
    expect(lightOn(ledger, '2026-07-12')).to.equal('green');
    expect(lightOn(ledger, '2026-07-13')).to.equal('yellow');
  });

  it('paused and done have their own lights; a done clock keeps how it stood', () => {
    const ledger = days(5, '2026-11-02');
    expect(standingOf(hold(ledger, '2026-11-04'), '2026-11-20', national)).to.deep.equal({
      due: null,
      provisional: false,
      remaining: null,
      hoursLeft: null,
      overdue: 0,
      light: 'paused',
      paused: true,
    });
    const early = end(ledger, '2026-11-05');
    expect(standingOf(early, '2026-12-05', national)).to.include({ light: 'done', remaining: 2, overdue: 0 });
    const late = end(ledger, '2026-11-11');
    expect(standingOf(late, '2026-12-05', national)).to.include({ light: 'done', remaining: 0, overdue: 2 });
    expect(standingOf(end(hold(ledger, '2026-11-04'), '2026-11-05'), '2026-12-05', national)).to.include({
      light: 'done',
      paused: false,
    });
  });

  it('rungs: yellow at the first yellow midnight, due the midnight after the due date', () => {
    expect(rungsOf(days(20, '2026-11-02'), national)).to.deep.equal([
      { rung: 'yellow', firesAt: '2026-11-19T16:00:00.000Z' },
      { rung: 'due', firesAt: '2026-11-30T16:00:00.000Z' },
    ]);
    expect(rungsOf(hold(days(20, '2026-11-02'), '2026-11-04'), national)).to.deep.equal([]);
    expect(rungsOf(end(days(20, '2026-11-02'), '2026-11-04'), national)).to.deep.equal([]);
  });

  it('rungs agree with the light, whatever the term', () => {
    const unit = fc.constantFrom('workday' as const, 'natural' as const);
    fc.assert(
      fc.property(
        anyDate,
        fc.integer({ min: 1, max: 60 }),
        unit,
        fc.nat(20),
        fc.nat(10),
        (start, n, u, p, r) => {
          const from = addDays(start, p);
          const ledger = held(days(n, start, u), from, addDays(from, r));
          const due = dueOf(ledger);
          const first = (light: string) => {
            let day = start;
            while (lightOn(ledger, day) !== light) day = addDays(day, 1);
            return startOfDay(day);
          };
          expect(due).to.be.a('string');
          expect(rungsOf(ledger, national)).to.deep.equal([
            { rung: 'yellow', firesAt: first('yellow') },
            { rung: 'due', firesAt: first('red') },
          ]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
