import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../kernel/ids.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { transact } from '../../platform/db/index.ts';
import { projectRoot } from '../../platform/paths.ts';
import type { BranchDeps } from '../records/index.ts';
import { insertMember, insertMembership } from './store.ts';
import type { MemberKind } from './types.ts';

interface DemoMember {
  login: string | null;
  name: string;
  idNumber: string;
  phone: string | null;
  shared: boolean;
  kind: MemberKind;
  org: string;
}

/**
 * The members of data/demo-members.json, in an empty list: those with a login belong to that demonstration account.
 * Returns how many were entered.
 */
export async function seedMembers(deps: BranchDeps, from: LocalDate): Promise<number> {
  const { members } = JSON.parse(await readFile(join(projectRoot, 'data/demo-members.json'), 'utf8')) as {
    members: DemoMember[];
  };
  return transact(deps.db, async (trx) => {
    if (await trx('members').first('id')) return 0;
    const at = deps.clock.now();
    for (const { login, shared, org: orgId, ...given } of members) {
      const id = newId(at, deps.random);
      await insertMember(trx, deps, { id, ...given, sharedPhone: shared }, at);
      const reason = '演示数据';
      await insertMembership(
        trx,
        deps,
        { memberId: id, orgId, from, kind: 'listed', reason, activated: login !== null },
        null,
      );
      if (login === null) continue;
      const account: { id: string } | undefined = await trx('accounts').where({ login }).first('id');
      if (!account) throw new Error(`data/demo-members.json: no demonstration account ${login}`);
      await trx('members').where({ id }).update({ account_id: account.id, activated_at: at });
    }
    return members.length;
  });
}
