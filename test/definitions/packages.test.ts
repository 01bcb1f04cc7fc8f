/** Packages on disk: `cunban check` and the start of the service tell their faults by file, path and reason. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const FILE = 'workflows/packages/PK-04.json';

describe('packages on disk', () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'cunban-packages-'));
    for (const name of ['workflows', 'forms'])
      cpSync(join(projectRoot, name), join(dir, name), { recursive: true });
  });
  after(() => rmSync(dir, { recursive: true }));

  const told = async (text: string): Promise<string[]> => {
    const kept = readFileSync(join(dir, FILE), 'utf8');
    writeFileSync(join(dir, FILE), text);
    const out: string[] = [];
    const say = (line: string) => out.push(line);
    try {
      expect(await check(['--dir', dir], say, say)).to.equal(1);
    } finally {
      writeFileSync(join(dir, FILE), kept);
    }
    return out;
  };
  const text = (change: (value: { code: string; items: { situation: string }[] }) => void): string => {
    const value = JSON.parse(readFileSync(join(dir, FILE), 'utf8'));
    change(value);
    return JSON.stringify(value);
  };

  it('a wrong situation, a wrong name, and what is no JSON are told by file, path and reason', async () => {
    const situation = text((p) => {
      (p.items[0] as { situation: string }).situation = 'dream';
    });
    expect(await told(situation)).to.include(`${FILE} · /items/0/situation · GA-01 has no situation "dream"`);
    const name = text((p) => {
      p.code = 'PK-09';
    });
    expect(await told(name)).to.include(`${FILE} · /code · belongs in workflows/packages/PK-09.json`);
    expect((await told('{')).join()).to.include(`${FILE} · / · not JSON`);
  }).timeout(60_000);

  it('the service refuses to start on them', () => {
    const kept = readFileSync(join(dir, FILE), 'utf8');
    writeFileSync(
      join(dir, FILE),
      text((p) => p.items.splice(1)),
    );
    try {
      expect(() => loadDefinitions({ folders: definitionFolders(dir) })).to.throw(DefinitionsError, FILE);
    } finally {
      writeFileSync(join(dir, FILE), kept);
    }
  }).timeout(60_000);
});
