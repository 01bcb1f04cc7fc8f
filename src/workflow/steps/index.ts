import type { StateJson } from '../machine.ts';
import type { Step, StepKind } from '../types.ts';
import { accept } from './accept.ts';
import { allot } from './allot.ts';
import { appraise } from './appraise.ts';
import { awaiting } from './await.ts';
import type { StepBuilder } from './build.ts';
import { check } from './check.ts';
import { collect } from './collect.ts';
import { decide } from './decide.ts';
import { deliberate } from './deliberate.ts';
import { follow } from './follow.ts';
import { inspect } from './inspect.ts';
import { intake } from './intake.ts';
import { issue } from './issue.ts';
import { joint } from './joint.ts';
import { pay } from './pay.ts';
import { post } from './post.ts';
import { review } from './review.ts';

type Kinds = { [K in StepKind]: (b: StepBuilder<Extract<Step, { kind: K }>>) => StateJson };

const KINDS: Kinds = {
  intake,
  accept,
  deliberate,
  review,
  inspect,
  check,
  joint,
  appraise,
  await: awaiting,
  allot,
  post,
  decide,
  issue,
  pay,
  collect,
  follow,
};

/** The state fragment of one step. */
export function compileStep(b: StepBuilder): StateJson {
  return (KINDS[b.step.kind] as (b: StepBuilder) => StateJson)(b);
}
