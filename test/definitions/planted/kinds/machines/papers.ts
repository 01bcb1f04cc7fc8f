/** Refusals, notices and papers that owe something. */
import type { Loose } from '../../ground.ts';
import type { Kind, Plant } from '../../kind.ts';
import { first, isLeaf, machineKind, parts, strip, takes } from './damage.ts';

export const paperKinds: Kind[] = [
  machineKind('a rejection or refusal without its paper (B2-9)', (machine, item) =>
    parts(machine, item, takes('REJECT', 'REFUSE', 'END')).map((p) => {
      const event = ['REJECT', 'REFUSE', 'END'].find((e) => p.state.on[e]) as string;
      return [
        `${p.pointer} ${event} without paper`,
        strip(p, event, (a) => a.type === 'paper'),
        p.place,
        /without the paper "(rejection|refusal|cancellation)"/,
      ];
    }),
  ),
  machineKind('a rejection without reasons (B2-9)', (machine, item) =>
    parts(machine, item, takes('APPROVE', 'ACCEPT')).map((p) => {
      const event = p.state.on.APPROVE ? 'APPROVE' : 'ACCEPT';
      const end = p.state.on.APPROVE ? 'REJECT' : 'REFUSE';
      return [
        `${p.pointer} ${event} as ${end}`,
        (m) => (p.of(m).on[event] = structuredClone(p.of(m).on[end])),
        p.place,
        /without asking for reasons/,
      ];
    }),
  ),
  machineKind('a notice to which nobody can object (B.5)', (machine, item) =>
    parts(machine, item, takes('POST', 'DISMISS_OBJECTION')).flatMap((p) => {
      const step = p.pointer.split('/')[2] as string;
      const states = (m: Loose) => m.states[step].states;
      const plants: Plant[] = [
        ['no OBJECT', (m) => delete states(m).open.on.OBJECT, p.place, /nobody can object to the notice/],
        [
          'no DISMISS',
          (m) => delete states(m).objected.on.DISMISS_OBJECTION,
          p.place,
          /never comes to DISMISS/,
        ],
        [
          'no SUSTAIN',
          (m) => delete states(m).objected.on.SUSTAIN_OBJECTION,
          p.place,
          /never comes to SUSTAIN/,
        ],
      ];
      return p.state.on.POST ? plants.map(([what, ...rest]): Plant => [`${step}: ${what}`, ...rest]) : [];
    }),
  ),
  machineKind('a notice that is left hanging', (machine, item) =>
    parts(machine, item, takes('NOTICE_CLOSED', 'SUSTAIN_OBJECTION')).map((p) => {
      const event = p.state.on.NOTICE_CLOSED ? 'NOTICE_CLOSED' : 'SUSTAIN_OBJECTION';
      return [
        `${p.pointer} ${event} closes nothing`,
        strip(p, event, (a) => a.type === 'notice.close'),
        '',
        /the notice still hangs in/,
      ];
    }),
  ),
  machineKind('a paper or message without a template', (machine, item) =>
    parts(machine, item, (s) => isLeaf(s) && s.on).flatMap((p) =>
      [
        { type: 'paper', params: { paper: 'poem' } },
        { type: 'message', params: { template: 'poem' } },
      ].map(
        (action): Plant => [
          `${p.pointer} writes a ${action.type}`,
          (m) => {
            const [t] = p.of(m).on[first(p.state)];
            t.actions = [...(t.actions ?? []), action];
          },
          p.place,
          /no template for the (paper|message) "poem"/,
        ],
      ),
    ),
  ),
];
