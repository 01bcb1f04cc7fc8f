import { expect } from 'chai';
import fc from 'fast-check';
import {
  addWorkdays,
  countWorkdays,
  createCalendar,
  parseHolidays,
  parseOverlay,
  rollToWorkday,
} from '../../src/kernel/calendar.ts';
import { addDays, addMonths } from '../../src/kernel/time.ts';
import { anyDate, holidays, national, overlay, statutory, wenshan } from './calendars.ts';

const inMonth = (year: number, month: number) => {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  return countWorkdays(national, addDays(first, -1), addDays(addMonths(first, 1), -1));
};

describe('working-day calendar', () => {
  it('counts 248 working days in 2025 and 2026, and 2026 month by month (B2-10, part D)', () => {
    expect(countWorkdays(national, '2024-12-31', '2025-12-31')).to.equal(248);
    expect(countWorkdays(national, '2025-12-31', '2026-12-31')).to.equal(248);
    const months = Array.from({ length: 12 }, (_, i) => inMonth(2026, i + 1));
    expect(months).to.deep.equal([21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]);
  });

  it('counts make-up Saturdays and Sundays as working days, and names the holidays', () => {
    for (const d of ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']) {
      expect(national.isWorkday(d), d).to.equal(true);
      expect(national.reason(d), d).to.equal(null);
    }
    expect(national.reason('2026-10-05')).to.equal('国庆节');
    expect(national.reason('2026-09-19')).to.equal('周末');
    expect(national.isWorkday('2026-09-25')).to.equal(false);
  });

  it('addWorkdays and countWorkdays undo each other, and land on a working day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const due = addWorkdays(national, from, n);
        expect(countWorkdays(national, from, due)).to.equal(n);
        expect(national.isWorkday(due)).to.equal(true);
        expect(addWorkdays(national, from, 0)).to.equal(from);
      }),
    );
  });

  it('countWorkdays adds up over neighbouring spans; a backward span is empty', () => {
    fc.assert(
      fc.property(anyDate, fc.nat(40), fc.nat(40), (a, x, y) => {
        const b = addDays(a, x);
        const c = addDays(b, y);
        expect(countWorkdays(national, a, b) + countWorkdays(national, b, c)).to.equal(
          countWorkdays(national, a, c),
        );
      }),
    );
    expect(countWorkdays(national, '2026-09-28', '2026-09-01')).to.equal(0);
  });

  it('rolls a day off forward, never back, and leaves a working day alone (民法典 203)', () => {
    expect(rollToWorkday(national, '2026-10-01')).to.equal('2026-10-08');
    expect(rollToWorkday(national, '2026-09-20')).to.equal('2026-09-20');
    expect(rollToWorkday(national, '2026-09-19')).to.equal('2026-09-20');
  });

  it('a year without a notice is presumed from the statutory days, and provisional throughout', () => {
    expect(national.coveredUntil).to.equal('2026-12-31');
    expect(national.isProvisional('2026-12-31')).to.equal(false);
    for (const d of ['2027-01-01', '2027-07-14', '2031-03-03', '2014-12-31']) {
      expect(national.isProvisional(d), d).to.equal(true);
    }
    expect(national.reason('2027-02-05')).to.equal('春节');
    expect(national.isWorkday('2027-02-09')).to.equal(true);
    expect(national.isWorkday('2027-05-01')).to.equal(false);
    expect(national.reason('2027-05-08')).to.equal('周末');
    expect(national.isWorkday('2028-10-02')).to.equal(true);
    expect(national.isWorkday('2028-10-01')).to.equal(false);
  });

  it('a notice replaces the presumption, make-up days and all', () => {
    const notice = parseHolidays('date,kind,name\n2027-02-05,work,春节\n2027-02-09,off,春节\n');
    const later = createCalendar([holidays, statutory, notice]);
    expect(later.coveredUntil).to.equal('2027-12-31');
    expect(later.isProvisional('2027-07-14')).to.equal(false);
    expect(later.isWorkday('2027-02-05')).to.equal(true);
    expect(later.isWorkday('2027-02-09')).to.equal(false);
    expect(later.isWorkday('2027-06-09'), 'the notice does not name it').to.equal(true);
  });

  it('days of late December alone, from the next notice, do not cover a year', () => {
    const early = createCalendar([parseHolidays('2026-10-01,off,国庆节\n2027-12-31,off,元旦\n')]);
    expect(early.coveredUntil).to.equal('2026-12-31');
    expect(early.isProvisional('2027-12-31')).to.equal(true);
    expect(early.reason('2027-12-31')).to.equal('元旦');
  });

  it('takes the prefecture anniversary off; without that year’s notice it is provisional on those days only', () => {
    expect(wenshan.reason('2026-04-01')).to.equal('文山州自治州纪念日');
    expect(wenshan.isProvisional('2026-04-01')).to.equal(true);
    expect(wenshan.isProvisional('2026-04-03')).to.equal(false);
    expect(wenshan.reason('2023-04-01')).to.equal('文山州自治州纪念日');
    expect(wenshan.isProvisional('2023-04-01')).to.equal(false);
    expect(national.isWorkday('2026-04-01')).to.equal(true);
  });

  it('an overlay switched off changes nothing', () => {
    const off = createCalendar([holidays], [{ ...overlay, countsAsHoliday: false }]);
    expect(off.isWorkday('2026-04-01')).to.equal(true);
    expect(off.isProvisional('2026-04-01')).to.equal(false);
  });

  it('tells which line of a table is wrong', () => {
    expect(() => parseHolidays('date,kind,name\n2026-02-30,off,春节')).to.throw(RangeError, 'line 2');
    expect(() => parseHolidays('2026-01-01,rest,元旦')).to.throw(RangeError, 'line 1');
    expect(() => parseHolidays('2026-01-01,off,')).to.throw(RangeError, 'line 1');
    expect(() => parseHolidays('2026-01-01,off,元旦\n2026-01-01,work,元旦')).to.throw(RangeError, 'twice');
    expect(parseHolidays('\uFEFF# note\r\ndate,kind,name\r\n2026-01-01,off,元旦\r\n').days.size).to.equal(1);
    expect(() => createCalendar(parseHolidays('date,kind,name\n'))).to.throw(RangeError, 'at least one year');
  });

  it('tells which field of an overlay is wrong', () => {
    const broken: Record<string, unknown> = {
      scope: '5326',
      name: '',
      countsAsHoliday: 'yes',
      anniversary: ['02-30'],
      years: { '2023': ['2024-04-01'] },
      source: 1,
    };
    for (const [field, value] of Object.entries(broken)) {
      expect(() => parseOverlay(JSON.stringify({ ...overlay, [field]: value })), field).to.throw(
        RangeError,
        field,
      );
    }
    expect(() => parseOverlay('null')).to.throw(RangeError);
  });
});
