import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Budget,
  deriveDue,
  extend,
  isPaused,
  type Ledger,
  pause,
  resume,
  rungsOf,
  standingOf,
  startLedger,
} from '../../src/kernel/deadline.ts';
import { addDays, addMonths, startOfDay } from '../../src/kernel/time.ts';
import type { LocalDate } from '../../src/kernel/types.ts';
import { anyDate, national } from './calendars.ts';

const clock = (budget: Budget, start: LocalDate) => startLedger('validity', budget, start, 'EXPIRED');
const hold = (ledger: Ledger, on: LocalDate) => pause(ledger, { on, reason: '听证', by: 'a1' });
const held = (ledger: Ledger, from: LocalDate, to: LocalDate) =>
  resume(hold(ledger, from), { on: to, by: 'a1' });
const dueOf = (ledger: Ledger) => deriveDue(ledger, national).due;

describe('a clock of months', () => {
  it('民法典 202: ends on the corresponding day, or the last of the month', () => {
    expect(deriveDue(clock({ months: 6 }, '2026-08-31'), national)).to.deep.equal({
      due: '2027-02-28',
      dueAt: '2027-02-28T16:00:00.000Z',
      provisional: false,
      counted: 181,
    });
    expect(dueOf(clock({ months: 12 }, '2024-02-29'))).to.equal('2025-02-28');
  });

  it('does not roll off a day of rest: a period of validity ends when it ends', () => {
    expect(dueOf(clock({ months: 1 }, '2026-09-03')), 'in the National Day holiday').to.equal('2026-10-03');
    expect(dueOf(held(clock({ months: 1 }, '2026-09-03'), '2026-09-10', '2026-09-12'))).to.equal(
      '2026-10-05',
    );
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 36 }), (start, months) => {
        expect(dueOf(clock({ months }, start))).to.equal(addMonths(start, months));
      }),
    );
  });

  it('pauses add natural days, overlapping ones once; an open one holds the end (B2-6)', () => {
    const ledger = clock({ months: 3 }, '2026-01-15');
    expect(dueOf(held(ledger, '2026-02-01', '2026-02-11'))).to.equal('2026-04-25');
    const both = hold(hold(ledger, '2026-02-01'), '2026-02-06');
    const resumed = resume(resume(both, { on: '2026-02-08', by: 'a1' }), { on: '2026-02-11', by: 'a1' });
    expect(dueOf(resumed)).to.equal('2026-04-25');
    expect(deriveDue(hold(ledger, '2026-02-01'), national)).to.include({ due: null, dueAt: null });
    expect(dueOf(held(ledger, '2026-04-15', '2026-05-02')), 'held on the last day, over a holiday').to.equal(
      '2026-05-02',
    );
  });

  it('lights up as natural days do', () => {
    const ledger = clock({ months: 3 }, '2026-01-15'); // 90 days, due 2026-04-15
    const at = (day: LocalDate) => standingOf(ledger, day, national);
    expect(at('2026-03-18')).to.include({ light: 'green', hoursLeft: null });
    expect(at('2026-03-19')).to.include({ light: 'yellow' });
    expect(at('2026-04-16')).to.include({ light: 'red', overdue: 1 });
    expect(rungsOf(ledger, national)).to.deep.equal([
      { rung: 'yellow', firesAt: startOfDay('2026-03-19') },
      { rung: 'due', firesAt: startOfDay('2026-04-16') },
    ]);
  });

  it('refuses nonsense, and more days', () => {
    for (const months of [0, -1, 1.5, Number.NaN, 1189]) {
      expect(() => clock({ months }, '2026-11-02'), String(months)).to.throw(RangeError, 'months');
    }
    expect(deriveDue(clock({ months: 1188 }, '2026-11-02'), national).due).to.equal('2125-11-02');
    const longer = { on: '2026-11-03', days: 10, reason: '案情复杂', by: 'leader' };
    expect(() => extend(clock({ months: 3 }, '2026-11-02'), longer)).to.throw(RangeError, 'count days');
    expect(() => extend(clock({ until: '2026-12-02' }, '2026-11-02'), longer)).to.throw(
      RangeError,
      'count days',
    );
  });
});

describe('a clock that ends on a fixed day', () => {
  it('B2-12: is due on the day the licence expires, be it a day off, and late from the next midnight', () => {
    const ledger = clock({ until: '2026-10-03' }, '2026-09-03');
    expect(deriveDue(ledger, national)).to.deep.equal({
      due: '2026-10-03',
      dueAt: '2026-10-03T16:00:00.000Z',
      provisional: false,
      counted: 30,
    });
    expect(standingOf(ledger, '2026-10-03', national)).to.include({ light: 'yellow', overdue: 0 });
    expect(standingOf(ledger, '2026-10-03T15:59:59.999Z', national).light).to.equal('yellow');
    expect(standingOf(ledger, '2026-10-03T16:00:00.000Z', national).light).to.equal('red');
    expect(standingOf(ledger, '2026-10-08', national)).to.include({ light: 'red', overdue: 1 });
  });

  it('B2-12: no pause moves it, open or closed, and it still speaks', () => {
    const ledger = clock({ until: '2026-12-31' }, '2026-09-03');
    const open = hold(ledger, '2026-09-10');
    expect(isPaused(open)).to.equal(true);
    expect(deriveDue(open, national)).to.deep.equal(deriveDue(ledger, national));
    expect(standingOf(open, '2026-09-20', national)).to.include({ light: 'green', paused: true });
    expect(rungsOf(open, national)).to.deep.equal(rungsOf(ledger, national));
    fc.assert(
      fc.property(anyDate, fc.nat(400), fc.nat(500), fc.nat(100), (start, n, p, r) => {
        const until = addDays(start, n);
        const from = addDays(start, p);
        expect(dueOf(held(clock({ until }, start), from, addDays(from, r)))).to.equal(until);
      }),
    );
  });

  it('may end on the day it starts; a presumed year does not make it provisional', () => {
    const today = clock({ until: '2026-11-02' }, '2026-11-02');
    expect(deriveDue(today, national)).to.include({ due: '2026-11-02', counted: 0 });
    expect(standingOf(today, '2026-11-02', national).light).to.equal('yellow');
    expect(standingOf(today, '2026-11-03', national).light).to.equal('red');
    expect(deriveDue(clock({ until: '2027-10-01' }, '2026-11-02'), national).provisional).to.equal(false);
  });

  it('refuses an end before its start, an impossible day, and one a century off', () => {
    expect(() => clock({ until: '2026-11-01' }, '2026-11-02')).to.throw(RangeError, 'before');
    expect(() => clock({ until: '2026-11-31' }, '2026-11-02')).to.throw(RangeError, '2026-11-31');
    expect(() => clock({ until: undefined } as unknown as Budget, '2026-11-02')).to.throw(RangeError, 'date');
    expect(() => clock({ until: '2226-11-01' }, '2026-11-02')).to.throw(RangeError, 'days');
  });

  it('rungs agree with the light, for months and fixed ends alike', () => {
    const budget = fc.oneof(fc.record({ months: fc.integer({ min: 1, max: 6 }) }), fc.nat(180));
    fc.assert(
      fc.property(anyDate, budget, (start, b) => {
        const ledger = clock(typeof b === 'number' ? { until: addDays(start, b) } : b, start);
        const first = (light: string) => {
          let day = start;
          while (standingOf(ledger, day, national).light !== light) day = addDays(day, 1);
          return startOfDay(day);
        };
        expect(rungsOf(ledger, national)).to.deep.equal([
          { rung: 'yellow', firesAt: first('yellow') },
          { rung: 'due', firesAt: first('red') },
        ]);
      }),
      { numRuns: 40 },
    );
  });
});
