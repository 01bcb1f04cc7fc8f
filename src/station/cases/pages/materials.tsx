/** Materials to bring, wherever a form asks for them: each with its state, its files and what may stand in for it. */
import type { ComponentChildren, JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import {
  Badge,
  type BadgeTone,
  Button,
  Card,
  CheckField,
  Checklist,
  FileField,
  fieldId,
} from '../../../platform/web/index.ts';
import type { Material } from '../../../workflow/types.ts';
import type { MaterialWay } from '../rules.ts';

/** A page that came. Where pages are put in order and turned, they say how they lie. */
interface AskedFile {
  id: string;
  name: string;
  mime: string;
  size: number;
  turn?: number;
  pages?: number | null;
  thumbHash?: string | null;
}

interface AskedMaterial {
  /** Names its fields; a fault about it points to `/materials/<key>`. */
  key: string;
  material: Material;
  way: MaterialWay;
  files: readonly AskedFile[];
  /** What was taken out within a day, of this material and of others. */
  removed?: readonly { id: string; materialId: string; name: string }[];
  isCommitted: boolean;
  /** Where it may be brought later: whether it is promised, and the working days for it. */
  gap?: { isOwed: boolean; days: number };
  /** What it is for, where several items ask for it. */
  usedFor?: string;
}

interface Props {
  standings: readonly AskedMaterial[];
  faults: readonly Fault[];
  /** Address under which the files lie. */
  filesAt: string;
  /** What is said before the first one. */
  children: ComponentChildren;
}

export const FORM_WORDS = { original: '原件', copy: '复印件', electronic: '电子件' } as const;

const WAY_BADGES: Record<MaterialWay, { tone: BadgeTone; text: string }> = {
  uploaded: { tone: 'done', text: '已上传' },
  committed: { tone: 'info', text: '已承诺' },
  owed: { tone: 'info', text: '容缺，后补' },
  missing: { tone: 'warn', text: '待上传' },
  spared: { tone: 'done', text: '免交' },
};

/** What the applicant is asked for, and what nobody needs to bring. */
export function Materials({ standings, faults, filesAt, children }: Props): JSX.Element {
  const spared = standings.filter((s) => s.way === 'spared');
  return (
    <fieldset class="section" id="materials">
      <legend>材料</legend>
      <p class="help">
        {children}拍照、扫描件都可以：JPG、PNG、PDF，每个不超过 10
        MB。一项有几页的，可以一次选几个，传好再排顺序。
      </p>
      {standings
        .filter((s) => s.way !== 'spared')
        .map((s) => (
          <MaterialField key={s.key} asked={s} faults={faults} filesAt={filesAt} />
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

type FieldProps = Omit<Props, 'standings' | 'children'> & { asked: AskedMaterial };

function MaterialField({ asked, faults, filesAt }: FieldProps): JSX.Element {
  const { key, material, usedFor } = asked;
  const pointer = `/materials/${key}`;
  const messages = faults.filter((f) => f.pointer === pointer).map((f) => f.message);
  const what = `${FORM_WORDS[material.form]} ${material.copies} 份。${material.help ?? ''}`;
  const id = fieldId(pointer);
  return (
    <div class="material" data-material={key} data-files-at={filesAt}>
      <FileField
        id={id}
        name={`material:${key}`}
        label={material.title}
        help={usedFor ? `${what}用于：${usedFor}。` : what}
        multiple
        mark={false}
        {...(messages.length > 0 && { error: [...new Set(messages)].join('；') })}
      />
      <label class="button button-secondary camera" for={`${id}__camera`}>
        拍照
        <span class="vh">：{material.title}</span>
        <input
          id={`${id}__camera`}
          type="file"
          name={`material:${key}`}
          accept="image/*"
          capture="environment"
        />
      </label>
      <MaterialState asked={asked} filesAt={filesAt} />
      <InsteadOf {...asked} />
    </div>
  );
}

/** Whether it is there, and its pages in their order. Drawn anew by the script when a page came or went. */
export function MaterialState({
  asked,
  filesAt,
}: {
  asked: Pick<AskedMaterial, 'key' | 'way' | 'files' | 'removed'>;
  filesAt: string;
}): JSX.Element {
  const { key, way, files, removed = [] } = asked;
  const pages = files.reduce((sum, f) => sum + (f.pages ?? 1), 0);
  const gone = removed.filter((f) => f.materialId === key);
  return (
    <div data-material-state={way}>
      <p class="material-state">
        <Badge {...WAY_BADGES[way]} />
        {pages > 1 && <span class="help"> 共 {pages} 页</span>}
      </p>
      {files.length > 0 && (
        <ol class="uploaded pages">
          {files.map((file, i) => (
            <PageLine key={file.id} file={file} at={`${filesAt}/${file.id}`} place={[i, files.length]} />
          ))}
        </ol>
      )}
      {gone.map((file) => (
        <p key={file.id} class="help">
          已删除 {file.name}{' '}
          <Button kind="quiet" name="_file" value={`restore:${file.id}`}>
            恢复<span class="vh">{file.name}</span>
          </Button>
        </p>
      ))}
    </div>
  );
}

/** One page: small picture, name, size, and what may be done to it. */
function PageLine(props: { file: AskedFile; at: string; place: [at: number, of: number] }): JSX.Element {
  const { file, at, place } = props;
  const [i, count] = place;
  const { id, name, mime, size, turn, pages } = file;
  const isPdf = mime === 'application/pdf';
  const about = [sizeText(size), ...(isPdf && pages != null ? [`${pages} 页`] : [])].join('，');
  const act = (verb: string, text: string) => (
    <Button kind="quiet" name="_file" value={`${verb}:${id}`}>
      {text}
      <span class="vh">{name}</span>
    </Button>
  );
  return (
    <li>
      <a class="page" href={at} target="_blank" rel="noopener">
        {file.thumbHash && (
          <img class={`turn-${turn}`} src={`${at}/thumb`} alt="" width={96} height={96} loading="lazy" />
        )}
        <span>{name}</span>
      </a>{' '}
      <span class="help">{about}</span>
      <span class="page-acts">
        {turn !== undefined && i > 0 && act('up', '上移')}
        {turn !== undefined && i < count - 1 && act('down', '下移')}
        {turn !== undefined && !isPdf && act('turn', '转 90°')}
        <Button kind="quiet" name="_delete" value={id}>
          删除<span class="vh">{name}</span>
        </Button>
      </span>
    </li>
  );
}

/** What may be signed in place of the material. */
function InsteadOf({ key, material, isCommitted, gap }: AskedMaterial): JSX.Element {
  return (
    <>
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
      {gap && (
        <CheckField
          id={`gap-${key}`}
          name="gap"
          value={key}
          checked={gap.isOwed}
          label={`容缺：签承诺，“${material.title}”后补`}
          help={`先受理；受理后 ${gap.days} 个工作日内补交，逾期终止办理，已经批准的撤销。`}
        />
      )}
    </>
  );
}

/** What is worth a second look and hinders nothing, each with a link to its place. */
export function Warnings({ warnings }: { warnings: readonly Fault[] }): JSX.Element | null {
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

/** 350 KB, 1.2 MB */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
