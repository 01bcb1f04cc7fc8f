/** What the filing page of a package shows: the one form, and each material once. */
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
  renderForm,
} from '../../../platform/web/index.ts';
import type { GroupStanding } from '../check.ts';
import type { Draft } from '../queries.ts';
import { FORM_WORDS, WAY_BADGES } from './words.ts';

export interface EditProps {
  draft: Draft;
  csrf: string;
  /** Sent back with the form; a repeat of the same press gets the first answer. */
  requestId: string;
  faults: readonly Fault[];
  commitments: readonly string[];
  hints: Readonly<Record<string, string>>;
  focus?: string;
}

export function EditView(props: EditProps): JSX.Element {
  const { draft, csrf, requestId, faults, hints, focus } = props;
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
        {renderForm({ schema, value: check.form, faults, prefix: '/form', hints, ...(focus && { focus }) })}
        <Materials {...props} />
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

function Warnings({ warnings }: { warnings: readonly Fault[] }): JSX.Element | null {
  if (warnings.length === 0) return null;
  return (
    <Card tone="warn" title="请留意（不影响提交）">
      <ul class="plain-list">
        {warnings.map((w) => (
          <li key={w.pointer + w.message}>
            <a href={`#${fieldId(w.pointer)}`}>{w.message}</a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Materials({ draft, faults, commitments }: EditProps): JSX.Element {
  const now = draft.check.materials.filter((m) => !m.later);
  const asked = now.filter((m) => m.way !== 'spared');
  const spared = now.filter((m) => m.way === 'spared');
  const titles = (codes: readonly string[]): string =>
    draft.plan.items
      .filter((i) => codes.includes(i.code))
      .map((i) => i.title)
      .join('、');
  return (
    <fieldset class="section" id="materials">
      <legend>材料</legend>
      <p class="help">
        几个事项都要的，只传一次。手机上点“选择文件”可以直接拍照；支持 JPG、PNG、PDF，每个不超过 10
        MB，一项可以传几个。
      </p>
      {asked.map((standing) => (
        <MaterialField
          key={standing.key}
          standing={standing}
          packageId={draft.row.id}
          usedFor={titles(standing.codes)}
          isCommitted={commitments.includes(standing.key)}
          messages={faults.filter((f) => f.pointer === `/materials/${standing.key}`).map((f) => f.message)}
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

function MaterialField(props: {
  standing: GroupStanding;
  packageId: string;
  usedFor: string;
  isCommitted: boolean;
  messages: readonly string[];
}): JSX.Element {
  const { standing, packageId, usedFor, isCommitted, messages } = props;
  const { material, key, way, files } = standing;
  const badge = WAY_BADGES[way];
  const what = `${FORM_WORDS[material.form]} ${material.copies} 份。${material.help ?? ''}用于：${usedFor}。`;
  return (
    <div class="material">
      <p class="material-state">
        <Badge tone={badge.tone} text={badge.text} />
      </p>
      <FileField
        id={fieldId(`/materials/${key}`)}
        name={`material:${key}`}
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
              <a href={`/package-cases/${packageId}/materials/${file.id}`} target="_blank" rel="noopener">
                {file.name}
              </a>{' '}
              <Button kind="quiet" name="_delete" value={file.id}>
                删除<span class="vh">{file.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {material.waiver?.way === 'commitment' && (
        <CheckField
          id={`commitment-${key}`}
          name="commitment"
          value={key}
          checked={isCommitted}
          label={`申请人书面承诺，代替提交“${material.title}”`}
          help={material.waiver.source}
        />
      )}
    </div>
  );
}
