/** Names that a compiled machine has and nothing else knows. */
import type { Kind, Plant } from '../../kind.ts';
import { first, isLeaf, machineKind, parts, takes } from './damage.ts';

export const nameKinds: Kind[] = [
  machineKind('an action that the vocabulary does not have', (machine, item) =>
    parts(machine, item, isLeaf).map((p) => [
      `${p.pointer} does startClok`,
      (m) => (p.of(m).entry = [...(p.of(m).entry ?? []), { type: 'startClok' }]),
      p.pointer,
      /the vocabulary has no action "startClok"/,
    ]),
  ),
  machineKind('a guard that the vocabulary does not have', (machine, item) =>
    parts(machine, item, (s) => isLeaf(s) && s.on).map((p) => [
      `${p.pointer} asks goodWeather`,
      (m) => (p.of(m).on[first(p.state)][0].guard = { type: 'goodWeather' }),
      `${p.pointer}/on/${first(p.state)}`,
      /the vocabulary has no guard "goodWeather"/,
    ]),
  ),
  machineKind('an event that nobody knows', (machine, item) =>
    parts(machine, item, isLeaf).map((p) => [
      `${p.pointer} takes PONDER`,
      (m) => (p.of(m).on = { ...p.of(m).on, PONDER: [{}] }),
      `${p.pointer}/on/PONDER`,
      /no event "PONDER"/,
    ]),
  ),
  machineKind('a transition to nowhere', (machine, item) =>
    parts(machine, item, (s) => isLeaf(s) && s.on).map((p) => [
      `${p.pointer} leads to the moon`,
      (m) => (p.of(m).on[first(p.state)][0].target = `#${m.id}.moon`),
      `${p.pointer}/on/${first(p.state)}`,
      /moon" leads nowhere/,
    ]),
  ),
  machineKind('a guard on a rule or situation that is not there', (machine, item) =>
    parts(machine, item, (s) => isLeaf(s) && s.on).flatMap((p) =>
      [{ route: 'Moon' }, { without: ['moon'] }].map(
        (params): Plant => [
          `${p.pointer} when ${JSON.stringify(params)}`,
          (m) => (p.of(m).on[first(p.state)][0].guard = { type: 'taken', params }),
          `${p.pointer}/on/${first(p.state)}`,
          /no route rule "Moon"|no situation "moon"/,
        ],
      ),
    ),
  ),
  machineKind('a certificate that the item does not have', (machine, item) =>
    parts(machine, item, takes('APPROVE', 'ISSUE')).map((p) => {
      const event = p.state.on.ISSUE ? 'ISSUE' : 'APPROVE';
      const params = { certificate: 'medal' };
      return [
        `${p.pointer} issues a medal`,
        (m) => p.of(m).on[event][0].actions.push({ type: 'certificate.issue', params }),
        `${p.pointer}/on/${event}`,
        /no certificate "medal"/,
      ];
    }),
  ),
  machineKind('a state that names itself and is not entered anew', (machine, item) =>
    parts(machine, item, (s) => isLeaf(s) && s.entry).map((p) => [
      `${p.pointer} leads to itself`,
      (m) => (p.of(m).on = { ...p.of(m).on, FORWARD: [{ target: p.name.split('.')[1], actions: [] }] }),
      `${p.pointer}/on/FORWARD`,
      /without entering it anew/,
    ]),
  ),
];
