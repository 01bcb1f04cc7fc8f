import type { JSX } from 'preact';
import { Button, Card, CsrfField, LinkButton, renderView } from '../../../platform/web/index.ts';
import type { FullCase } from '../queries.ts';
import { viewSlots } from './roster-parts.tsx';

/** The form as filled. Numbers are masked; seeing them in full is an act of its own and leaves a trace. */
export function FormCard(props: {
  full: FullCase;
  /** Page of a long roster. */
  rows: number;
  reveal: boolean;
  mayReveal: boolean;
  csrf: string;
}): JSX.Element {
  const { full, rows, reveal, mayReveal, csrf } = props;
  const { view, row, pinned } = full;
  const aside = reveal ? (
    <LinkButton kind="quiet" href={`/cases/${view.id}#form`}>
      重新隐藏
    </LinkButton>
  ) : (
    mayReveal && (
      <form method="post" action={`/cases/${view.id}/reveal#form`}>
        <CsrfField token={csrf} />
        <Button kind="quiet" shortcut="f">
          显示完整证件号
        </Button>
      </form>
    )
  );
  return (
    <Card id="form" title="申请表" aside={aside}>
      {reveal && <p class="help">本次查看完整信息已记录。</p>}
      {renderView({
        schema: pinned.formFor(row.situation),
        value: row.form,
        faults: view.faults,
        prefix: '/form',
        reveal,
        slots: viewSlots(full, rows),
        level: 3,
      })}
    </Card>
  );
}
