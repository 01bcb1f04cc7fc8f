/** A service without its front door: real database, sealed vault, a clock that only tests move. */
import { randomBytes } from 'node:crypto';
import { localDate } from '../../src/kernel/time.ts';
import type { AccountDeps } from '../../src/people/accounts/index.ts';
import { createAccount, type Grant, type SignedIn, signIn } from '../../src/people/accounts/index.ts';
import { createOrgTree, type OrgTree, seedOrgs } from '../../src/people/orgs/index.ts';
import { createVault } from '../../src/platform/vault/index.ts';
import { type Opened, onEachDatabase } from '../support/databases.ts';

export const PASSWORD = 'three blue buses';
const START = '2026-11-24T01:00:00.000Z';

/** 甲 numbers of catalogue C.1: synthetic, check digits right. */
export const ID_MAN = '532628196611159910';
export const ID_WOMAN = '532628194802299925';

export interface People extends AccountDeps {
  orgs: OrgTree;
  clock: { now(): string; to(at: string): void; forward(minutes: number): void };
}

function movableClock(start: string): People['clock'] {
  let now = start;
  return {
    now: () => now,
    to: (at) => {
      now = at;
    },
    forward: (minutes) => {
      now = new Date(Date.parse(now) + minutes * 60_000).toISOString();
    },
  };
}

const from = '2026-01-01';
export const grant = (role: string, org: string, more: Partial<Grant> = {}): Grant => ({
  role,
  org,
  subtree: false,
  from,
  to: null,
  ...more,
});

/** Opens an account with PASSWORD; its name is its login. Returns the id. */
export const account = (people: People, login: string, ...grants: Grant[]): Promise<string> =>
  createAccount(people, 'console', { login, name: login, password: PASSWORD, grants });

/** Opens an account with these grants and signs it in. */
export async function signedIn(people: People, login: string, ...grants: Grant[]): Promise<SignedIn> {
  await account(people, login, ...grants);
  return (await signIn(people, { login, password: PASSWORD })).who;
}

/** The acts in the audit log, oldest first. */
export async function auditedActs(people: People): Promise<string[]> {
  const rows: { act: string }[] = await people.db.read('audit').orderBy('id').select('act');
  return rows.map((row) => row.act);
}

/** The same tests on both databases, each test with a fresh one that holds the organisations. */
export function onPeople(title: string, tests: (people: () => People) => void): void {
  onEachDatabase(title, (engine) => {
    let opened: Opened;
    let people: People;
    beforeEach(async () => {
      opened = await engine.open();
      const clock = movableClock(START);
      const random = (n: number) => randomBytes(n);
      await seedOrgs({ db: opened.db }, localDate(START));
      const orgs = await createOrgTree(opened.db);
      people = { db: opened.db, clock, random, vault: createVault(randomBytes(32), random), orgs };
    });
    afterEach(() => opened.drop());
    tests(() => people);
  });
}
