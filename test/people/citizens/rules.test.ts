import { expect } from 'chai';
import { identify, normaliseName } from '../../../src/people/citizens/rules.ts';

describe('citizens: names', () => {
  const SAME: [string, string][] = [
    [' 张 三 ', '张三'],
    ['张　三', '张三'],
    ['阿依古丽•买买提', '阿依古丽·买买提'],
    ['阿依古丽 ・ 买买提', '阿依古丽·买买提'],
    ['阿依古丽．买买提', '阿依古丽·买买提'],
    ['NGUYEN  VAN   AN', 'NGUYEN VAN AN'],
    ['𠮷田 𠮷', '𠮷田𠮷'],
    ['　', ''],
  ];
  for (const [written, stored] of SAME) {
    it(`${JSON.stringify(written)} is stored as ${JSON.stringify(stored)}`, () => {
      expect(normaliseName(written)).to.equal(stored);
      expect(normaliseName(stored)).to.equal(stored);
    });
  }

  it('keeps variant characters apart (C.1 异体不归一)', () => {
    for (const name of ['髙明', '高明', '\uf9d1明', '六明']) expect(normaliseName(name)).to.equal(name);
  });
});

describe('citizens: numbers', () => {
  const TODAY = '2026-11-24';

  it('reads birth and sex out of a sound number', () => {
    expect(identify('居民身份证', ' 53262819661115991０ ', TODAY)).to.deep.equal({
      kind: 'citizen',
      number: '532628196611159910',
      birth: '1966-11-15',
      sex: '男',
    });
  });

  it('takes card and household register for the same citizen', () => {
    const card = identify('居民身份证', '532628196611159910', TODAY);
    expect(identify('户口簿', '532628196611159910', TODAY)).to.deep.equal(card);
  });

  const BAD: [string, string, string, string][] = [
    ['last digit changed', '居民身份证', '532628196611159911', 'check-digit'],
    ['30 February', '居民身份证', '532628196602309915', 'date'],
    ['too short', '户口簿', '53262819661115991', 'length'],
    ['passport with a dash', '护照', 'E1234-678', 'characters'],
    ['unknown document', '驾驶证', '532628196611159910', 'type'],
  ];
  for (const [what, type, number, fault] of BAD) {
    it(`${what}: ${fault}`, () => expect(identify(type, number, TODAY)).to.have.property('fault', fault));
  }

  it('takes a passport as it is', () => {
    expect(identify('护照', 'e12345678', TODAY)).to.include({
      kind: 'passport',
      number: 'E12345678',
      birth: null,
    });
  });
});
