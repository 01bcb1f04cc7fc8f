import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { staleMachines } from '../../src/cli/compile.ts';
import { draw } from '../../src/cli/draw.ts';
import { rehearse } from '../../src/cli/rehearse.ts';
import { loadDefinitions } from '../../src/platform/definitions/index.ts';
import { metaOf } from '../../src/workflow/advance.ts';
import { eventNeeds, eventSchema } from '../../src/workflow/events.ts';
import { checkAgainst } from '../../src/workflow/formats.ts';
import { sampleData } from '../../src/workflow/samples.ts';
import type { Line } from '../../src/workflow/simulate.ts';
import { ACTS, type CaseState } from '../../src/workflow/types.ts';

/** A verb's exit code and what it printed. */
async function run(
  verb: typeof rehearse,
  ...argv: string[]
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await verb(
    argv,
    (s) => {
      said.out += `${s}\n`;
    },
    (s) => {
      said.err += `${s}\n`;
    },
  );
  return { code, ...said };
}

interface Played {
  item: string;
  runs: { name: string; steps: Line[] }[];
}

describe('cunban compile', () => {
  it('the committed machines are those of the items', () => {
    expect(staleMachines(), 'run `npm run cunban -- compile`').to.deep.equal([]);
  });
});

describe('cunban draw', () => {
  it('prints SVG, and refuses an unknown item or situation', async () => {
    const { code, out } = await run(draw, 'MZ-01');
    expect(code).to.equal(0);
    expect(out).to.match(/^<svg[\s\S]*<\/svg>\n$/);
    expect(await run(draw, 'XX-01')).to.include({ code: 2, out: '' });
    expect((await run(draw, 'MZ-01', 'nothing')).err).to.contain('no situation nothing');
  });
});

describe('cunban rehearse', () => {
  for (const code of ['WJ-01', 'NY-04', 'MZ-01', 'ZR-02'])
    it(`plays every branch of ${code} to an end`, async () => {
      const { code: exit, out } = await run(rehearse, code, '--json');
      expect(exit).to.equal(0);
      const { runs } = JSON.parse(out) as Played;
      expect(runs.length).to.be.greaterThan(10);
      const ends = new Set(runs.map((r) => r.steps.at(-1)?.state));
      expect([...ends]).to.include.members(['done', 'withdrawn', 'rejected']);
      // Over, or granted and going on until the next review.
      for (const { name, steps } of runs)
        expect(steps.at(-1), name).to.satisfy(
          (l: Played['runs'][0]['steps'][0]) => l.holder === null || /\.(current|halted)$/.test(l.state),
        );
    });

  it('--all plays every item and shows every branch of every machine, as a table', async () => {
    const { code, out } = await run(rehearse, '--all');
    expect(code).to.equal(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.filter((l) => /^[A-Z]{2}-\d{2} /.test(l))).to.have.length(33);
    expect(out).to.not.contain('未走到');
    const [, shown, all] = /(\d+)\/(\d+)$/.exec(lines.at(-1) ?? '') ?? [];
    expect(Number(all)).to.be.greaterThan(2000);
    expect(shown).to.equal(all);
  }).timeout(180_000);

  const scripted = async (cues: object[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'cunban-script-'));
    const file = join(folder, 'script.json');
    writeFileSync(file, JSON.stringify(cues));
    const result = await run(rehearse, 'MZ-01', '--script', file, '--json');
    rmSync(folder, { recursive: true });
    return result;
  };

  it('B1-5: along a script, silence is reported by the clock with its dates', async () => {
    const { code, out } = await scripted([
      { at: '2026-09-24T10:00:00+08:00', as: 'village', do: 'FILE' },
      { at: '2026-10-12T09:00:00+08:00' },
    ]);
    expect(code).to.equal(0);
    const [filed, deemed] = (JSON.parse(out) as { steps: Line[] }).steps;
    expect(filed).to.include({
      event: 'FILE',
      state: 'acceptance.pending',
      received: '2026-09-24',
      accepted: null,
    });
    expect(filed?.papers).to.deep.equal(['receipt']);
    expect(deemed).to.include({
      event: 'ACCEPTANCE_DEEMED',
      at: '2026-10-09T16:00:00.000Z',
      accepted: '2026-09-24',
      deemed: true,
    });
  });

  it('tells the cue that is not possible, of an unknown act, or out of order', async () => {
    const file = { at: '2026-09-24T10:00:00+08:00', as: 'village', do: 'FILE' };
    const approve = await scripted([file, { at: '2026-09-25T10:00:00+08:00', as: 'leader', do: 'APPROVE' }]);
    expect(approve.code).to.equal(1);
    expect(approve.err).to.contain('APPROVE is not possible in acceptance.pending');
    const wrong = await scripted([file, { at: '2026-09-25T10:00:00+08:00', as: 'V1', do: 'ACCEPT' }]);
    expect(wrong.err).to.contain('cue 2: ACCEPT belongs to township/window, not to V1');
    const right = await scripted([file, { at: '2026-09-25T10:00:00+08:00', as: 'T0', do: 'ACCEPT' }]);
    expect(right.code).to.equal(0);
    expect((await scripted([{ ...file, do: 'DANCE' }])).err).to.contain('cue 1: unknown act DANCE');
    const back = await scripted([file, { ...file, at: '2026-09-23T10:00:00+08:00', do: 'WITHDRAW' }]);
    expect(back.err).to.contain('cue 2');
    expect((await run(rehearse)).code).to.equal(2);
  });

  it('its sample data are what the acts ask for', () => {
    const definitions = loadDefinitions();
    for (const { code } of definitions.list()) {
      const { machine, definition } = definitions.get(code);
      for (const [step, state] of Object.entries(machine.states))
        for (const leaf of Object.keys(state.states ?? {}))
          for (const event of ACTS) {
            const at = { value: { [step]: leaf } } as unknown as CaseState;
            const needs = eventNeeds(definition, metaOf(machine, at), event);
            const data = sampleData(event, needs, '2026-09-28');
            const faults = checkAgainst(eventSchema(event, needs), data, { today: '2026-09-28' });
            expect(faults, `${code} ${step}.${leaf} ${event}`).to.deep.equal([]);
          }
    }
  });
});
