import { localDate } from '../../kernel/time.ts';
import type { SignedIn } from '../../people/accounts/index.ts';
import { auditAlone } from '../../platform/audit/index.ts';
import { letterSight } from './policy.ts';
import { AT_WORK } from './rules.ts';
import * as store from './store.ts';
import type { Letter, MailDeps, Mode } from './types.ts';

const MOST = 500;

export interface Asked {
  state?: string | undefined;
  late?: boolean;
  /** A piece of the subject line. */
  q?: string | undefined;
}

/** The letters of somebody's desks, what is due first on top; subject lines are sealed, so they are searched when open. */
export async function listLetters(deps: MailDeps, who: SignedIn, asked: Asked): Promise<Letter[]> {
  const today = localDate(deps.clock.now());
  const search = { state: asked.state, lateOn: asked.late ? today : undefined };
  const found = await store.listSeen(deps.db.read, deps.vault, letterSight(who, deps.orgs), search, MOST);
  return asked.q === undefined ? found : found.filter(({ title }) => title.includes(asked.q ?? ''));
}

/** How many of them stand where. */
export const countLetters = (deps: MailDeps, who: SignedIn): Promise<Record<string, number>> =>
  store.countSeen(deps.db.read, letterSight(who, deps.orgs));

/** The same list to take away; that it was taken is kept. */
export async function exportLetters(deps: MailDeps, who: SignedIn, asked: Asked): Promise<Letter[]> {
  const letters = await listLetters(deps, who, asked);
  await auditAlone(deps, who, 'letter.export', null, { letters: letters.length });
  return letters;
}

export interface OfficeNumbers {
  org: string;
  received: number;
  byMode: Record<Mode, number>;
  answered: number;
  overdue: number;
  published: number;
  withheld: number;
  declined: number;
  transferred: number;
}

const ANSWERED = /^(answered|reopened|review|closed|proposed|published|withheld|purged)/;

/** Counts by office, for everybody: no letter, no title, and nothing of what lies with the tips desk. */
export async function publicNumbers(deps: MailDeps): Promise<OfficeNumbers[]> {
  const rows = await store.countPublic(deps.db.read, localDate(deps.clock.now()));
  const offices = [...new Set(rows.map((r) => r.org))].sort();
  return offices.map((org) => {
    const own = rows.filter((r) => r.org === org);
    const sum = (fits: (row: (typeof own)[0]) => boolean) =>
      own.reduce((n, row) => n + (fits(row) ? row.n : 0), 0);
    const mode = (m: Mode) => sum((r) => r.mode === m);
    const state = (s: string) => sum((r) => r.state === s);
    return {
      org: deps.orgs.get(org).name,
      received: sum(() => true),
      byMode: {
        named_public: mode('named_public'),
        named_confidential: mode('named_confidential'),
        anonymous: mode('anonymous'),
      },
      answered: sum((r) => ANSWERED.test(r.state)),
      overdue: sum((r) => r.late === 1 && (AT_WORK as readonly string[]).includes(r.state)),
      published: state('published'),
      withheld: state('withheld'),
      declined: state('declined'),
      transferred: state('transferred_out'),
    };
  });
}

/** What is published. */
export const publishedLetters = (deps: MailDeps) => store.listPublished(deps.db.read, 100);
