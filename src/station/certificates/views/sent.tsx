/** A form that came back: what it held, and what is wrong with it. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { ErrorSummary, fieldId } from '../../../platform/web/index.ts';

export interface Sent {
  form: 'turn-back' | 'proposal' | 'decline';
  given: Record<string, string>;
  faults: Fault[];
}

const faultsOf = (sent: Sent | undefined, form: Sent['form']) => (sent?.form === form ? sent.faults : []);

/** Name, value and error of a field. */
export const field = (sent: Sent | undefined, form: Sent['form'], name: string) => {
  const error = faultsOf(sent, form).find((f) => f.pointer === `/${name}`)?.message;
  const value = sent?.form === form ? sent.given[name] : undefined;
  return { id: fieldId(`/${name}`, form), name, ...(error && { error }), ...(value && { value }) };
};

export const Faults = ({ sent, form }: { sent: Sent | undefined; form: Sent['form'] }): JSX.Element => (
  <ErrorSummary faults={faultsOf(sent, form)} idPrefix={form} />
);
