/** FEEL (the expression language of DMN 1.3), evaluated by `feelin`. Pure: the clock's functions are taken away. */
import { evaluate, SyntaxError as FeelSyntaxError, parseExpression } from 'feelin';

/** What an expression may look at: names to values. */
export type FeelFacts = object;

/** `now()` and `today()` would read the machine's clock; the day is a fact, `today`. */
const NO_CLOCK = { now: null, today: null };

/** What an expression came to, and everything it stumbled over. */
export interface FeelResult {
  value: unknown;
  warnings: string[];
}

/**
 * Evaluate an expression; a name that is not there counts as null, as FEEL has it.
 * @throws Error when the expression cannot be read (lint refuses such a definition)
 */
export function evaluateFeel(expression: string, facts: FeelFacts): unknown {
  return evaluate(expression, { ...NO_CLOCK, ...facts }).value;
}

/** Evaluate and tell every warning: an unknown name, a value of the wrong type. */
export function probeFeel(expression: string, facts: FeelFacts): FeelResult {
  const { value, warnings } = evaluate(expression, { ...NO_CLOCK, ...facts });
  return { value, warnings: [...new Set(warnings.map((w) => w.message))] };
}

/** Why an expression cannot be read, with its column (from 1); null when it can. */
export function syntaxFault(expression: string): string | null {
  try {
    evaluate(expression, {});
    return null;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return `${error.message} at column ${error.position.from + 1}`;
    return null; // it can be read; with no facts at hand a range or a call may have nothing to work on
  }
}

/** Dotted paths an expression names, in every branch, taken or not: `form.kin.has`, `params.dibaoCarsMost`. */
export function pathsIn(expression: string): string[] {
  const paths = new Set<string>();
  parseExpression(expression, {}, undefined).iterate({
    enter(node) {
      const text = expression.slice(node.from, node.to);
      if (node.name === 'PathExpression' && /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)+$/u.test(text))
        paths.add(text);
    },
  });
  return [...paths];
}
