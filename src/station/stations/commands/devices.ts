/** Screens that may hand out tickets: opened by a clerk with a code that is good once, for a quarter of an hour. */
import { invalid } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { transact } from '../../../platform/db/index.ts';
import { newCode, readCode } from '../../codes.ts';
import * as store from '../store/devices.ts';
import type { Device, StationDeps } from '../types.ts';
import { keptStation, stationOf } from './facts.ts';

const CODE_MS = 15 * 60_000;
const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** The code is shown once; nobody needs to sign in at the screen, and no session is left there. */
export async function openDevice(deps: StationDeps, who: SignedIn, orgId: string): Promise<string> {
  const { id: org } = keptStation(deps, who, orgId);
  const code = newCode(deps.random, 8);
  await transact(deps.db, async (trx) => {
    const openedAt = deps.clock.now();
    await store.insertDevice(trx, {
      id: newId(openedAt, deps.random),
      org,
      openedAt,
      pairedAt: null,
      codeBlind: codeBlind(deps, code),
      codeUntil: later(openedAt, CODE_MS),
      by: who.accountId,
    });
    await auditBy(trx, deps, who, 'kiosk.open', org);
  });
  return code;
}

const codeBlind = ({ vault }: StationDeps, code: string): string => vault.blind(`kiosk-code:${code}`);
const tokenBlind = ({ vault }: StationDeps, token: string): string => vault.blind(`kiosk-token:${token}`);

/** What the screen keeps in its cookie from now on. @throws invalid for a wrong, used or old code */
export async function pairDevice(deps: StationDeps, orgId: string, typed: string): Promise<string> {
  const { id: org } = stationOf(deps, orgId);
  const token = newCode(deps.random, 32);
  const isPaired = await transact(deps.db, (trx) =>
    store.pairDevice(trx, {
      org,
      codeBlind: codeBlind(deps, readCode(typed)),
      tokenBlind: tokenBlind(deps, token),
      at: deps.clock.now(),
    }),
  );
  if (!isPaired) throw invalid([{ pointer: '/code', message: '启用码不对，或者已经用过、过了 15 分钟' }]);
  return token;
}

/** The screen that sent this token, while it is open. */
export const deviceOf = async (deps: StationDeps, token: string | undefined): Promise<Device | undefined> =>
  token === undefined || token === '' ? undefined : store.findDevice(deps.db.read, tokenBlind(deps, token));

/** No screen of the station hands out tickets any longer. */
export async function closeDevices(deps: StationDeps, who: SignedIn, orgId: string): Promise<void> {
  const { id: org } = keptStation(deps, who, orgId);
  await transact(deps.db, async (trx) => {
    await store.closeDevices(trx, org, deps.clock.now());
    await auditBy(trx, deps, who, 'kiosk.close', org);
  });
}
