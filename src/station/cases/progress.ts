/** What the public may know of a case by its number: where it stands, never what is in it. */
import { notFound } from '../../errors.ts';
import type { Light } from '../../kernel/deadline.ts';
import type { LocalDate } from '../../kernel/types.ts';
import { EVENT_WORDS } from '../../workflow/words.ts';
import type { CaseDeps } from './deps.ts';
import type { CaseView } from './present.ts';
import { getCase } from './queries.ts';
import { findByProof } from './rated.ts';
import type { KeptView } from './situation.ts';
import type { Phase } from './store.ts';

export interface Progress {
  number: string;
  itemTitle: string;
  stateTitle: string;
  phase: Phase;
  outcome: string | null;
  /** Whose turn it is; null while a notice hangs and when the case is closed. */
  holder: string | null;
  /** Is the applicant to do something, and until when? */
  awaitsApplicant: boolean;
  answerBy: LocalDate | null;
  received: string | null;
  accepted: string | null;
  promisedDue: string | null;
  provisional: boolean;
  /** The promised term stands still. */
  paused: boolean;
  /** Offices asked in a joint review that goes on, and how many of them have answered. */
  offices: { asked: number; answered: number; late: number } | null;
  /** Papers still owed (容缺). */
  owed: { titles: string[]; until: LocalDate | null } | null;
  kept: KeptView | null;
  steps: { title: string; at: string }[];
}

/**
 * Progress by case number and the last four characters of the applicant's identity number.
 * @throws notFound `case.not_found`: the same answer whether the number or the four characters are wrong
 */
export async function progressOf(deps: CaseDeps, number: string, lastFour: string): Promise<Progress> {
  const found = await findByProof(deps, number, lastFour);
  if (!found) throw notFound('case.not_found');
  const { row, log, view } = await getCase(deps, { kind: 'system' }, found.id);
  const promised = view.clocks.find((c) => c.name === 'promised');
  return {
    number,
    itemTitle: row.itemTitle,
    stateTitle: view.stateTitle,
    phase: row.phase,
    outcome: row.outcome,
    holder: view.joint?.current ? null : (view.holder?.orgName ?? null),
    awaitsApplicant: view.awaitsApplicant && row.phase !== 'draft',
    answerBy: answerBy(view),
    received: row.receivedAt,
    accepted: row.acceptedOn,
    promisedDue: promised?.due ?? null,
    provisional: promised?.provisional ?? false,
    paused: promised?.light === 'paused',
    offices: officesOf(view),
    owed: view.owed && { titles: view.owed.materials.map((m) => m.title), until: view.owed.until },
    kept: view.kept,
    steps: log.map((e) => ({ title: EVENT_WORDS[e.type], at: e.at })),
  };
}

/** Clocks in whose days the applicant may answer. */
const ANSWERING = /^(correction|rectification|reappraisal|wait:.*)(#\d+)?$/;

function answerBy({ awaitsApplicant, clocks }: CaseView): LocalDate | null {
  if (!awaitsApplicant) return null;
  const running = (light: Light) => light !== 'done' && light !== 'paused';
  return clocks.find((c) => ANSWERING.test(c.name) && running(c.light))?.due ?? null;
}

function officesOf({ joint }: CaseView): Progress['offices'] {
  if (!joint?.current) return null;
  return {
    asked: joint.parts.length,
    answered: joint.parts.filter((p) => p.standing === 'agreed' || p.standing === 'objected').length,
    late: joint.parts.filter((p) => p.standing === 'deemed').length,
  };
}
