/** JSON pointers (RFC 6901): the names of inputs, the places of faults, the source of element ids. */

import { deeper, segmentsOf } from '../../../workflow/form-schema.ts';

export { deeper as join, segmentsOf };

/** A pointer from unescaped segments. */
export function pointerOf(segments: readonly (string | number)[]): string {
  return segments.reduce<string>(deeper, '');
}

/** The value at a pointer; undefined when there is none. Own properties only. */
export function getAt(value: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>((at, segment) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, segment)) return undefined;
    return (at as Record<string, unknown>)[segment];
  }, value);
}

function idSegment(segment: string): string {
  return segment.replace(/[^A-Za-z0-9]/gu, (c) => `_${c.codePointAt(0)?.toString(16) ?? ''}_`);
}

/**
 * The element id of a fault's or field's pointer, the same on every page: `/form/applicant/idNumber` →
 * `f-form-applicant-idNumber`. Different pointers never share an id.
 */
export function fieldId(pointer: string, idPrefix = 'f'): string {
  return [idPrefix, ...segmentsOf(pointer).map(idSegment)].join('-');
}
