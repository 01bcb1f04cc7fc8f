import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { ConfigError, readConfig } from '../../src/config.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { ERROR_WORDING } from '../../src/wording.ts';

const faultsOf = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map((f) => f.setting).sort();
    throw error;
  }
  return [];
};

describe('config', () => {
  it('needs nothing: this computer only, SQLite, demonstration allowed', () => {
    const config = readConfig({});
    expect(config).to.deep.equal({
      host: '127.0.0.1',
      port: 3000,
      dataDir: join(projectRoot, 'data', 'var'),
      definitionsDir: null,
      databaseUrl: null,
      mode: 'service',
      production: false,
      logLevel: 'info',
      secret: null,
      publicUrl: null,
      signingDir: null,
      qrAlgorithm: 'ed25519',
      backupDir: null,
      demoAllowed: true,
    });
    expect(Object.isFrozen(config)).to.equal(true);
  });

  it('takes what is given; an empty value counts as not given', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '0',
      DATA_DIR: 'somewhere/else',
      CUNBAN_DEFINITIONS: 'their/items',
      DATABASE_URL: 'postgresql://a:b@db/cunban',
      CUNBAN_MODE: 'rehearsal',
      CUNBAN_PUBLIC_URL: 'https://cunban.example.cn/',
      CUNBAN_SIGNING: 'their/keys',
      CUNBAN_QR_ALGORITHM: 'sm2',
      CUNBAN_BACKUP_DIR: 'their/backups',
      LOG_LEVEL: ' ',
    });
    expect(config).to.include({
      host: '0.0.0.0',
      port: 0,
      dataDir: resolve('somewhere/else'),
      definitionsDir: resolve('their/items'),
      databaseUrl: 'postgresql://a:b@db/cunban',
      mode: 'rehearsal',
      publicUrl: 'https://cunban.example.cn',
      signingDir: resolve('their/keys'),
      qrAlgorithm: 'sm2',
      backupDir: resolve('their/backups'),
      logLevel: 'info',
    });
  });

  it('tells every fault at once, each with its cure, and never a secret or password', () => {
    const env = {
      PORT: '70000',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      CUNBAN_MODE: 'play',
      CUNBAN_SECRET: 'too-short-secret',
      CUNBAN_PUBLIC_URL: 'cunban',
      LOG_LEVEL: 'loud',
    };
    expect(faultsOf(env)).to.deep.equal(Object.keys(env).sort());
    expect(() => readConfig(env)).to.throw(ConfigError, /3000.*postgres:\/\/.*service、rehearsal/s);
    try {
      readConfig(env);
    } catch (error) {
      expect(String(error)).not.to.match(/hunter2|too-short-secret/);
    }
  });

  for (const port of ['-1', '80.5', '0x50', '65536', 'http', '１２'])
    it(`port “${port}” is refused`, () => expect(faultsOf({ PORT: port })).to.deep.equal(['PORT']));

  it('production needs a secret', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).to.deep.equal(['CUNBAN_SECRET']);
    expect(faultsOf({ NODE_ENV: 'production', CUNBAN_SECRET: 's'.repeat(32) })).to.deep.equal([]);
  });

  it('demonstration accounts are for loopback outside production', () => {
    const allowed = (env: Record<string, string>) => readConfig(env).demoAllowed;
    for (const host of ['127.0.0.1', '127.0.0.9', 'localhost', '::1'])
      expect(allowed({ HOST: host })).to.equal(true);
    for (const host of ['0.0.0.0', '::', '10.1.2.3', '127.evil.example', 'cunban.example.cn'])
      expect(allowed({ HOST: host }), host).to.equal(false);
    expect(allowed({ NODE_ENV: 'production', CUNBAN_SECRET: 's'.repeat(32) })).to.equal(false);
  });

  it('every refusal has its Chinese sentence', () => {
    for (const [code, words] of Object.entries(ERROR_WORDING)) expect(words, code).to.match(/[一-龥]/);
  });

  it('nothing else in src reads the environment', () => {
    const readers = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|tsx|mjs|js)$/.test(file))
      .filter((file) =>
        /process\s*\.\s*env|process\[|\benv\b.*from 'node:process'/.test(
          readFileSync(join(projectRoot, 'src', file), 'utf8'),
        ),
      );
    expect(readers.sort()).to.deep.equal(['config.ts', 'setup.mjs']);
  });
});
