/** The files of a material, as their bytes were handed in. Whoever opens one is written down. */
import { notFound } from '../../../errors.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import { afterAnswer, noteLook } from '../../remarks/index.ts';
import type { CaseDeps } from '../deps.ts';
import { getCase } from './door.ts';

/** Handed-in bytes never run: a sandbox for pictures, nothing but the viewer for PDF. */
const POLICIES: Record<string, string> = {
  'application/pdf': "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
};
const PICTURE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";

/** `/cases/:id/materials/:file` */
export async function materialFile(ctx: RouteContext, deps: CaseDeps): Promise<void> {
  const who = requireSession(ctx);
  const { row, files } = await getCase(deps, { kind: 'account', who }, ctx.params.id as string);
  const file = files.find((f) => f.id === ctx.params.file);
  if (!file) throw notFound('material.not_found');
  ctx.type = file.mime;
  ctx.set('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  ctx.set('Content-Security-Policy', POLICIES[file.mime] ?? PICTURE_POLICY);
  ctx.body = await deps.files.get(file.fileHash);
  const title = titleOf(row.itemCode, deps, file.materialId);
  afterAnswer(ctx, deps, () =>
    noteLook(deps, who, row.id, { act: 'material.view', file: file.id, name: title }),
  );
}

const titleOf = (item: string, { definitions }: CaseDeps, id: string): string =>
  definitions.get(item).definition.materials.find((m) => m.id === id)?.title ?? id;
