import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { sha256 } from '../../src/kernel/canonical.ts';
import { parseOfficeHours, receiptDay } from '../../src/kernel/office-hours.ts';
import { localDate, parseInstant } from '../../src/kernel/time.ts';
import { calendarVersion, loadCalendar } from '../../src/platform/holidays/index.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { national, office, wenshanOffice } from './calendars.ts';

const shanghai = (text: string) => parseInstant(`${text.replace(' ', 'T')}+08:00`);
const online = (text: string) => receiptDay(shanghai(text), 'online', office);

describe('office hours', () => {
  it('stand in data/, closing at 17:30 (B1-9), and come with the county calendar', () => {
    expect(loadCalendar().officeHours).to.deep.equal([
      ['08:30', '11:30'],
      ['14:30', '17:30'],
    ]);
    expect(national.officeHours).to.equal(undefined);
  });

  it('are part of the version of the calendar', () => {
    const files = ['china-holidays.csv', 'statutory-days.csv', 'office-hours.json'];
    const texts = files.map((f) => readFileSync(join(projectRoot, 'data', f), 'utf8'));
    expect(calendarVersion([])).to.equal(sha256(texts.join('\0')));
  });

  it('tell which field is wrong', () => {
    const good = { source: 'county', verified: true, hours: [['08:30', '11:30']] };
    expect(parseOfficeHours(JSON.stringify(good))).to.deep.equal(good.hours);
    const broken: [string, Record<string, unknown>][] = [
      ['source', { source: '' }],
      ['verified', { verified: 'yes' }],
      ['hours', { hours: [] }],
      ['hours', { hours: '08:30-17:30' }],
      ['hours[0]', { hours: [['8:30', '11:30']] }],
      ['hours[0]', { hours: [['08:30', '24:00']] }],
      ['hours[0]', { hours: [['08:30', '08:30']] }],
      ['hours[0]', { hours: [['08:30', '11:30', '12:00']] }],
      ['hours[0]', { hours: ['08:30'] }],
      [
        'hours[1]',
        {
          hours: [
            ['08:30', '11:30'],
            ['11:00', '17:30'],
          ],
        },
      ],
    ];
    for (const [field, change] of broken) {
      expect(() => parseOfficeHours(JSON.stringify({ ...good, ...change })), JSON.stringify(change)).to.throw(
        RangeError,
        `"${field}"`,
      );
    }
    expect(() => parseOfficeHours('null')).to.throw(RangeError, 'root');
  });
});

describe('day of receipt', () => {
  it('B1-9: at the counter it is the day itself, late in the evening and on a holiday', () => {
    expect(receiptDay(shanghai('2026-11-02 19:00'), 'counter', national)).to.equal('2026-11-02');
    expect(receiptDay(shanghai('2026-10-03 10:00'), 'counter', national)).to.equal('2026-10-03');
    expect(receiptDay('2026-11-02T16:30:00.000Z', 'counter', national), 'already the 3rd').to.equal(
      '2026-11-03',
    );
  });

  it('B1-9: online the working day itself until 17:30, the next one after', () => {
    expect(online('2026-11-02 03:00')).to.equal('2026-11-02');
    expect(online('2026-11-02 12:30'), 'over lunch').to.equal('2026-11-02');
    expect(online('2026-11-02 17:30')).to.equal('2026-11-02');
    expect(online('2026-11-02 17:30:00.001')).to.equal('2026-11-03');
    expect(online('2026-11-06 18:00'), 'Friday evening').to.equal('2026-11-09');
  });

  it('B1-9: online on a day off the next working day; a make-up workday is one', () => {
    expect(online('2026-11-07 09:00'), 'Saturday').to.equal('2026-11-09');
    expect(online('2026-11-07 18:00'), 'Saturday evening').to.equal('2026-11-09');
    expect(online('2026-09-30 17:31'), 'the eve of National Day').to.equal('2026-10-08');
    expect(online('2026-10-05 09:00')).to.equal('2026-10-08');
    expect(online('2026-10-09 18:00'), 'make-up Saturday').to.equal('2026-10-10');
    expect(online('2026-10-10 09:00')).to.equal('2026-10-10');
    expect(receiptDay(shanghai('2026-03-31 18:00'), 'online', wenshanOffice), 'anniversary').to.equal(
      '2026-04-03',
    );
  });

  it('never presumes a closing time', () => {
    expect(() => receiptDay(shanghai('2026-11-07 09:00'), 'online', national)).to.throw(
      RangeError,
      'no office hours',
    );
    expect(() => receiptDay('yesterday', 'counter', office)).to.throw(RangeError);
  });

  it('is a working day online, never before the date itself, and never later for what came earlier', () => {
    const ms = fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2026-12-01') });
    fc.assert(
      fc.property(ms, fc.nat(5 * 86_400_000), (first, later) => {
        const at = [first, first + later].map((n) => new Date(n).toISOString()) as [string, string];
        const [a, b] = [receiptDay(at[0], 'online', office), receiptDay(at[1], 'online', office)];
        expect(office.isWorkday(a)).to.equal(true);
        expect(a >= localDate(at[0])).to.equal(true);
        expect(a <= b).to.equal(true);
      }),
    );
  });
});
