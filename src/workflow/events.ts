import { type EventNeeds, SCHEMAS } from './events/acts.ts';
import type { EventSchema } from './events/fields.ts';
import type { Definition, EventName, PayRhythm, StateMeta, Step, StepKind } from './types.ts';

export type { EventNeeds } from './events/acts.ts';
export type { EventSchema } from './events/fields.ts';

/** The act that carries a step on, and that the step's own fields (`asks`) belong to. */
export const MAIN_ACT: Record<StepKind, EventName> = {
  intake: 'FILE',
  accept: 'ACCEPT',
  deliberate: 'RECORD_MEETING',
  review: 'FORWARD',
  inspect: 'RECORD_VISIT',
  check: 'RECORD_CHECK',
  joint: 'GIVE_OPINION',
  appraise: 'RECORD_RESULT',
  await: 'REPORT',
  allot: 'ALLOT',
  post: 'POST',
  decide: 'APPROVE',
  issue: 'ISSUE',
  pay: 'PAY',
  collect: 'COLLECT',
  follow: 'CONFIRM',
};

/** What an act must carry: a JSON Schema the form renderer and the command both read. */
export function eventSchema(event: EventName, needs: EventNeeds): EventSchema {
  const schema = SCHEMAS[event](needs);
  return needs.asks ? withAsked(schema, needs.asks) : schema;
}

/** The item's own fields stand in a group of their own, all of them required unless shown conditionally. */
function withAsked(schema: EventSchema, asks: NonNullable<EventNeeds['asks']>): EventSchema {
  const required = Object.keys(asks).filter((name) => asks[name]?.['x-show'] === undefined);
  const asked = {
    type: 'object',
    title: '本环节登记的内容',
    properties: asks,
    required,
    additionalProperties: false,
  };
  return {
    ...schema,
    properties: { ...(schema.properties as object), asked },
    required: [...(schema.required as string[]), ...(required.length > 0 ? ['asked'] : [])],
  };
}

/** Versions before the rhythm was named said `true` and meant each month. */
const rhythmOf = (pays: PayRhythm | true | undefined): PayRhythm | null =>
  pays === true ? 'month' : (pays ?? null);

/** What a step asks of its main act. */
export const needsOf = (step: Step | undefined): EventNeeds => ({
  officers: step?.kind === 'inspect' ? step.officers : 2,
  pays: step?.kind === 'decide' ? rhythmOf(step.pays) : null,
  registers: step?.kind === 'check' ? step.registers : [],
  procedure: step?.kind === 'appraise' ? step.procedure : null,
  roster: step?.kind === 'check' && step.roster === true,
  asks: step?.asks ?? null,
});

/** The needs of an act in the step a case is in. */
export function eventNeeds(definition: Definition, meta: StateMeta, event: EventName): EventNeeds {
  const step = definition.steps.find((s) => s.id === meta.step);
  const main = step !== undefined && MAIN_ACT[step.kind] === event;
  return { ...needsOf(step), ...(!main && { asks: null }) };
}

/** The schema of an act in the step a case is in. */
export const actSchema = (definition: Definition, meta: StateMeta, event: EventName): EventSchema =>
  eventSchema(event, eventNeeds(definition, meta, event));
