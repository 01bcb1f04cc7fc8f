import { invalid, notAllowed, notFound } from '../../errors.ts';
import { type CsvEncoding, csvBytes } from '../../kernel/csv.ts';
import { checkCsrf, doesCaseWork, requireSession } from '../../people/accounts/index.ts';
import { type ApiRoute, multipart, type RouteContext, sentForm } from '../../platform/http/index.ts';
import { findRosterCheck } from './commands/check.ts';
import { importRoster, requireTable, rosterCsv, takeOverLastYear, templateCsv } from './commands/fill.ts';
import { payListFile, payListOf } from './commands/paylist.ts';
import { payListView } from './present.ts';
import {
  CHECK_VIEW,
  FILE_QUERY,
  FILLED,
  LAST_YEAR_BODY,
  LIST_QUERY,
  PAY_LIST,
  ROSTER_FILE,
} from './schema.ts';
import type { RosterCases, RosterDeps } from './types.ts';

const idOf = (ctx: RouteContext): string => ctx.params.id as string;
const stepOf = (ctx: RouteContext) => ctx.query.step as string | undefined;
const session = { tag: 'rosters', auth: 'session' } as const;
const csv = (description: string) => ({ description, type: 'text/csv', schema: {} });

/** Answer with a file to be kept; a browser never shows it. */
function sendFile(ctx: RouteContext, bytes: Buffer, name: string, encoding: CsvEncoding): void {
  ctx.set('Content-Type', `text/csv; charset=${encoding}`);
  ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  ctx.body = bytes;
}

/** The version a multipart form names. */
function sentVersion(text: string | undefined): { version?: number } {
  if (text === undefined || text === '') return {};
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalid([{ pointer: '/version', message: '版本号应为整数' }]);
  return { version: Number(text) };
}

/** Rosters of yearly batches: filling them, what the comparison found, and the pay-list. */
export function rosterRoutes(deps: RosterDeps, cases: RosterCases): ApiRoute[] {
  return [...filling(deps, cases), ...checking(deps, cases), ...paying(deps, cases)];
}

function filling(deps: RosterDeps, cases: RosterCases): ApiRoute[] {
  const filled = { description: 'How many rows there are now', schema: FILLED };
  return [
    {
      ...session,
      method: 'post',
      path: '/api/cases/:id/roster',
      summary: 'Fill the table of a batch from a spreadsheet, in the place of the rows that were there',
      body: 'multipart',
      form: ROSTER_FILE,
      before: [multipart()],
      responses: { 200: filled },
      async handler(ctx) {
        const { fields, files } = sentForm(ctx);
        const sent = new Map(fields);
        checkCsrf(ctx, sent.get('_csrf'));
        const who = requireSession(ctx);
        const [file] = files;
        if (!file) throw invalid([{ pointer: '/file', message: '没有收到文件' }], 'file.missing');
        const input = { bytes: file.bytes, ...sentVersion(sent.get('version')) };
        ctx.body = await importRoster(deps, cases, who, idOf(ctx), input);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/cases/:id/roster/last-year',
      summary: 'Fill the table with the rows of the newest granted batch of the same item and village',
      body: LAST_YEAR_BODY,
      responses: { 200: filled },
      async handler(ctx) {
        const { version } = (ctx.request.body ?? {}) as { version?: number };
        ctx.body = await takeOverLastYear(deps, cases, requireSession(ctx), idOf(ctx), version);
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/cases/:id/roster/template.csv',
      summary: 'The headings of the table, for a spreadsheet',
      responses: { 200: csv('One line, UTF-8 with its mark') },
      async handler(ctx) {
        const full = await cases.get(requireSession(ctx), idOf(ctx));
        const text = templateCsv(requireTable(full));
        sendFile(ctx, csvBytes(text, 'utf-8'), `${full.row.itemTitle}名册模板.csv`, 'utf-8');
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/cases/:id/roster.csv',
      summary: 'The table as filled, to be worked on and read back in; each download is written down',
      responses: { 200: csv('UTF-8 with its mark; only for the clerk who may fill it in now') },
      async handler(ctx) {
        const who = requireSession(ctx);
        const full = await cases.getEditable(who, idOf(ctx));
        const text = await rosterCsv(deps, who, full);
        sendFile(ctx, csvBytes(text, 'utf-8'), `${full.row.itemTitle}名册.csv`, 'utf-8');
      },
    },
  ];
}

function checking(deps: RosterDeps, cases: RosterCases): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/cases/:id/roster/check',
      summary: 'What the comparison of the roster found, by row',
      responses: { 200: { description: 'Rows in which something was found', schema: CHECK_VIEW } },
      async handler(ctx) {
        const who = requireSession(ctx);
        const full = await cases.get(who, idOf(ctx));
        requireTable(full);
        if (!doesCaseWork(who)) throw notAllowed();
        const check = await findRosterCheck(deps, full.row.id);
        if (!check) throw notFound('roster.not_checked');
        ctx.body = check;
      },
    },
  ];
}

function paying(deps: RosterDeps, cases: RosterCases): ApiRoute[] {
  const file = (path: string, part: 'rows' | 'struck', summary: string, name: string): ApiRoute => ({
    ...session,
    method: 'get',
    path,
    summary: `${summary}; each download is written down`,
    query: FILE_QUERY,
    responses: { 200: csv('UTF-8 with its mark, or GB 18030; every number in full') },
    async handler(ctx) {
      const who = requireSession(ctx);
      const full = await cases.get(who, idOf(ctx));
      const list = payListOf(deps, cases, who, full, stepOf(ctx));
      const encoding: CsvEncoding = ctx.query.encoding === 'gb18030' ? 'gb18030' : 'utf-8';
      const bytes = await payListFile(deps, who, full, list, { part, encoding });
      sendFile(ctx, bytes, `${full.row.number} ${name}.csv`, encoding);
    },
  });
  return [
    {
      ...session,
      method: 'get',
      path: '/api/cases/:id/paylist',
      summary: 'Who is paid what, and who was struck out; numbers masked',
      query: LIST_QUERY,
      responses: { 200: { description: 'The list as it was paid, or as it stands now', schema: PAY_LIST } },
      async handler(ctx) {
        const who = requireSession(ctx);
        const full = await cases.get(who, idOf(ctx));
        ctx.body = payListView(payListOf(deps, cases, who, full, stepOf(ctx)));
      },
    },
    file('/api/cases/:id/paylist.csv', 'rows', 'The pay-list as a file for the bank', '发放名单'),
    file('/api/cases/:id/paylist/struck.csv', 'struck', 'Who was struck out, and why', '剔除名单'),
  ];
}
