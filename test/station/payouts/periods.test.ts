import { expect } from 'chai';
import { duePeriods, lastPeriod, paidBeyond } from '../../../src/station/payouts/rules/claims.ts';
import {
  comparePeriods,
  firstDay,
  isPeriod,
  lastDay,
  nextPeriod,
  ONCE,
  periodOf,
  periodsBetween,
  periodsTitle,
  periodTitle,
  rhythmOf,
} from '../../../src/station/payouts/rules/periods.ts';
import type { Rhythm } from '../../../src/station/payouts/types.ts';

/** rhythm, a date, its period, the period after it, its first and last day, and its title. */
const TABLE: [Rhythm, string, string, string, string, string, string][] = [
  ['month', '2026-10-01', '2026-10', '2026-11', '2026-10-01', '2026-10-31', '2026年10月'],
  ['month', '2026-12-31', '2026-12', '2027-01', '2026-12-01', '2026-12-31', '2026年12月'],
  ['month', '2028-02-29', '2028-02', '2028-03', '2028-02-01', '2028-02-29', '2028年2月'],
  ['quarter', '2026-01-01', '2026-Q1', '2026-Q2', '2026-01-01', '2026-03-31', '2026年第1季度'],
  ['quarter', '2026-12-31', '2026-Q4', '2027-Q1', '2026-10-01', '2026-12-31', '2026年第4季度'],
  ['half', '2026-06-30', '2026-H1', '2026-H2', '2026-01-01', '2026-06-30', '2026年上半年'],
  ['half', '2026-07-01', '2026-H2', '2027-H1', '2026-07-01', '2026-12-31', '2026年下半年'],
  ['term', '2026-02-01', '2026-T1', '2026-T2', '2026-02-01', '2026-07-31', '2026年春季学期'],
  ['term', '2026-09-01', '2026-T2', '2027-T1', '2026-08-01', '2027-01-31', '2026年秋季学期'],
  ['term', '2027-01-15', '2026-T2', '2027-T1', '2026-08-01', '2027-01-31', '2026年秋季学期'],
  ['year', '2026-12-31', '2026', '2027', '2026-01-01', '2026-12-31', '2026年'],
];

describe('periods of money', () => {
  for (const [rhythm, date, period, next, first, last, title] of TABLE)
    it(`${date} by the ${rhythm} is ${period}`, () => {
      expect(periodOf(rhythm, date)).to.equal(period);
      expect(isPeriod(rhythm, period)).to.equal(true);
      expect(rhythmOf(period)).to.equal(rhythm);
      expect(nextPeriod(period)).to.equal(next);
      expect(nextPeriod(next, -1)).to.equal(period);
      expect([firstDay(period), lastDay(period)]).to.deep.equal([first, last]);
      expect(periodTitle(period)).to.equal(title);
      expect(comparePeriods(period, next)).to.be.lessThan(0);
      expect(periodsBetween(period, next)).to.deep.equal([period, next]);
      expect(periodsBetween(next, period)).to.deep.equal([]);
    });

  it('a single sum is one period without days', () => {
    expect(periodOf('once', '2026-10-01')).to.equal(ONCE);
    expect(periodsBetween(ONCE, ONCE)).to.deep.equal([ONCE]);
    expect(periodTitle(ONCE)).to.equal('一次性');
    expect(() => nextPeriod(ONCE)).to.throw(RangeError);
    expect(() => firstDay(ONCE)).to.throw(RangeError);
  });

  it('counts across years, and takes nothing for a period that is none', () => {
    expect(periodsBetween('2026-11', '2027-02')).to.deep.equal(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(periodsBetween('2026-Q4', '2027-Q1')).to.deep.equal(['2026-Q4', '2027-Q1']);
    for (const wrong of ['2026-13', '2026-00', '2026-Q5', '2026-H3', '2026-T0', '26', '', 'ONCE', '2026-1'])
      expect(() => rhythmOf(wrong), wrong).to.throw(RangeError);
    expect(() => comparePeriods('2026-10', '2026-Q4')).to.throw(RangeError);
    expect(() => periodOf('month', '2026-02-30')).to.throw(RangeError);
  });

  it('tells several periods as a run, or one by one', () => {
    expect(periodsTitle(['2026-12', '2026-10', '2026-11'])).to.equal('2026年10月至2026年12月');
    expect(periodsTitle(['2026-10', '2026-12'])).to.equal('2026年10月、2026年12月');
    expect(periodsTitle(['2026-10', '2026-12', '2027-01'])).to.equal('2026年10月、2026年12月、2027年1月');
    expect(periodsTitle([])).to.equal('');
  });
});

describe('what is due', () => {
  const claim = { state: 'active', rhythm: 'month', from: '2026-11', until: null } as const;
  const none = new Set<string>();

  it('everything from the first period to that of the day, without what was paid', () => {
    expect(duePeriods(claim, '2026-10-31', none)).to.deep.equal([]);
    expect(duePeriods(claim, '2027-01-01', none)).to.deep.equal(['2026-11', '2026-12', '2027-01']);
    expect(duePeriods(claim, '2027-01-01', new Set(['2026-12']))).to.deep.equal(['2026-11', '2027-01']);
  });

  it('an end is kept, a suspended claim has nothing, an ended one what is open before its end', () => {
    expect(duePeriods({ ...claim, until: '2026-12' }, '2027-03-01', none)).to.deep.equal([
      '2026-11',
      '2026-12',
    ]);
    expect(duePeriods({ ...claim, state: 'suspended' }, '2027-03-01', none)).to.deep.equal([]);
    expect(duePeriods({ ...claim, state: 'ended', until: '2026-11' }, '2027-03-01', none)).to.deep.equal([
      '2026-11',
    ]);
    expect(duePeriods({ ...claim, state: 'ended', until: '2026-10' }, '2027-03-01', none)).to.deep.equal([]);
  });

  it('a single sum is due once, and not any more when it was ended', () => {
    const once = { state: 'active', rhythm: 'once', from: ONCE, until: null } as const;
    expect(duePeriods(once, '2026-10-01', none)).to.deep.equal([ONCE]);
    expect(duePeriods(once, '2026-10-01', new Set([ONCE]))).to.deep.equal([]);
    expect(duePeriods({ ...once, state: 'ended' }, '2026-10-01', none)).to.deep.equal([]);
  });

  it('the period in which something stops is the last, or the one before it', () => {
    expect(lastPeriod('month', 'next-period', '2026-09-30')).to.equal('2026-09');
    expect(lastPeriod('month', 'this-period', '2026-01-01')).to.equal('2025-12');
    expect(lastPeriod('year', 'next-period', '2026-01-01')).to.equal('2026');
    expect(lastPeriod('once', 'this-period', '2026-01-01')).to.equal(ONCE);
  });

  it('what was paid beyond the end is summed to the fen', () => {
    const paid = ['2026-09', '2026-10', '2026-11'].map((period) => ({ period, amount: 5001 }));
    expect(paidBeyond('2026-09', paid)).to.equal(10_002);
    expect(paidBeyond('2026-11', paid)).to.equal(0);
    expect(paidBeyond(null, paid)).to.equal(0);
  });
});
