import { expect } from 'chai';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  chineseDate,
  chineseDateTime,
  daysBetween,
  isLocalDate,
  localDate,
  localTime,
  parseInstant,
  startOfDay,
  weekday,
} from '../../src/kernel/time.ts';
import { anyDate } from './calendars.ts';

describe('time', () => {
  it('knows real dates from impossible ones', () => {
    for (const d of ['2026-02-28', '2024-02-29', '2000-02-29', '9999-12-31'])
      expect(isLocalDate(d), d).to.equal(true);
    const bad = [
      '2026-02-29',
      '1900-02-29',
      '2026-02-30',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '0099-12-31',
      '2026-1-1',
      '20260101',
      '',
      ' 2026-01-01',
      '2026-01-01T00:00',
      null,
      20260101,
    ];
    for (const d of bad) expect(isLocalDate(d), String(d)).to.equal(false);
  });

  it('turns an instant into the Shanghai date and time', () => {
    expect(localDate('2026-09-28T15:59:59.999Z')).to.equal('2026-09-28');
    expect(localDate('2026-09-28T16:00:00.000Z')).to.equal('2026-09-29');
    expect(localTime('2026-09-28T01:40:00.000Z')).to.equal('09:40');
    expect(startOfDay('2026-09-29')).to.equal('2026-09-28T16:00:00.000Z');
    expect(() => localDate('yesterday')).to.throw(RangeError);
  });

  it('startOfDay is the first instant of its date', () => {
    fc.assert(
      fc.property(anyDate, (d) => {
        const first = startOfDay(d);
        expect(localDate(first)).to.equal(d);
        expect(localTime(first)).to.equal('00:00');
        expect(localDate(new Date(Date.parse(first) - 1).toISOString())).to.equal(addDays(d, -1));
      }),
    );
  });

  it('addDays and daysBetween undo each other; weekdays go round', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -4000, max: 4000 }), (d, n) => {
        expect(daysBetween(d, addDays(d, n))).to.equal(n);
        expect(weekday(addDays(d, n))).to.equal((((weekday(d) + n) % 7) + 7) % 7);
      }),
    );
    expect(weekday('2026-09-27')).to.equal(0);
  });

  it('refuses arithmetic on what is not a date', () => {
    expect(() => addDays('2026-02-30', 1)).to.throw(RangeError, '2026-02-30');
    expect(() => addDays('2026-02-28', 0.5)).to.throw(RangeError, 'whole');
    expect(() => addDays('9999-12-31', 1)).to.throw(RangeError, '9999');
    expect(() => weekday('')).to.throw(RangeError);
  });

  it('a term in months ends on the corresponding day, or the last of the month (民法典 202)', () => {
    expect(addMonths('2026-08-31', 6)).to.equal('2027-02-28');
    expect(addMonths('2026-01-15', -1)).to.equal('2025-12-15');
    expect(addMonths('2026-03-31', -1)).to.equal('2026-02-28');
    expect(addMonths('2026-12-01', 1)).to.equal('2027-01-01');
    expect(addYears('2024-02-29', 1)).to.equal('2025-02-28');
    expect(addYears('2024-02-29', 4)).to.equal('2028-02-29');
  });

  it('reads any ISO instant with an offset, and nothing else', () => {
    expect(parseInstant('2026-09-28T09:40:00+08:00')).to.equal('2026-09-28T01:40:00.000Z');
    expect(parseInstant('2026-09-28T01:40Z')).to.equal('2026-09-28T01:40:00.000Z');
    expect(parseInstant('2026-09-28T01:40:00.5Z')).to.equal('2026-09-28T01:40:00.500Z');
    const bad = [
      '2026-09-28',
      '2026-09-28T09:40:00',
      '2026-02-30T00:00:00Z',
      '2026-09-28T24:00:00Z',
      '2026-09-28T09:60:00Z',
      '2026-09-28 09:40:00Z',
      'Mon, 28 Sep 2026',
      '',
    ];
    for (const s of bad) expect(() => parseInstant(s), s).to.throw(RangeError);
  });

  it('writes dates the official way, without padding zeros (GB/T 9704)', () => {
    expect(chineseDate('2026-09-08')).to.equal('2026年9月8日');
    expect(chineseDateTime('2026-09-28T01:40:00.000Z')).to.equal('2026年9月28日 09:40');
    expect(chineseDateTime('2026-12-31T16:05:00.000Z')).to.equal('2027年1月1日 00:05');
  });
});
