/** Forms that several modules of the branch wing show in the same way. */
import type { ComponentChildren, JSX } from 'preact';
import type { Fault } from '../errors.ts';
import { type RouteContext, sentForm } from '../platform/http/index.ts';
import {
  Actions,
  Button,
  type ButtonKind,
  Card,
  CsrfField,
  ErrorSummary,
  fieldId,
  TextArea,
} from '../platform/web/index.ts';

/** What somebody typed, by the name of the field. */
export type Given = Record<string, string>;

/** What was sent: fields left empty say nothing, and the proof is no field. */
export const givenBy = (ctx: RouteContext): Given =>
  Object.fromEntries(
    sentForm(ctx).fields.flatMap(([name, value]) =>
      name === '_csrf' || value.trim() === '' ? [] : [[name, value.trim()]],
    ),
  );

/** A field as it was typed, with what is wrong with it. */
export const fieldOf = (given: Given, faults: readonly Fault[]) => (name: string) => {
  const error = faults.find((f) => f.pointer === `/${name}`)?.message;
  return {
    id: fieldId(`/${name}`),
    name,
    ...(error && { error }),
    ...(given[name] && { value: given[name] }),
  };
};

/** A form for each act that is possible, with the reason where the chart asks for one; nothing when none is. */
export function ActForms(props: {
  possible: readonly { event: string; title: string; reason?: boolean }[];
  version: number;
  /** Where acts are posted to, before the name of the act. */
  action: string;
  csrf: string;
  faults: readonly Fault[];
  /** What an act asks for besides. */
  fields?(event: string): ComponentChildren;
  kind?(event: string): ButtonKind;
}): JSX.Element | null {
  const { possible, version, action, csrf, faults, fields, kind } = props;
  if (possible.length === 0) return null;
  return (
    <Card title="办理">
      <ErrorSummary faults={faults} />
      {possible.map(({ event, title, reason }) => (
        <form key={event} method="post" action={`${action}/${event}`}>
          <CsrfField token={csrf} />
          <input type="hidden" name="version" value={version} />
          {reason && (
            <TextArea id={`reason-${event}`} name="reason" label={`${title}的理由`} rows={2} required />
          )}
          {fields?.(event)}
          <Actions>
            <Button kind={kind?.(event) ?? (reason ? 'secondary' : 'primary')}>{title}</Button>
          </Actions>
        </form>
      ))}
    </Card>
  );
}
