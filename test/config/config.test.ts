import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError, readConfig } from '../../src/config.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { ERROR_WORDING } from '../../src/wording.ts';

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map((f) => f.setting);
    throw error;
  }
  return [];
};

describe('config', () => {
  it('has defaults for a first start', () => {
    expect(readConfig({})).to.include({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      mode: 'service',
      demoAllowed: true,
    });
  });

  it('tells every fault at once, each with its cure, and never a secret', () => {
    const env = {
      PORT: 'abc',
      DATABASE_URL: 'mysql://x',
      CUNBAN_MODE: 'play',
      CUNBAN_SECRET: 'short',
      LOG_LEVEL: 'loud',
    };
    expect(faultsOf(env)).to.have.members(Object.keys(env));
    try {
      readConfig(env);
    } catch (error) {
      expect((error as Error).message).to.not.contain('short');
    }
  });

  it('keeps demonstration accounts off any address but loopback, and out of production', () => {
    for (const host of ['127.0.0.1', '127.8.8.8', 'localhost', '::1'])
      expect(readConfig({ HOST: host }).demoAllowed, host).to.equal(true);
    for (const host of ['0.0.0.0', '10.0.0.5', 'cunban.example', '::'])
      expect(readConfig({ HOST: host }).demoAllowed, host).to.equal(false);
    expect(readConfig({ NODE_ENV: 'production', CUNBAN_SECRET: 'x'.repeat(32) }).demoAllowed).to.equal(false);
    expect(faultsOf({ NODE_ENV: 'production' })).to.deep.equal(['CUNBAN_SECRET']);
  });

  it('is the only reader of the environment', () => {
    const readers = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.(tsx?|mjs)$/.test(f))
      .filter((f) => readFileSync(join(projectRoot, 'src', f), 'utf8').includes('process.env'));
    expect(readers.sort()).to.deep.equal(['config.ts', 'setup.mjs']);
  });

  it('every refusal has its Chinese sentence', () => {
    for (const [code, words] of Object.entries(ERROR_WORDING)) expect(words, code).to.match(/[一-龥]/);
  });
});
