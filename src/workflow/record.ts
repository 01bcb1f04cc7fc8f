import { eventSchema, MAIN_ACT, needsOf } from './events.ts';
import { sampleData } from './samples.ts';
import type { Definition, EventName } from './types.ts';

/** The data of an act as later expressions see it: the item's own fields beside the common ones. */
const flat = (data: Record<string, unknown>): Record<string, unknown> => ({
  ...data,
  ...(data.asked as Record<string, unknown> | undefined),
});

/**
 * What the steps of a case have recorded: step id to the data of its latest main act.
 * @param acts every event with the step the case was in when it came
 */
export function recordOf(
  { steps }: Definition,
  acts: readonly { step: string; type: EventName; data: Record<string, unknown> }[],
): Record<string, Record<string, unknown>> {
  const kinds = new Map(steps.map((s) => [s.id, s.kind]));
  const main = acts.filter(({ step, type }) => {
    const kind = kinds.get(step);
    return kind !== undefined && MAIN_ACT[kind] === type;
  });
  return Object.fromEntries(main.map(({ step, data }) => [step, flat(data)]));
}

/** Names of what each step leaves on record: the fields of its main act and the item's own. */
export function recordNames({ steps }: Definition): Record<string, string[]> {
  return Object.fromEntries(
    steps.map((step) => {
      const { properties = {} } = eventSchema(MAIN_ACT[step.kind], { ...needsOf(step), asks: null });
      return [step.id, [...Object.keys(properties as object), ...Object.keys(step.asks ?? {})]];
    }),
  );
}

/** What a rehearsal would record in each step. */
export const recordSample = ({ steps }: Definition, day: string): Record<string, unknown> =>
  Object.fromEntries(
    steps.map((step) => [step.id, flat(sampleData(MAIN_ACT[step.kind], needsOf(step), day))]),
  );
