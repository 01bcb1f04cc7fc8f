/** What the filing page shows: form, materials, commitments and check-list, in the order of the page. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import {
  Actions,
  Badge,
  Button,
  Card,
  CheckField,
  Checklist,
  CsrfField,
  ErrorSummary,
  FileField,
  fieldId,
  LinkButton,
  renderForm,
  type TableSlot,
} from '../../../platform/web/index.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import type { Answer } from '../../../workflow/rules.ts';
import { ImportFaults } from '../../rosters/index.ts';
import type { CaseView } from '../present.ts';
import type { MaterialStanding, MaterialWay } from '../rules.ts';
import type { SentBack } from './edit-page.tsx';
import { endText, leftText, mostUrgent } from './words.ts';

export interface EditProps {
  view: CaseView;
  csrf: string;
  /** Sent back with the form; a repeat of the same press gets the first answer. */
  requestId: string;
  schema: FormSchema;
  /** As typed, computed fields filled. */
  value: Record<string, unknown>;
  standings: readonly MaterialStanding[];
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
}

/** What handing in is called, by the kind of step that sent the file back. */
const SUBMIT: Partial<Record<CaseView['kind'], string>> = {
  deliberate: '再次提交评议',
  inspect: '整改好了，提交',
  pay: '账户改好，提交',
};

const FORM_WORDS = { original: '原件', copy: '复印件', electronic: '电子件' } as const;

const materialPointer = (id: string): string => `/materials/${id}`;

/** The form and the materials of a draft, or of a case that came back for correction. */
export function EditView(props: EditProps): JSX.Element {
  const { view, csrf, requestId, schema, value, faults, hints, slots, focus } = props;
  const shown = [...faults, ...view.faults];
  return (
    <>
      {props.sheetFaults.length > 0 && <ImportFaults messages={props.sheetFaults} />}
      <ErrorSummary faults={faults} schema={schema} prefix="/form" />
      <Corrections {...props} />
      <AnswerCard answer={props.answer} />
      <Warnings warnings={props.warnings} />
      <form
        method="post"
        action={`/cases/${view.id}/edit`}
        encType="multipart/form-data"
        data-autosave={`/cases/${view.id}/autosave`}
      >
        <CsrfField token={csrf} />
        <input type="hidden" name="version" value={view.version} />
        <input type="hidden" name="_request" value={requestId} />
        {renderForm({ schema, value, faults: shown, prefix: '/form', hints, slots, ...(focus && { focus }) })}
        <Materials {...props} />
        <Actions sticky>
          <Button name="_do" value="submit">
            {view.phase === 'draft' ? '提交' : (SUBMIT[view.kind] ?? '补正后提交')}
          </Button>
          <Button kind="secondary" name="_do" value="check">
            检查
          </Button>
          <Button kind="secondary" name="_do" value="save">
            保存草稿
          </Button>
        </Actions>
      </form>
      {view.phase === 'draft' && (
        <p>
          <LinkButton kind="quiet" href={`/cases/${view.id}/act/WITHDRAW`}>
            放弃这份草稿
          </LinkButton>
        </p>
      )}
    </>
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

function Warnings({ warnings }: { warnings: readonly Fault[] }): JSX.Element | null {
  if (warnings.length === 0) return null;
  return (
    <Card tone="warn" title="请留意（不影响提交）">
      <ul class="plain-list">
        {warnings.map((w) => (
          <li key={w.message}>
            <a href={`#${fieldId(w.pointer)}`}>{w.message}</a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Materials(props: EditProps): JSX.Element {
  const { standings, view, faults } = props;
  const spared = standings.filter((s) => s.way === 'spared');
  const asked = standings.filter((s) => s.way !== 'spared');
  const left = asked.filter((s) => s.way === 'missing').length;
  return (
    <fieldset class="section" id="materials">
      <legend>材料</legend>
      <p class="help">
        {left === 0 ? '需要的材料都齐了。' : `还差 ${left} 项。`}
        手机上点“选择文件”可以直接拍照；支持 JPG、PNG、PDF，每个不超过 10 MB，一项可以传几个。
      </p>
      {asked.map((s) => (
        <MaterialField
          key={s.material.id}
          standing={s}
          view={view}
          isCommitted={props.commitments.includes(s.material.id)}
          isOwed={props.gaps.includes(s.material.id)}
          gapDays={props.gapDays}
          messages={[...faults, ...view.faults]
            .filter((f) => f.pointer === materialPointer(s.material.id))
            .map((f) => f.message)}
        />
      ))}
      {spared.length > 0 && (
        <>
          <h2>不用带的材料</h2>
          <Checklist
            items={spared.map(({ material }) => ({
              state: 'waived',
              text: material.title,
              note: material.waiver?.source,
            }))}
          />
        </>
      )}
    </fieldset>
  );
}

const WAY_BADGES: Record<MaterialWay, { tone: 'done' | 'warn' | 'info'; text: string }> = {
  uploaded: { tone: 'done', text: '已上传' },
  committed: { tone: 'info', text: '已承诺' },
  owed: { tone: 'info', text: '容缺，后补' },
  missing: { tone: 'warn', text: '待上传' },
  spared: { tone: 'done', text: '免交' },
};

function MaterialField(props: {
  standing: MaterialStanding;
  view: CaseView;
  isCommitted: boolean;
  isOwed: boolean;
  gapDays: number;
  messages: readonly string[];
}): JSX.Element {
  const { standing, view, isCommitted, isOwed, gapDays, messages } = props;
  const { material, way, files } = standing;
  const badge = WAY_BADGES[way];
  const what = `${FORM_WORDS[material.form]} ${material.copies} 份。${material.help ?? ''}`;
  return (
    <div class="material">
      <p class="material-state">
        <Badge tone={badge.tone} text={badge.text} />
      </p>
      <FileField
        id={fieldId(materialPointer(material.id))}
        name={`material:${material.id}`}
        label={material.title}
        help={what}
        multiple
        mark={false}
        {...(messages.length > 0 && { error: [...new Set(messages)].join('；') })}
      />
      {files.length > 0 && (
        <ul class="uploaded">
          {files.map((file) => (
            <li key={file.id}>
              <a href={`/cases/${view.id}/materials/${file.id}`} target="_blank" rel="noopener">
                {file.name}
              </a>{' '}
              <span class="help">{sizeText(file.size)}</span>{' '}
              <Button kind="quiet" name="_delete" value={file.id}>
                删除<span class="vh">{file.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {material.waiver?.way === 'commitment' && (
        <CheckField
          id={`commitment-${material.id}`}
          name="commitment"
          value={material.id}
          checked={isCommitted}
          label={`申请人书面承诺，代替提交“${material.title}”`}
          help={material.waiver.source}
        />
      )}
      {material.tolerable && (
        <CheckField
          id={`gap-${material.id}`}
          name="gap"
          value={material.id}
          checked={isOwed}
          label={`容缺：签承诺，“${material.title}”后补`}
          help={`先受理；受理后 ${gapDays} 个工作日内补交，逾期终止办理，已经批准的撤销。`}
        />
      )}
    </div>
  );
}

/** 350 KB, 1.2 MB */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
