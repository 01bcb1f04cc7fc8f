import { expect } from 'chai';
import fc from 'fast-check';
import QRCode from 'qrcode';
import { fromBase32, toBase32 } from '../../../src/platform/keys/base32.ts';
import { type CodeAlgorithm, isSigned, makeKey, signCode } from '../../../src/platform/keys/curves.ts';
import {
  type CodeContent,
  type CodeKey,
  checkToken,
  keyIdOf,
  makeToken,
} from '../../../src/platform/keys/token.ts';

const CODE = '0123456789ABCDEF';
const ADDRESS = 'https://cunban.example.cn';
const CONTENT: CodeContent = {
  kind: 'certificate',
  title: '农药经营许可证',
  number: '农药经许（滇）53262800001',
  holder: '农**',
  organ: '富宁县农业农村局',
  issuedOn: '2026-12-02',
  expiresOn: '2031-12-01',
};
const SEED = 20260928;
const ALGORITHMS: CodeAlgorithm[] = ['ed25519', 'sm2'];

/** Chance that is always the same. */
const random = (n: number) => Uint8Array.from({ length: n }, (_, i) => (i * 37 + n) % 251);

function keyOf(algorithm: CodeAlgorithm) {
  const { secret, publicPart } = makeKey(algorithm, random);
  const id = keyIdOf(algorithm, publicPart);
  const known: CodeKey = {
    id,
    algorithm,
    publicKey: publicPart.toString('base64url'),
    from: '2026-01-01',
    until: null,
  };
  const text = (content = CONTENT) =>
    `${ADDRESS}/verify/${CODE}?s=${makeToken({ id, algorithm, secret }, CODE, content)}`;
  return { secret, publicPart, known, text };
}

describe('signed codes', () => {
  for (const algorithm of ALGORITHMS) {
    const { known, text } = keyOf(algorithm);
    const check = (given: string, on = '2027-01-01', keys = [known]) => checkToken(given, keys, on);

    it(`${algorithm}: what was signed is read again, in force by its days`, () => {
      expect(check(text())).to.deep.equal({ result: 'valid', code: CODE, content: CONTENT });
      expect(check(text(), '2026-12-01').result).to.equal('not-yet');
      expect(check(text(), '2026-12-02').result).to.equal('valid');
      expect(check(text(), '2031-12-01').result).to.equal('valid');
      expect(check(text(), '2031-12-02').result).to.equal('expired');
      expect(check(text({ ...CONTENT, expiresOn: null }), '2099-01-01').result).to.equal('valid');
      const rare = { ...CONTENT, holder: '𠮷䶮㛃', organ: '剥隘镇甲村民委员会' };
      expect(check(text(rare))).to.deep.include({ content: rare });
    });

    it(`${algorithm}: the same content has the same code`, () => {
      expect(text()).to.equal(text());
    });

    it(`${algorithm}: every change of one character is refused`, function () {
      this.timeout(120_000);
      const whole = text();
      const start = whole.indexOf(CODE);
      const characters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abz.?=/ -'.split(''));
      fc.assert(
        fc.property(fc.nat(whole.length - start - 1), characters, (at, character) => {
          const i = start + at;
          fc.pre(whole[i] !== character);
          const changed = whole.slice(0, i) + character + whole.slice(i + 1);
          expect(check(changed), changed).to.not.have.property('content');
        }),
        { seed: SEED, numRuns: algorithm === 'sm2' ? 150 : 2000 },
      );
    });

    it(`${algorithm}: a character left out, put in or exchanged with the next is refused`, () => {
      const whole = text();
      const start = whole.indexOf(CODE);
      for (let i = start; i < whole.length; i += algorithm === 'sm2' ? 9 : 1) {
        const [before, character = '', after] = [whole.slice(0, i), whole[i], whole.slice(i + 1)];
        const next = after[0] ?? '';
        const changes = [before + after, `${before}A${character}${after}`];
        if (next !== character && next !== '') changes.push(before + next + character + after.slice(1));
        for (const changed of changes) expect(check(changed), changed).to.not.have.property('content');
      }
    });
  }

  it('garbage has a plain answer, never an exception', () => {
    const keys = ALGORITHMS.map((algorithm) => keyOf(algorithm).known);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(checkToken(text, keys, '2027-01-01')).to.deep.equal({ result: 'unreadable' });
      }),
      { seed: SEED },
    );
    for (const { id } of keys)
      fc.assert(
        fc.property(fc.stringMatching(/^[A-Z2-7]{1,120}\.[A-Z2-7]{1,120}$/), (rest) => {
          const { result } = checkToken(`verify/${CODE}?s=1${id}.${rest}`, keys, '2027-01-01');
          expect(result).to.equal('bad-signature');
        }),
        { seed: SEED, numRuns: 50 },
      );
    const zeros = toBase32(Buffer.alloc(64));
    const ones = toBase32(Buffer.alloc(64, 0xff));
    for (const { id } of keys)
      for (const signature of [zeros, ones])
        expect(checkToken(`verify/${CODE}?s=1${id}.AAAA.${signature}`, keys, '2027-01-01').result).to.equal(
          'bad-signature',
        );
    expect(checkToken('A'.repeat(5000), keys, '2027-01-01').result).to.equal('unreadable');
  });

  it('something signed that is not of this making is unreadable, not an exception', () => {
    const { secret, known } = keyOf('ed25519');
    const head = `1${known.id}`;
    for (const payload of [toBase32(Buffer.from('')), toBase32(Buffer.from('0\na')), 'A', 'B7777777']) {
      const signature = toBase32(signCode('ed25519', Buffer.from(`${head}.${CODE}.${payload}`), secret));
      const { result } = checkToken(
        `verify/${CODE}?s=${head}.${payload}.${signature}`,
        [known],
        '2027-01-01',
      );
      expect(result, payload).to.equal('unreadable');
    }
  });

  it('an unknown key is told; a retired one counts to its last day; both of a rotation count', () => {
    const [one, other] = [keyOf('ed25519'), keyOf('sm2')];
    expect(checkToken(one.text(), [other.known], '2027-01-01')).to.deep.equal({
      result: 'unknown-key',
      code: CODE,
    });
    const keys = [{ ...one.known, until: '2027-06-30' }, other.known];
    expect(checkToken(one.text(), keys, '2027-06-30').result).to.equal('valid');
    expect(checkToken(one.text(), keys, '2027-07-01').result).to.equal('retired-key');
    expect(checkToken(other.text(), keys, '2027-07-01').result).to.equal('valid');
  });

  it('one key cannot pass for another: the kind belongs to the key', () => {
    const { known, text } = keyOf('ed25519');
    const sm2 = keyOf('sm2').known;
    const swapped = { ...known, algorithm: sm2.algorithm, publicKey: sm2.publicKey };
    expect(checkToken(text(), [swapped], '2027-01-01').result).to.equal('bad-signature');
  });

  it('a field with a line end is not signed', () => {
    const { text } = keyOf('ed25519');
    expect(() => text({ ...CONTENT, holder: '农\n某' })).to.throw('line end');
  });

  it('is small enough for 24 mm: at most 65 modules (version 12) with the longest title and number of the catalogue', () => {
    const longest = {
      ...CONTENT,
      title: '农机购置与应用补贴资金申请表（结算）',
      number: '富农机补〔2026〕00001号',
      expiresOn: null,
    };
    for (const algorithm of ALGORITHMS) {
      const { text } = keyOf(algorithm);
      for (const content of [CONTENT, longest]) {
        const { modules } = QRCode.create(text(content), { errorCorrectionLevel: 'M' });
        expect(modules.size).to.be.at.most(65);
      }
    }
  });

  it('SM2 signatures are those of the standard: this one OpenSSL has verified with SM3 and the standard identifier', () => {
    const { secret, publicPart } = keyOf('sm2');
    const message = Buffer.from('村办');
    const signature = signCode('sm2', message, secret);
    expect(signature.toString('hex')).to.equal(
      '9b98786f3066451d8c16b5bc53851170dc4ffe7f055a2909da42dee42e0358aa17a1c50ff0f1fab844fb056c47bd088ae9435a11990a17beac00432d52437b3d',
    );
    expect(isSigned('sm2', message, signature, publicPart)).to.equal(true);
    expect(isSigned('sm2', Buffer.from('村办 '), signature, publicPart)).to.equal(false);
  });
});

describe('base 32', () => {
  it('reads what it writes and nothing else', () => {
    expect(toBase32(Buffer.from('foobar'))).to.equal('MZXW6YTBOI');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(fromBase32(toBase32(bytes))).to.deep.equal(Buffer.from(bytes));
      }),
      { seed: SEED },
    );
    for (const wrong of ['MZXW6YTBOJ', 'mzxw6ytboi', 'M', 'MZ=', 'MZXW6YTBOI1'])
      expect(fromBase32(wrong), wrong).to.equal(null);
  });
});
