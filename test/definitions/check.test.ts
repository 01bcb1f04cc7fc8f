import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { check } from '../../src/cli/check.ts';
import {
  DefinitionsError,
  definitionFolders,
  loadDefinitions,
} from '../../src/platform/definitions/index.ts';
import { projectRoot } from '../../src/platform/paths.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests break definitions in ways the types forbid
type Loose = any;

const ITEM = 'workflows/WJ/WJ-01.json';

/** `cunban check`: exit code and printed lines. */
async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await check(
    argv,
    (s) => out.push(s),
    (s) => err.push(s),
  );
  return { code, out, err };
}

describe('cunban check', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'cunban-check-'));
    mkdirSync(join(dir, 'workflows', 'WJ'), { recursive: true });
    mkdirSync(join(dir, 'forms'));
    for (const file of [ITEM, 'forms/common@1.json', 'forms/WJ-01@1.json', 'forms/WJ-01-after-birth@1.json'])
      cpSync(join(projectRoot, file), join(dir, file));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const edit = (file: string, change: (value: Loose) => void) => {
    const value = JSON.parse(readFileSync(join(dir, file), 'utf8'));
    change(value);
    writeFileSync(join(dir, file), JSON.stringify(value, null, 2));
  };
  const replace = (file: string, from: string, to: string) => {
    const text = readFileSync(join(dir, file), 'utf8');
    expect(text).to.contain(from);
    writeFileSync(join(dir, file), text.replace(from, to));
  };

  /** The line of the item that gives its version. */
  const version = () => readFileSync(join(dir, ITEM), 'utf8').match(/"version": \d+,/)?.[0] ?? '';

  it('finds nothing wrong with what is committed', async () => {
    const { code, out } = await run();
    expect(out.join('\n')).to.match(/^\d+ items, \d+ forms, \d+ parameters: nothing wrong$/);
    expect(code).to.equal(0);
  });

  it('checks another folder, with the parameters of the project', async () => {
    const { code, out } = await run('--dir', dir);
    expect(out.join('\n')).to.match(/^1 items, 2 forms, [1-9]\d* parameters: nothing wrong$/);
    expect(code).to.equal(0);
  });

  it('tells every fault of every file at once, with file, path and reason', async () => {
    edit(ITEM, (d) => {
      d.colour = 'red';
      d.steps[1].office = 'QQ';
      d.rules[1].when = 'form.nope = 1';
    });
    edit('forms/WJ-01@1.json', (f) => {
      delete f.$defs.birthOrder.title;
    });
    const { code, out } = await run('--dir', dir);
    expect(out).to.deep.equal([
      'forms/WJ-01@1.json · /$defs/birthOrder/title · a field needs a Chinese title',
      `${ITEM} · /colour · unknown key`,
      `${ITEM} · /steps/1/office · unknown department "QQ"`,
      `${ITEM} · /rules/1/when · FEEL: unknown name "form.nope"`,
      '4 faults',
    ]);
    expect(code).to.equal(1);
  });

  it('gives line and column of broken JSON', async () => {
    replace(ITEM, version(), version().replace(',', ';'));
    const { code, out } = await run('--dir', dir);
    expect(out[0]).to.equal(`${ITEM} · / · not JSON: line 3, column 15: expected "," or "}"`);
    expect(code).to.equal(1);
  });

  it('gives line and column of a key that stands twice', async () => {
    replace(ITEM, version(), `${version()} "code": "WJ-02",`);
    expect((await run('--dir', dir)).out[0]).to.contain('line 3, column 17: "code" stands here twice');
  });

  it('tells a text that ends too early, a trailing comma and a stray sign', async () => {
    const texts: [string, RegExp][] = [
      ['{"a": [1, 2', /line 1, column 12: the text ends too early/],
      ['{"a": 1,}', /column 9: expected a key/],
      ['[1, ]', /column 5: expected a value/],
      ['{"a": 1} x', /column 10: nothing may follow/],
      ['{"a": 01}', /column 8: expected "," or "}"/],
      ['{"a": "\t"}', /column 7: expected a value/],
      ["{'a': 1}", /column 2: expected a key in double quotes/],
      ['', /the text ends too early/],
    ];
    for (const [text, reason] of texts) {
      writeFileSync(join(dir, 'forms', 'broken@1.json'), text);
      expect((await run('--dir', dir)).out[0], text).to.match(reason);
    }
  });

  it('tells a missing folder and a missing form', async () => {
    rmSync(join(dir, 'forms'), { recursive: true });
    const { out } = await run('--dir', dir);
    expect(out).to.include('forms · / · no such folder');
    expect(out).to.include(`${ITEM} · /form · no form "WJ-01@1" (forms/WJ-01@1.json)`);
  });

  it('tells a reference that leads nowhere, in the file that makes it', async () => {
    replace('forms/WJ-01@1.json', 'common@1.json#/$defs/person', 'common@1.json#/$defs/persn');
    const { out } = await run('--dir', dir);
    expect(out).to.include(
      'forms/WJ-01@1.json · /$defs/couple/properties/partner/$ref · "common@1.json#/$defs/persn" leads nowhere',
    );
  });

  it('tells a form whose $id is not its name, an item in the wrong folder, a code used twice', async () => {
    edit('forms/WJ-01@1.json', (f) => {
      f.$id = 'WJ-02@1.json';
    });
    expect((await run('--dir', dir)).out).to.include('forms/WJ-01@1.json · /$id · must be "WJ-01@1.json"');
    cpSync(join(dir, ITEM), join(dir, 'workflows', 'WJ-01.json'));
    const { out } = await run('--dir', dir);
    expect(out).to.include('workflows/WJ-01.json · /code · belongs in workflows/WJ/WJ-01.json');
    expect(out).to.include(`${ITEM} · /code · WJ-01 is also the code of workflows/WJ-01.json`);
  });

  it('tells a wrong parameter, two values on one day, and one that ran out', async () => {
    mkdirSync(join(dir, 'data', 'parameters'), { recursive: true });
    const parameter = (over: object) => ({
      name: 'limit',
      title: '上限',
      value: 3,
      unit: '个',
      from: '2020-01-01',
      to: null,
      source: '测试',
      verified: false,
      ...over,
    });
    const write = (...all: object[]) =>
      writeFileSync(join(dir, 'data', 'parameters', 'WJ.json'), JSON.stringify(all));
    write(parameter({ from: '2020-02-30' }));
    expect((await run('--dir', dir)).out[0]).to.match(
      /^data\/parameters\/WJ.json · \/0\/from · must match format/,
    );
    write(parameter({}), parameter({ from: '2021-01-01' }));
    expect((await run('--dir', dir)).out[0]).to.contain('"limit" has two values on the same day');
    write(parameter({ to: '2020-12-31' }));
    edit(ITEM, (d) => {
      d.rules[1].when = 'form.birthOrder > params.limit';
    });
    expect((await run('--dir', dir)).out[0]).to.match(
      /rules\/1\/when · parameter "limit" has no value in force on \d/,
    );
  });

  it('answers a wrong call with its usage', async () => {
    expect(await run('--folder', dir)).to.deep.equal({
      code: 2,
      out: [],
      err: ['usage: cunban check [--dir D]'],
    });
  });

  it('the service refuses to start on the same faults', () => {
    edit(ITEM, (d) => {
      d.steps[1].certificate = 'medal';
      d.fee = 3;
    });
    const load = () => loadDefinitions({ folders: definitionFolders(dir) });
    expect(load).to.throw(DefinitionsError, `${ITEM} · /steps/1/certificate · no certificate "medal"`);
    expect(load).to.throw(DefinitionsError, `${ITEM} · /fee · must be string`);
  });
});
