/** What the filing page of a package shows: the one form, and each material once. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { Actions, Button, CsrfField, ErrorSummary, renderForm } from '../../../platform/web/index.ts';
import { Materials, Warnings } from '../../cases/index.ts';
import type { Draft } from '../queries.ts';

export interface EditProps {
  draft: Draft;
  csrf: string;
  /** Sent back with the form; a repeat of the same press gets the first answer. */
  requestId: string;
  /** Whom it was begun for; empty where nothing was known. */
  citizen: string;
  faults: readonly Fault[];
  commitments: readonly string[];
  hints: Readonly<Record<string, string>>;
  focus?: string;
}

export function EditView(props: EditProps): JSX.Element {
  const { draft, csrf, requestId, citizen, faults, hints, focus } = props;
  const { row, plan, check } = draft;
  const { schema } = plan.form;
  return (
    <>
      <ErrorSummary faults={faults} schema={schema} prefix="/form" />
      <Warnings warnings={check.warnings} />
      <form
        method="post"
        action={`/package-cases/${row.id}/edit`}
        encType="multipart/form-data"
        data-autosave={`/package-cases/${row.id}/autosave`}
      >
        <CsrfField token={csrf} />
        <input type="hidden" name="version" value={row.version} />
        <input type="hidden" name="_request" value={requestId} />
        {citizen !== '' && <input type="hidden" name="citizen" value={citizen} />}
        {renderForm({ schema, value: check.form, faults, prefix: '/form', hints, ...(focus && { focus }) })}
        <PackageMaterials {...props} />
        <Actions sticky>
          <Button name="_do" value="submit">
            一起提交
          </Button>
          <Button kind="secondary" name="_do" value="check">
            检查
          </Button>
          <Button kind="secondary" name="_do" value="save">
            保存草稿
          </Button>
        </Actions>
      </form>
      <form method="post" action={`/package-cases/${row.id}/abandon`}>
        <CsrfField token={csrf} />
        <Button kind="quiet" confirm="放弃以后，填写的内容不再保留。确定放弃吗？">
          放弃这份草稿
        </Button>
      </form>
    </>
  );
}

/** Each material once, with the items that ask for it. */
function PackageMaterials({ draft, faults, commitments }: EditProps): JSX.Element {
  const titles = (codes: readonly string[]): string =>
    draft.plan.items
      .filter((i) => codes.includes(i.code))
      .map((i) => i.title)
      .join('、');
  return (
    <Materials
      standings={draft.check.materials
        .filter((m) => !m.later)
        .map(({ key, material, way, files, codes }) => ({
          key,
          material,
          way,
          files,
          isCommitted: commitments.includes(key),
          usedFor: titles(codes),
        }))}
      faults={faults}
      filesAt={`/package-cases/${draft.row.id}/materials`}
    >
      几个事项都要的，只传一次。
    </Materials>
  );
}
