/** Making a commitment, and the acts on one. */
import type { JSX } from 'preact';
import type { Fault } from '../../errors.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  CsrfField,
  ErrorSummary,
  fieldId,
  optionsOf,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../../platform/web/index.ts';
import type { CommitmentView } from './present.ts';
import { KINDS, OUTCOMES } from './types.ts';

export function MakeForm(props: {
  places: readonly { id: string; name: string }[];
  requestId: string;
  csrf: string;
  faults: readonly Fault[];
  typed: Record<string, string>;
}): JSX.Element {
  const { places, requestId, csrf, faults, typed } = props;
  const field = (name: string) => {
    const error = faults.find((f) => f.pointer === `/${name}`)?.message;
    return {
      id: fieldId(`/${name}`),
      name,
      required: true,
      value: typed[name] ?? '',
      ...(error !== undefined && { error }),
    };
  };
  return (
    <Card title="作承诺">
      <ErrorSummary faults={faults} />
      <form method="post" action="/branch/commitments">
        <CsrfField token={csrf} />
        <input type="hidden" name="_request" value={requestId} />
        <SelectField
          {...field('org')}
          label="在哪个组织"
          options={places.map((p) => ({ value: p.id, text: p.name }))}
        />
        <RadioField {...field('kind')} label="类别" options={optionsOf(KINDS)} />
        <TextArea {...field('text')} label="承诺什么" help="200 字以内，写得出办没办到。" />
        <TextField {...field('beneficiary')} label="谁受益" />
        <TextField {...field('promisedOn')} type="date" label="哪天兑现" width="short" />
        <CheckField id="isForOrg" name="isForOrg" label="代表组织承诺（书记）" />
        <Actions>
          <Button>存为草稿</Button>
        </Actions>
      </form>
    </Card>
  );
}

export function ActForms(props: {
  view: CommitmentView;
  csrf: string;
  faults: readonly Fault[];
}): JSX.Element | null {
  const { view, csrf, faults } = props;
  if (view.possible.length === 0) return null;
  return (
    <Card title="办理">
      <ErrorSummary faults={faults} />
      {view.possible.map(({ event, title, reason }) => (
        <form key={event} method="post" action={`/branch/commitments/${view.id}/act/${event}`}>
          <CsrfField token={csrf} />
          <input type="hidden" name="version" value={view.version} />
          {reason && (
            <TextArea id={`reason-${event}`} name="reason" label={`${title}的理由`} rows={2} required />
          )}
          {event === 'REPORT' && (
            <TextArea id={fieldId('/evidence')} name="evidence" label="做了什么" required />
          )}
          {event.startsWith('REVIEW') && <ReviewFields />}
          <Actions>
            <Button kind={reason ? 'secondary' : 'primary'}>{title}</Button>
          </Actions>
        </form>
      ))}
    </Card>
  );
}

const ReviewFields = (): JSX.Element => (
  <>
    <TextField
      id={fieldId('/review/metOn')}
      name="metOn"
      type="date"
      label="开会日期"
      width="short"
      required
    />
    <TextField
      id={fieldId('/review/present')}
      name="present"
      inputMode="numeric"
      label="到会人数"
      width="short"
      required
    />
    <RadioField
      id={fieldId('/review/outcome')}
      name="outcome"
      label="会议的结论"
      required
      options={optionsOf(OUTCOMES)}
    />
    <TextArea id={fieldId('/review/remark')} name="remark" label="评议意见" rows={2} />
  </>
);
