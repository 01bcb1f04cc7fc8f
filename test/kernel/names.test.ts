import { expect } from 'chai';
import { plainName } from '../../src/kernel/names.ts';

describe('names compared (C.1)', () => {
  it('are the same whatever the dot, the width and the spaces', () => {
    for (const name of [
      '阿依·买买提',
      '阿依•买买提',
      '阿依・买买提',
      '阿依･买买提',
      '阿依‧买买提',
      '阿依． 买买提',
      '阿依\u3000买买提',
    ])
      expect(plainName(name), name).to.equal('阿依买买提');
    expect(plainName('ＬＩ　Ｍｉｎｇ（１）')).to.equal(plainName('LI Ming(1)'));
  });

  it('keep variants of a character apart, and large letters from small ones', () => {
    expect(plainName('𠮷小妹')).to.not.equal(plainName('吉小妹'));
    expect(plainName('\uF92C')).to.not.equal(plainName('郎'));
    expect(plainName('Li')).to.not.equal(plainName('LI'));
  });
});
