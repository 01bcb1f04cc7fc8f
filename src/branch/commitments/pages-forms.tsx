/** Making a commitment, and what the acts on one ask for. */
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
import { fieldOf } from '../forms.tsx';
import { KINDS, OUTCOMES } from './types.ts';

export function MakeForm(props: {
  places: readonly { id: string; name: string }[];
  requestId: string;
  csrf: string;
  faults: readonly Fault[];
  typed: Record<string, string>;
}): JSX.Element {
  const { places, requestId, csrf, faults, typed } = props;
  const field = (name: string) => ({ ...fieldOf(typed, faults)(name), required: true });
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

/** What an act on a commitment asks for besides. */
export function actFields(event: string): JSX.Element | null {
  if (event === 'REPORT')
    return <TextArea id={fieldId('/evidence')} name="evidence" label="做了什么" required />;
  return event.startsWith('REVIEW') ? <ReviewFields /> : null;
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
