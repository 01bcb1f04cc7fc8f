/** 联动 and 指标: what a case has to do with others. Another's case shows itself only to whoever may see it. */
import { AppError } from '../../errors.ts';
import type { Instant } from '../../kernel/types.ts';
import type { ReachAct } from '../../workflow/types.ts';
import { type LinkView, listLinks } from '../links/index.ts';
import { findShare, type ShareView } from '../quotas/index.ts';
import { loadCase } from './access.ts';
import type { Actor, CaseDeps } from './deps.ts';
import type { FullCase } from './queries.ts';

export interface CaseLink {
  /** Did this case reach the other, or was it reached? */
  direction: 'reaches' | 'reached';
  act: ReachAct;
  result: LinkView['result'];
  says: string;
  at: Instant;
  /** null: not this reader's to see; not even which item it is. */
  other: { id: string; number: string | null; itemTitle: string } | null;
}

/** Links from and to a case, oldest first. */
export async function linksOf(deps: CaseDeps, actor: Actor, id: string): Promise<CaseLink[]> {
  const links = await listLinks(deps.db.read, id);
  return Promise.all(
    links.map(async ({ from, to, number, itemTitle, ...link }) => {
      const other = from === id ? to : from;
      const isSeen = await maySee(deps, actor, other);
      return {
        ...link,
        direction: from === id ? ('reaches' as const) : ('reached' as const),
        other: isSeen ? { id: other, number, itemTitle } : null,
      };
    }),
  );
}

async function maySee(deps: CaseDeps, actor: Actor, id: string): Promise<boolean> {
  try {
    await loadCase(deps.db.read, deps, actor, id);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'case.not_found') return false;
    throw error;
  }
}

/** The share the case stands in line for now; null elsewhere. */
export const shareOf = async (deps: CaseDeps, { row, meta }: FullCase): Promise<ShareView | null> =>
  meta.kind === 'allot' ? findShare(deps, row.id, meta.step) : null;
