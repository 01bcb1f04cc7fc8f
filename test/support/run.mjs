/** The test command: types, format and lint, then every test. Stops at the first stage that fails. */
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const bin = (...path) => join(root, 'node_modules', ...path);
const node = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

const stages = [
  ['types', [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'test/tsconfig.json']],
  ['format and lint', [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--error-on-warnings', '.']],
  ['tests', [bin('mocha', 'bin', 'mocha.js'), ...process.argv.slice(2)]],
];

for (const [title, args] of stages) {
  process.stdout.write(`\n— ${title}\n`);
  const status = node(...args);
  if (status !== 0) {
    process.stderr.write(`\n${title}: failed\n`);
    process.exit(status);
  }
}
