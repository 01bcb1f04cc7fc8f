import { expect } from 'chai';
import fc from 'fast-check';
import type { Calendar } from '../../src/kernel/calendar.ts';
import {
  type Budget,
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
import { localDate, localTime, parseInstant } from '../../src/kernel/time.ts';
import type { HourUnit, Instant } from '../../src/kernel/types.ts';
import { national, office, officeHours, wenshanOffice } from './calendars.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `2026-11-02 09:00`, Shanghai time, as an instant. */
const shanghai = (text: string): Instant => parseInstant(`${text.replace(' ', 'T')}+08:00`);
/** An instant as `2026-11-02 09:00`, Shanghai time. */
const written = (at: Instant | null) => at && `${localDate(at)} ${localTime(at)}`;
const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();
const when = (text: string) => ({ on: text.slice(0, 10), at: shanghai(text) });

const startAt = (at: Instant, hours: number, unit: HourUnit) =>
  startLedger('urgent', { hours, unit }, localDate(at), 'OVERDUE', at);
const officeClock = (start: string, hours = 2) => startAt(shanghai(start), hours, 'office');
const naturalClock = (start: string, hours = 24) => startAt(shanghai(start), hours, 'natural');
const hold = (ledger: Ledger, text: string) => pause(ledger, { ...when(text), reason: '检疫', by: 'a1' });
const go = (ledger: Ledger, text: string) => resume(ledger, { ...when(text), by: 'a1' });
const held = (ledger: Ledger, from: string, to: string) => go(hold(ledger, from), to);
const dueOf = (ledger: Ledger, calendar: Calendar = office) => written(deriveDue(ledger, calendar).dueAt);

describe('a clock of natural hours', () => {
  it('MZ-02: 24 hours end at the same minute of the next day, through night and holiday', () => {
    expect(deriveDue(naturalClock('2026-11-02 09:41'), national)).to.deep.equal({
      due: '2026-11-03',
      dueAt: shanghai('2026-11-03 09:41'),
      provisional: false,
      counted: 24,
    });
    expect(dueOf(naturalClock('2026-09-30 16:45'))).to.equal('2026-10-01 16:45');
    expect(dueOf(naturalClock('2026-11-06 23:59')), 'over the weekend').to.equal('2026-11-07 23:59');
    expect(dueOf(naturalClock('2026-11-02 00:00')), 'from midnight').to.equal('2026-11-03 00:00');
    expect(dueOf(naturalClock('2026-11-02 20:00', 4)), 'to midnight').to.equal('2026-11-03 00:00');
  });

  it('MZ-02: rest on no table of holidays, so they are never provisional and need no office hours', () => {
    expect(deriveDue(naturalClock('2027-10-01 09:00', 72), national)).to.include({
      due: '2027-10-04',
      provisional: false,
    });
  });

  it('B2-6: leave out the time from the instant of the pause to that of the resumption', () => {
    const ledger = naturalClock('2026-11-02 09:00');
    expect(dueOf(held(ledger, '2026-11-02 10:00', '2026-11-02 10:37'))).to.equal('2026-11-03 09:37');
    expect(dueOf(held(ledger, '2026-11-02 10:00', '2026-11-05 10:00'))).to.equal('2026-11-06 09:00');
    expect(dueOf(held(ledger, '2026-11-02 10:00', '2026-11-02 10:00')), 'no time at all').to.equal(
      '2026-11-03 09:00',
    );
    expect(dueOf(held(ledger, '2026-11-02 09:00', '2026-11-02 11:00')), 'from the start').to.equal(
      '2026-11-03 11:00',
    );
  });

  it('are exactly the hours later, whatever the start', () => {
    fc.assert(
      fc.property(anyInstant(), fc.integer({ min: 1, max: 500 }), (at, hours) => {
        const { due, dueAt } = deriveDue(startAt(at, hours, 'natural'), national);
        expect(dueAt).to.equal(later(at, hours * HOUR));
        expect(due).to.equal(localDate(dueAt ?? ''));
      }),
    );
  });
});

describe('a clock of office hours', () => {
  it('XM-03: two hours within the morning, and to the very end of it', () => {
    expect(dueOf(officeClock('2026-11-02 09:00'))).to.equal('2026-11-02 11:00');
    expect(dueOf(officeClock('2026-11-02 09:30')), 'not 14:30').to.equal('2026-11-02 11:30');
    expect(dueOf(officeClock('2026-11-02 15:30')), 'not next morning').to.equal('2026-11-02 17:30');
    expect(deriveDue(officeClock('2026-11-02 09:00'), office).counted).to.equal(2);
  });

  it('XM-03: across lunch, and from outside office hours the next opening', () => {
    expect(dueOf(officeClock('2026-11-02 10:31'))).to.equal('2026-11-02 15:31');
    expect(dueOf(officeClock('2026-11-02 06:00'))).to.equal('2026-11-02 10:30');
    expect(dueOf(officeClock('2026-11-02 11:30'))).to.equal('2026-11-02 16:30');
    expect(dueOf(officeClock('2026-11-02 12:15'))).to.equal('2026-11-02 16:30');
    expect(dueOf(officeClock('2026-11-02 17:30'))).to.equal('2026-11-03 10:30');
    expect(dueOf(officeClock('2026-11-02 23:00'))).to.equal('2026-11-03 10:30');
  });

  it('XM-03: across a weekend, National Day and into a make-up workday (B2-10)', () => {
    expect(dueOf(officeClock('2026-11-06 17:00'))).to.equal('2026-11-09 10:00');
    expect(dueOf(officeClock('2026-11-07 10:00')), 'on a Saturday').to.equal('2026-11-09 10:30');
    expect(dueOf(officeClock('2026-09-30 16:30'))).to.equal('2026-10-08 09:30');
    expect(dueOf(officeClock('2026-10-03 10:00')), 'within the holiday').to.equal('2026-10-08 10:30');
    expect(dueOf(officeClock('2026-10-09 16:30')), 'Saturday 10-10 is worked').to.equal('2026-10-10 09:30');
    expect(dueOf(officeClock('2026-10-10 17:00'))).to.equal('2026-10-12 10:00');
    expect(dueOf(officeClock('2026-11-02 08:30', 12)), 'two whole days').to.equal('2026-11-03 17:30');
  });

  it('B2-6: a pause across noon leaves out only the office time in it', () => {
    const four = officeClock('2026-11-02 09:00', 4);
    expect(dueOf(four)).to.equal('2026-11-02 16:00');
    expect(dueOf(held(four, '2026-11-02 11:00', '2026-11-02 15:00'))).to.equal('2026-11-02 17:00');
    expect(dueOf(held(four, '2026-11-02 11:30', '2026-11-02 14:30')), 'lunch alone').to.equal(
      '2026-11-02 16:00',
    );
    expect(dueOf(held(four, '2026-11-02 15:00', '2026-11-07 12:00')), 'resumed on a Saturday').to.equal(
      '2026-11-09 09:30',
    );
  });

  it('B2-6: overlapping pauses are left out as their union, and hold until both are over', () => {
    const both = hold(hold(officeClock('2026-11-02 09:00'), '2026-11-02 09:30'), '2026-11-02 10:00');
    const one = go(both, '2026-11-02 10:15');
    expect(deriveDue(one, office)).to.include({ due: null, dueAt: null });
    expect(dueOf(go(one, '2026-11-02 10:45'))).to.equal('2026-11-02 15:15');
    expect(dueOf(go(one, '2026-11-02 10:15')), 'both at once').to.equal('2026-11-02 14:45');
  });

  it('a pause at or after the due instant hides no delay; one just before it holds', () => {
    const ledger = officeClock('2026-11-02 09:00');
    expect(dueOf(hold(ledger, '2026-11-02 10:59'))).to.equal(null);
    const late = hold(ledger, '2026-11-02 11:00');
    expect(dueOf(late)).to.equal('2026-11-02 11:00');
    expect(standingOf(late, shanghai('2026-11-02 11:01'), office)).to.include({ light: 'red', paused: true });
    expect(rungsOf(late, office).map((r) => r.rung)).to.include('due');
    expect(dueOf(go(late, '2026-11-02 16:00'))).to.equal('2026-11-02 11:00');
  });

  it('is provisional as soon as a date it counts or passes over is, the first one included', () => {
    const of = (start: string, calendar = office) => {
      const { dueAt, provisional } = deriveDue(officeClock(start), calendar);
      return [written(dueAt), provisional];
    };
    expect(of('2026-12-31 09:00')).to.deep.equal(['2026-12-31 11:00', false]);
    expect(of('2026-12-31 17:00')).to.deep.equal(['2027-01-04 10:00', true]);
    expect(of('2027-03-01 09:00')).to.deep.equal(['2027-03-01 11:00', true]);
    expect(of('2026-03-31 17:00', wenshanOffice)).to.deep.equal(['2026-04-03 10:00', true]);
    expect(of('2026-04-03 09:00', wenshanOffice)).to.deep.equal(['2026-04-03 11:00', false]);
    const open = hold(officeClock('2026-12-31 17:00'), '2026-12-31 17:10');
    expect(deriveDue(open, office), 'held before the year ends').to.include({
      due: null,
      provisional: false,
    });
    const resumed = held(officeClock('2026-12-31 17:00'), '2026-12-31 17:05', '2026-12-31 17:10');
    const next = hold(resumed, '2027-01-04 08:40');
    expect(deriveDue(next, office)).to.include({ due: null, provisional: true });
  });

  it('throws on a calendar without office hours; none are presumed', () => {
    const ledger = officeClock('2026-11-02 09:00');
    for (const ask of [deriveDue, rungsOf])
      expect(() => ask(ledger, national)).to.throw(RangeError, 'office');
    expect(() => standingOf(ledger, '2026-11-02', national)).to.throw(RangeError, 'office');
    expect(() => deriveDue(ledger, { ...national, officeHours: [] })).to.throw(RangeError, 'office');
  });

  it('agrees with counting minute by minute, pauses and all', () => {
    const span = fc.tuple(fc.nat(3000), fc.nat(600));
    fc.assert(
      fc.property(
        anyInstant(),
        fc.integer({ min: 1, max: 7 }),
        fc.array(span, { maxLength: 3 }),
        (at, n, spans) => {
          const ledger = withPauses(startAt(at, n, 'office'), at, spans);
          let minutes = 0;
          let now = at;
          for (let left = n * 60; left > 0; minutes += 1, now = later(at, minutes * MINUTE)) {
            const paused = spans.some(([p, length]) => p <= minutes && minutes < p + length);
            if (!paused && isOpen(now)) left -= 1;
          }
          expect(deriveDue(ledger, office).dueAt).to.equal(now);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never ends before as many natural hours, nor before a shorter, an earlier or an unpaused one', () => {
    fc.assert(
      fc.property(
        anyInstant(),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(3000),
        fc.nat(600),
        (at, n, p, length) => {
          const due = (ledger: Ledger) => deriveDue(ledger, office).dueAt ?? '';
          const ledger = startAt(at, n, 'office');
          expect(due(ledger) >= due(startAt(at, n, 'natural'))).to.equal(true);
          expect(due(startAt(at, n + 1, 'office')) > due(ledger)).to.equal(true);
          expect(due(startAt(later(at, p * MINUTE), n, 'office')) >= due(ledger)).to.equal(true);
          expect(due(withPauses(ledger, at, [[p, length]])) >= due(ledger)).to.equal(true);
        },
      ),
    );
  });
});

describe('the light of a clock of hours', () => {
  const at = (ledger: Ledger, text: string, ms = 0) => standingOf(ledger, later(shanghai(text), ms), office);

  it('is yellow from 30 % of the hours on, still so at the due instant, and red as soon as that has passed', () => {
    const ledger = naturalClock('2026-11-02 09:00'); // 30 % of 24 hours are 7:12
    expect(at(ledger, '2026-11-02 09:00')).to.include({ light: 'green', hoursLeft: 24, remaining: 1 });
    expect(at(ledger, '2026-11-03 01:48', -1).light).to.equal('green');
    expect(at(ledger, '2026-11-03 01:48')).to.include({ light: 'yellow', hoursLeft: 7.2, remaining: 0 });
    expect(at(ledger, '2026-11-03 09:00')).to.deep.equal({
      due: '2026-11-03',
      provisional: false,
      remaining: 0,
      hoursLeft: 0,
      overdue: 0,
      light: 'yellow',
      paused: false,
    });
    expect(at(ledger, '2026-11-03 09:00', 1)).to.include({ light: 'red', overdue: 0, hoursLeft: 0 });
    expect(at(ledger, '2026-11-05 08:00')).to.include({ light: 'red', overdue: 2 });
  });

  it('counts the hours left in office time, without pauses, to a tenth', () => {
    const ledger = held(officeClock('2026-11-02 09:00', 4), '2026-11-02 10:00', '2026-11-02 11:00');
    expect(at(ledger, '2026-11-02 08:00'), 'before the start').to.include({ hoursLeft: 4, light: 'green' });
    expect(at(ledger, '2026-11-02 10:30').hoursLeft).to.equal(3);
    expect(at(ledger, '2026-11-02 13:00').hoursLeft).to.equal(2.5);
    expect(at(ledger, '2026-11-02 15:10').hoursLeft).to.equal(1.8);
  });

  it('takes a bare date as the last instant of that day', () => {
    const ledger = officeClock('2026-11-06 17:00'); // due Monday 10:00
    expect(standingOf(ledger, '2026-11-06', office)).to.include({ hoursLeft: 1.5, remaining: 1 });
    expect(standingOf(ledger, '2026-11-08', office)).to.include({ hoursLeft: 1.5, light: 'green' });
    expect(standingOf(ledger, '2026-11-09', office)).to.include({ light: 'red', hoursLeft: 0, overdue: 0 });
    const midnight = naturalClock('2026-11-02 00:00');
    expect(standingOf(midnight, '2026-11-02', office).light).to.equal('yellow');
  });

  it('paused and done have their own lights; a done clock keeps how it stood', () => {
    const ledger = officeClock('2026-11-02 09:00');
    expect(at(hold(ledger, '2026-11-02 09:30'), '2026-11-04 09:00')).to.deep.equal({
      due: null,
      provisional: false,
      remaining: null,
      hoursLeft: null,
      overdue: 0,
      light: 'paused',
      paused: true,
    });
    const done = (text: string) => end(ledger, text.slice(0, 10), shanghai(text));
    expect(done('2026-11-02 10:00')).to.include({
      endedOn: '2026-11-02',
      endedAt: shanghai('2026-11-02 10:00'),
    });
    expect(at(done('2026-11-02 10:00'), '2026-12-01 09:00')).to.include({ light: 'done', hoursLeft: 1 });
    expect(at(done('2026-11-04 10:00'), '2026-12-01 09:00')).to.include({ light: 'done', overdue: 2 });
  });

  it('rungs: yellow with 30 % left, due at the exact instant; none while paused or done', () => {
    const ledger = officeClock('2026-11-02 10:31');
    const rungs = rungsOf(ledger, office).map((r) => [r.rung, r.firesAt]);
    expect(rungs).to.deep.equal([
      ['yellow', shanghai('2026-11-02 14:55')],
      ['due', shanghai('2026-11-02 15:31')],
    ]);
    expect(rungsOf(hold(ledger, '2026-11-02 11:00'), office)).to.deep.equal([]);
    expect(rungsOf(end(ledger, '2026-11-02', shanghai('2026-11-02 11:00')), office)).to.deep.equal([]);
  });

  it('rungs agree with the light, to the millisecond', () => {
    const unit = fc.constantFrom<HourUnit>('natural', 'office');
    fc.assert(
      fc.property(
        anyInstant(),
        fc.integer({ min: 1, max: 60 }),
        unit,
        fc.nat(300),
        fc.nat(900),
        (t, n, u, p, r) => {
          const ledger = withPauses(startAt(t, n, u), t, [[p, r]]);
          const [yellow, due] = rungsOf(ledger, office).map((rung) => rung.firesAt) as [Instant, Instant];
          const light = (moment: Instant) => standingOf(ledger, moment, office).light;
          expect([light(later(yellow, -1)), light(yellow)]).to.deep.equal(['green', 'yellow']);
          expect([light(due), light(later(due, 1))]).to.deep.equal(['yellow', 'red']);
        },
      ),
    );
  });
});

describe('the ledger of a clock of hours', () => {
  const ledger = officeClock('2026-11-02 09:00');

  it('keeps the exact time of its start and of every act', () => {
    expect(ledger).to.include({ start: '2026-11-02', startAt: shanghai('2026-11-02 09:00') });
    const entries = held(ledger, '2026-11-02 09:30', '2026-11-02 10:00').entries;
    expect(entries.map((e) => e.at)).to.deep.equal([
      shanghai('2026-11-02 09:30'),
      shanghai('2026-11-02 10:00'),
    ]);
    const offset = startLedger('urgent', ledger.budget, '2026-11-02', undefined, '2026-11-02T09:00:00+08:00');
    expect(offset.startAt, 'as UTC').to.equal('2026-11-02T01:00:00.000Z');
  });

  it('refuses an act without its exact time, or with one of another Shanghai date', () => {
    const on = '2026-11-02';
    const lacking: (() => unknown)[] = [
      () => startLedger('urgent', ledger.budget, on),
      () => pause(ledger, { on, reason: '检疫', by: 'a1' }),
      () => resume(hold(ledger, '2026-11-02 09:30'), { on, by: 'a1' }),
      () => end(ledger, on),
    ];
    for (const act of lacking) expect(act).to.throw(RangeError, 'exact time');
    const elsewhere = '2026-11-02T16:00:00.000Z'; // 00:00 of the 3rd
    expect(() => end(ledger, on, elsewhere)).to.throw(RangeError, 'not on 2026-11-02');
    expect(() => end(ledger, on, '2026-11-02')).to.throw(RangeError, 'offset');
    expect(() => deriveDue({ ...ledger, startAt: undefined } as unknown as Ledger, office)).to.throw(
      RangeError,
      'lacks an exact time',
    );
  });

  it('refuses to go backwards within a day, or on after its end', () => {
    expect(() => hold(ledger, '2026-11-02 08:59')).to.throw(RangeError, 'before');
    const paused = hold(ledger, '2026-11-02 09:30');
    expect(() => go(paused, '2026-11-02 09:29')).to.throw(RangeError, 'before');
    expect(() => end(paused, '2026-11-02', shanghai('2026-11-02 09:29'))).to.throw(RangeError, 'before');
    expect(() => hold(end(ledger, '2026-11-02', shanghai('2026-11-02 10:00')), '2026-11-02 10:01')).to.throw(
      RangeError,
      'ended',
    );
    expect(() => go(ledger, '2026-11-02 09:30')).to.throw(RangeError, 'not paused');
  });

  it('refuses impossible hours and units, and is not extended (B2-3 knows days only)', () => {
    const begin = (budget: unknown) =>
      startLedger('x', budget as Budget, '2026-11-02', 'X', shanghai('2026-11-02 09:00'));
    for (const hours of [0, -1, 1.5, Number.NaN, 8761]) {
      expect(() => begin({ hours, unit: 'office' }), String(hours)).to.throw(RangeError, 'hours');
    }
    for (const unit of ['workday', undefined]) {
      expect(() => begin({ hours: 2, unit }), String(unit)).to.throw(RangeError, 'unit');
    }
    expect(() => begin({ days: 2, unit: 'office' })).to.throw(RangeError, 'unit');
    const longer = { ...when('2026-11-02 10:00'), days: 10, reason: '案情复杂', by: 'leader' };
    expect(() => extend(ledger, longer)).to.throw(RangeError, 'count days');
  });

  it('a clock of days takes the exact time and does not keep it, so that it stays one and the same', () => {
    const at = shanghai('2026-11-05 10:00');
    const how = { on: '2026-11-03', reason: '听证', by: 'a1' };
    const days: Budget = { days: 5, unit: 'workday' };
    const plain = end(pause(startLedger('x', days, '2026-11-02'), how), '2026-11-04');
    const told = end(
      pause(startLedger('x', days, '2026-11-02', undefined, at), { ...how, at }),
      '2026-11-04',
      at,
    );
    expect(told).to.deep.equal(plain);
  });
});

/** Any minute of 2015–2026, far enough from the end. */
function anyInstant() {
  const first = Date.parse('2015-01-01T00:00:00Z');
  return fc
    .integer({ min: 0, max: 11 * 365 * 1440 })
    .map((minutes) => new Date(first + minutes * MINUTE).toISOString());
}

/** Are the county's offices open at this minute? Told from the wall clock, knowing nothing of spans. */
function isOpen(at: Instant): boolean {
  const time = localTime(at);
  return (
    office.isWorkday(localDate(at)) && officeHours.some(([opens, closes]) => opens <= time && time < closes)
  );
}

/** Pauses as [minutes after `at`, minutes long], entered in order of time; only those that begin before the end matter. */
function withPauses(ledger: Ledger, at: Instant, spans: [from: number, length: number][]): Ledger {
  const acts = spans.flatMap(([p, length]) => [
    { minute: p, isPause: true },
    { minute: p + length, isPause: false },
  ]);
  acts.sort((a, b) => a.minute - b.minute || Number(b.isPause) - Number(a.isPause));
  return acts.reduce((l, { minute, isPause }) => {
    const moment = later(at, minute * MINUTE);
    const how = { on: localDate(moment), at: moment, by: 'a1' };
    return isPause ? pause(l, { ...how, reason: '检疫' }) : resume(l, how);
  }, ledger);
}
