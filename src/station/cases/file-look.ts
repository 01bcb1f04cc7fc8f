import type { SignedIn } from '../../people/accounts/index.ts';
import type { RouteContext } from '../../platform/http/index.ts';
import { afterAnswer, noteLook } from '../remarks/index.ts';
import type { CaseDeps } from './deps.ts';
import type { FullCase } from './queries.ts';
import type { MaterialRow } from './store.ts';

/** Somebody opens a file of a material: written down, once a day, by the name of the material. */
export function noteFile(
  ctx: RouteContext,
  deps: CaseDeps,
  who: SignedIn,
  { row, pinned }: Pick<FullCase, 'row' | 'pinned'>,
  { id, materialId }: Pick<MaterialRow, 'id' | 'materialId'>,
): void {
  const name = pinned.definition.materials.find((m) => m.id === materialId)?.title ?? materialId;
  afterAnswer(ctx, deps, () => noteLook(deps, who, row.id, { act: 'material.view', file: id, name }));
}
