/** The receipt code, asked for wherever something is read by it. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { Actions, Button, Card, ErrorSummary, TextField } from '../../../platform/web/index.ts';
import { fieldOf } from '../../forms.tsx';

/** What to say when nothing lies under a code. */
export const WRONG_CODE: readonly Fault[] = [
  { pointer: '/code', message: '没有这个回执码，请核对 16 位数字' },
];

export const CodeForm = (props: {
  action: string;
  help?: string;
  faults?: readonly Fault[];
}): JSX.Element => {
  const { action, help, faults = [] } = props;
  return (
    <Card>
      <form method="post" action={action}>
        <ErrorSummary faults={faults} />
        <TextField
          {...fieldOf({}, faults)('code')}
          label="回执码"
          {...(help && { help })}
          inputMode="numeric"
          mark={false}
        />
        <Actions>
          <Button>查看</Button>
        </Actions>
      </form>
    </Card>
  );
};
