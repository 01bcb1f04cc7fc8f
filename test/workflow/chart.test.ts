/** Charts of the branch wing: the engine, the lint, and every chart there is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../src/platform/paths.ts';
import { type Chart, lintChart, runChart } from '../../src/workflow/chart.ts';

const letter = (): Chart => ({
  id: 'letter',
  title: '来信',
  source: 'test',
  initial: 'received',
  parts: { clerk: '收信人', head: '负责人' },
  states: {
    received: { title: '已收到', on: { ANSWER: { title: '答复', to: 'answered', by: ['clerk'] } } },
    answered: {
      title: '已答复',
      term: { days: 5, unit: 'natural', lapse: 'CLOSE' },
      on: {
        REOPEN: { title: '重办', to: 'received', by: ['head'], not: ['clerk'], reason: true },
        CLOSE: { title: '办结', to: 'closed', by: ['system'] },
      },
    },
    closed: { title: '办结', end: true },
  },
});

const parts = (...names: string[]) => new Set(names);

describe('a chart', () => {
  it('lets those act whose act it is, in the state in which it is possible', () => {
    const chart = runChart(letter());
    expect(chart.after('received', 'ANSWER', parts('clerk'))).to.equal('answered');
    expect(chart.after('received', 'ANSWER', parts('head'))).to.deep.equal({ refused: 'not_yours' });
    expect(chart.after('received', 'REOPEN', parts('head'))).to.deep.equal({ refused: 'impossible' });
    expect(chart.after('closed', 'REOPEN', parts('head', 'clerk', 'system'))).to.deep.equal({
      refused: 'impossible',
    });
  });

  it('shuts out whoever plays the part that must be another person', () => {
    const chart = runChart(letter());
    expect(chart.after('answered', 'REOPEN', parts('head'))).to.equal('received');
    expect(chart.after('answered', 'REOPEN', parts('head', 'clerk'))).to.deep.equal({ refused: 'not_yours' });
    expect(chart.possible('answered', parts('head', 'clerk'))).to.deep.equal([]);
    expect(chart.possible('answered', parts('head')).map((p) => p.event)).to.deep.equal(['REOPEN']);
  });

  const faults: [string, (chart: Chart) => void, RegExp][] = [
    [
      'a way to nowhere',
      (c) => Object.assign(c.states.received?.on?.ANSWER ?? {}, { to: 'gone' }),
      /gone, which is not there/,
    ],
    [
      'a state nobody comes to',
      (c) => Object.assign(c.states, { lost: { title: '丢失', end: true } }),
      /nothing leads to lost/,
    ],
    [
      'a state nobody gets out of',
      (c) => Object.assign(c.states, { closed: { title: '办结' } }),
      /from closed nothing leads to an end/,
    ],
    [
      'an end that goes on',
      (c) =>
        Object.assign(c.states.closed ?? {}, { on: { X: { title: 'x', to: 'received', by: ['clerk'] } } }),
      /closed is an end and goes on/,
    ],
    [
      'a part nobody named',
      (c) => Object.assign(c.states.received?.on?.ANSWER ?? {}, { by: ['ghost'] }),
      /part ghost is not named/,
    ],
    ['a part that does nothing', (c) => Object.assign(c.parts, { idle: '闲人' }), /part idle does nothing/],
    [
      'a lapse the house does not do',
      (c) => Object.assign(c.states.answered?.term ?? {}, { lapse: 'REOPEN' }),
      /the house does not do REOPEN/,
    ],
    [
      'words that are missing',
      (c) => Object.assign(c.states.received ?? {}, { title: '' }),
      /received has no title/,
    ],
  ];
  for (const [what, plant, told] of faults)
    it(`with ${what} is not run`, () => {
      const chart = letter();
      plant(chart);
      expect(() => runChart(chart)).to.throw(told);
    });
});

const folder = join(projectRoot, 'workflows', 'branch');

for (const file of readdirSync(folder).filter((f) => f.endsWith('.json')))
  describe(`workflows/branch/${file}`, () => {
    const chart = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Chart;

    it('is sound', () => {
      expect(lintChart(chart)).to.deep.equal([]);
      expect(`${chart.id}.json`).to.equal(file);
    });

    it('moves nothing for somebody who plays no part', () => {
      const run = runChart(chart);
      const moved = Object.entries(chart.states).flatMap(([state, { on = {} }]) =>
        Object.keys(on).filter((event) => typeof run.after(state, event, parts()) === 'string'),
      );
      expect(moved).to.deep.equal([]);
    });

    it('moves by the ways it names and by no other', () => {
      const run = runChart(chart);
      const events = new Set(Object.values(chart.states).flatMap(({ on = {} }) => Object.keys(on)));
      for (const [state, { on = {} }] of Object.entries(chart.states))
        for (const event of events) {
          const way = on[event];
          for (const part of [...Object.keys(chart.parts), 'system']) {
            const expected =
              way?.by.includes(part) && !way.not?.includes(part)
                ? way.to
                : { refused: way ? 'not_yours' : 'impossible' };
            expect(run.after(state, event, parts(part)), `${state} ${event} ${part}`).to.deep.equal(expected);
          }
        }
    });
  });
