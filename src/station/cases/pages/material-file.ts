/** The files of a material, as their bytes were handed in. Whoever opens one is written down. */
import { notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import type { CaseDeps } from '../deps.ts';
import { noteFile } from '../file-look.ts';
import { getCase } from './door.ts';

/** Handed-in bytes never run: a sandbox for pictures, nothing but the viewer for PDF. */
const POLICIES: Record<string, string> = {
  'application/pdf': "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
};
const PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";

/** `/cases/:id/materials/:file` */
export async function materialFile(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const who = requireSession(ctx);
  const full = await getCase(deps, { kind: 'account', who }, ctx.params.id as string);
  const file = full.files.find((f) => f.id === ctx.params.file);
  if (!file) throw notFound('material.not_found');
  ctx.type = file.mime;
  ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  ctx.set('Content-Security-Policy', POLICIES[file.mime] ?? PICTURE_POLICY);
  ctx.body = await deps.files.get(file.fileHash);
  noteFile(ctx, deps, who, full, file);
}
