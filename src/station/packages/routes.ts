/** The JSON routes of packages, one after the other: a list that reads best whole. */
import { invalid } from '../../errors.ts';
import { checkCsrf, requireSession } from '../../people/accounts/index.ts';
import {
  type ApiRoute,
  multipart,
  type RouteContext,
  requestIdOf,
  sentForm,
} from '../../platform/http/index.ts';
import type { Choice } from '../../workflow/package.ts';
import type { CaseDeps } from '../cases/index.ts';
import { abandon, addFile, filePackage, openPackage, removeFile, saveDraft } from './commands/index.ts';
import { revealIfAny } from './commands/reveal.ts';
import { guideOf, packageSummary } from './guide.ts';
import { getFile, getPackage, listPackageCases } from './queries.ts';
import {
  DEFINITION,
  FILE_BODY,
  GUIDE,
  LIST_QUERY,
  MATERIAL_FORM,
  OPEN_BODY,
  PACKAGE_LIST,
  PACKAGE_VIEW,
  PLAN_QUERY,
  SAVE_BODY,
} from './schema.ts';

const idOf = (ctx: RouteContext): string => ctx.params.id as string;
const bodyOf = <T>(ctx: RouteContext) => (ctx.request.body ?? {}) as T;
const session = { tag: 'packages', auth: 'session' } as const;
const view = { description: 'The package and its cases as they stand', schema: PACKAGE_VIEW };

/** The JSON API of packages: what there is, and those on their way. */
export function packageRoutes(deps: CaseDeps): ApiRoute[] {
  return [...definitions(deps), ...reading(deps), ...writing(deps), ...materials(deps)];
}

/** `items=YB-02,JY-01&situations=ZJ-01:seismic` */
export function choiceIn(query: Record<string, unknown>): Choice {
  const list = (name: string): string[] | undefined => {
    const sent = query[name];
    return typeof sent === 'string' ? sent.split(',').filter((s) => s !== '') : undefined;
  };
  const items = list('items');
  const situations = list('situations')?.map((pair) => pair.split(':') as [string, string]);
  return { ...(items && { items }), ...(situations && { situations: Object.fromEntries(situations) }) };
}

function definitions(deps: CaseDeps): ApiRoute[] {
  return [
    {
      tag: 'packages',
      auth: 'public',
      method: 'get',
      path: '/api/packages',
      summary: 'Packages (一件事): several items asked for with one form',
      responses: {
        200: {
          description: 'All packages',
          schema: { type: 'object', properties: { packages: { type: 'array', items: DEFINITION } } },
        },
      },
      async handler(ctx) {
        ctx.body = { packages: deps.definitions.packages().map(packageSummary) };
      },
    },
    {
      tag: 'packages',
      auth: 'public',
      method: 'get',
      path: '/api/packages/:code',
      summary: 'A package: its items, what to bring, and the one form for what is chosen',
      query: PLAN_QUERY,
      responses: { 200: { description: 'The package', schema: GUIDE } },
      async handler(ctx) {
        ctx.body = guideOf(deps, ctx.params.code as string, choiceIn(ctx.query));
      },
    },
  ];
}

function reading(deps: CaseDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'get',
      path: '/api/package-cases',
      summary: 'Packages on their way that the account may see, the latest first',
      query: LIST_QUERY,
      responses: {
        200: { description: 'A page; `next` is the `after` of the following page', schema: PACKAGE_LIST },
      },
      async handler(ctx) {
        const { after, limit } = ctx.query as Record<string, string>;
        ctx.body = await listPackageCases(deps, requireSession(ctx), {
          ...(after !== undefined && { after }),
          ...(limit !== undefined && { limit: Number(limit) }),
        });
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/package-cases/:id',
      summary: 'One package: every case with its own clocks, and how the whole stands',
      responses: { 200: view },
      async handler(ctx) {
        const who = requireSession(ctx);
        const view = await getPackage(deps, who, idOf(ctx));
        if (view.draft) await revealIfAny(deps, who, view.id, view.draft.form);
        ctx.body = view;
      },
    },
  ];
}

function writing(deps: CaseDeps): ApiRoute[] {
  return [
    {
      ...session,
      method: 'post',
      path: '/api/package-cases',
      summary: 'Open a package at the village counter: draft, checked, or handed in at once',
      body: OPEN_BODY,
      responses: { 201: view },
      async handler(ctx) {
        const opened = await openPackage(deps, requireSession(ctx), bodyOf(ctx), requestIdOf(ctx));
        ctx.status = 201;
        ctx.set('Location', `/api/package-cases/${opened.id}`);
        ctx.body = opened;
      },
    },
    {
      ...session,
      method: 'put',
      path: '/api/package-cases/:id/form',
      summary: 'Save the form of a draft',
      body: SAVE_BODY,
      responses: { 200: view },
      async handler(ctx) {
        ctx.body = await saveDraft(deps, requireSession(ctx), idOf(ctx), bodyOf(ctx));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/package-cases/:id/file',
      summary: 'Hand in a draft: a case for every item that waits for nothing, or none',
      body: FILE_BODY,
      responses: { 200: view },
      async handler(ctx) {
        ctx.body = await filePackage(deps, requireSession(ctx), idOf(ctx), bodyOf(ctx), requestIdOf(ctx));
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/package-cases/:id/abandon',
      summary: 'Give up a draft',
      body: FILE_BODY,
      responses: { 204: { description: 'Given up' } },
      async handler(ctx) {
        const { version } = bodyOf<{ version?: number }>(ctx);
        await abandon(deps, requireSession(ctx), idOf(ctx), version);
        ctx.status = 204;
      },
    },
  ];
}

function materials(deps: CaseDeps): ApiRoute[] {
  const file = '/api/package-cases/:id/materials/:file';
  return [
    {
      ...session,
      method: 'post',
      path: '/api/package-cases/:id/materials',
      summary:
        'Add a page or picture (JPEG, PNG, PDF up to 10 MB) to a material, for all items that ask for it',
      body: 'multipart',
      form: MATERIAL_FORM,
      before: [multipart()],
      responses: { 201: { description: 'The files added', schema: { type: 'object' } } },
      handler: (ctx) => filesSent(ctx, deps),
    },
    {
      ...session,
      method: 'get',
      path: file,
      summary: 'A file of a draft',
      responses: {
        200: { description: 'The file as it was handed in', type: 'application/octet-stream', schema: {} },
      },
      async handler(ctx) {
        const found = await getFile(deps, requireSession(ctx), idOf(ctx), ctx.params.file as string);
        ctx.type = found.mime;
        ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(found.name)}`);
        ctx.body = await deps.files.get(found.fileHash);
      },
    },
    {
      ...session,
      method: 'delete',
      path: file,
      summary: 'Take a file out of a draft',
      responses: { 204: { description: 'Taken out' } },
      async handler(ctx) {
        await removeFile(deps, requireSession(ctx), idOf(ctx), ctx.params.file as string);
        ctx.status = 204;
      },
    },
  ];
}

async function filesSent(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const { fields, files } = sentForm(ctx);
  const sent = new Map(fields);
  checkCsrf(ctx, sent.get('_csrf'));
  const who = requireSession(ctx);
  if (files.length === 0) throw invalid([{ pointer: '/file', message: '没有收到文件' }], 'file.missing');
  const request = requestIdOf(ctx);
  const added = [];
  for (const [i, { name, bytes }] of files.entries()) {
    const input = { key: sent.get('material') ?? '', name, bytes };
    const row = await addFile(deps, who, idOf(ctx), input, request && `${request}#${i}`);
    added.push({ id: row.id, material: row.key, name: row.name, mime: row.mime, size: row.size });
  }
  ctx.status = 201;
  ctx.body = { files: added };
}
