import { expect } from 'chai';
import fc from 'fast-check';
import {
  checkIdNumber,
  checkLuhn,
  checkUscc,
  type IdFault,
  idFacts,
  idFaultMessage,
  isLandline,
  isMobile,
  normaliseId,
} from '../../src/kernel/identity.ts';

const TODAY = '2026-11-23';

/** Synthetic numbers of catalogue C.1, with what they say. */
const IDS: [string, string, string][] = [
  ['11010519491231002X', '1949-12-31', '女'],
  ['532628196611159910', '1966-11-15', '男'],
  ['532628194802299925', '1948-02-29', '女'],
  ['532628202002299932', '2020-02-29', '男'],
  ['532628198607049945', '1986-07-04', '女'],
  ['532628194403019957', '1944-03-01', '男'],
  ['532628201005189961', '2010-05-18', '女'],
  ['532628202503089976', '2025-03-08', '男'],
  ['53262819900101606X', '1990-01-01', '女'],
];
const USCCS = [
  '93532628MA6N000030',
  '91350100M000100Y43',
  '11532628MB0000001C',
  '12532628MB0000002C',
  '54532628ME0000003B',
  'N2532628MF00000045',
  '93532628MA6N000056',
  '92532628MA6N00006C',
];
const CARDS = ['6217003860000000016', '6228480590000000125', '6231900000000000345'];

/** The number with the right last digit, by the arithmetic of ISO 7064 MOD 11-2 (not the code under test). */
function withCheck(first17: string): string {
  let p = 0;
  for (const c of first17) p = ((p + Number(c)) * 2) % 11;
  const check = (12 - p) % 11;
  return first17 + (check === 10 ? 'X' : String(check));
}

describe('identity numbers (GB 11643, C.1)', () => {
  it('accepts the vectors and reads birth, sex and region', () => {
    for (const [id, birth, sex] of IDS) {
      expect(checkIdNumber(id, TODAY), id).to.equal(null);
      expect(idFacts(id)).to.deep.equal({ birth, sex, region: id.slice(0, 6) });
    }
  });

  it('names the first fault', () => {
    const faults: Record<string, IdFault> = {
      '': 'length',
      '532628661115991': 'length',
      '5326281966111599100': 'length',
      '53262819661115991A': 'characters',
      '5326281966X1159910': 'characters',
      '992628-19661115991': 'characters',
      [withCheck('00262819661115991')]: 'region',
      [withCheck('16262819661115991')]: 'region',
      [withCheck('53262820260230991')]: 'date',
      [withCheck('53262819000229991')]: 'date',
      [withCheck('53262820261124991')]: 'future',
      '532628196611159911': 'check-digit',
    };
    for (const [id, fault] of Object.entries(faults)) expect(checkIdNumber(id, TODAY), id).to.equal(fault);
    expect(checkIdNumber(withCheck('53262820261123991'), TODAY), 'born today').to.equal(null);
  });

  it('accepts revoked divisions, residence permits and permanent residence cards', () => {
    for (const first6 of ['533599', '810000', '820000', '830000', '953840']) {
      expect(checkIdNumber(withCheck(`${first6}19900101001`), TODAY), first6).to.equal(null);
    }
  });

  it('one wrong digit never passes', () => {
    const digit = fc.tuple(fc.constantFrom(...IDS.map(([id]) => id)), fc.nat(17), fc.nat(9));
    fc.assert(
      fc.property(digit, ([id, at, to]) => {
        fc.pre(id[at] !== String(to));
        expect(checkIdNumber(id.slice(0, at) + to + id.slice(at + 1), TODAY)).to.not.equal(null);
      }),
    );
  });

  it('reads full-width, spaced and lower-case writing as the same number', () => {
    const written = ' １１０１０５ 19491231 002ｘ';
    expect(normaliseId(written)).to.equal('11010519491231002X');
    expect(checkIdNumber(written, TODAY)).to.equal(null);
    expect(idFacts(written).birth).to.equal('1949-12-31');
  });

  it('refuses to read facts off an unsound number, and says each fault in Chinese', () => {
    expect(() => idFacts('532628196611159911')).to.throw(RangeError);
    expect(() => idFacts('532628196611159911')).to.not.throw(/5326/);
    const faults: IdFault[] = ['length', 'characters', 'region', 'date', 'future', 'check-digit'];
    expect(new Set(faults.map(idFaultMessage)).size).to.equal(6);
    expect(idFaultMessage('length')).to.contain('18 位');
  });
});

describe('codes, cards and telephones (C.1)', () => {
  it('GB 32100: accepts the vectors, remainder 0 included', () => {
    for (const code of USCCS) expect(checkUscc(code), code).to.equal(null);
    expect(checkUscc('n2532628mf00000045')).to.equal(null);
  });

  it('GB 32100: names the fault', () => {
    expect(checkUscc('93532628MA6N00003')).to.equal('length');
    expect(checkUscc('93532628MA6N0000I0')).to.equal('characters');
    expect(checkUscc('93532628MA6N000031')).to.equal('check-digit');
    for (const code of USCCS)
      expect(checkUscc(`${code.slice(0, 16)}Z${code[17]}`), code).to.equal('characters');
  });

  it('Luhn: accepts the vectors and catches every single wrong digit', () => {
    for (const card of CARDS) {
      expect(checkLuhn(card), card).to.equal(null);
      for (let at = 0; at < card.length; at += 1) {
        const wrong = card.slice(0, at) + ((Number(card[at]) + 1) % 10) + card.slice(at + 1);
        expect(checkLuhn(wrong), wrong).to.equal('check-digit');
      }
    }
    expect(checkLuhn('6217 0038 6000 0000 016')).to.equal(null);
    expect(checkLuhn('621700386000000')).to.equal('length');
    expect(checkLuhn('62170038600000000160')).to.equal('length');
    expect(checkLuhn('62170038600000000l6')).to.equal('characters');
    expect(checkLuhn('')).to.equal('length');
  });

  it('knows mobile and landline numbers', () => {
    expect(isMobile('13812345678')).to.equal(true);
    for (const s of ['12812345678', '1381234567', '138123456789', '+8613812345678', '']) {
      expect(isMobile(s), s).to.equal(false);
    }
    expect(isLandline('0876-6121234')).to.equal(true);
    expect(isLandline('087661212345')).to.equal(true);
    expect(isLandline('6121234')).to.equal(false);
  });
});
