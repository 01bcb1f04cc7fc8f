import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadDefinitions } from '../../src/platform/definitions/index.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { leftOut } from '../../src/workflow/compile.ts';
import { deskOfStep } from '../../src/workflow/steps/build.ts';
import { resolved } from '../../src/workflow/terms.ts';
import type { StepKind, Term } from '../../src/workflow/types.ts';

const definitions = loadDefinitions();
/** Items with the numbers their parameters give today. */
const item = (code: string) => resolved(definitions.get(code).definition, definitions.params('2026-11-25'));
const path = (code: string, situation: string) => {
  const definition = item(code);
  return definition.steps.filter((s) => !leftOut(definition, s).includes(situation)).map((s) => s.id);
};
const termText = (term: Term | null) => {
  if (term === null) return '–';
  if ('months' in term) return `${term.months} 月`;
  if ('hours' in term) return `${term.hours} 小时`;
  return `${term.days} ${term.unit === 'workday' ? '工作日' : '日'}`;
};

/** Statutory and promised term, first situation, as section A of the catalogue gives them. */
const TERMS: Record<string, [statutory: string, promised: string]> = {
  'NY-01': ['20 工作日', '15 工作日'],
  'NY-02': ['–', '10 工作日'],
  'NY-03': ['13 工作日', '10 工作日'],
  'NY-04': ['20 工作日', '10 工作日'],
  'LY-01': ['20 工作日', '10 工作日'],
  'LY-02': ['–', '60 日'],
  'LY-03': ['20 工作日', '2 工作日'],
  'XM-01': ['20 工作日', '10 工作日'],
  'XM-02': ['–', '3 工作日'],
  'XM-03': ['20 工作日', '72 小时'],
  'SW-01': ['45 工作日', '20 工作日'],
  'SW-02': ['–', '15 工作日'],
  'SW-03': ['–', '10 工作日'],
  'ZR-01': ['20 工作日', '10 工作日'],
  'ZR-02': ['30 工作日', '15 工作日'],
  'ZR-03': ['–', '10 工作日'],
  'JY-01': ['–', '30 工作日'],
  'JY-02': ['–', '5 工作日'],
  'RS-01': ['–', '1 工作日'],
  'RS-02': ['30 日', '5 工作日'],
  'RS-03': ['–', '15 工作日'],
  'WJ-01': ['–', '1 工作日'],
  'WJ-02': ['–', '5 月'],
  'WJ-03': ['30 工作日', '20 工作日'],
  'MZ-01': ['30 工作日', '20 工作日'],
  'MZ-02': ['–', '15 工作日'],
  'MZ-03': ['–', '10 工作日'],
  'YB-01': ['–', '1 工作日'],
  'YB-02': ['–', '30 工作日'],
  'ZJ-01': ['–', '20 工作日'],
  'CL-01': ['–', '20 工作日'],
  'CL-02': ['–', '15 工作日'],
  'GA-01': ['–', '1 工作日'],
};

/** Items by what the catalogue's matrix (A.14) says of them, and the step kinds that carry it. */
const MATRIX: [what: string, kinds: StepKind[], codes: string[]][] = [
  ['P3 现场勘验', ['inspect'], ['NY-01', 'NY-04', 'LY-03', 'XM-01', 'SW-01', 'ZR-01']],
  ['P4、P14 配额、指标', ['allot'], ['LY-01', 'LY-02', 'ZJ-01']],
  ['P6 公示', ['post'], ['NY-02', 'NY-03', 'JY-01', 'MZ-01', 'MZ-02', 'YB-02', 'ZJ-01', 'CL-02']],
  ['P8 联审', ['joint'], ['NY-01', 'ZR-03', 'YB-02', 'ZJ-01', 'LY-02']],
  ['P10 公示异议', ['post'], ['NY-01', 'LY-01', 'ZR-02', 'RS-03', 'WJ-02', 'MZ-01', 'CL-01']],
  ['P11 年审、续期', ['follow'], ['XM-01', 'LY-02', 'RS-02', 'MZ-03', 'CL-02']],
  ['鉴定、听证', ['appraise'], ['CL-01', 'SW-01', 'ZJ-01']],
  ['村级评议', ['deliberate'], ['NY-01', 'LY-02', 'ZJ-01', 'WJ-02']],
  [
    '钱在村领',
    ['pay'],
    [
      ...['NY-02', 'NY-03', 'LY-02', 'SW-02', 'JY-01', 'RS-01', 'RS-02', 'WJ-02', 'WJ-03'],
      ...['MZ-01', 'MZ-02', 'MZ-03', 'YB-02', 'ZJ-01', 'CL-02'],
    ],
  ],
  [
    '证在村拿',
    ['issue'],
    [
      ...['NY-01', 'NY-04', 'LY-01', 'LY-03', 'XM-01', 'XM-03', 'SW-01', 'ZR-01', 'ZR-02', 'WJ-01'],
      ...['CL-01', 'GA-01'],
    ],
  ],
];

describe('items against the catalogue', () => {
  it('33 items in 13 departments, each with the terms of its section', () => {
    const items = definitions.list();
    expect(items.map((d) => d.code)).to.have.members(Object.keys(TERMS));
    expect(new Set(items.map((d) => d.department)).size).to.equal(13);
    for (const { code } of items) {
      const { statutory, promised } = item(code).terms;
      expect([termText(statutory), termText(promised)], code).to.deep.equal(TERMS[code]);
    }
  });

  it('A.14: each pattern of the matrix is carried by a step', () => {
    for (const [what, kinds, codes] of MATRIX)
      for (const code of codes)
        expect(
          item(code).steps.map((s) => s.kind),
          `${what} ${code}`,
        ).to.include.members(kinds);
  });

  it('A.14: who decides', () => {
    const levels = (code: string) => [
      ...new Set(item(code).steps.flatMap((s) => (s.kind === 'decide' ? [deskOfStep(s).at] : []))),
    ];
    for (const code of ['NY-01', 'ZR-03', 'WJ-01']) expect(levels(code), code).to.deep.equal(['township']);
    for (const code of ['LY-01', 'MZ-02']) expect(levels(code), code).to.have.members(['township', 'county']);
    for (const code of ['NY-04', 'MZ-01', 'SW-01', 'XM-01'])
      expect(levels(code), code).to.deep.equal(['county']);
  });

  it('B.5, B2-7: notices', () => {
    const notices = ['MZ-01', 'ZR-02'].map((code) => item(code).steps.find((s) => s.kind === 'post'));
    expect(notices[0]).to.include({ board: 'village', days: 7, unit: 'natural', clock: 'runs' });
    expect(notices[1]).to.include({ board: 'county', days: 15, unit: 'workday', clock: 'stops' });
  });

  it('a case that is cancelled gets a decision and no certificate', () => {
    for (const [code, situation] of [
      ['NY-04', 'cancel'],
      ['MZ-01', 'stop'],
      ['ZR-02', 'cancel'],
    ] as const) {
      const taken = item(code).steps.filter((s) => path(code, situation).includes(s.id));
      expect(
        taken.map((s) => s.kind),
        code,
      ).to.include('decide');
      expect(
        taken.map((s) => s.kind),
        code,
      ).to.not.include.members(['issue']);
    }
  });

  it('WJ-01: no material has to be brought', () => {
    const papers = item('WJ-01').materials.filter((m) => !['proxy', 'signed-page'].includes(m.id));
    expect(papers.every((m) => m.waiver)).to.equal(true);
  });

  it('NY-04: five years, renewal 90 days before', () => {
    expect(item('NY-04').certificates?.[0]).to.include({ years: 5, renewBefore: 90 });
  });

  it('demonstration values of parameters are not passed off as verified', () => {
    const parameters = definitions.parameters();
    expect(parameters.map((p) => p.name)).to.include('dibaoStandardRural');
    for (const p of parameters.filter((one) => one.source.startsWith('演示值')))
      expect(p.verified, `${p.name} is a demonstration value`).to.equal(false);
    expect(definitions.params('2017-07-01')).to.include({ pesticideRenewDaysBefore: 90 });
    expect(definitions.params('2017-05-31')).to.not.have.property('pesticideRenewDaysBefore');
  });

  it('the glossary defines each office word once', () => {
    const words = JSON.parse(readFileSync(join(projectRoot, 'data', 'glossary.json'), 'utf8')) as {
      term: string;
      meaning: string;
    }[];
    const terms = words.map((w) => w.term);
    expect(new Set(terms).size).to.equal(terms.length);
    for (const word of [
      '收件',
      '受理',
      '补正',
      '一次告知',
      '办结',
      '公示',
      '异议',
      '容缺',
      '告知承诺',
      '送达',
      '代办员',
    ])
      expect(terms).to.include(word);
    for (const { term, meaning } of words) expect(meaning, term).to.match(/[。）]$/);
  });
});
