/** Files sent with a form, and forms read as plain name–value pairs. */
import multer from '@koa/multer';
import {
  AppError,
  type ErrorCode,
  malformed,
  tooLarge,
  unauthenticated,
  unsupportedMedia,
} from '../../errors.ts';
import type { HttpContext, HttpMiddleware, RouteContext } from './context.ts';

export interface UploadedFile {
  /** Form field it came in. */
  field: string;
  /** File name on the sender's computer, Chinese intact. Never a path to write to. */
  name: string;
  /** Type the sender claims; find out the true one by `sniff`. */
  claimedType: string;
  bytes: Buffer;
}

/** What a form held, in its order; a name may occur several times. */
export interface SentForm {
  fields: [name: string, value: string][];
  files: UploadedFile[];
}

const MB = 1024 * 1024;
/** A request holds so many files of `fileSize` in memory at most. */
const MOST_FILES = 10;
/** Parts of files are not limited by `files`: it counts inputs left empty, of which a page has two for each material. */
const LIMITS = { fileSize: 10 * MB, fields: 2000, fieldSize: MB, parts: 2100, fieldNameSize: 500 };
/** Names are JSON pointers. Brackets, which multer would turn into lists and objects, are refused. */
const NO_BRACKETS = { fieldNestingDepth: 0 };

const REFUSALS: Readonly<Record<string, ErrorCode>> = { LIMIT_FILE_SIZE: 'file.too_large' };

/** A reader for one request: it counts the files that hold something. */
function newReader(): ReturnType<ReturnType<typeof multer>['any']> {
  let files = 0;
  return multer({
    limits: { ...LIMITS, ...NO_BRACKETS },
    fileFilter: (_request, _file, done) => {
      files++;
      if (files > MOST_FILES) done(tooLarge('file.too_many'), false);
      else done(null, true);
    },
    ...{ defParamCharset: 'utf8' },
  }).any();
}

/** Texts alone; files run past unread. */
const textReader = multer({
  limits: { ...LIMITS, ...NO_BRACKETS, fieldSize: MB / 2 },
  fileFilter: (_request, _file, done) => done(null, false),
}).any();
const MOST_FROM_EXPIRED = 12 * MB;

/**
 * Reads a multipart body into memory: up to 10 files of 10 MB (inputs left empty are none), and so only from somebody
 * who is signed in. Of one whose session has run out the texts are read, so that the error page can hold what was typed.
 * Other content types pass untouched.
 * @throws AppError 401 session.required, session.expired; 413 file.too_large, file.too_many, request.too_large;
 *   400 request.malformed
 */
export function multipart(): HttpMiddleware {
  return async (ctx, next) => {
    if (!ctx.is('multipart/form-data')) return next();
    if (ctx.state.sessionExpired && (ctx.request.length ?? Infinity) <= MOST_FROM_EXPIRED) {
      await textReader(ctx, () => Promise.resolve()).catch((error: unknown) => {
        throw refusal(error);
      });
      throw unauthenticated('session.expired');
    }
    if (ctx.state.csrf === undefined) throw unauthenticated();
    await newReader()(ctx, () => Promise.resolve()).catch((error: unknown) => {
      throw refusal(error);
    });
    return next();
  };
}

function refusal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isTooMuch = code.startsWith('LIMIT_') && code !== 'LIMIT_FIELD_NESTING';
  return isTooMuch ? tooLarge(REFUSALS[code] ?? 'request.too_large') : malformed();
}

/**
 * The form that was sent, urlencoded or multipart (the route must use `multipart()`), as name–value pairs.
 * Names are taken as they are, without the `a[b]` conventions: the schema decides what is a list.
 * @throws AppError 415 when the body is no form
 */
export function sentForm(ctx: HttpContext | RouteContext): SentForm {
  if (ctx.is('multipart/form-data')) {
    return { fields: flatten(ctx.request.body), files: uploadedFiles(ctx) };
  }
  if (ctx.is('urlencoded')) {
    return { fields: [...new URLSearchParams(ctx.request.rawBody)], files: [] };
  }
  if (ctx.is('*/*') === null) return { fields: [], files: [] };
  throw unsupportedMedia();
}

/** Multer's body as pairs: a name sent several times comes as a list. @throws AppError 400 for the character NUL */
function flatten(body: unknown): [string, string][] {
  const pairs = Object.entries((body ?? {}) as Record<string, string | string[]>).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  if (pairs.some(([, value]) => value.includes('\0'))) throw malformed();
  return pairs;
}

/** The files of a multipart request, in the order sent; empty inputs of a browser are left out. */
function uploadedFiles(ctx: HttpContext | RouteContext): UploadedFile[] {
  const files = Array.isArray(ctx.request.files) ? ctx.request.files : [];
  return files
    .filter((file) => file.originalname !== '' || file.size > 0)
    .map((file) => ({
      field: file.fieldname,
      name: file.originalname,
      claimedType: file.mimetype,
      bytes: file.buffer,
    }));
}
