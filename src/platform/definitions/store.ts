import type { Instant } from '../../kernel/types.ts';
import type { Trx } from '../db/index.ts';
import { DefinitionsError } from './load.ts';
import { type Definitions, type Pinned, pin, storedForm } from './pinned.ts';

interface StoredDefinition {
  sha256: string;
  code: string;
  version: number;
  json: string;
}

async function listStored(trx: Trx): Promise<StoredDefinition[]> {
  return trx<StoredDefinition>('definitions').select('sha256', 'code', 'version', 'json');
}

/**
 * Store the versions on disk by value and make every version ever stored known again. Runs at each start.
 * @throws DefinitionsError when a version on disk is stored with other content already: what cases are pinned
 * to must never change under them, so a changed item needs a higher `version`
 * @returns the versions that are new in this database
 */
export async function storeDefinitions(trx: Trx, definitions: Definitions, now: Instant): Promise<Pinned[]> {
  const stored = await listStored(trx);
  const current = definitions.list().map(({ code }) => definitions.get(code));
  const changed = current.filter(({ definition: { code, version }, sha256 }) =>
    stored.some((s) => s.code === code && s.version === version && s.sha256 !== sha256),
  );
  if (changed.length > 0) {
    throw new DefinitionsError(
      changed.map(({ definition: { code, department, version } }) => ({
        file: `workflows/${department}/${code}.json`,
        path: '/version',
        reason: `version ${version} is stored with other content; raise "version" to publish the change`,
      })),
    );
  }
  const fresh = current.filter(({ sha256 }) => !stored.some((s) => s.sha256 === sha256));
  for (const pinned of fresh) {
    const { code, version } = pinned.definition;
    const row = { sha256: pinned.sha256, code, version, json: storedForm(pinned), stored_at: now };
    await trx('definitions').insert(row);
  }
  for (const { json } of stored) definitions.adopt(pin(JSON.parse(json)));
  return fresh;
}
