/** States that cannot be reached, do not end, or lie with nobody. */
import type { Loose } from '../../ground.ts';
import type { Kind } from '../../kind.ts';
import { isLeaf, machineKind, parts, takes } from './damage.ts';

export const stateKinds: Kind[] = [
  machineKind('a state that no case gets to', (machine, item) =>
    parts(machine, item, (s) => s.states).map((p) => [
      `${p.pointer} gets an attic`,
      (m) => {
        const [leaf] = Object.values(p.of(m).states) as Loose[];
        p.of(m).states.attic = structuredClone(leaf);
      },
      p.place,
      /no case ever gets to ".*\.attic"/,
    ]),
  ),
  machineKind('a state from which no end can be reached', (machine, item) =>
    parts(machine, item, takes('FORWARD', 'ACCEPT', 'RECORD_VISIT', 'APPROVE', 'COLLECT', 'ISSUE')).map(
      (p) => [
        `${p.pointer} goes round in a circle`,
        (m) => {
          p.of(m).on = {
            FORWARD: [{ actions: [] }],
            WITHDRAW: [{ target: `#${m.id}.withdrawn`, actions: [] }],
          };
        },
        p.place,
        /no end can be reached from|nobody can act|no case ever gets to|may run out in/,
      ],
    ),
  ),
  machineKind('a state in which nobody can act', (machine, item) =>
    parts(machine, item, (s) => isLeaf(s) && !s.meta.kept).map((p) => [
      `${p.pointer} takes nothing`,
      (m) => delete p.of(m).on,
      p.place,
      /nobody can act in|no end can be reached from/,
    ]),
  ),
  machineKind('a desk at which nobody sits', (machine, item) =>
    parts(machine, item, (s) => isLeaf(s) && s.meta.desk).map((p) => [
      `${p.pointer} lies with a village leader`,
      (m) => (p.of(m).meta.desk = { at: 'village', role: 'leader' }),
      p.place,
      /no leader sits at a village/,
    ]),
  ),
  machineKind('a desk whose office no township has', (machine, item) =>
    parts(machine, item, (s) => isLeaf(s) && s.meta.desk).map((p) => [
      `${p.pointer} lies with the office of QQ`,
      (m) => (p.of(m).meta.desk = { at: 'township', role: 'officer', office: 'QQ' }),
      p.place,
      /no township office works for "QQ"/,
    ]),
  ),
  machineKind('a return to the desk that returns', (machine, item) =>
    parts(machine, item, takes('RETURN'))
      .filter((p) => item.steps.find((s: Loose) => s.id === p.state.meta.step))
      .map((p) => {
        const step = p.pointer.split('/')[2] as string;
        return [
          `${p.pointer} returns to itself`,
          (m) => {
            const { returned } = m.states[step].states;
            returned.meta = { ...returned.meta, desk: p.state.meta.desk };
            delete returned.meta.applicant;
          },
          `${p.place}/returnTo`,
          /returns the case to the desk that returns it/,
        ];
      }),
  ),
];
