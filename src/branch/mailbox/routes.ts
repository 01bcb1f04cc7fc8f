import { csvBytes, csvText } from '../../kernel/csv.ts';
import { requireSession } from '../../people/accounts/index.ts';
import {
  type ApiRoute,
  limit,
  objectAnswer,
  type RouteContext,
  requestIdOf,
} from '../../platform/http/index.ts';
import { actOnLetter, addSubject, readLetter } from './commands/handle.ts';
import { agreeOpening, askOpening, openedIdentity } from './commands/identity.ts';
import { writeLetter } from './commands/write.ts';
import { actByCode, readByCode } from './commands/writer.ts';
import { fileOf, lineOf } from './present.ts';
import {
  type Asked,
  countLetters,
  exportLetters,
  listLetters,
  publicNumbers,
  publishedLetters,
} from './queries.ts';
import {
  ACT_BODY,
  type ActBody,
  CODE_BODY,
  LETTER_BODY,
  type LetterBody,
  LIST_QUERY,
  OPENING_BODY,
  SUBJECT_BODY,
  WRITER_ACT_BODY,
  type WriterActBody,
} from './schema.ts';
import type { MailDeps } from './types.ts';

const session = { tag: 'mailbox', auth: 'session' } as const;
const open = { tag: 'mailbox', auth: 'public' } as const;
const idOf = (ctx: RouteContext): string => ctx.params.id as string;

/** Letters are written, and codes tried, so often from one place. Addresses are counted in memory and kept nowhere. */
export const WRITE_LIMIT = { max: 20, perSeconds: 600 };
export const CODE_LIMIT = { max: 30, perSeconds: 600 };

/** The JSON API of the mailbox. */
export const mailboxRoutes = (deps: MailDeps): ApiRoute[] => [
  ...writersRoutes(deps),
  ...deskRoutes(deps),
  ...identityRoutes(deps),
];

function writersRoutes(deps: MailDeps): ApiRoute[] {
  return [
    {
      ...open,
      method: 'post',
      path: '/api/mailbox/letters',
      summary: 'Write to the secretary; the code is told this once',
      body: LETTER_BODY,
      before: [limit(WRITE_LIMIT)],
      responses: { 201: objectAnswer('The receipt code') },
      async handler(ctx) {
        ctx.body = await writeLetter(deps, ctx.request.body as LetterBody);
        ctx.status = 201;
      },
    },
    {
      ...open,
      method: 'post',
      path: '/api/mailbox/read',
      summary: 'A letter and what was answered, by its receipt code',
      body: CODE_BODY,
      before: [limit(CODE_LIMIT)],
      responses: { 200: objectAnswer('The thread') },
      async handler(ctx) {
        ctx.body = await readByCode(deps, (ctx.request.body as { code: string }).code);
      },
    },
    {
      ...open,
      method: 'post',
      path: '/api/mailbox/acts',
      summary: 'What the writer says to an answer, by receipt code',
      body: WRITER_ACT_BODY,
      before: [limit(CODE_LIMIT)],
      responses: { 200: objectAnswer('The thread') },
      async handler(ctx) {
        ctx.body = await actByCode(deps, ctx.request.body as WriterActBody);
      },
    },
    {
      ...open,
      method: 'get',
      path: '/api/mailbox/numbers',
      summary: 'Letters in numbers by office, what is withheld and late among them; and what is published',
      responses: { 200: objectAnswer('Counts and published letters') },
      async handler(ctx) {
        ctx.body = { offices: await publicNumbers(deps), published: await publishedLetters(deps) };
      },
    },
  ];
}

/** What a list is narrowed to. */
export const askedOf = (ctx: RouteContext): Asked => {
  const { state, late, q } = ctx.query as Record<string, string | undefined>;
  return { state: state || undefined, late: late === '1', q: q?.trim() || undefined };
};

/** The list as a file: what stands on the page, no word of the letters. */
export async function sendCsv(ctx: RouteContext, deps: MailDeps): Promise<void> {
  const letters = await exportLetters(deps, requireSession(ctx), askedOf(ctx));
  const lines = letters.map((l) => lineOf(l, deps.orgs));
  ctx.attachment('letters.csv');
  ctx.type = 'text/csv; charset=utf-8';
  const text = csvText([
    ['标题', '方式', '办理单位', '状态', '到期'],
    ...lines.map((l) => [l.title, l.modeTitle, l.office, l.stateTitle, l.dueOn ?? '']),
  ]);
  ctx.body = csvBytes(text, 'utf-8');
}

function deskRoutes(deps: MailDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/letters',
      summary: 'Letters of the own desks, what is due first on top, with counts by state',
      query: LIST_QUERY,
      responses: { 200: objectAnswer('Letters') },
      async handler(ctx) {
        const who = requireSession(ctx);
        const letters = await listLetters(deps, who, askedOf(ctx));
        ctx.body = {
          letters: letters.map((l) => lineOf(l, deps.orgs)),
          counts: await countLetters(deps, who),
        };
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/letters.csv',
      summary: 'The same list as a file',
      query: LIST_QUERY,
      responses: { 200: { description: 'CSV', type: 'text/csv' } },
      handler: (ctx) => sendCsv(ctx, deps),
    },
    {
      ...session,
      method: 'get',
      path: '/api/letters/:id',
      summary: 'One letter with its thread',
      responses: { 200: objectAnswer('The letter') },
      async handler(ctx) {
        ctx.body = fileOf(await readLetter(deps, requireSession(ctx), idOf(ctx)), deps.orgs);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/letters/:id/acts',
      summary: 'One act of the desk',
      body: ACT_BODY,
      responses: { 200: objectAnswer('State and version after it') },
      async handler(ctx) {
        const key = requestIdOf(ctx);
        ctx.body = await actOnLetter(deps, requireSession(ctx), idOf(ctx), ctx.request.body as ActBody, key);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/letters/:id/subjects',
      summary: 'It is about one more organisation; perhaps it goes a level up',
      body: SUBJECT_BODY,
      responses: { 204: { description: 'Entered' } },
      async handler(ctx) {
        await addSubject(deps, requireSession(ctx), idOf(ctx), (ctx.request.body as { org: string }).org);
        ctx.status = 204;
      },
    },
  ];
}

function identityRoutes(deps: MailDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/letters/:id/openings',
      summary: 'Ask to open the sealed identity, with the reason',
      body: OPENING_BODY,
      responses: { 201: objectAnswer('Id of the request') },
      async handler(ctx) {
        const { reason } = ctx.request.body as { reason: string };
        ctx.body = await askOpening(deps, requireSession(ctx), idOf(ctx), reason);
        ctx.status = 201;
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/letters/:id/openings/:opening/agree',
      summary: 'The second person agrees; the writer is told',
      responses: { 204: { description: 'Opened for the two' } },
      async handler(ctx) {
        await agreeOpening(deps, requireSession(ctx), idOf(ctx), ctx.params.opening as string);
        ctx.status = 204;
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/letters/:id/identity',
      summary: 'Name and phone, for the two who opened them',
      responses: { 200: objectAnswer('Who wrote') },
      async handler(ctx) {
        ctx.body = (await openedIdentity(deps, requireSession(ctx), idOf(ctx))) ?? {};
      },
    },
  ];
}
