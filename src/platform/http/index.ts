/** The front door's machinery: every middleware of the onion, and how nouns declare their routes. */
export { accessLog } from './access-log.ts';
export { type ApiRoute, mountApi, objectAnswer, type Schema } from './api.ts';
export { readBody } from './body.ts';
export {
  type HttpContext,
  type HttpMiddleware,
  type Next,
  type RouteContext,
  wantsHtml,
} from './context.ts';
export { docsPage, type Frame } from './docs.tsx';
export { type ErrorPage, errors } from './errors.ts';
export { privateByDefault, securityHeaders } from './headers.ts';
export { limit } from './limit.ts';
export { type Listening, listen } from './listen.ts';
export { multipart, type SentForm, sentForm, type UploadedFile } from './multipart.ts';
export { describeApi } from './openapi.ts';
export type { Problem } from './problem.ts';
export { requestIdOf } from './repeat.ts';
export { requestId } from './request-id.ts';
export { untraced } from './untraced.ts';
export { requireShape } from './validate.ts';
