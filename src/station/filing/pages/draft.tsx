/** One draft: go on, hand it to a colleague, put it aside. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { chineseDateTime } from '../../../kernel/time.ts';
import { requireSession } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  ErrorSummary,
  fieldId,
  LinkButton,
  SelectField,
  TextArea,
} from '../../../platform/web/index.ts';
import { type DraftLine, getDraft, otherClerks } from '../../cases/index.ts';
import { StationPage, show } from '../../shell.tsx';
import type { FilingDeps } from '../deps.ts';

interface Typed {
  to?: string;
  note?: string;
  faults?: readonly Fault[];
}

interface Props {
  draft: DraftLine;
  csrf: string;
  requestId: string;
}

/** @throws notFound `draft.not_found` */
export async function draftPage(
  ctx: RouteContext,
  deps: FilingDeps,
  id: string,
  typed: Typed,
): Promise<void> {
  const who = requireSession(ctx);
  const draft = await getDraft(deps, who, id);
  const colleagues = await otherClerks(deps, who, draft.villageId);
  const props = { draft, csrf: ctx.state.csrf ?? '', requestId: newId(deps.clock.now(), deps.random) };
  const isOwn = draft.holder === who.accountId && draft.discardedAt === null;
  const title = `${draft.applicantName || '没有姓名'}的草稿`;
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title={title}
      heading={title}
      breadcrumbs={[
        { href: '/filing', text: '收件' },
        { href: '/filing/drafts', text: '草稿' },
        { text: draft.applicantName || draft.itemTitle },
      ]}
      narrow
    >
      <ErrorSummary faults={typed.faults ?? []} />
      <Card>
        <DefinitionList
          items={[
            { term: '事项', detail: draft.itemTitle, wide: true },
            { term: '在谁名下', detail: draft.holderName },
            { term: '最后填写', detail: `${draft.typedByName} ${chineseDateTime(draft.typedAt)}` },
            ...(draft.fromName
              ? [{ term: `${draft.fromName}转来`, detail: draft.note ?? '没有留言', wide: true }]
              : []),
          ]}
        />
        {isOwn && (
          <Actions>
            <LinkButton kind="primary" href={`/cases/${id}/edit`} shortcut="e">
              继续填写
            </LinkButton>
          </Actions>
        )}
      </Card>
      {isOwn ? (
        <>
          <HandOver {...props} colleagues={colleagues} typed={typed} />
          <Discard {...props} />
        </>
      ) : (
        <BringHere {...props} />
      )}
    </StationPage>,
    typed.faults ? 422 : 200,
  );
}

function Hidden({ csrf, requestId }: Props): JSX.Element {
  return (
    <>
      <CsrfField token={csrf} />
      <input type="hidden" name="_request" value={requestId} />
    </>
  );
}

function HandOver(
  props: Props & { colleagues: readonly { accountId: string; name: string }[]; typed: Typed },
): JSX.Element {
  const { draft, colleagues, typed } = props;
  const fault = typed.faults?.find((f) => f.pointer === '/to');
  if (colleagues.length === 0)
    return (
      <Card title="转给同事">
        <p class="help">本村没有别的代办员。</p>
      </Card>
    );
  return (
    <Card title="转给同事">
      <form method="post" action={`/filing/drafts/${draft.caseId}/hand`}>
        <Hidden {...props} />
        <SelectField
          id={fieldId('/to')}
          name="to"
          label="转给谁"
          required
          width="medium"
          options={colleagues.map((c) => ({ value: c.accountId, text: c.name }))}
          value={typed.to ?? ''}
          {...(fault && { error: fault.message })}
        />
        <TextArea id="note" name="note" label="留言：还差什么" rows={2} value={typed.note ?? ''} />
        <Actions>
          <Button>转交</Button>
        </Actions>
      </form>
    </Card>
  );
}

function Discard(props: Props): JSX.Element {
  return (
    <Card title="不办了">
      <p class="help">放弃以后从列表里拿走，30 天内可以恢复。</p>
      <form method="post" action={`/filing/drafts/${props.draft.caseId}/discard`}>
        <Hidden {...props} />
        <Actions>
          <Button kind="danger">放弃这份草稿</Button>
        </Actions>
      </form>
    </Card>
  );
}

/** A colleague's, or one that was put aside. */
function BringHere(props: Props): JSX.Element {
  const { caseId, discardedAt, holderName } = props.draft;
  const [act, text] = discardedAt === null ? ['take', `从${holderName}接手`] : ['restore', '恢复这份草稿'];
  return (
    <form method="post" action={`/filing/drafts/${caseId}/${act}`}>
      <Hidden {...props} />
      <Button shortcut="e">{text}</Button>
    </form>
  );
}
