import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { deeper } from '../form-schema.ts';
import { createAjv } from '../formats.ts';
import type { LintFault } from './types.ts';

/** Keywords whose faults only repeat what the branch below them says. */
const REPEATING = new Set(['if', 'allOf', 'anyOf', 'oneOf']);
const validators = new WeakMap<object, ValidateFunction>();

/** Check data files against a JSON Schema: every fault, in the maintainer's language, at the key it is about. */
export function shapeFaults(schema: object, data: unknown): LintFault[] {
  let validate = validators.get(schema);
  if (!validate) {
    validate = createAjv(() => '9999-12-31').compile(schema);
    validators.set(schema, validate);
  }
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
