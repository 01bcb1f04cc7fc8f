import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import ts from 'typescript';
import { checkIdNumber, checkLuhn, checkUscc, isLandline, isMobile } from '../../../src/kernel/identity.ts';
import { projectRoot } from '../../../src/platform/paths.ts';
import { scripts, serviceWorker, squeezedScript, stylesheets } from '../../../src/platform/web/index.ts';

const folder = join(projectRoot, 'src/platform/web/assets');
const source = readFileSync(join(folder, 'app.js'), 'utf8');

/** Source text as a compiler for that year’s browsers would write it. */
function compiled(text: string, target: ts.ScriptTarget): string {
  return ts.transpileModule(text, { compilerOptions: { target, removeComments: true } }).outputText;
}

type Listener = (event: { type: string; target: unknown }) => void;

/** The script in a page that has one input of the given kind; returns what it says about a text. */
function liveCheck(kind: string): (text: string) => string {
  const listeners: Record<string, Listener[]> = {};
  const line = { textContent: '', className: '', setAttribute: () => undefined };
  const form = { querySelectorAll: () => [] };
  const document = {
    documentElement: { classList: { add: () => undefined }, dataset: { today: '2026-09-28' } },
    addEventListener: (type: string, f: Listener) => (listeners[type] = [...(listeners[type] ?? []), f]),
    getElementById: () => line,
    querySelectorAll: () => [],
    forms: [],
  };
  vm.runInNewContext(source, { document, window: { addEventListener: () => undefined }, WeakMap, Date });
  return (text) => {
    line.textContent = '';
    const target = { id: 'x', value: text, dataset: { check: kind }, form, closest: () => null };
    for (const f of listeners.input ?? []) f({ type: 'input', target });
    return `${line.className}: ${line.textContent}`;
  };
}

describe('the client scripts', () => {
  const size = ({ body }: { body: Buffer }): number => gzipSync(body).length;
  /** In KB: what a slow line carries in a second, with the page itself. */
  const BUDGET: Record<string, number> = { filing: 8 };

  for (const [name, script] of Object.entries({ ...scripts, serviceWorker })) {
    const text = script.body.toString();
    it(`${name} is written for browsers of 2019 (Chromium 87 and its cousins), and small`, () => {
      expect(compiled(text, ts.ScriptTarget.ES2019)).to.equal(compiled(text, ts.ScriptTarget.ESNext));
      expect(size(script)).to.be.below((BUDGET[name] ?? 6) * 1024);
    });

    it(`${name} asks for nothing that a strict policy refuses`, () => {
      expect(text).not.to.match(/\beval\(|new Function|\.style\b|setAttribute\('(on|style)/);
    });
  }

  it('are sent without what only we read, and without anything else left out', () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
      const text = readFileSync(join(folder, file), 'utf8');
      const sent = squeezedScript(text);
      expect(sent.length, file).to.be.below(text.length);
      expect(compiled(sent, ts.ScriptTarget.ES2019), file).to.equal(compiled(text, ts.ScriptTarget.ES2019));
    }
  });

  it('would be found out: newer syntax changes when it is compiled', () => {
    expect(compiled('a?.b', ts.ScriptTarget.ES2019)).not.to.equal(compiled('a?.b', ts.ScriptTarget.ESNext));
  });

  it('and the style sheet stay small', () => {
    expect(size(stylesheets.app)).to.be.below(8 * 1024);
    expect(size(stylesheets.pages)).to.be.below(6 * 1024);
  });
});

describe('checks while typing agree with those of the server', () => {
  const today = '2026-09-28';
  const agree = (
    kind: string,
    isSound: (s: string) => boolean,
    text: fc.Arbitrary<string>,
    runs = 400,
  ): void => {
    const say = liveCheck(kind);
    fc.assert(
      fc.property(text, (s) => {
        expect(say(s).startsWith('live live-good'), `${s} → ${say(s)}`).to.equal(isSound(s));
      }),
      { numRuns: runs },
    );
  };
  const digits = (n: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n });
  const check = fc.constantFrom(...'0123456789X');

  it('of identity numbers, whatever the last digit (GB 11643)', () => {
    const born = fc.tuple(
      fc.integer({ min: 1900, max: 2027 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    const id = fc
      .tuple(
        fc.constantFrom('532628', '110105', '990000', '161200', '830000', '000000'),
        born,
        digits(3),
        check,
      )
      .map(
        ([region, [y, m, d], seq, c]) =>
          `${region}${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}${seq}${c}`,
      );
    agree('cn-id', (s) => checkIdNumber(s, today) === null, id, 3000);
    agree(
      'cn-id',
      (s) => checkIdNumber(s, today) === null,
      fc.constantFrom(
        '532628196611159910',
        '11010519491231002x',
        ' 5326 2819661115 9910',
        '53262819661115991',
        '５３２６２８１９６６１１１５９９１０',
      ),
    );
    expect(liveCheck('cn-id')('532628196611159910')).to.equal('live live-good: 男，1966-11-15 出生，59 岁');
  });

  it('of organisation codes (GB 32100) and cards (Luhn)', () => {
    const code = fc.string({
      unit: fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXYI'),
      minLength: 17,
      maxLength: 18,
    });
    agree('uscc', (s) => checkUscc(s) === null, fc.oneof(code, fc.constant('91350100M000100Y43')), 2000);
    agree(
      'bank-card',
      (s) => checkLuhn(s) === null,
      fc.oneof(digits(16), digits(19), digits(15), fc.constant('62170038600000000O6')),
      1000,
    );
  });

  it('of telephones', () => {
    const phones = fc.constantFrom(
      '13812345678',
      '12812345678',
      '0876-6121234',
      '08766121234',
      '6121234',
      '1381234567',
    );
    agree('cn-phone', (s) => isMobile(s) || isLandline(s), phones, 50);
  });
});
