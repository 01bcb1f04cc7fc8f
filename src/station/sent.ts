/** What somebody sent with a form or a request: fields, files, the key of a repeat. */
import { AppError } from '../errors.ts';
import { checkCsrf, requireSession, type SignedIn } from '../people/accounts/index.ts';
import { sniff } from '../platform/files/index.ts';
import {
  type HttpMiddleware,
  multipart,
  type RouteContext,
  sentForm,
  type UploadedFile,
} from '../platform/http/index.ts';

declare module 'koa' {
  interface DefaultState {
    /** A file was too large to be read; the fields sent before it were kept. */
    refusedUpload?: AppError;
  }
}

const reader = multipart();

/**
 * Reads a form with files. When a file is too large, what was typed before it is kept, so that the page can
 * be shown again with it.
 */
export const keptMultipart: HttpMiddleware = async (ctx, next) => {
  try {
    await reader(ctx, async () => {});
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 413) throw error;
    ctx.state.refusedUpload = error;
    const request = ctx.req as { body?: Record<string, unknown> };
    ctx.request.body = { ...request.body };
    ctx.request.files = [];
  }
  return next();
};

/** A form somebody signed in has sent, proof checked. */
export interface Sent {
  who: SignedIn;
  /** By name, as `parseForm` wants it: one text, or several under one name. */
  body: Record<string, unknown>;
  files: UploadedFile[];
  /** The key of a repeat, which the page was made with. */
  requestId: string | undefined;
  one(name: string): string;
  all(name: string): string[];
}

/**
 * Reads what was sent. A picture sent for a field of the form (a signature, without script) becomes that
 * field's data URL.
 * @throws 401, 403 as AppError
 */
export async function readSent(ctx: RouteContext): Promise<Sent> {
  const { fields, files } = sentForm(ctx);
  const all = new Map<string, string[]>();
  for (const [name, value] of fields) all.set(name, [...(all.get(name) ?? []), value]);
  checkCsrf(ctx, all.get('_csrf')?.[0]);
  const who = requireSession(ctx);
  for (const file of files.filter((f) => f.field.startsWith('/'))) {
    const mime = await sniff(file.bytes);
    if (mime === 'image/png' || mime === 'image/jpeg')
      all.set(file.field, [`data:${mime};base64,${file.bytes.toString('base64')}`]);
  }
  return {
    who,
    body: Object.fromEntries(
      [...all].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
    ),
    files: files.filter((f) => !f.field.startsWith('/')),
    requestId: all.get('_request')?.[0] || undefined,
    one: (name) => all.get(name)?.[0] ?? '',
    all: (name) => all.get(name) ?? [],
  };
}

const ARRIVED_COOKIE = 'cunban-arrived';
const ARRIVED_MS = 24 * 3_600_000;

/**
 * Tells the script of the next page that what it kept for a lost line is with us. The cookie is for the script, and
 * says nothing but the key of the request.
 */
export function markArrived(ctx: RouteContext, requestId: string | undefined): void {
  // The worker that sends what waits reads it in the answer itself.
  if (requestId === undefined || ctx.get('x-quiet') !== '') return;
  const kind = { httpOnly: false, sameSite: 'lax', signed: false, overwrite: true } as const;
  ctx.cookies.set(ARRIVED_COOKIE, encodeURIComponent(requestId), { ...kind, maxAge: ARRIVED_MS });
}
