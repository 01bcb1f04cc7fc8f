import type { ErrorObject } from 'ajv/dist/2020.js';
import { deeper } from '../form-schema.ts';
import { compiled } from '../formats.ts';
import type { LintFault } from './types.ts';

/** Keywords whose faults only repeat what the branch below them says. */
const REPEATING = new Set(['if', 'allOf', 'anyOf', 'oneOf']);

/** Check data files against a JSON Schema: every fault, in the maintainer's language, at the key it is about. */
export function shapeFaults(schema: object, data: unknown): LintFault[] {
  const validate = compiled(schema);
  if (validate(data)) return [];
  const told = (validate.errors as ErrorObject[]).filter((e) => !REPEATING.has(e.keyword)).map(tell);
  const once = new Map(told.map((fault) => [`${fault.pointer}\n${fault.reason}`, fault]));
  return [...once.values()];
}

function tell({ instancePath, keyword, params, message }: ErrorObject): LintFault {
  switch (keyword) {
    case 'required':
      return { pointer: deeper(instancePath, params.missingProperty), reason: 'missing' };
    case 'additionalProperties':
      return { pointer: deeper(instancePath, params.additionalProperty), reason: 'unknown key' };
    case 'enum':
      return {
        pointer: instancePath,
        reason: `must be one of ${(params.allowedValues as unknown[]).join(', ')}`,
      };
    default:
      return { pointer: instancePath, reason: message ?? keyword };
  }
}
