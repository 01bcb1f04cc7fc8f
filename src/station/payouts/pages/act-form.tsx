/** What the forms of acts have in common: what was typed, what stands against it, and the two ways on. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { Actions, Button, type ButtonKind, LinkButton } from '../../../platform/web/index.ts';
import { isRefusal } from '../../shell.tsx';

/** What was typed, and what stands against it. */
export interface ActState {
  value: Record<string, unknown>;
  faults?: readonly Fault[];
  problem?: string;
  status?: number | undefined;
  requestId?: string | undefined;
}

/**
 * What a refusal says of single fields, each below `/data` as the form is drawn.
 * @throws the error, when it is no such refusal
 */
export function faultsIn(error: unknown): Fault[] {
  if (!isRefusal(error) || !error.faults || error.code === 'request.reused') throw error;
  return error.faults.map((f) =>
    f.pointer.startsWith('/data') ? f : { ...f, pointer: `/data${f.pointer}` },
  );
}

/** Do it, or go back and leave everything as it is. */
export const DoOrLeave = (props: { text: string; kind: ButtonKind; back: string }): JSX.Element => (
  <Actions>
    <Button kind={props.kind}>{props.text}</Button>
    <LinkButton kind="quiet" href={props.back}>
      返回，不办理
    </LinkButton>
  </Actions>
);
