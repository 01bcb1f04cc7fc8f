/** FEEL (the expression language of DMN 1.3), evaluated by `feelin`. Pure: the clock's functions are taken away. */
import { evaluate, type FeelFunction, SyntaxError as FeelSyntaxError, parseExpression } from 'feelin';

/** What an expression may look at: names to values. */
export type FeelFacts = object;

/** `now()` and `today()` would read the machine's clock; the day is a fact, `today`. */
const NO_CLOCK = { now: null, today: null };

/** What an expression came to, and everything it stumbled over. */
export interface FeelResult {
  value: unknown;
  warnings: string[];
}

/** Results by expression; emptied when it grows beyond what all items together can fill. */
function remembered<T>(work: (expression: string) => T): (expression: string) => T {
  const known = new Map<string, { result: T }>();
  return (expression) => {
    const found = known.get(expression);
    if (found) return found.result;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const result = work(expression);
    known.set(expression, { result });
    return result;
  };
}
const MOST_REMEMBERED = 5000;

/**
 * An expression as a function of its facts, `function(form, today) …`. `feelin` reads the text at every
 * evaluation, which takes fifty times as long as working it out; a function is read once. Its warnings gather in
 * the list that came with it.
 */
const functionOf = remembered((definition) => {
  const { value, warnings } = evaluate(definition, NO_CLOCK);
  return { call: value as FeelFunction, warnings };
});

function work(expression: string, facts: FeelFacts) {
  const { call, warnings } = functionOf(`function(${Object.keys(facts).join(', ')}) ${expression}`);
  warnings.length = 0;
  return { value: call.invoke(Object.values(facts)) as unknown, warnings };
}

/**
 * Evaluate an expression; a name that is not there counts as null, as FEEL has it.
 * @param facts plain JSON values under names of letters and digits
 * @throws Error when the expression cannot be read (lint refuses such a definition)
 */
export const evaluateFeel = (expression: string, facts: FeelFacts): unknown => work(expression, facts).value;

/** Evaluate and tell every warning: an unknown name, a value of the wrong type. */
export function probeFeel(expression: string, facts: FeelFacts): FeelResult {
  const { value, warnings } = work(expression, facts);
  return { value, warnings: [...new Set(warnings.map((w) => w.message))] };
}

/** Why an expression cannot be read, with its column (from 1); null when it can. */
export const syntaxFault = remembered((expression): string | null => {
  try {
    evaluate(expression, {});
    return null;
  } catch (error) {
    if (error instanceof FeelSyntaxError) return `${error.message} at column ${error.position.from + 1}`;
    return null; // it can be read; with no facts at hand a range or a call may have nothing to work on
  }
});

/** Dotted paths an expression names, in every branch, taken or not: `form.kin.has`, `params.dibaoCarsMost`. */
export const pathsIn = remembered((expression): readonly string[] => {
  const paths = new Set<string>();
  parseExpression(expression, {}, undefined).iterate({
    enter(node) {
      const text = expression.slice(node.from, node.to);
      if (node.name === 'PathExpression' && /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)+$/u.test(text))
        paths.add(text);
    },
  });
  return [...paths];
});
