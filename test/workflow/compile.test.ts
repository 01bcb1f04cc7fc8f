import { expect } from 'chai';
import { compile } from '../../src/workflow/compile.ts';
import { draw } from '../../src/workflow/draw/index.ts';
import type { MachineJson, Named, StateJson } from '../../src/workflow/machine.ts';
import { vocabulary } from '../../src/workflow/vocabulary.ts';
import { sampleItem } from './sample-item.ts';

function named(state: StateJson): Named[] {
  const own = [...(state.entry ?? []), ...(state.exit ?? [])];
  const moves = Object.values(state.on ?? {}).flat();
  const guards = moves.flatMap((t) => (t.guard ? [t.guard] : []));
  const actions = moves.flatMap((t) => t.actions ?? []);
  return [...own, ...guards, ...actions, ...Object.values(state.states ?? {}).flatMap(named)];
}

const known = vocabulary.createMachine({ id: 'v' } as never).implementations as unknown as {
  actions: object;
  guards: object;
};

/** Names the vocabulary does not know. */
const strangers = (machine: MachineJson) =>
  Object.values(machine.states)
    .flatMap(named)
    .map((n) => n.type)
    .filter((type) => !(type in known.actions) && !(type in known.guards));

describe('compile', () => {
  const machine = compile(sampleItem);

  it('gives plain JSON', () => {
    expect(JSON.parse(JSON.stringify(machine))).to.deep.equal(machine);
  });

  it('names only what the vocabulary knows', () => {
    expect(Object.values(machine.states).flatMap(named).length).to.be.greaterThan(50);
    expect(strangers(machine)).to.deep.equal([]);
    const faulty = structuredClone(machine);
    faulty.states.intake?.states?.draft?.on?.FILE?.[0]?.actions?.push({ type: 'sing' });
    expect(strangers(faulty)).to.deep.equal(['sing']);
  });

  it('opens in XState itself', () => {
    expect(() => vocabulary.createMachine(structuredClone(machine) as never)).to.not.throw();
  });

  it('refuses a step that names an unknown one, and a first step that is no intake', () => {
    const broken = structuredClone(sampleItem);
    const post = broken.steps.find((s) => s.kind === 'post');
    if (post?.kind === 'post') post.onSustained = 'nowhere';
    expect(() => compile(broken)).to.throw('"posting" names an unknown step "nowhere"');
    expect(() => compile({ ...sampleItem, steps: sampleItem.steps.slice(1) })).to.throw('intake');
  });

  it('issues by itself together with the decision when the item says so', () => {
    const steps = sampleItem.steps.map((s) => (s.kind === 'issue' ? { ...s, auto: true } : s));
    const auto = compile({ ...sampleItem, steps });
    expect(auto.states).to.not.have.property('certificate');
    const approve = auto.states.decision?.states?.pending?.on?.APPROVE?.[0];
    expect(approve?.target).to.equal('#XX-01.handover');
    expect(approve?.actions?.map((a) => a.type)).to.include('certificate.issue');
  });

  it('draws every main state once, marks the current one, and uses no style attribute', () => {
    const svg = draw(machine, '示例', { current: 'posting.open', situation: 'new' });
    for (const title of [
      '填写中',
      '待受理',
      '待补正',
      '现场核查',
      '待公示',
      '● 公示中',
      '异议核查',
      '决定',
      '待制证',
      '待领取',
    ])
      expect(svg.split(`>${title}<`).length, title).to.be.greaterThan(1);
    expect(svg).to.not.match(/style=|<style|<script/);
  });
});
