/** Structured logs (one JSON object per line) that carry no personal data. */
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Property names that never appear in a log, at any of the first three levels. */
const PRIVATE = [
  'address',
  'authorization',
  'bankCard',
  'body',
  'cookie',
  'csrf',
  'data',
  'form',
  'idNumber',
  'name',
  'password',
  'phone',
  'secret',
  'signature',
  'token',
];

const REDACT = PRIVATE.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/**
 * A logger to standard output, or to `stream` (tests).
 * @param level pino level name, `silent` for none
 */
export function createLog(level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACT, censor: '[private]' },
    serializers: { err: describeError, error: describeError },
  };
  return stream === undefined ? pino(options) : pino(options, stream);
}

interface ErrorDescription {
  type: string;
  code?: string;
  message: string;
  stack: string[];
  cause?: ErrorDescription | string;
}

/**
 * What of an error may be logged: type, code, scrubbed message, frames. Nothing else: database drivers
 * hang whole rows on their errors (`detail`, `bindings`).
 */
export function describeError(error: unknown): ErrorDescription | string {
  if (!(error instanceof Error)) return scrub(String(error));
  const code = 'code' in error ? String(error.code) : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    message: scrub(withoutSql(error.message)),
    stack: frames.map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** knex writes the whole statement, values included, before the driver's own words: `insert … - UNIQUE …`. */
function withoutSql(message: string): string {
  const isStatement = /^(with|select|insert|update|delete|create|alter|drop|pragma|begin|commit)\b/i.test(
    message,
  );
  if (!isStatement) return message;
  const at = message.lastIndexOf(' - ');
  return at === -1 ? '[statement]' : message.slice(at + 3);
}

/** Masks what looks like an identity number, bank card or mobile number. */
export function scrub(text: string): string {
  return text.replace(/(?<![0-9a-z])\d{11,19}[0-9Xx]?(?![0-9a-z])/g, (digits) => `${digits.slice(0, 3)}***`);
}
