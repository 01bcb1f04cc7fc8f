/** What the filing page shows: form, materials, commitments and check-list, in the order of the page. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  CsrfField,
  ErrorSummary,
  fieldId,
  LinkButton,
  renderForm,
  type TableSlot,
} from '../../../platform/web/index.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import type { Answer } from '../../../workflow/rules.ts';
import { ImportFaults } from '../../rosters/index.ts';
import type { Duplicate } from '../duplicates.ts';
import type { RemovedFile } from '../materials/store.ts';
import type { CaseView } from '../present.ts';
import type { MaterialStanding } from '../rules.ts';
import { type AsideProps, DuplicateCard, FilingAside } from './aside.tsx';
import type { SentBack } from './edit-page.tsx';
import { Materials, Warnings } from './materials.tsx';
import { endText, leftText, mostUrgent } from './words.ts';

export interface EditProps extends AsideProps {
  view: CaseView;
  csrf: string;
  /** Sent back with the form; a repeat of the same press gets the first answer. */
  requestId: string;
  schema: FormSchema;
  /** As typed, computed fields filled. */
  value: Record<string, unknown>;
  standings: readonly MaterialStanding[];
  /** Files that were taken out and may be brought back. */
  removed: readonly RemovedFile[];
  commitments: readonly string[];
  /** What stands against handing in, told now. */
  faults: readonly Fault[];
  warnings: readonly Fault[];
  /** Minor materials the applicant signs for bringing later. */
  gaps: readonly string[];
  /** Working days for them. */
  gapDays: number;
  /** Why a desk sent the case back without naming fields. */
  back: SentBack | null;
  /** Nothing needs to be filed, and why (B1-4 ①). */
  answer: Answer | null;
  hints: Readonly<Record<string, string>>;
  slots: Readonly<Record<string, TableSlot>>;
  /** What a spreadsheet was refused for. */
  sheetFaults: readonly string[];
  focus?: string;
  /** The same is under way for the same person. */
  duplicate: Duplicate | null;
  /** Ticked: it repeats nothing. */
  isChecked: boolean;
}

/** What handing in is called, by the kind of step that sent the file back. */
const SUBMIT: Partial<Record<CaseView['kind'], string>> = {
  deliberate: '再次提交评议',
  inspect: '整改好了，提交',
  pay: '账户改好，提交',
};

/** The form and the materials of a draft, or of a case that came back for correction. */
export function EditView(props: EditProps): JSX.Element {
  const { schema, faults } = props;
  return (
    <>
      {props.sheetFaults.length > 0 && <ImportFaults messages={props.sheetFaults} />}
      <ErrorSummary faults={faults} schema={schema} prefix="/form" />
      <Corrections {...props} />
      <AnswerCard answer={props.answer} />
      <Warnings warnings={props.warnings} />
      <DuplicateCard duplicate={props.duplicate} />
      <div class="filing-grid">
        <FilingAside parts={props.parts} applicant={props.applicant} term={props.term} />
        <EditForm {...props} />
      </div>
    </>
  );
}

function EditForm(props: EditProps): JSX.Element {
  const { view, csrf, requestId, schema, value, faults, hints, slots, focus } = props;
  const isDraft = view.phase === 'draft';
  return (
    <form
      method="post"
      action={`/cases/${view.id}/edit`}
      encType="multipart/form-data"
      data-autosave={`/cases/${view.id}/autosave`}
      data-offline-title={`${view.itemTitle} · ${view.situationTitle}`}
    >
      <CsrfField token={csrf} />
      <input type="hidden" name="version" value={view.version} />
      <input type="hidden" name="_request" value={requestId} />
      {renderForm({
        schema,
        value,
        faults: [...faults, ...view.faults],
        prefix: '/form',
        hints,
        slots,
        ...(focus && { focus }),
      })}
      <CaseMaterials {...props} />
      {props.duplicate && <NotDuplicate faults={faults} isChecked={props.isChecked} />}
      <Actions sticky>
        <Button name="_do" value="submit">
          {isDraft ? '提交' : (SUBMIT[view.kind] ?? '补正后提交')}
        </Button>
        <Button kind="secondary" name="_do" value="check">
          检查
        </Button>
        <Button kind="secondary" name="_do" value="save">
          保存草稿
        </Button>
        {isDraft && (
          <LinkButton kind="quiet" href={`/filing/drafts/${view.id}`}>
            转交、放弃
          </LinkButton>
        )}
      </Actions>
    </form>
  );
}

/** Where a fault about the missing tick points. */
export const NOT_DUPLICATE = '/data/notDuplicate';

function NotDuplicate({ faults, isChecked }: Pick<EditProps, 'faults' | 'isChecked'>): JSX.Element {
  const fault = faults.find((f) => f.pointer === NOT_DUPLICATE);
  return (
    <CheckField
      id={fieldId(NOT_DUPLICATE)}
      name="notDuplicate"
      label="已核对，不是重复申请"
      checked={isChecked}
      {...(fault && { error: fault.message })}
    />
  );
}

/** What the office named, each with a link to its place, and until when. */
function Corrections({ view, schema, back }: EditProps): JSX.Element | null {
  if (view.phase === 'draft') return null;
  const clock = mostUrgent(view.clocks);
  return (
    <Card
      tone="warn"
      title={
        view.faults.length > 0 ? `机关指出 ${view.faults.length} 处需要补正` : (back?.title ?? '退回修改')
      }
    >
      {clock && (
        <p>
          请在 <strong>{endText(clock)}</strong> 前改好提交（{leftText(clock)}）。
        </p>
      )}
      {view.faults.length > 0 ? (
        <ErrorSummaryLines faults={view.faults} schema={schema} />
      ) : (
        back?.says.map((line) => <p key={line}>{line}</p>)
      )}
    </Card>
  );
}

/** Nothing needs to be filed: handing in leaves a note, and no case (B1-4 ①). */
function AnswerCard({ answer }: { answer: Answer | null }): JSX.Element | null {
  if (!answer) return null;
  return (
    <Card tone="warn" title="按所填的情况，不需要办理">
      <p>
        <strong>{answer.says}</strong>
      </p>
      {answer.basis !== null && <p class="help">依据：{answer.basis}</p>}
      <p>点“提交”不立办件，留下一份告知单，打印交给群众。</p>
    </Card>
  );
}

/** The lines of a summary without its alarm: it is not an error of whoever looks at the page. */
function ErrorSummaryLines({ faults }: { faults: readonly Fault[]; schema: FormSchema }): JSX.Element {
  return (
    <ol class="plain-list">
      {faults.map((fault) => (
        <li key={fault.pointer + fault.message}>
          <a href={`#${fieldId(fault.pointer)}`}>{fault.message}</a>
        </li>
      ))}
    </ol>
  );
}

/** How many are still missing, and each material. */
function CaseMaterials(props: EditProps): JSX.Element {
  const { standings, view, faults, gaps, gapDays, commitments, removed } = props;
  const left = standings.filter((s) => s.way === 'missing').length;
  return (
    <Materials
      standings={standings.map(({ material, way, files }) => ({
        key: material.id,
        material,
        way,
        files,
        removed,
        isCommitted: commitments.includes(material.id),
        ...(material.tolerable && { gap: { isOwed: gaps.includes(material.id), days: gapDays } }),
      }))}
      faults={[...faults, ...view.faults]}
      filesAt={`/cases/${view.id}/materials`}
    >
      <span data-left>{left === 0 ? '需要的材料都齐了。' : `还差 ${left} 项。`}</span>
    </Materials>
  );
}
