import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../src/platform/paths.ts';

/** A project of one file and no packages, in a folder whose name has blanks. */
describe('setup', () => {
  let tree: string;
  const write = (file: string, text: string) => writeFileSync(join(tree, file), text);
  const lock = (version: string) =>
    JSON.stringify({
      name: 'x',
      version,
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'x', version } },
    });
  const setup = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(tree, 'src', 'setup.mjs'), ...args],
      {
        cwd: tmpdir(),
        encoding: 'utf8',
      },
    );
    const lines = stdout
      .split('\n')
      .filter((line) => /^(installing packages|building): \d+\.\d s$/.test(line));
    return { status, stdout, stderr, did: lines.map((line) => line.split(':')[0]) };
  };

  before(() => {
    tree = mkdtempSync(join(tmpdir(), 'cunban set up '));
    mkdirSync(join(tree, 'src'));
    copyFileSync(join(projectRoot, 'src', 'setup.mjs'), join(tree, 'src', 'setup.mjs'));
    write('package.json', '{"name":"x","version":"1.0.0","type":"module"}');
    write('package-lock.json', lock('1.0.0'));
    write(
      'tsconfig.json',
      '{"compilerOptions":{"module":"nodenext","outDir":"dist","rootDir":"src","types":[],"lib":["es5"],"skipLibCheck":true},"include":["src"]}',
    );
    write('src/main.ts', 'export const one: number = 1;\n');
    write('src/gone.ts', 'export const two = 2;\n');
  });
  after(() => rmSync(tree, { recursive: true, force: true }));

  it('installs once, and again when the lockfile changed', () => {
    expect(setup()).to.include({ status: 0 }).and.have.deep.property('did', ['installing packages']);
    expect(setup()).to.deep.equal({ status: 0, stdout: '', stderr: '', did: [] });
    write('package.json', '{"name":"x","version":"1.0.1","type":"module"}');
    write('package-lock.json', lock('1.0.1'));
    expect(setup().did).to.deep.equal(['installing packages']);
  });

  it('builds once, and anew without what is gone when a source changed', () => {
    symlinkSync(join(projectRoot, 'node_modules', 'typescript'), join(tree, 'node_modules', 'typescript'));
    expect(setup('build').did).to.deep.equal(['building']);
    expect(setup('build').did).to.deep.equal([]);
    expect(readdirSync(join(tree, 'dist'))).to.include.members(['main.js', 'gone.js']);
    rmSync(join(tree, 'src', 'gone.ts'));
    expect(setup('build').did).to.deep.equal(['building']);
    expect(readdirSync(join(tree, 'dist')))
      .to.include('main.js')
      .and.not.include('gone.js');
  });

  it('a source that does not compile stops the start, every time, until it does', () => {
    write('src/main.ts', 'export const one: number = "1";\n');
    for (let i = 0; i < 2; i++) {
      const failed = setup('build');
      expect(failed.status).not.to.equal(0);
      expect(failed.stdout).to.contain('main.ts');
      expect(failed.stderr).to.contain('building: failed');
    }
    write('src/main.ts', 'export const one = 1;\n');
    expect(setup('build').status).to.equal(0);
  });

  it('packages that cannot be installed stop it, and nothing is stamped', () => {
    write('package-lock.json', '{ broken');
    const failed = setup('build');
    expect(failed.status).not.to.equal(0);
    expect(failed.stderr).to.contain('installing packages: failed');
    rmSync(join(tree, 'package-lock.json'));
    expect(setup().status).not.to.equal(0);
    expect(existsSync(join(tree, 'package-lock.json'))).to.equal(false);
  });
});
