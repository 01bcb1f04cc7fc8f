import type { Vault } from '../platform/vault/index.ts';

/** How a person is found in the cases of the station: a keyed hash of the identity number, as `normaliseId` writes it. */
export const personKey = (vault: Vault, idNumber: string): string => vault.blind(`citizen:${idNumber}`);
