import { invalid, notAllowed } from '../../../errors.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import { auditBy } from '../../../platform/audit/index.ts';
import { type Trx, writeOnce } from '../../../platform/db/index.ts';
import { mayHangOn, type Org, pathUnder } from '../rules.ts';
import * as store from '../store.ts';
import { type ChangeDeps, getStanding, type OrgManager } from './tree.ts';

/**
 * Hangs an organisation, with everything beneath it, under another parent from a day on (Shanghai date).
 * Paths and history change in one transaction; "as it was then" stays answerable.
 * @throws AppError 403 not_allowed; 404 org.not_found; 422 for a cycle, a wrong kind of parent, or a day
 *   before the present place began
 */
export async function moveOrg(
  deps: ChangeDeps,
  by: OrgManager,
  move: { org: string; parent: string; on: LocalDate },
  requestId?: string,
): Promise<void> {
  if (!by.mayManage(move.org) || !by.mayManage(move.parent)) throw notAllowed();
  await writeOnce(deps, by, requestId, move, async (trx) => {
    const org = await getStanding(trx, move.org);
    const parent = await getStanding(trx, move.parent);
    await requireSoundMove(trx, org, parent, move.on);
    const path = pathUnder(parent.path, org.id);
    const subtree = await store.subtreeOf(trx, org.path);
    const moved = subtree.map((each) => ({
      ...each,
      parentId: each.id === org.id ? parent.id : each.parentId,
      path: path + each.path.slice(org.path.length),
    }));
    await store.saveMoved(trx, moved, move.on);
    await auditBy(trx, deps, by, 'org.move', org.id, { from: org.parentId, to: parent.id, on: move.on });
    return {};
  });
  await deps.orgs.refresh();
}

async function requireSoundMove(trx: Trx, org: Org, parent: Org, on: LocalDate): Promise<void> {
  if (parent.path.startsWith(org.path)) {
    throw invalid([{ pointer: '/parent', message: '不能把机构移到它自己或它的下级之下。', code: 'cycle' }]);
  }
  if (!mayHangOn(org.kind, parent.kind)) {
    throw invalid([{ pointer: '/parent', message: `${org.name}不能挂在${parent.name}之下。`, code: 'kind' }]);
  }
  if (on < (await store.standsSince(trx, org.id))) {
    throw invalid([{ pointer: '/on', message: '调整日期不能早于上一次调整。', code: 'before' }]);
  }
}
