import { assign, setup } from 'xstate';
import { localDate } from '../kernel/time.ts';
import type { CaseContext, CaseEvent, Outcome } from './types.ts';

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
] as const;

/**
 * The one vocabulary of all compiled machines: every guard and action a definition can lead to.
 * XState passes over an unknown action name in silence, so `lintMachine` checks names against this list.
 */
export const vocabulary = setup({
  types: { context: {} as CaseContext, events: {} as CaseEvent },
  guards: {
    /** A step is taken unless its situation leaves it out or its route rule did not strike. */
    taken: ({ context }, params: { route?: string; without?: string[] }) =>
      (params.route === undefined || context.routes[params.route] === true) &&
      !(params.without ?? []).includes(context.situation),
    /** B1-6: one correction notice for an application. */
    correctionLeft: ({ context }, params: { most: number }) => context.corrections < params.most,
    /** B2-3: a term is extended once. */
    extensionLeft: ({ context }) => context.extensions < 1,
    /** The objection being settled is the last open one. */
    lastObjection: ({ context }) => context.openObjections <= 1,
  },
  actions: {
    noteReceipt: note(({ context, event }) => ({
      receivedAt: event.at,
      handedInOn: localDate(event.at),
      routes: event.routes ?? context.routes,
    })),
    noteHandIn: note(({ context, event }) => ({
      handedInOn: localDate(event.at),
      routes: event.routes ?? context.routes,
    })),
    noteAcceptance: note(({ event }) => ({ acceptedOn: localDate(event.at) })),
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
    countExtension: note(({ context }) => ({ extensions: context.extensions + 1 })),
    countPosting: note(({ context }) => ({ postings: context.postings + 1, openObjections: 0 })),
    openObjection: note(({ context }) => ({ openObjections: context.openObjections + 1 })),
    settleObjection: note(({ context }) => ({ openObjections: context.openObjections - 1 })),
    startClock: told,
    startTerms: told,
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
  },
});
