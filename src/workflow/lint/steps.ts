import { deskOfStep } from '../steps/build.ts';
import type { Definition, Desk, Step } from '../types.ts';
import type { LintFault, Subject } from './types.ts';

/** State names the compiled machine needs for its ends. */
const ENDS = ['done', 'rejected', 'refused', 'withdrawn', 'lapsed'];
/** B1-4, B1-5: an office has at most five working days to say whether it accepts. */
const ACCEPTANCE_DAYS = 5;

const at = (index: number, key?: string): string => `/steps/${index}${key ? `/${key}` : ''}`;

/** The order of steps, what they refer to, and who does them. */
export function lintSteps({ definition, context }: Subject): LintFault[] {
  const { steps } = definition;
  return [
    ...steps.flatMap((step, i) => [...nameFaults(steps, step, i), ...pointingFaults(definition, step, i)]),
    ...steps.flatMap((step, i) => deskFaults(step, i, context.departments)),
    ...orderFaults(definition),
    ...dutyFaults(steps),
    ...withoutFaults(definition),
  ];
}

function nameFaults(steps: Step[], step: Step, i: number): LintFault[] {
  if (ENDS.includes(step.id)) return [{ pointer: at(i, 'id'), reason: `"${step.id}" is the name of an end` }];
  const first = steps.findIndex((s) => s.id === step.id);
  return first === i
    ? []
    : [{ pointer: at(i, 'id'), reason: `"${step.id}" is also the id of step ${first}` }];
}

/** Steps, rules and certificates a step names must be there, and lie where they make sense. */
function pointingFaults(definition: Definition, step: Step, i: number): LintFault[] {
  const earlier = definition.steps.slice(0, i);
  const faults: LintFault[] = [];
  const back = (key: 'returnTo' | 'onSustained', id: string | undefined) => {
    if (id === undefined || earlier.some((s) => s.id === id)) return;
    const known = definition.steps.some((s) => s.id === id);
    faults.push({
      pointer: at(i, key),
      reason: known ? `"${id}" does not lie before this step` : `no step "${id}"`,
    });
  };
  if (step.kind === 'post') back('onSustained', step.onSustained);
  if (step.kind === 'review' || step.kind === 'inspect' || step.kind === 'decide')
    back('returnTo', step.returnTo);
  if (step.when !== undefined) {
    const rule = definition.rules.find((r) => r.id === step.when);
    if (!rule) faults.push({ pointer: at(i, 'when'), reason: `no rule "${step.when}"` });
    else if (rule.effect !== 'route')
      faults.push({
        pointer: at(i, 'when'),
        reason: `rule "${rule.id}" has effect ${rule.effect}, not route`,
      });
  }
  if (step.kind === 'accept' && (step.days ?? 0) > ACCEPTANCE_DAYS)
    faults.push({
      pointer: at(i, 'days'),
      reason: `acceptance takes at most ${ACCEPTANCE_DAYS} working days (B1-5)`,
    });
  return faults;
}

/** B1-10: a village takes files in, it neither accepts nor decides. */
function deskFaults(step: Step, i: number, departments: readonly string[]): LintFault[] {
  const faults: LintFault[] = [];
  if (step.office !== undefined && !departments.includes(step.office))
    faults.push({ pointer: at(i, 'office'), reason: `unknown department "${step.office}"` });
  if ((step.kind === 'accept' || step.kind === 'decide') && deskOfStep(step).at === 'village')
    faults.push({ pointer: at(i, 'at'), reason: `a village cannot ${step.kind} (B1-10)` });
  return faults;
}

/** Does the case pass this step in this situation, at least when its route rule strikes? */
export const isTaken = (definition: Definition, situation: string, step: Step): boolean =>
  !definition.situations.find((s) => s.id === situation)?.without?.includes(step.id);

/** The path of each situation: intake first, one decision, certificates and collection after it. */
function orderFaults(definition: Definition): LintFault[] {
  const faults: LintFault[] = [];
  if (definition.steps[0]?.kind !== 'intake')
    faults.push({ pointer: at(0, 'kind'), reason: 'the first step must be the intake' });
  definition.steps.forEach((step, i) => {
    if (step.kind === 'intake' && i > 0) faults.push({ pointer: at(i, 'kind'), reason: 'a second intake' });
  });
  definition.situations.forEach((situation) => {
    const path = definition.steps
      .map((step, i) => ({ step, i }))
      .filter(({ step }) => isTaken(definition, situation.id, step));
    faults.push(...pathFaults(path, situation.id));
  });
  const once = new Map(faults.map((f) => [`${f.pointer}\n${f.reason}`, f]));
  return [...once.values()];
}

function pathFaults(path: { step: Step; i: number }[], situation: string): LintFault[] {
  const faults: LintFault[] = [];
  const inSituation = `in situation "${situation}"`;
  const decisions = path.filter(({ step }) => step.kind === 'decide');
  if (decisions.length !== 1)
    faults.push({
      pointer: '/steps',
      reason: `${decisions.length} decide steps ${inSituation}, there must be one`,
    });
  const decided = path.findIndex(({ step }) => step.kind === 'decide');
  path.forEach(({ step, i }, place) => {
    const after = step.kind === 'issue' || step.kind === 'collect';
    if (decided !== -1 && after && place < decided)
      faults.push({ pointer: at(i), reason: `${step.kind} lies before the decision ${inSituation}` });
    if (decided !== -1 && !after && place > decided && step.kind !== 'decide')
      faults.push({ pointer: at(i), reason: `${step.kind} lies after the decision ${inSituation}` });
  });
  const collected = path.findIndex(({ step }) => step.kind === 'collect');
  if (collected !== -1 && collected < path.length - 1)
    faults.push({
      pointer: at(path[collected]?.i ?? 0),
      reason: `collect is not the last step ${inSituation}`,
    });
  return [...faults, ...acceptanceFaults(path, inSituation)];
}

function acceptanceFaults(path: { step: Step; i: number }[], inSituation: string): LintFault[] {
  const intake = path[0]?.step;
  if (intake?.kind !== 'intake') return [];
  const place = path.findIndex(({ step }) => step.kind === 'accept');
  const pointer = at(path[place]?.i ?? 0);
  if (intake.accepts && place !== -1)
    return [{ pointer, reason: `accepted at the intake already ${inSituation}` }];
  if (!intake.accepts && place === -1)
    return [
      { pointer: '/steps', reason: `nobody accepts ${inSituation}: add an accept step or "accepts": true` },
    ];
  return place > 1 ? [{ pointer, reason: `accept must follow the intake ${inSituation}` }] : [];
}

/** B.6 职责分离: who examined a file does not decide on it. */
function dutyFaults(steps: Step[]): LintFault[] {
  const desk = (step: Step): string => {
    const { at: level, role, office }: Desk = deskOfStep(step);
    return [level, role, office ?? ''].join(' ');
  };
  const examined = new Map(
    steps.filter((s) => s.kind === 'review' || s.kind === 'inspect').map((s) => [desk(s), s.id]),
  );
  return steps.flatMap((step, i) => {
    const same = step.kind === 'decide' ? examined.get(desk(step)) : undefined;
    return same === undefined
      ? []
      : [
          {
            pointer: at(i),
            reason: `decides at the desk that examined in step "${same}" (B.6: duties are separated)`,
          },
        ];
  });
}

function withoutFaults({ situations, steps }: Definition): LintFault[] {
  return situations.flatMap((situation, s) =>
    (situation.without ?? []).flatMap((id, w) => {
      const pointer = `/situations/${s}/without/${w}`;
      const step = steps.find((one) => one.id === id);
      if (!step) return [{ pointer, reason: `no step "${id}"` }];
      return step.kind === 'intake' ? [{ pointer, reason: 'the intake cannot be left out' }] : [];
    }),
  );
}
