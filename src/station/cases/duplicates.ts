/** Is the same already under way for the same person? Told before it is handed in; the log keeps it. */
import type { Knex } from 'knex';
import { addDays, chineseDate, localDate, startOfDay } from '../../kernel/time.ts';
import type { Instant } from '../../kernel/types.ts';
import { maySee, type SignedIn } from '../../people/accounts/index.ts';
import { citizenIdOf } from '../../people/citizens/index.ts';
import type { CaseDeps } from './deps.ts';
import { applicantOf } from './rules.ts';

/** What was decided less than so many days ago is hardly asked for again. */
const FRESH_DAYS = 30;

interface Found {
  id: string;
  number: string;
  department: string;
  item: string;
  situation: string;
  villageId: string;
  receivedAt: Instant;
  decidedAt: Instant | null;
}

/** What a clerk is told; of a case he may not see only that there is one. */
export interface Duplicate {
  says: string;
  /** null: not his to see. */
  case: { id: string; number: string } | null;
}

interface Asked {
  item: string;
  citizenId: string;
  /** The application itself. */
  except?: string;
  at: Instant;
}

/** The newest case of a citizen for an item that is under way, or was decided a short while ago; in any village. */
export async function findDuplicate(db: Knex, asked: Asked): Promise<Found | undefined> {
  const since = startOfDay(addDays(localDate(asked.at), -FRESH_DAYS));
  return db('cases')
    .where({ applicant_id: asked.citizenId, item_code: asked.item })
    .whereNot({ id: asked.except ?? '' })
    .where((one) =>
      one
        .whereIn('phase', ['open', 'correction', 'notice'])
        .orWhere((decided) =>
          decided.whereIn('phase', ['decided', 'kept', 'closed']).where('decided_at', '>=', since),
        ),
    )
    .orderBy('id', 'desc')
    .first(
      'id',
      'number',
      'department',
      'item_code as item',
      'situation',
      'village_id as villageId',
      'received_at as receivedAt',
      'decided_at as decidedAt',
    );
}

/** The same for what a form says of its applicant, in words for this clerk; null when there is none. */
export async function duplicateFor(
  deps: CaseDeps,
  who: SignedIn,
  asked: { item: string; form: Record<string, unknown>; except?: string },
): Promise<Duplicate | null> {
  const citizenId = await citizenIdOf(deps.db.read, deps, applicantOf(asked.form));
  if (citizenId === null) return null;
  const { item, except } = asked;
  const found = await findDuplicate(deps.db.read, {
    item,
    citizenId,
    at: deps.clock.now(),
    ...(except !== undefined && { except }),
  });
  if (!found) return null;
  const isSeen = maySee(who, deps.orgs, found);
  const { id, number } = found;
  return {
    says: isSeen ? seenWords(deps, found) : '另一村已受理同一事项。',
    case: isSeen ? { id, number } : null,
  };
}

function seenWords(deps: CaseDeps, found: Found): string {
  const { number, item, situation, receivedAt, decidedAt } = found;
  const { situations } = deps.definitions.get(item).definition;
  const kind = situations.find((s) => s.id === situation)?.title ?? situation;
  const when =
    decidedAt === null
      ? `${chineseDate(localDate(receivedAt))}收件，正在办理`
      : `${chineseDate(localDate(decidedAt))}已经决定`;
  return `本人同一事项已有 ${number}（${kind}），${when}。`;
}
