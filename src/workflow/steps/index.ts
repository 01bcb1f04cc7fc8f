import type { StateJson } from '../machine.ts';
import type { Step, StepKind } from '../types.ts';
import { accept } from './accept.ts';
import type { StepBuilder } from './build.ts';
import { collect } from './collect.ts';
import { decide } from './decide.ts';
import { inspect } from './inspect.ts';
import { intake } from './intake.ts';
import { issue } from './issue.ts';
import { post } from './post.ts';
import { review } from './review.ts';

type Kinds = { [K in StepKind]: (b: StepBuilder<Extract<Step, { kind: K }>>) => StateJson };

const KINDS: Kinds = { intake, accept, review, inspect, post, decide, issue, collect };

/** The state fragment of one step. */
export function compileStep(b: StepBuilder): StateJson {
  return (KINDS[b.step.kind] as (b: StepBuilder) => StateJson)(b);
}
