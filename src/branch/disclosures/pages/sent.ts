/** What a form of these pages sent. */
import { checkCsrf } from '../../../people/accounts/index.ts';
import { type RouteContext, requireShape, sentForm } from '../../../platform/http/index.ts';
import { CHECK_BODY } from '../schema.ts';
import type { Grid } from '../types.ts';

export interface Sent {
  one(name: string): string;
  file: Buffer | null;
  requestId: string | undefined;
}

/** @throws AppError 403 session.csrf */
export function sentBy(ctx: RouteContext): Sent {
  const { fields, files } = sentForm(ctx);
  const all = new Map(fields);
  checkCsrf(ctx, all.get('_csrf'));
  const file = files.find((f) => f.field === 'file' && f.bytes.length > 0);
  return {
    one: (name) => all.get(name)?.trim() ?? '',
    file: file?.bytes ?? null,
    requestId: all.get('_request') || undefined,
  };
}

/** The table as the page carried it along. @throws AppError 422 for one the page did not make */
export function carriedGrid(text: string): Grid | null {
  if (text === '') return null;
  let grid: unknown;
  try {
    grid = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  requireShape(CHECK_BODY, { item: 'any', title: '', text: '', grid: grid ?? '' });
  return grid as Grid;
}
