/** Each fault of a package planted once in what is committed: told at its key, with its reason. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadDefinitions } from '../../../src/platform/definitions/index.ts';
import { projectRoot } from '../../../src/platform/paths.ts';
import { lintPackage, type PackageContext } from '../../../src/workflow/lint.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests break packages in ways the types forbid
type Loose = any;

const read = (file: string): Loose =>
  JSON.parse(readFileSync(join(projectRoot, 'workflows', 'packages', file), 'utf8'));
const definitions = loadDefinitions({ today: '2026-11-30' });
const context: PackageContext = {
  schema: read('package.schema.json'),
  codes: [...definitions.list().map((d) => d.code), 'QQ-01'],
  items: new Map(definitions.list().map((d) => [d.code, definitions.get(d.code)])),
};

const PLANTS: [what: string, change: (p: Loose) => void, pointer: string, reason: RegExp][] = [
  ['an unknown key', (p) => (p.colour = 'red'), '/colour', /unknown key/],
  ['a missing title', (p) => delete p.title, '/title', /missing/],
  ['one item only', (p) => p.items.splice(1), '/items', /fewer than 2/],
  ['an item that is none', (p) => (p.items[3].code = 'XX-99'), '/items/3/code', /no item "XX-99"/],
  ['an item twice', (p) => p.items.push(p.items[1]), '/items/4/code', /NY-01|ZR-01 stands here twice/],
  [
    'an unknown situation',
    (p) => (p.items[0].situation = 'dream'),
    '/items/0/situation',
    /no situation "dream"/,
  ],
  [
    'another unknown situation',
    (p) => (p.items[0].others = ['dream']),
    '/items/0/others/0',
    /no situation "dream"/,
  ],
  [
    'after what is no part',
    (p) => (p.items[2].after = ['MZ-01']),
    '/items/2/after/0',
    /no item of the package/,
  ],
  [
    'after what may be left out',
    (p) => (p.items[2].after = ['SW-03']),
    '/items/2/after/0',
    /may be left out/,
  ],
  ['after itself', (p) => (p.items[2].after = ['ZR-02']), '/items/2/after/0', /itself waits for ZR-02/],
  [
    'a circle of two',
    (p) => {
      p.items[0].after = ['ZR-02'];
    },
    '/items/0/after/0',
    /ZR-02 itself waits for NY-01/,
  ],
  [
    'a copy with two sources',
    (p) => (p.copies[1].value = '甲'),
    '/copies/1',
    /exactly one of from and value/,
  ],
  ['a copy without a source', (p) => delete p.copies[1].from, '/copies/1/from', /missing/],
  ['a source that is none', (p) => (p.copies[1].from = 'NY-01:somewhere'), '/copies/1/from', /pattern/],
  ['a copy from no part', (p) => (p.copies[1].from = 'MZ-01:/group'), '/copies/1/from', /"MZ-01" is no item/],
  ['a copy to no part', (p) => (p.copies[1].to = 'MZ-01:/group'), '/copies/1/to', /"MZ-01" is no item/],
  [
    'a copy from nowhere',
    (p) => (p.copies[1].from = 'NY-01:/site/nowhere'),
    '/copies/1/from',
    /no field \/site\/nowhere/,
  ],
  ['a copy to nowhere', (p) => (p.copies[1].to = 'ZR-01:/nowhere'), '/copies/1/to', /no field \/nowhere/],
  [
    'a copy of another type',
    (p) => (p.copies[1].from = 'NY-01:/site/area'),
    '/copies/1/from',
    /is number, .* is string/,
  ],
  ['a value of another type', (p) => (p.copies[10].value = 3), '/copies/10/value', /must be string/],
  ['a field filled twice', (p) => (p.copies[2].to = p.copies[1].to), '/copies/2/to', /filled twice/],
  ['a copy of a copy', (p) => (p.copies[9].from = p.copies[2].to), '/copies/9/from', /itself a copy/],
  [
    'a copy into what is shared',
    (p) => (p.copies[1].to = 'ZR-01:/applicant/name'),
    '/copies/1/to',
    /asked once for all/,
  ],
  [
    'a copy that decides what else is asked, of an item that does not wait',
    (p) => p.copies.push({ value: '无', to: 'ZR-01:/setbacks/road' }),
    '/copies/17/to',
    /decides what else is asked/,
  ],
  [
    'a copy from what comes later',
    (p) => (p.copies[1].from = 'ZR-02:/property/location'),
    '/copies/1/from',
    /does not come before|itself a copy/,
  ],
  ['a number that is not there yet', (p) => p.items.reverse(), '/copies/0/from', /has no number yet/],
  [
    'a certificate for an item that does not wait',
    (p) => (p.copies[1].from = 'NY-01:certificate/approval'),
    '/copies/1/from',
    /known only to an item that waits/,
  ],
  [
    'a certificate that is none',
    (p) => (p.copies[11].from = 'NY-01:certificate/medal'),
    '/copies/11/from',
    /no certificate "medal"/,
  ],
  [
    'a record that is none',
    (p) => (p.copies[12].from = 'ZR-01:record/verification/colour'),
    '/copies/12/from',
    /asks for "colour"/,
  ],
];

describe('lint of packages', () => {
  it('finds nothing wrong with what is committed', () => {
    for (const { code } of definitions.packages())
      expect(lintPackage(read(`${code}.json`), context), code).to.deep.equal([]);
    expect(definitions.packages().map((p) => p.code)).to.have.length(6);
  });

  for (const [what, change, pointer, reason] of PLANTS)
    it(`tells ${what}`, () => {
      const broken = read('PK-01.json');
      change(broken);
      const faults = lintPackage(broken, context);
      const found = faults.find((f) => f.pointer === pointer && reason.test(f.reason));
      expect(found, JSON.stringify(faults)).to.not.equal(undefined);
    });

  it('says nothing of copies while an item itself is unsound', () => {
    const items = new Map([...context.items].filter(([code]) => code !== 'SW-03'));
    expect(lintPackage(read('PK-01.json'), { ...context, items })).to.deep.equal([]);
  });
});
