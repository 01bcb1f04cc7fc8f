/** The JSON routes of cases, one after the other: a list that reads best whole. */
import { invalid, notFound } from '../../errors.ts';
import { checkCsrf, requireSession } from '../../people/accounts/index.ts';
import {
  type ApiRoute,
  limit,
  multipart,
  type RouteContext,
  requestIdOf,
  sentForm,
} from '../../platform/http/index.ts';
import { claimRoutes } from './claims/routes.ts';
import { act, addMaterial, openCase, removeMaterial, saveForm } from './commands/index.ts';
import type { CaseDeps } from './deps.ts';
import { noteFile } from './file-look.ts';
import { linksOf, shareOf } from './links.ts';
import { inbox, listCases } from './lists.ts';
import { actOnFile, type FileAct } from './materials/commands.ts';
import { progressOf } from './progress.ts';
import { caseLog, getCase } from './queries.ts';
import {
  ACT_BODY,
  CASE_LIST,
  CASE_VIEW,
  FILE_ACT,
  FILE_FORM,
  LIST_QUERY,
  OPEN_BODY,
  PROGRESS_BODY,
  SAVE_BODY,
} from './schema.ts';

const idOf = (ctx: RouteContext): string => ctx.params.id as string;
const account = (ctx: RouteContext) => ({ kind: 'account', who: requireSession(ctx) }) as const;

const bodyOf = <T>(ctx: RouteContext) => ctx.request.body as T;

const listInput = (ctx: RouteContext) => {
  const { limit: most, ...rest } = ctx.query as Record<string, string>;
  return { ...rest, ...(most !== undefined && { limit: Number(most) }) };
};

const session = { tag: 'cases', auth: 'session' } as const;
const view = { description: 'The case as it stands', schema: CASE_VIEW };

/** The JSON API of cases. */
export function caseRoutes(deps: CaseDeps): ApiRoute[] {
  return [...writing(deps), ...reading(deps), ...materials(deps), ...claimRoutes(deps)];
}

function writing(deps: CaseDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/cases',
      summary: 'Open a case at the village counter: draft, checked, or handed in at once',
      body: OPEN_BODY,
      responses: { 201: view },
      async handler(ctx) {
        const opened = await openCase(deps, requireSession(ctx), bodyOf(ctx), requestIdOf(ctx));
        ctx.status = 201;
        ctx.set('Location', `/api/cases/${opened.id}`);
        ctx.body = opened;
      },
    },
    {
      ...session,
      method: 'put',
      path: '/api/cases/:id/form',
      summary: 'Save the form of a draft or of a case sent back for correction',
      body: SAVE_BODY,
      responses: { 200: view },
      async handler(ctx) {
        ctx.body = await saveForm(deps, requireSession(ctx), idOf(ctx), bodyOf(ctx));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/cases/:id/events',
      summary: 'Act on a case',
      body: ACT_BODY,
      responses: { 200: view },
      async handler(ctx) {
        const { data = {}, ...input } = bodyOf<{
          event: never;
          version: number;
          data?: Record<string, unknown>;
        }>(ctx);
        ctx.body = await act(deps, account(ctx), idOf(ctx), { ...input, data }, requestIdOf(ctx));
      },
    },
  ];
}

function reading(deps: CaseDeps): ApiRoute[] {
  const list = {
    description: 'A page, most urgent first; `next` is the `after` of the following page',
    schema: CASE_LIST,
  };
  return [
    {
      ...session,
      method: 'get',
      path: '/api/cases',
      summary: 'Cases the account may see',
      query: LIST_QUERY,
      responses: { 200: list },
      async handler(ctx) {
        ctx.body = await listCases(deps, requireSession(ctx), listInput(ctx));
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/inbox',
      summary: 'Cases lying on the desks of the account',
      query: LIST_QUERY,
      responses: { 200: list },
      async handler(ctx) {
        ctx.body = await inbox(deps, requireSession(ctx), listInput(ctx));
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/cases/:id',
      summary: 'One case, with its place in line for a quota and what it has to do with other cases',
      responses: { 200: view },
      async handler(ctx) {
        const full = await getCase(deps, account(ctx), idOf(ctx));
        const links = await linksOf(deps, account(ctx), full.row.id);
        ctx.body = { ...full.view, quota: await shareOf(deps, full), links };
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/cases/:id/events',
      summary: 'The log of a case, oldest first',
      responses: { 200: { description: 'Events', schema: { type: 'object' } } },
      async handler(ctx) {
        ctx.body = { events: await caseLog(deps, account(ctx), idOf(ctx)) };
      },
    },
    {
      tag: 'public',
      auth: 'public',
      method: 'post',
      path: '/api/progress',
      summary: 'Progress by case number and the last four characters of the identity number',
      body: PROGRESS_BODY,
      before: [limit({ max: 30, perSeconds: 60 })],
      responses: { 200: { description: 'Where the case stands', schema: { type: 'object' } } },
      async handler(ctx) {
        const { number, lastFour } = bodyOf<{ number: string; lastFour: string }>(ctx);
        ctx.body = await progressOf(deps, number, lastFour);
      },
    },
  ];
}

function materials(deps: CaseDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/cases/:id/materials',
      summary: 'Add a page or picture (JPEG, PNG, PDF up to 10 MB) to a material',
      body: 'multipart',
      form: FILE_FORM,
      before: [multipart()],
      responses: { 201: { description: 'The files added', schema: { type: 'object' } } },
      async handler(ctx) {
        const { fields, files } = sentForm(ctx);
        const sent = new Map(fields);
        checkCsrf(ctx, sent.get('_csrf'));
        const who = requireSession(ctx);
        const materialId = sent.get('material') ?? '';
        if (files.length === 0)
          throw invalid([{ pointer: '/file', message: '没有收到文件' }], 'file.missing');
        const added = [];
        const thumb = files.find((f) => f.field === 'thumb')?.bytes;
        for (const [i, { name, bytes }] of files.filter((f) => f.field !== 'thumb').entries()) {
          const key = requestIdOf(ctx);
          const row = await addMaterial(
            deps,
            who,
            idOf(ctx),
            { materialId, name, bytes, ...(thumb && { thumb }) },
            key && `${key}#${i}`,
          );
          added.push({
            id: row.id,
            material: row.materialId,
            name: row.name,
            mime: row.mime,
            size: row.size,
          });
        }
        ctx.status = 201;
        ctx.body = { files: added };
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/cases/:id/materials/:file',
      summary: 'A file of a material',
      responses: {
        200: { description: 'The file as it was handed in', type: 'application/octet-stream', schema: {} },
      },
      async handler(ctx) {
        const full = await getCase(deps, account(ctx), idOf(ctx));
        const file = full.files.find((f) => f.id === ctx.params.file);
        if (!file) throw notFound('material.not_found');
        ctx.type = file.mime;
        ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`);
        ctx.body = await deps.files.get(file.fileHash);
        noteFile(ctx, deps, requireSession(ctx), full, file);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/cases/:id/materials/:file',
      summary: 'Move a page up or down, turn it a quarter, or bring it back within a day',
      body: FILE_ACT,
      responses: { 204: { description: 'Done' } },
      async handler(ctx) {
        const { act: fileAct } = bodyOf<{ act: FileAct }>(ctx);
        await actOnFile(deps, requireSession(ctx), idOf(ctx), {
          file: ctx.params.file as string,
          act: fileAct,
        });
        ctx.status = 204;
      },
    },
    {
      ...session,
      method: 'delete',
      path: '/api/cases/:id/materials/:file',
      summary: 'Take a file out of a draft or a case sent back for correction',
      responses: { 204: { description: 'Taken out' } },
      async handler(ctx) {
        await removeMaterial(deps, requireSession(ctx), idOf(ctx), ctx.params.file as string);
        ctx.status = 204;
      },
    },
  ];
}
