import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadDefinitions } from '../../src/platform/definitions/index.ts';
import { projectRoot } from '../../src/platform/paths.ts';

const definitions = loadDefinitions();
const item = (code: string) => definitions.get(code).definition;
const path = (code: string, situation: string) => {
  const { situations, steps } = item(code);
  const without = situations.find((s) => s.id === situation)?.without ?? [];
  return steps.map((s) => s.id).filter((id) => !without.includes(id));
};

describe('items against the catalogue', () => {
  it('terms', () => {
    const terms = (code: string) => {
      const { statutory, promised, from, extension } = item(code).terms;
      const days = (budget: typeof promised) => ('days' in budget ? `${budget.days} ${budget.unit}` : budget);
      return [statutory && days(statutory), days(promised), from, extension?.days];
    };
    expect(terms('WJ-01')).to.deep.equal([null, '1 workday', 'receipt', undefined]);
    expect(terms('NY-04')).to.deep.equal(['20 workday', '10 workday', 'acceptance', 10]);
    expect(terms('MZ-01')).to.deep.equal(['30 workday', '20 workday', 'acceptance', 15]);
    expect(terms('ZR-02')).to.deep.equal(['30 workday', '15 workday', 'acceptance', undefined]);
  });

  it('main paths', () => {
    expect(path('WJ-01', 'pregnancy')).to.deep.equal(['intake', 'verification', 'voucher', 'handover']);
    expect(path('NY-04', 'new')).to.deep.equal([
      'intake',
      'acceptance',
      'examination',
      'visit',
      'check',
      'decision',
      'licence',
      'handover',
    ]);
    expect(path('MZ-01', 'new')).to.deep.equal([
      'intake',
      'acceptance',
      'verification',
      'visit',
      'first-review',
      'posting',
      'county-visit',
      'county-review',
      'decision',
      'certificate',
      'handover',
    ]);
    expect(path('ZR-02', 'first')).to.deep.equal([
      'intake',
      'acceptance',
      'survey',
      'first-review',
      'announcement',
      'second-review',
      'registration',
      'certificate',
      'handover',
    ]);
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
    expect(definitions.params('2017-07-01')).to.deep.equal({ pesticideRenewDaysBefore: 90 });
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
