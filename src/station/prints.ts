/** Prints that leave the house with a code, a seal and a signature: made once, the same bytes for ever. */
import { sha256 } from '../kernel/canonical.ts';
import type { Instant } from '../kernel/types.ts';
import type { OrgTree } from '../people/orgs/index.ts';
import { type Trx, transact } from '../platform/db/index.ts';
import type { PlatformDeps } from '../platform/deps.ts';
import type { CodeContent } from '../platform/keys/index.ts';
import type { SignatureBlock } from '../platform/pdf/index.ts';

/** Whose print it is, what its code says, and why and when it was made. */
export interface Issued {
  organId: string;
  organName: string;
  reason: string;
  at: Instant;
  code: string;
  content: CodeContent;
}

/** A print before its code is signed and its seal is put on. */
export type Unsealed<P extends { signature: SignatureBlock }> = Omit<P, 'signature'> & {
  signature: Omit<SignatureBlock, 'sealImage' | 'qr'> & { qr: Pick<SignatureBlock['qr'], 'lines'> };
};

/** A print with its signed code, the organ's real seal where there is one, and the organ's signature. */
export async function signedPrint<P extends { signature: SignatureBlock }>(
  { signing, publicUrl }: Pick<PlatformDeps, 'signing'> & { publicUrl: string },
  print: Unsealed<P>,
  render: (print: P) => Promise<Buffer>,
  { organId, organName, reason, at, code, content }: Issued,
): Promise<Buffer> {
  const text = await signing.codeText(publicUrl, code, content);
  const signature: SignatureBlock = {
    ...print.signature,
    sealImage: signing.sealOf(organId, print.signature.seal),
    qr: { ...print.signature.qr, text },
  };
  const pdf = await render({ ...print, signature } as unknown as P);
  return signing.sign(pdf, { organId, organName, reason, at });
}

/** Tables whose rows are printed; `file_hash` names the print. */
type Printed = 'papers' | 'certificates' | 'answers' | 'cash_hand_outs';

/**
 * The bytes of a print: made at the first print and kept by its content. Of two who print it first at the same moment
 * one is kept, and both get it.
 */
export async function printedOnce(
  deps: Pick<PlatformDeps, 'db' | 'files'>,
  { table, id, fileHash }: { table: Printed; id: string; fileHash: string | null },
  make: () => Promise<Buffer>,
): Promise<Buffer> {
  if (fileHash !== null) return deps.files.get(fileHash);
  const bytes = await make();
  const hash = sha256(bytes);
  const kept = await transact(deps.db, async (trx) => {
    const first = await keep(trx, table, id, hash);
    // Before the row is seen by anybody, its file is on the disk.
    if (first === hash) await deps.files.put(bytes);
    return first;
  });
  return kept === hash ? bytes : deps.files.get(kept);
}

async function keep(trx: Trx, table: Printed, id: string, hash: string): Promise<string> {
  await trx(table).where({ id }).whereNull('file_hash').update({ file_hash: hash });
  return (await trx(table).where({ id }).first('file_hash')).file_hash;
}

/** 剥隘村便民服务站: the station of a village, which gives out notes and receipts. */
export const stationOf = ({ orgs }: { orgs: OrgTree }, villageId: string): string =>
  `${orgs.get(villageId).name}便民服务站`;

/** The seal of a station. */
export const STATION_SEAL = '便民服务站章';
