import { assign, setup } from 'xstate';
import { localDate } from '../kernel/time.ts';
import type { CaseContext, CaseEvent, Outcome, PartStanding } from './types.ts';

type Args = { context: CaseContext; event: CaseEvent };
const note = <P>(change: (args: Args, params: P) => Partial<CaseContext>) =>
  assign<CaseContext, CaseEvent, P & object, CaseEvent, never>(({ context, event }, params) =>
    change({ context, event }, params),
  );

/** Left to `advance` to carry out: clocks on the case's ledgers, effects through the outbox. */
const told = () => {};

/** Names of actions that move clocks; `advance` carries them out on the case's ledgers. */
export const CLOCK_ACTIONS = [
  'startClock',
  'startTerms',
  'startParts',
  'stopPart',
  'startRenewal',
  'startGap',
  'stopClock',
  'pauseClock',
  'resumeClock',
  'extendClock',
  'stopAllClocks',
] as const;

/** Names of actions that become outbox rows. */
export const EFFECT_ACTIONS = [
  'paper',
  'message',
  'notice.open',
  'notice.close',
  'notice.objection',
  'certificate.reserve',
  'certificate.issue',
  'certificate.collect',
  'quota.claim',
  'roster.check',
  'reach',
  'closed',
] as const;

/** Condition under which a step, or an office of a joint review, takes part. */
export interface Taken {
  /** Route rule that must have struck. */
  route?: string;
  /** Route rule that must not have struck. */
  unless?: string;
  /** Situations that leave it out. */
  without?: string[];
  /** Further conditions that must hold as well. */
  also?: Taken[];
  /** The office that answers is the last one asked. */
  lastPart?: true;
}

/** Is it taken in this case, as far as form and situation say? */
export const isTaken = (context: CaseContext, { route, unless, without = [], also = [] }: Taken): boolean =>
  (route === undefined || context.routes[route] === true) &&
  (unless === undefined || context.routes[unless] !== true) &&
  !without.includes(context.situation) &&
  also.every((one) => isTaken(context, one));

/** What an office answered; silence is a fact of its clock. */
const standingOf = ({ type, data }: CaseEvent): PartStanding => {
  if (type === 'OPINION_DEEMED') return 'deemed';
  return data.view === '不同意' ? 'objected' : 'agreed';
};

const isLastPart = (context: CaseContext, event: CaseEvent): boolean =>
  Object.entries(context.parts).every(
    ([part, standing]) => (standing === 'open') === (part === event.data.part),
  );

/**
 * The one vocabulary of all compiled machines: every guard and action a definition can lead to.
 * XState passes over an unknown action name in silence, so `lintMachine` checks names against this list.
 */
export const vocabulary = setup({
  types: { context: {} as CaseContext, events: {} as CaseEvent },
  guards: {
    /** What a hand-in says counts at once: the guard is asked before the context has noted it. */
    taken: ({ context, event }, params: Taken) =>
      isTaken({ ...context, routes: event.routes ?? context.routes }, params) &&
      (!params.lastPart || isLastPart(context, event)),
    /** B1-6: one correction notice for an application. */
    correctionLeft: ({ context }, params: { most: number }) => context.corrections < params.most,
    /** B1-7: the citizen's days for a correction are extended once. */
    correctionExtensionLeft: ({ context }) => context.correctionExtensions < 1,
    /** B2-3: a term is extended once. */
    extensionLeft: ({ context }) => context.extensions < 1,
    /** A second appraisal, once. */
    appraisalLeft: ({ context, event }) => context.appraisals < 1 && event.data.conclusion === '不符合',
    /** The objection being settled is the last open one. */
    lastObjection: ({ context }) => context.openObjections <= 1,
    /** The office that answers was asked and has not answered yet. */
    partOpen: ({ context, event }) => context.parts[String(event.data.part)] === 'open',
    /** What was recorded says so: the meeting did not pass it, the visit found fault. */
    says: ({ event }, params: { field: string; equals: unknown }) =>
      event.data[params.field] === params.equals,
    /** Minor papers are still owed (容缺). */
    gapsOpen: ({ context }) => context.gaps.length > 0,
    decided: ({ context }) => context.decidedAt !== null,
    running: ({ context }) => context.closedAt === null,
  },
  actions: {
    noteReceipt: note(({ context, event }) => ({
      receivedAt: event.at,
      handedInOn: event.findings?.countsFrom ?? localDate(event.at),
      handedInAt: event.at,
      routes: event.routes ?? context.routes,
      gaps: event.findings?.gaps ?? [],
      counts: event.findings?.counts ?? {},
      validTo: event.findings?.validTo ?? null,
    })),
    noteHandIn: note(({ context, event }) => ({
      handedInOn: event.findings?.countsFrom ?? localDate(event.at),
      handedInAt: event.at,
      routes: event.routes ?? context.routes,
      gaps: event.findings?.gaps ?? context.gaps,
      counts: event.findings?.counts ?? context.counts,
      validTo: event.findings?.validTo ?? context.validTo,
    })),
    /** Nothing is accepted before the day it counts as received (B1-9). */
    noteAcceptance: note(({ context, event }) => {
      const [day, received] = [localDate(event.at), context.handedInOn];
      return { acceptedOn: received !== null && received > day ? received : day };
    }),
    /** B1-5: silence for five working days means accepted on the day the file came in. */
    deemAcceptance: note(({ context }) => ({ acceptedOn: context.handedInOn, deemed: true })),
    noteDecision: note<{ outcome: Outcome }>(({ event }, params) => ({
      decidedAt: event.at,
      outcome: params.outcome,
    })),
    noteClosed: note<{ outcome: Outcome }>(({ event }, params) => ({
      closedAt: event.at,
      outcome: params.outcome,
    })),
    countCorrection: note(({ context }) => ({ corrections: context.corrections + 1 })),
    countCorrectionExtension: note(({ context }) => ({
      correctionExtensions: context.correctionExtensions + 1,
    })),
    countExtension: note(({ context }) => ({ extensions: context.extensions + 1 })),
    countPosting: note(({ context }) => ({ postings: context.postings + 1, openObjections: 0 })),
    countAppraisal: note(({ context }) => ({ appraisals: context.appraisals + 1 })),
    openObjection: note(({ context }) => ({ openObjections: context.openObjections + 1 })),
    settleObjection: note(({ context }) => ({ openObjections: context.openObjections - 1 })),
    askParts: note<{ parts: (Taken & { part: string })[] }>(({ context }, params) => ({
      parts: Object.fromEntries(
        params.parts.filter((p) => isTaken(context, p)).map(({ part }) => [part, 'open' as const]),
      ),
    })),
    notePart: note(({ context, event }) => ({
      parts: { ...context.parts, [String(event.data.part)]: standingOf(event) },
    })),
    closeGaps: note(() => ({ gaps: [] })),
    startClock: told,
    startTerms: told,
    startParts: told,
    stopPart: told,
    startRenewal: told,
    startGap: told,
    stopClock: told,
    pauseClock: told,
    resumeClock: told,
    extendClock: told,
    stopAllClocks: told,
    paper: told,
    message: told,
    'notice.open': told,
    'notice.close': told,
    'notice.objection': told,
    'certificate.reserve': told,
    'certificate.issue': told,
    'certificate.collect': told,
    'quota.claim': told,
    'roster.check': told,
    reach: told,
    closed: told,
  },
});
