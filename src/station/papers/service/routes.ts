import { invalid, notFound } from '../../../errors.ts';
import { checkCsrf, requireSession } from '../../../people/accounts/index.ts';
import {
  type ApiRoute,
  multipart,
  type RouteContext,
  requestIdOf,
  sentForm,
} from '../../../platform/http/index.ts';
import { serviceView } from '../present.ts';
import { recordAttempt, type Said, servePaper } from './commands.ts';
import { addEvidence, evidenceFile } from './evidence.ts';
import { ATTEMPT_BODY, EVIDENCE_FORM, SERVICE_BODY } from './schema.ts';
import type { PaperCases, ServiceDeps } from './types.ts';

const idOf = (ctx: RouteContext): string => ctx.params.id as string;
const said = (ctx: RouteContext): Said => ctx.request.body as Said;
const served = { description: 'What was written down', schema: { type: 'object' } };

/** The JSON API of services (送达). */
export function serviceRoutes(deps: ServiceDeps, cases: PaperCases): ApiRoute[] {
  const session = { tag: 'papers', auth: 'session' } as const;
  return [
    {
      ...session,
      method: 'post',
      path: '/api/papers/:id/services',
      summary: 'Write down that a paper was served; the record of service is made with it',
      body: SERVICE_BODY,
      responses: { 201: served },
      async handler(ctx) {
        const service = await servePaper(
          deps,
          cases,
          requireSession(ctx),
          idOf(ctx),
          said(ctx),
          requestIdOf(ctx),
        );
        ctx.status = 201;
        ctx.body = serviceView(service);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/papers/:id/attempts',
      summary: 'Write down that a paper was brought in vain, when and why',
      body: ATTEMPT_BODY,
      responses: { 201: served },
      async handler(ctx) {
        const attempt = await recordAttempt(
          deps,
          cases,
          requireSession(ctx),
          idOf(ctx),
          said(ctx),
          requestIdOf(ctx),
        );
        ctx.status = 201;
        ctx.body = serviceView(attempt);
      },
    },
    {
      ...session,
      method: 'post',
      path: '/api/papers/:id/evidence',
      summary:
        'Hand in a photograph, scan or recording (JPEG, PNG, PDF, MP4, MOV) for the service that follows',
      body: 'multipart',
      form: EVIDENCE_FORM,
      before: [multipart()],
      responses: {
        201: { description: 'The files, whose ids the service names', schema: { type: 'object' } },
      },
      async handler(ctx) {
        const { fields, files } = sentForm(ctx);
        checkCsrf(ctx, new Map(fields).get('_csrf'));
        const who = requireSession(ctx);
        if (files.length === 0)
          throw invalid([{ pointer: '/file', message: '没有收到文件' }], 'file.missing');
        const evidence = [];
        for (const file of files) evidence.push(await addEvidence(deps, cases, who, idOf(ctx), file));
        ctx.status = 201;
        ctx.body = { evidence };
      },
    },
    {
      ...session,
      method: 'get',
      path: '/api/papers/:id/evidence/:file',
      summary: 'A photograph, scan or recording of a service',
      responses: { 200: { description: 'The file', type: 'application/octet-stream', schema: {} } },
      async handler(ctx) {
        const file = await evidenceFile(
          deps,
          cases,
          requireSession(ctx),
          idOf(ctx),
          ctx.params.file as string,
        );
        if (!file) throw notFound('evidence.not_found');
        ctx.type = file.mime;
        ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`);
        ctx.set(
          'Content-Security-Policy',
          "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
        );
        ctx.body = await deps.files.get(file.fileHash);
      },
    },
  ];
}
