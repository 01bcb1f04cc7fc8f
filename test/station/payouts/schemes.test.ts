import { expect } from 'chai';
import { inspectDefinitions } from '../../../src/platform/definitions/index.ts';
import { schemeFaults } from '../../../src/station/payouts/rules/lint.ts';
import { readSchemes } from '../../../src/station/payouts/schemes.ts';
import { paramsOn } from '../../../src/workflow/parameters.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests break schemes in ways the types forbid
type Loose = any;

describe('schemes of money', () => {
  const today = '2026-11-20';
  const { pinned, parameters } = inspectDefinitions({ today });
  const context = { params: paramsOn(parameters, today), today, complete: true };
  const faults = (change: (schemes: Loose) => void): string[] => {
    const schemes = readSchemes();
    change(schemes);
    return schemeFaults(schemes, pinned, context).map((f) => `${f.file} · ${f.path} · ${f.reason}`);
  };
  const change = (code: string, over: object) =>
    faults((all) =>
      Object.assign(
        all.find((s: Loose) => s.code === code),
        over,
      ),
    );

  it('nothing is wrong with those that are committed', () => {
    expect(faults(() => {})).to.deep.equal([]);
  });

  const PLANTED: [what: string, found: () => string[], told: RegExp][] = [
    [
      'a key that is none',
      () => change('dibao', { colour: 1 }),
      /^data\/schemes.json · \/0\/colour · unknown key$/,
    ],
    ['a word that is none', () => change('dibao', { stopsFrom: 'never' }), /\/0\/stopsFrom · must be one of/],
    [
      'a step without its scheme',
      () => faults((all) => all.splice(0, 1)),
      /^workflows\/MZ\/MZ-01.json · \/steps\/\d+\/scheme · no scheme "dibao"/,
    ],
    [
      'a scheme that leaves an item out',
      () => change('dibao', { items: ['CL-02'] }),
      /workflows\/MZ\/MZ-01.json · .* "dibao" does not pay MZ-01/,
    ],
    [
      'a scheme of an item that pays nothing',
      () => change('dibao', { items: ['MZ-01', 'WJ-01'] }),
      /no step of WJ-01 pays it/,
    ],
    ['an item that is none', () => change('dibao', { items: ['MZ-01', 'MZ-99'] }), /no item MZ-99/],
    ['a scheme twice', () => faults((all) => all.push(all[0])), /dibao: stands here twice/],
    [
      'an unknown parameter shown',
      () => change('dibao', { who: '{params.nope}' }),
      /parameter "nope" has no value/,
    ],
    ['an unknown parameter', () => change('dibao', { from: 'params.nope' }), /unknown parameter "nope"/],
    [
      'an unknown field',
      () => change('dibao', { from: 'form.grant.month' }),
      /unknown name "form.grant.month"/,
    ],
    [
      'what no step records',
      () => change('dibao', { from: 'record.visit.month' }),
      /unknown name "record.visit.month"/,
    ],
    ['a text that cannot be read', () => change('dibao', { from: 'nextMonth +' }), /FEEL: /],
    [
      'a period of another rhythm',
      () => change('dibao', { from: 'string(2026)' }),
      /comes to "2026" \(MZ-01/,
    ],
    [
      'an end that is none',
      () => change('dibao', { until: 'decidedOn' }),
      /\/0\/until · dibao: comes to "2026-11-20"/,
    ],
    [
      'nobody to pay',
      () => change('dibao', { person: { name: 'form.applicant.name', idNumber: 'form.applicant.phone' } }),
      /person\/idNumber · dibao: comes to null/,
    ],
    ['cash by a number', () => change('dibao', { cash: '3' }), /cash · dibao: comes to 3/],
  ];
  for (const [what, found, told] of PLANTED)
    it(`tells ${what}`, () => {
      const lines = found();
      expect(
        lines.some((line) => told.test(line)),
        lines.join('\n'),
      ).to.equal(true);
    });
});
