/** A whole service for a test: own data directory, real database, rehearsal clock, and clients that sign in. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { projectRoot } from '../../src/platform/paths.ts';
import { type Service, startService } from '../../src/service.ts';
import type { Opened } from './databases.ts';

const { password } = JSON.parse(readFileSync(join(projectRoot, 'data', 'demo-accounts.json'), 'utf8'));

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** Somebody at a computer: cookie, session proof, JSON in and out. */
export class Client {
  readonly url: string;
  cookie = '';
  csrf = '';
  constructor(url: string) {
    this.url = url;
  }
  async send<T = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const form = body instanceof FormData;
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(this.cookie && { cookie: this.cookie }),
        ...(this.csrf && { 'x-csrf-token': this.csrf }),
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.cookie = line.split(';')[0] ?? '';
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }
  get = <T = Record<string, never>>(path: string) => this.send<T>('GET', path);
  post = <T = Record<string, never>>(path: string, body: unknown, headers?: Record<string, string>) =>
    this.send<T>('POST', path, body, headers);
}

export interface House {
  service: Service;
  url: string;
  /** A client signed in with a demonstration login. */
  as(login: string): Promise<Client>;
  /** Somebody from the street. */
  stranger(): Client;
  /** Move the clock to a Shanghai time such as `2026-09-28T09:40:00+08:00`; what fell due has run. */
  at(time: string): Promise<void>;
  close(): Promise<void>;
}

/** The day every test house opens on: tests know no other today. */
const OPENING = '2026-09-01T08:00:00+08:00';

/** A house that a test opened, on a data directory of its own. */
export interface TestHouse extends House {
  /** Stop it and start it again on the same database and data, perhaps with other settings. */
  restart(settings?: Record<string, string>): Promise<TestHouse>;
  /** What it was started with: another program with the same settings works on the same database. */
  settings: Record<string, string>;
}

/** Start a rehearsal service on a database opened by `engine.open()`, on the usual day or another one. */
export async function openHouse(
  opened: Opened,
  settings: Record<string, string> = {},
  opening = OPENING,
): Promise<TestHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cunban-house-'));
  const house = await startOn(opened, dataDir, settings);
  await house.at(opening);
  return house;
}

async function startOn(
  opened: Opened,
  dataDir: string,
  settings: Record<string, string>,
): Promise<TestHouse> {
  const given = {
    PORT: '0',
    DATA_DIR: dataDir,
    CUNBAN_MODE: 'rehearsal',
    LOG_LEVEL: 'error',
    ...(opened.url !== null && { DATABASE_URL: opened.url }),
    ...settings,
  };
  const config = readConfig(given);
  const house = houseOf(await startService(config, createLog(config.logLevel)));
  return {
    ...house,
    settings: given,
    async restart(others = settings) {
      await house.close();
      return startOn(opened, dataDir, others);
    },
    async close() {
      await house.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Clients and clock of a running rehearsal service. */
export function houseOf(service: Service): House {
  const clients = new Map<string, Promise<Client>>();
  const signIn = async (login: string): Promise<Client> => {
    const client = new Client(service.url);
    const { status, body } = await client.post<{ csrf: string }>('/api/session', { login, password });
    if (status !== 200) throw new Error(`sign-in of ${login}: ${status} ${JSON.stringify(body)}`);
    client.csrf = body.csrf;
    return client;
  };
  return {
    service,
    url: service.url,
    as(login) {
      const known = clients.get(login) ?? signIn(login);
      clients.set(login, known);
      return known;
    },
    stranger: () => new Client(service.url),
    async at(time) {
      const { status, body } = await new Client(service.url).post('/api/rehearsal/clock', { now: time });
      if (status !== 200) throw new Error(`clock: ${status} ${JSON.stringify(body)}`);
    },
    close: () => service.stop(),
  };
}

/** An example form of an item's situation. */
export function exampleForm(
  service: Service,
  item: string,
  index = 0,
  situation?: string,
): Record<string, unknown> {
  const pinned = service.deps.definitions.get(item);
  const id = situation ?? pinned.definition.situations[0]?.id ?? '';
  return structuredClone(pinned.formFor(id).examples?.[index]) as Record<string, unknown>;
}

/** The smallest picture there is. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const SIGNATURE = `data:image/png;base64,${PNG.toString('base64')}`;
