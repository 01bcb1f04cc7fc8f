import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notFound } from '../../errors.ts';
import { projectRoot } from '../../platform/paths.ts';
import type { QuotaKind } from './types.ts';

let kinds: readonly QuotaKind[] | undefined;

/** Kinds of quota, from `data/quotas.json`. */
export function listKinds(): readonly QuotaKind[] {
  kinds ??= (
    JSON.parse(readFileSync(join(projectRoot, 'data', 'quotas.json'), 'utf8')) as { quotas: QuotaKind[] }
  ).quotas;
  return kinds;
}

/** @throws notFound `quota.not_found` */
export function kindOf(id: string): QuotaKind {
  const found = listKinds().find((q) => q.id === id);
  if (!found) throw notFound('quota.not_found', { quota: id });
  return found;
}
