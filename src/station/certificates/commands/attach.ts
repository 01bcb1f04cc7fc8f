/** Pictures kept with a hand-over: the one who collected, and the letter of whoever sent a proxy. */
import { conflict, notAllowed, notFound } from '../../../errors.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { requireMaterial } from '../../../platform/files/index.ts';
import { mayFollow } from '../fold.ts';
import { keepsAt } from '../policy.ts';
import type { ATTACHED } from '../present.ts';
import type { CertificateDeps } from '../types.ts';
import { detailOf, named, record } from './log.ts';
import { personOf, seen } from './piece.ts';

export type AttachedKind = keyof typeof ATTACHED;

/** What a picture's event says; the bytes are sealed in the store of files. */
interface Attachment {
  attached: AttachedKind;
  file: string;
  mime: string;
}

/**
 * Keep a picture with the hand-over of a certificate; sealed like everything about persons.
 * @throws 415 `file.wrong_type`, 413 `file.too_large`, 422 `file.empty`; notAllowed for whoever keeps no pieces;
 *   conflict `certificate.not_possible` before the hand-over
 */
export async function attachToCollection(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
  { kind, bytes }: { kind: AttachedKind; bytes: Buffer },
): Promise<void> {
  const mime = await requireMaterial(bytes, '/file');
  const { certificate, standing, filed } = await seen(deps.db.read, deps, who, id);
  if (keepsAt(who, deps.orgs, filed).length === 0) throw notAllowed();
  if (!mayFollow(standing, 'ATTACH'))
    throw conflict('certificate.not_possible', {
      certificate: named(certificate),
      custody: standing.custody,
    });
  const { hash } = await deps.files.put(Buffer.from(deps.vault.seal(bytes.toString('base64'))));
  const detail: Attachment = { attached: kind, file: hash, mime };
  await transact(deps.db, (trx) =>
    record(trx, deps, id, {
      act: 'ATTACH',
      at: deps.clock.now(),
      by: personOf(who, (h) => keepsAt(h, deps.orgs, filed).length > 0),
      detail: { ...detail },
    }),
  );
}

/**
 * A picture of a hand-over; looking at it is written down.
 * @throws notFound `certificate.not_found`, notAllowed for whoever keeps no pieces of it
 */
export async function attachmentOf(
  deps: CertificateDeps,
  who: SignedIn,
  id: string,
  seq: number,
): Promise<{ bytes: Buffer; mime: string }> {
  const { events, filed } = await seen(deps.db.read, deps, who, id);
  if (keepsAt(who, deps.orgs, filed).length === 0) throw notAllowed();
  const event = events.find((e) => e.seq === seq && e.act === 'ATTACH');
  if (!event) throw notFound('certificate.not_found');
  const { file, mime } = detailOf(deps, event) as unknown as Attachment;
  await auditAlone(deps, who, 'certificate.reveal', id, { seq });
  const sealed = await deps.files.get(file);
  return { bytes: Buffer.from(deps.vault.open(sealed.toString('utf8')), 'base64'), mime };
}
