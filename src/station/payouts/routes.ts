/** The JSON API of money: schemes, runs and their files, the report; claims and debts beside them. */
import { invalid } from '../../errors.ts';
import { checkCsrf, requireSession } from '../../people/accounts/index.ts';
import {
  type ApiRoute,
  multipart,
  type RouteContext,
  requestIdOf,
  sentForm,
} from '../../platform/http/index.ts';
import { claimRoutes } from './entitlements/index.ts';
import { reportFor } from './report.ts';
import { approveRun, discardRun } from './runs/decide.ts';
import { bankFile, type FileKind } from './runs/download.ts';
import { exportRun } from './runs/export.ts';
import { importReturn } from './runs/import.ts';
import { prepareRun, type RunInput } from './runs/prepare.ts';
import { type LineInput, type ListInput, runLines, runList, runView } from './runs/view.ts';
import * as schema from './schema.ts';
import { schemeList } from './scheme-view.ts';
import type { PayoutDeps, PayoutPorts } from './types.ts';

const session = { tag: 'payouts', auth: 'session' } as const;
const idOf = (ctx: RouteContext): string => (ctx.params as { id: string }).id;
const run = { description: 'The run as it stands now; amounts in fen', schema: schema.RUN_VIEW };
const some = (description: string) => ({ 200: { description, schema: { type: 'object' } } });

/** Figures of a query are text. */
const figures = (query: Record<string, unknown>, ...names: string[]) =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, names.includes(name) ? Number(value) : value]),
  );

export const payoutRoutes = (deps: PayoutDeps, ports: PayoutPorts): ApiRoute[] => [
  ...reading(deps),
  ...acting(deps, ports),
  ...exchanging(deps, ports),
  ...claimRoutes(deps),
];

const reading = (deps: PayoutDeps): ApiRoute[] => [
  {
    ...session,
    method: 'get',
    path: '/api/payouts/schemes',
    summary: 'Schemes, and what the account may do in each',
    responses: some('Every scheme of `data/schemes.json`'),
    async handler(ctx) {
      ctx.body = { schemes: schemeList(deps, requireSession(ctx)) };
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/payouts/runs',
    summary: 'Runs of the schemes whose sums the account may see, newest first',
    query: schema.RUN_QUERY,
    responses: some('A page; `next` is the `after` of the following one'),
    async handler(ctx) {
      ctx.body = await runList(deps, requireSession(ctx), figures(ctx.query, 'limit') as ListInput);
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/payouts/runs/:id',
    summary: 'A run: sums by place, what it holds back and why, differences from the run before',
    responses: { 200: run },
    async handler(ctx) {
      ctx.body = await runView(deps, requireSession(ctx), idOf(ctx));
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/payouts/runs/:id/lines',
    summary: 'Lines of a run, accounts by their last four',
    query: schema.LINE_QUERY,
    responses: some('A page; `next` is the `after` of the following one'),
    async handler(ctx) {
      const query = figures(ctx.query, 'limit', 'after') as LineInput;
      ctx.body = await runLines(deps, requireSession(ctx), idOf(ctx), query);
    },
  },
  {
    ...session,
    method: 'get',
    path: '/api/payouts/report',
    summary: 'Balances of the ledger against lines and debts',
    query: schema.REPORT_QUERY,
    responses: some('Each scheme with its differences, none when it balances'),
    async handler(ctx) {
      ctx.body = await reportFor(deps, requireSession(ctx), ctx.query as { scheme?: string });
    },
  },
];

function acting(deps: PayoutDeps, ports: PayoutPorts): ApiRoute[] {
  type Step = (ctx: RouteContext, version: number) => Promise<void>;
  const step = (name: string, summary: string, work: Step): ApiRoute => ({
    ...session,
    method: 'post',
    path: `/api/payouts/runs/:id/${name}`,
    summary,
    body: schema.VERSION_BODY,
    responses: { 200: run },
    async handler(ctx) {
      await work(ctx, (ctx.request.body as { version: number }).version);
      ctx.body = await runView(deps, requireSession(ctx), idOf(ctx));
    },
  });
  return [
    {
      ...session,
      method: 'post',
      path: '/api/payouts/runs',
      summary: 'Prepare a run: a draft of everything due up to a period and not paid',
      body: schema.PREPARE_BODY,
      responses: { 201: run },
      async handler(ctx) {
        const who = requireSession(ctx);
        const id = await prepareRun(deps, who, ctx.request.body as RunInput, requestIdOf(ctx));
        ctx.status = 201;
        ctx.set('Location', `/api/payouts/runs/${id}`);
        ctx.body = await runView(deps, who, id);
      },
    },
    step('approve', 'Approve a draft, as another person than who prepared it', (ctx, version) =>
      approveRun(deps, requireSession(ctx), idOf(ctx), version, requestIdOf(ctx)),
    ),
    step('discard', 'Give up a run that was not sent off', (ctx, version) =>
      discardRun(deps, requireSession(ctx), idOf(ctx), version, requestIdOf(ctx)),
    ),
    step('export', 'Send an approved run off: files for the bank, cash for the villages', (ctx, version) =>
      exportRun(deps, ports, requireSession(ctx), idOf(ctx), version, requestIdOf(ctx)),
    ),
  ];
}

const TYPES: Record<FileKind, string> = {
  text: 'text/plain; charset=gb18030',
  workbook: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const exchanging = (deps: PayoutDeps, ports: PayoutPorts): ApiRoute[] => [
  {
    ...session,
    method: 'get',
    path: '/api/payouts/runs/:id/files/:kind',
    summary:
      'The file for the bank (`text` or `workbook`), every number in full; each taking is written down',
    responses: {
      200: { description: 'The same bytes every time', type: 'application/octet-stream', schema: {} },
    },
    async handler(ctx) {
      const { kind } = ctx.params as { kind: string };
      const { bytes, name } = await bankFile(deps, requireSession(ctx), idOf(ctx), kind);
      ctx.set('Content-Type', TYPES[kind as FileKind]);
      ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
      ctx.body = bytes;
    },
  },
  {
    ...session,
    method: 'post',
    path: '/api/payouts/runs/:id/returns',
    summary: "Read the bank's return, text or workbook; with any fault nothing of it is applied",
    body: 'multipart',
    form: schema.RETURN_FORM,
    before: [multipart()],
    responses: some('How many lines were paid and refused'),
    async handler(ctx) {
      const { fields, files } = sentForm(ctx);
      checkCsrf(ctx, new Map(fields).get('_csrf'));
      const who = requireSession(ctx);
      const [file] = files;
      if (!file) throw invalid([{ pointer: '/file', message: '没有收到文件' }], 'file.missing');
      ctx.body = await importReturn(deps, ports, who, idOf(ctx), file, requestIdOf(ctx));
    },
  },
];
