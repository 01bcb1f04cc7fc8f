import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import { projectRoot } from '../src/platform/paths.ts';

const { forbidden, options } = createRequire(import.meta.url)('./layers.cjs') as {
  forbidden: IFlattenedRuleSet['forbidden'];
  options: object;
};

async function cruiseSource(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(['src'], { ...options, baseDir, validate: true, ruleSet: { forbidden } });
  return output as ICruiseResult;
}

const broken = ({ summary }: ICruiseResult) => [...new Set(summary.violations.map((v) => v.rule.name))];

/** One planted violation per rule: a file, and what it wrongly imports. */
const PLANTED: [rule: string, file: string, imports: string][] = [
  ['kernel-stands-alone', 'src/kernel/a.ts', '../workflow/b.ts'],
  ['workflow-looks-down', 'src/workflow/a.ts', '../platform/b.ts'],
  ['platform-looks-down', 'src/platform/a.ts', '../people/orgs/index.ts'],
  ['people-look-down', 'src/people/orgs/a.ts', '../../station/cases/index.ts'],
  ['wings-do-not-meet', 'src/station/cases/a.ts', '../../branch/notices/index.ts'],
  ['nouns-by-the-door', 'src/station/cases/a.ts', '../papers/commands.ts'],
  ['nouns-by-the-door-from-above', 'src/app.ts', './station/cases/commands.ts'],
  ['pure-stays-pure', 'src/kernel/a.ts', 'node:fs'],
  ['pure-stays-pure', 'src/station/cases/rules.ts', 'knex'],
  ['pure-stays-pure', 'src/station/cases/policy.ts', 'node:fs/promises'],
  ['pure-stays-pure', 'src/station/cases/schema.ts', '../../platform/db/index.ts'],
  ['store-looks-down', 'src/station/cases/store.ts', './commands.ts'],
  ['commands-know-no-http', 'src/station/cases/commands.ts', 'koa'],
  ['routes-touch-no-db', 'src/station/cases/routes.ts', './store.ts'],
  ['routes-touch-no-db', 'src/station/cases/pages/file.tsx', '../../../platform/db/index.ts'],
  [
    'routes-touch-no-db',
    'src/station/admin/people/orgs/pages/file.tsx',
    '../../../../../platform/db/index.ts',
  ],
  ['routes-touch-no-db', 'src/station/cases/pages.tsx', 'knex'],
  ['one-home-for-drivers', 'src/platform/db/other.ts', 'pg'],
  ['no-cycles', 'src/kernel/a.ts', './a2.ts'],
];

/** A tree of two files, the second importing back when a cycle is wanted. */
async function plant(rule: string, file: string, imports: string): Promise<string[]> {
  const tree = mkdtempSync(join(tmpdir(), 'cunban-layers-'));
  try {
    symlinkSync(join(projectRoot, 'node_modules'), join(tree, 'node_modules'));
    writeFileSync(join(tree, 'package.json'), '{"type":"module"}');
    writeFileSync(join(tree, 'tsconfig.json'), '{"compilerOptions":{"module":"nodenext"}}');
    const at = join(tree, file);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, `import * as wrong from '${imports}';\nexport const used = wrong;\n`);
    if (imports.startsWith('.')) {
      const target = join(dirname(at), imports);
      mkdirSync(dirname(target), { recursive: true });
      const back = rule === 'no-cycles' ? "import * as back from './a.ts';\nexport const b = back;\n" : '';
      writeFileSync(target, `${back}export const x = 1;\n`);
    }
    return broken(await cruiseSource(tree));
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

describe('layers', () => {
  it('hold in the whole source', async () => {
    const result = await cruiseSource(projectRoot);
    expect(result.summary.totalCruised).to.be.greaterThan(100);
    expect(result.summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)).to.deep.equal([]);
  });

  for (const [rule, file, imports] of PLANTED)
    it(`${rule} alone is caught: ${file} importing ${imports}`, async () => {
      expect(await plant(rule, file, imports)).to.deep.equal([rule]);
    });

  it('every rule has a planted violation', () => {
    const planted = new Set(PLANTED.map(([rule]) => rule));
    expect((forbidden ?? []).map((r) => r.name).filter((name) => !planted.has(name ?? ''))).to.deep.equal([]);
  });
});
