/** Clocks that do not arm, are not heard or do not stop, and pauses without an end. */
import type { Loose } from '../../ground.ts';
import { type Kind, type Plant, stepsOf } from '../../kind.ts';
import { does, leadsOn, machineKind, ONWARD, parts, strip, takes } from './damage.ts';

export const clockKinds: Kind[] = [
  machineKind('a suspension that does not resume', (machine, item) =>
    parts(machine, item, takes('RESUME')).map((p) => [
      `${p.pointer} resumes nothing`,
      strip(p, 'RESUME', (a) => a.type === 'resumeClock'),
      p.place,
      /a pause is not resumed|still stands still/,
    ]),
  ),
  machineKind('a suspension without a way out', (machine, item) =>
    parts(machine, item, takes('RESUME')).map((p) => [
      `${p.pointer} never resumes`,
      (m) => delete p.of(m).on.RESUME,
      p.place,
      /a term stands still in .* and never goes on/,
    ]),
  ),
  machineKind('a pause for a procedure that does not end with it', (machine, item) => [
    ...parts(machine, item, (s) => does(s.exit, 'resumeClock', 'promised')).map(
      (p): Plant => [
        `${p.pointer} left without resuming`,
        (m) => (p.of(m).exit = p.of(m).exit.filter((a: Loose) => a.type !== 'resumeClock')),
        p.place,
        /still stands still after|a pause is not resumed/,
      ],
    ),
    ...parts(machine, item, (s) => takes('SUSPEND')(s) && takes(...ONWARD)(s)).map(
      (p): Plant => [
        `${p.pointer} pauses on its way on`,
        (m) => {
          const event = ONWARD.find((e) => p.state.on[e]) as string;
          const pause = { type: 'pauseClock', params: { name: 'promised' } };
          for (const t of p.of(m).on[event]) t.actions = [...(t.actions ?? []), pause];
        },
        p.place,
        /the promised term still stands still after/,
      ],
    ),
  ]),
  machineKind('a clock whose fact nobody takes', (machine, item) =>
    parts(machine, item, (s) =>
      Object.keys(s.on ?? {}).some((e) =>
        [
          'NOTICE_CLOSED',
          'CORRECTION_LAPSED',
          'ACCEPTANCE_DEEMED',
          'OPINION_DEEMED',
          'WAIT_LAPSED',
          'REVIEW_DUE',
          'REVIEW_LAPSED',
          'RECTIFICATION_LAPSED',
          'RESULT_STOOD',
        ].includes(e),
      ),
    ).map((p) => {
      const fact = Object.keys(p.state.on).find((e) =>
        /_(CLOSED|LAPSED|DEEMED|DUE|STOOD)$/.test(e),
      ) as string;
      return [
        `${p.pointer} does not take ${fact}`,
        (m) => delete p.of(m).on[fact],
        p.place,
        new RegExp(`may run out in .*, which does not take ${fact}`),
      ];
    }),
  ),
  machineKind('a clock that goes on behind its step', (machine, item) =>
    parts(machine, item, (s) => does(s.exit, 'stopClock') && s.entry?.some((a: Loose) => a.params?.onDue))
      // A wait may be the last step on its way, and the end stops every clock.
      .filter((p) => leadsOn(machine, p.state) && !stepsOf(item, 'await').some(([s]) => s.id === p.name))
      .map((p) => [
        `${p.pointer} stops no clock`,
        (m) => (p.of(m).exit = []),
        '',
        /may run out in|which may be going already|still goes/,
      ]),
  ),
  machineKind('a clock started a second time', (machine, item) =>
    parts(machine, item, (s) => does(s.exit, 'stopClock')).flatMap((p) => {
      const again = p.state.entry?.find((a: Loose) => a.type === 'startClock');
      if (!again) return [];
      const plant: Plant = [
        `${p.pointer} starts ${again.params.name} twice`,
        (m) => p.of(m).entry.push(structuredClone(again)),
        '/steps',
        /starts clock ".*", which may be going already/,
      ];
      return [plant];
    }),
  ),
  machineKind('a clock with nothing to count', (machine, item) =>
    parts(machine, item, (s) => s.entry?.some((a: Loose) => a.type === 'startClock')).flatMap((p) =>
      [{ days: 0 }, { days: -1 }, { days: undefined }, { days: 2.5 }].map(
        (over): Plant => [
          `${p.pointer} counts ${JSON.stringify(over)} (${String(over.days)})`,
          (m) => {
            const { params } = p.of(m).entry.find((a: Loose) => a.type === 'startClock');
            delete params.hours;
            delete params.months;
            Object.assign(params, { unit: 'workday' }, over);
          },
          p.pointer,
          /has no days, hours or months to count/,
        ],
      ),
    ),
  ),
  machineKind('terms that never start', (machine, item) =>
    parts(machine, item, (s) =>
      Object.values(s.on ?? {}).some((ts: Loose) => ts.some((t: Loose) => does(t.actions, 'startTerms'))),
    ).map((p) => [
      `${p.pointer} starts no terms`,
      (m) => {
        for (const ts of Object.values(p.of(m).on) as Loose[])
          for (const t of ts) t.actions = (t.actions ?? []).filter((a: Loose) => a.type !== 'startTerms');
      },
      p.place,
      /accepts, but starts no terms/,
    ]),
  ),
  machineKind('terms that start before acceptance is noted', (machine, item) =>
    parts(machine, item, (s) =>
      Object.values(s.on ?? {}).some((ts: Loose) => ts.some((t: Loose) => does(t.actions, 'startTerms'))),
    ).map((p) => [
      `${p.pointer} notes no acceptance`,
      (m) => {
        for (const ts of Object.values(p.of(m).on) as Loose[])
          for (const t of ts)
            t.actions = (t.actions ?? []).filter((a: Loose) => !/^(note|deem)Acceptance$/.test(a.type));
      },
      p.place,
      /starts terms before an acceptance is noted/,
    ]),
  ),
  machineKind('terms that go on after the decision', (machine, item) =>
    parts(machine, item, takes('APPROVE')).flatMap((p) =>
      ['APPROVE', 'REJECT'].map(
        (event): Plant => [
          `${p.pointer} ${event} stops no term`,
          strip(p, event, (a) => a.type === 'stopClock' && a.params.name === 'promised'),
          p.place,
          /clock "promised" still goes after the decision/,
        ],
      ),
    ),
  ),
  machineKind('clocks that go on when the case is over', (machine, item) =>
    parts(machine, item, (s, name) => s.type === 'final' && ['withdrawn', 'ended'].includes(name)).map(
      (p) => [
        `${p.pointer} stops no clock`,
        (m) => (p.of(m).entry = p.of(m).entry.filter((a: Loose) => a.type !== 'stopAllClocks')),
        p.pointer,
        /still goes in/,
      ],
    ),
  ),
];
