import type { Named, StateJson } from '../machine.ts';
import type { DecideStep, Definition } from '../types.ts';
import { message, paper, type StepBuilder, stopTerms, workDesk } from './build.ts';

/** What a decision in the citizen's favour sets going, made by a person or by the law (B2-12). */
export function granting(definition: Definition, step: DecideStep): Named[] {
  const { certificate } = step;
  return [
    { type: 'noteDecision', params: { outcome: 'granted' } },
    ...stopTerms(definition),
    ...(certificate === undefined ? [] : [{ type: 'certificate.reserve', params: { certificate } }]),
    ...(definition.reaches ? [{ type: 'reach' }] : []),
    paper('approval'),
    message('approved'),
  ];
}

/** 决定: grant, or reject with facts, reasons, articles and the right of review (B2-9, B.3). */
export function decide(b: StepBuilder<DecideStep>): StateJson {
  return workDesk(
    b,
    {
      APPROVE: b.onward(granting(b.definition, b.step)),
      REJECT: b.end('rejected', [
        { type: 'noteDecision', params: { outcome: 'rejected' } },
        ...stopTerms(b.definition),
        paper('rejection'),
        message('rejected'),
      ]),
    },
    { returnTo: b.step.returnTo },
  );
}
