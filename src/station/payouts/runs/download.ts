import { notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import type { PayoutDeps } from '../types.ts';
import { requireRun } from './writing.ts';

export type FileKind = 'text' | 'workbook';

const ENDING: Record<FileKind, string> = { text: 'txt', workbook: 'xlsx' };

const isKind = (kind: string): kind is FileKind => Object.hasOwn(ENDING, kind);

/**
 * A file for the bank, every number in full; each taking is written down. The same bytes every time: they were kept
 * when the run was sent off.
 * @throws notFound for a run without files, notAllowed
 */
export async function bankFile(
  deps: PayoutDeps,
  who: SignedIn,
  id: string,
  kind: string,
): Promise<{ bytes: Buffer; name: string }> {
  const { run } = await requireRun(deps.db.read, deps, who, id, 'download');
  const hashes: Record<FileKind, string | null> = { text: run.textHash, workbook: run.workbookHash };
  const hash = isKind(kind) ? hashes[kind] : null;
  if (hash === null || !isKind(kind)) throw notFound('payout.file_not_found');
  const bytes = await deps.files.get(hash);
  await auditAlone(deps, who, 'payout.download', id, { number: run.number, kind, hash });
  return { bytes, name: `${run.number}.${ENDING[kind]}` };
}
