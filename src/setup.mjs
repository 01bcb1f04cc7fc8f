/**
 * What must be there before anything runs: packages as the lockfile says, and with `build` the compiled
 * program. Plain JavaScript without packages, so that it works on a fresh clone.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...path) => join(root, ...path);
const readIf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function hashOf(files, ...more) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.update(more.join('\0')).digest('hex');
}

function run(title, command, args, env = process.env) {
  const began = Date.now();
  process.stdout.write(`${title} …\n`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) {
    process.stderr.write(`${title}: failed${error ? ` (${error.message})` : ''}\n`);
    process.exit(status ?? 1);
  }
  process.stdout.write(`${title}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

/** `npm ci` when node_modules is absent or was made from another lockfile or by another Node. */
function install() {
  const stamp = at('node_modules', '.cunban-lock');
  const wanted = hashOf([at('package-lock.json')], process.version, process.arch);
  if (readIf(stamp) === wanted) return;
  // Node's own headers, where they lie beside it, let sqlite3 compile without fetching them.
  const prefix = resolve(dirname(process.execPath), '..');
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h'));
  const env = { ...process.env, ...(headers && { npm_config_nodedir: prefix }) };
  run(
    'installing packages',
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['ci', '--no-audit', '--no-fund'],
    env,
  );
  mkdirSync(at('node_modules'), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Compile when a source is newer than the program: by content, so a checkout's dates do not matter. */
function build() {
  const sources = readdirSync(at('src'), { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f))
    .sort()
    .map((f) => at('src', f));
  const wanted = hashOf([...sources, at('tsconfig.json'), at('package-lock.json')]);
  const stamp = at('dist', '.cunban-sources');
  if (readIf(stamp) === wanted) return;
  rmSync(at('dist'), { recursive: true, force: true });
  run('building', process.execPath, [
    at('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    at('tsconfig.json'),
  ]);
  writeFileSync(stamp, wanted);
}

install();
if (process.argv.includes('build')) build();
