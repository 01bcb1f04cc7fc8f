import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson, sha256 } from '../../src/kernel/canonical.ts';
import { caseNumber, newId, packageNumber } from '../../src/kernel/ids.ts';
import { maskCard, maskId, maskName, maskPhone } from '../../src/kernel/mask.ts';
import { capitals, yuan } from '../../src/kernel/money.ts';

const VALUES = '零壹贰叁肆伍陆柒捌玖';
const UNITS: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000, 万: 10_000, 亿: 100_000_000 };

/** Reads capitals back into fen, knowing nothing of how they were written. */
function readCapitals(text: string): number {
  let [fen, whole, section, digit] = [0, 0, 0, 0];
  for (const c of text) {
    const unit = UNITS[c];
    if (VALUES.includes(c)) digit = VALUES.indexOf(c);
    else if (unit !== undefined && unit < 10_000) [section, digit] = [section + digit * unit, 0];
    else if (unit !== undefined) {
      [whole, section, digit] =
        unit === 10_000 ? [whole + (section + digit) * unit, 0, 0] : [(whole + section + digit) * unit, 0, 0];
    } else if (c === '元') [fen, digit] = [(whole + section + digit) * 100, 0];
    else if (c === '角') [fen, digit] = [fen + digit * 10, 0];
    else if (c === '分') [fen, digit] = [fen + digit, 0];
  }
  return fen;
}

describe('money', () => {
  it('writes figures with thousands and two decimals', () => {
    expect([0, 5, 123_450, 100_000_000, -123_456].map(yuan)).to.deep.equal([
      '0.00',
      '0.05',
      '1,234.50',
      '1,000,000.00',
      '-1,234.56',
    ]);
  });

  it('writes capitals by the rules for 零 and 整', () => {
    const cases: [number, string][] = [
      [0, '零元整'],
      [5, '伍分'],
      [50, '伍角'],
      [10_05, '壹拾元零伍分'],
      [100_05, '壹佰元零伍分'],
      [1005_30, '壹仟零伍元叁角'],
      [10_00, '壹拾元整'],
      [1409_50, '壹仟肆佰零玖元伍角'],
      [6007_14, '陆仟零柒元壹角肆分'],
      [325_04, '叁佰贰拾伍元零肆分'],
      [107_000_53, '壹拾万柒仟元伍角叁分'],
      [10_000_500_00, '壹仟万零伍佰元整'],
      [10_0001_00, '壹拾万零壹元整'],
      [10_000_000_000, '壹亿元整'],
      [10_001_000_100, '壹亿零壹万零壹元整'],
      [9_007_199_254_740_991, '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
      [-150, '负壹元伍角'],
    ];
    for (const [fen, text] of cases) expect(capitals(fen), String(fen)).to.equal(text);
  });

  it('capitals read back as the same amount, with no 零 doubled or dangling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999_99 }), (fen) => {
        const text = capitals(fen);
        expect(readCapitals(text)).to.equal(fen);
        expect(text).to.not.match(/零零|零元|零万|零亿|^零/);
      }),
    );
  });

  it('refuses what is not whole fen', () => {
    for (const bad of [1.5, Number.NaN, 2 ** 53]) {
      expect(() => yuan(bad)).to.throw(RangeError);
      expect(() => capitals(bad)).to.throw(RangeError);
    }
  });
});

describe('masking', () => {
  it('keeps what may be shown', () => {
    expect(maskId('532628196611159910')).to.equal('532628**********10');
    expect(maskId('E12345678')).to.equal('*******78');
    expect(maskName('张三')).to.equal('张*');
    expect(maskName('欧阳娜娜')).to.equal('欧***');
    expect(maskName('𠮷田')).to.equal('𠮷*');
    expect(maskPhone('13812345678')).to.equal('138****5678');
    expect(maskPhone('6121234')).to.equal('*****34');
    expect(maskCard('6217003860000000016')).to.equal('***************0016');
  });

  it('keeps the length and never shows the whole', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (s) => {
        for (const mask of [maskId, maskName, maskPhone, maskCard]) {
          expect([...mask(s)].length).to.equal([...s].length);
          expect(mask(s)).to.contain('*');
        }
      }),
    );
    expect([maskId, maskName, maskPhone, maskCard].map((mask) => mask(''))).to.deep.equal(['', '', '', '']);
  });
});

describe('ids', () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
  const ms = fc.integer({ min: 0, max: 4_102_444_800_000 });
  const at = (n: number) => new Date(n).toISOString();

  it('sort by time whatever the randomness, 26 lower-case characters', () => {
    fc.assert(
      fc.property(ms, ms, bytes, bytes, (a, b, x, y) => {
        fc.pre(a < b);
        const [first, second] = [newId(at(a), () => x), newId(at(b), () => y)];
        expect(first).to.match(/^[0-9a-hjkmnp-tv-z]{26}$/);
        expect(first < second).to.equal(true);
      }),
    );
  });

  it('use every random bit', () => {
    const now = '2026-09-28T01:40:00.000Z';
    fc.assert(
      fc.property(bytes, fc.nat(79), (x, bit) => {
        const y = x.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        expect(newId(now, () => x)).to.not.equal(newId(now, () => y));
      }),
    );
    expect(() => newId(now, () => new Uint8Array(4))).to.throw(RangeError);
    expect(() => newId('now', (n) => new Uint8Array(n))).to.throw(RangeError);
  });

  it('writes the case number of the catalogue (C.1)', () => {
    expect(caseNumber('532628103201', '2026-09-28', 'NY-01', 123)).to.equal(
      '532628103201-20260928-NY01-000123',
    );
    expect(() => caseNumber('532628103', '2026-09-28', 'NY-01', 1)).to.throw(RangeError, '12 digits');
    expect(() => caseNumber('532628103201', '2026-09-31', 'NY-01', 1)).to.throw(RangeError, 'date');
    expect(() => caseNumber('532628103201', '2026-09-28', 'ny1', 1)).to.throw(RangeError, 'item');
    for (const seq of [0, 1.5, 1_000_000]) {
      expect(() => caseNumber('532628103201', '2026-09-28', 'NY-01', seq)).to.throw(
        RangeError,
        'running number',
      );
    }
  });

  it('writes the number of a package', () => {
    expect(packageNumber('532628103201', '2026-09-28', 1)).to.equal('一件事-532628103201-20260928-000001');
    expect(() => packageNumber('532628103', '2026-09-28', 1)).to.throw(RangeError, '12 digits');
    expect(() => packageNumber('532628103201', '2026-09-31', 1)).to.throw(RangeError, 'date');
    expect(() => packageNumber('532628103201', '2026-09-28', 0)).to.throw(RangeError, 'running number');
  });
});

describe('canonical JSON', () => {
  it('sorts keys, leaves out undefined members, adds no spaces', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '中' }], a: true, z: undefined })).to.equal(
      '{"a":true,"b":[1,{"c":"中","d":null}]}',
    );
  });

  it('does not depend on the order of keys, and loses nothing', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([k, v]) => [k, shuffled(v)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).to.equal(text);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuses what JSON would silently change', () => {
    for (const bad of [Number.NaN, 1n, undefined, [undefined], new Date(0), { m: new Map() }, () => 1]) {
      expect(() => canonicalJson(bad)).to.throw(TypeError);
    }
  });

  it('sha256 of text is that of its UTF-8 bytes', () => {
    expect(sha256('')).to.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('村办')).to.equal(sha256(new TextEncoder().encode('村办')));
  });
});
