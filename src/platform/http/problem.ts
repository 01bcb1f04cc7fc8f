import { AppError, type ErrorCode, type Fault } from '../../errors.ts';
import { ERROR_WORDING } from '../../wording.ts';

/** An RFC 9457 problem: what the client is told about a refusal. */
export interface Problem {
  /** Address of a page that explains the code. */
  type: string;
  /** The sentence for people, Chinese. */
  title: string;
  status: number;
  code: ErrorCode;
  detail?: string;
  requestId: string;
  faults?: Fault[];
  /** What the noun adds: `state`, `possible`, `retryAfter`, … */
  [extra: string]: unknown;
}

/** The problem for an error, in the words of wording.ts. Anything but an AppError tells no details. */
export function problemOf(error: unknown, requestId: string): Problem {
  const known = asAppError(error);
  return {
    ...known.data,
    type: `/problems/${known.code}`,
    title: ERROR_WORDING[known.code],
    status: known.status,
    code: known.code,
    requestId,
    ...(known.faults && { faults: known.faults }),
  };
}

/** Body readers and Koa throw errors of http-errors: take their status, none of their words. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'request.malformed',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'request.too_large',
  415: 'request.unsupported_media',
};

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  const code = BY_STATUS[status];
  return code === undefined ? new AppError(500, 'internal') : new AppError(status, code);
}
