/** What the service is told from outside. The only place that reads the environment. */
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Config {
  readonly host: string;
  /** TCP port; 0 lets the system choose one. */
  readonly port: number;
  /** Absolute directory of the database, files and keys; a relative one starts where the command was given. */
  readonly dataDir: string;
  /** Absolute folder that holds `workflows/` and `forms/`, or null for the program's own. */
  readonly definitionsDir: string | null;
  /** PostgreSQL address, or null for SQLite in the data directory. */
  readonly databaseUrl: string | null;
  /** `rehearsal` is 演练: an own database and a clock that can be moved. */
  readonly mode: 'service' | 'rehearsal';
  readonly production: boolean;
  readonly logLevel: LogLevel;
  /** Master secret for keys, or null: a key file in the data directory is used. */
  readonly secret: string | null;
  /** Address that citizens reach (QR codes), no trailing slash; null = the address we listen on. */
  readonly publicUrl: string | null;
  /** Absolute folder of the organs' real certificates, or null: PDFs are signed with those of the demonstration. */
  readonly signingDir: string | null;
  /** What new QR codes are signed with. */
  readonly qrAlgorithm: 'ed25519' | 'sm2';
  /** Absolute folder of the daily backups, or null: none are made by themselves. */
  readonly backupDir: string | null;
  /** Demonstration accounts may exist: loopback only and never in production. */
  readonly demoAllowed: boolean;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One setting that is wrong: its name, what is wrong, and what to write instead. */
export interface ConfigFault {
  setting: string;
  problem: string;
  cure: string;
}

/** Thrown once with every fault found, each with its cure. Never repeats a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(['设置有误：', ...faults.map((f) => `  ${f.setting}：${f.problem}。${f.cure}`)].join('\n'));
    this.faults = faults;
  }
}

/** The root of the installation: the parent of `src/` or `dist/`. */
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const MIN_SECRET = 32;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings HOST, PORT, DATA_DIR, DATABASE_URL, LOG_LEVEL, NODE_ENV, CUNBAN_DEFINITIONS,
 * CUNBAN_MODE, CUNBAN_SECRET, CUNBAN_PUBLIC_URL, CUNBAN_SIGNING, CUNBAN_QR_ALGORITHM and CUNBAN_BACKUP_DIR. An empty value counts as not given.
 * @throws ConfigError with every fault at once
 */
export function readConfig(env: Env = process.env): Config {
  const faults: ConfigFault[] = [];
  const fault = (setting: string, problem: string, cure: string): void => {
    faults.push({ setting, problem, cure });
  };
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;

  const host = given('HOST') ?? '127.0.0.1';
  const production = given('NODE_ENV') === 'production';
  const secret = readSecret(given('CUNBAN_SECRET'), production, fault);
  const config: Config = {
    host,
    port: readPort(given('PORT'), fault),
    dataDir: resolve(given('DATA_DIR') ?? join(ROOT, 'data/var')),
    definitionsDir: readFolder(given('CUNBAN_DEFINITIONS')),
    databaseUrl: readDatabaseUrl(given('DATABASE_URL'), fault),
    mode: oneOf('CUNBAN_MODE', given('CUNBAN_MODE') ?? 'service', ['service', 'rehearsal'], fault),
    production,
    logLevel: oneOf('LOG_LEVEL', given('LOG_LEVEL') ?? 'info', LOG_LEVELS, fault),
    secret,
    publicUrl: readPublicUrl(given('CUNBAN_PUBLIC_URL'), fault),
    signingDir: readFolder(given('CUNBAN_SIGNING')),
    qrAlgorithm: oneOf(
      'CUNBAN_QR_ALGORITHM',
      given('CUNBAN_QR_ALGORITHM') ?? 'ed25519',
      ['ed25519', 'sm2'],
      fault,
    ),
    backupDir: readFolder(given('CUNBAN_BACKUP_DIR')),
    demoAllowed: isLoopback(host) && !production,
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(config);
}

type Report = (setting: string, problem: string, cure: string) => void;

function readPort(text: string | undefined, fault: Report): number {
  if (text === undefined) return 3000;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535)) fault('PORT', `“${text}”不是端口号`, '请填写 0 到 65535 的整数，例如 3000');
  return port;
}

const readFolder = (text: string | undefined): string | null => (text === undefined ? null : resolve(text));

function readDatabaseUrl(text: string | undefined, fault: Report): string | null {
  if (text === undefined) return null;
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    fault(
      'DATABASE_URL',
      '不是 PostgreSQL 地址',
      '请填写 postgres://用户:密码@主机/库名；使用 SQLite 时不要设置这一项',
    );
  }
  return text;
}

function readSecret(text: string | undefined, production: boolean, fault: Report): string | null {
  const cure = `请填写至少 ${MIN_SECRET} 个字符的随机文字，例如 openssl rand -base64 48 的输出`;
  if (text === undefined) {
    if (production) fault('CUNBAN_SECRET', '正式环境没有设置密钥', cure);
    return null;
  }
  if (text.length < MIN_SECRET) fault('CUNBAN_SECRET', '密钥太短', cure);
  return text;
}

function readPublicUrl(text: string | undefined, fault: Report): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    fault('CUNBAN_PUBLIC_URL', `“${text}”不是网址`, '请填写群众能访问的地址，例如 https://cunban.example.cn');
  }
  return text.replace(/\/+$/, '');
}

function oneOf<T extends string>(setting: string, text: string, allowed: readonly T[], fault: Report): T {
  const found = allowed.find((each) => each === text);
  if (found === undefined) fault(setting, `“${text}”无效`, `请填写 ${allowed.join('、')} 之一`);
  return found ?? (allowed[0] as T);
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
