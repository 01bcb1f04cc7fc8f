import type { Instant } from '../../../kernel/types.ts';
import type { Trx } from '../../../platform/db/index.ts';
import type { Device } from '../types.ts';
import type { Db } from './facts.ts';

type Raw = Record<string, string | null>;

const toDevice = (r: Raw): Device => ({
  id: r.id as string,
  org: r.org_id as string,
  openedAt: r.opened_at as string,
  pairedAt: r.paired_at as string | null,
});

export async function insertDevice(
  trx: Trx,
  device: Device & { codeBlind: string; codeUntil: Instant; by: string },
): Promise<void> {
  await trx('kiosk_devices').insert({
    id: device.id,
    org_id: device.org,
    code_blind: device.codeBlind,
    code_until: device.codeUntil,
    opened_at: device.openedAt,
    opened_by: device.by,
  });
}

/** Hand the device to whoever knows its code, once and in time; undefined otherwise. */
export async function pairDevice(
  trx: Trx,
  { org, codeBlind, tokenBlind, at }: { org: string; codeBlind: string; tokenBlind: string; at: Instant },
): Promise<boolean> {
  const paired = await trx('kiosk_devices')
    .where({ org_id: org, code_blind: codeBlind })
    .whereNull('paired_at')
    .whereNull('closed_at')
    .where('code_until', '>=', at)
    .update({ paired_at: at, token_blind: tokenBlind });
  return paired > 0;
}

export async function findDevice(db: Db, tokenBlind: string): Promise<Device | undefined> {
  const row: Raw | undefined = await db('kiosk_devices')
    .where({ token_blind: tokenBlind })
    .whereNull('closed_at')
    .first();
  return row && toDevice(row);
}

/** Screens of a station that may hand out tickets. */
export async function listDevices(db: Db, org: string): Promise<Device[]> {
  const rows: Raw[] = await db('kiosk_devices')
    .where({ org_id: org })
    .whereNotNull('paired_at')
    .whereNull('closed_at')
    .orderBy('id');
  return rows.map(toDevice);
}

/** Paired or not, none of a station's screens hands out tickets any longer. */
export async function closeDevices(trx: Trx, org: string, at: Instant): Promise<void> {
  await trx('kiosk_devices').where({ org_id: org }).whereNull('closed_at').update({ closed_at: at });
}
