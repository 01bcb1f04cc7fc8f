/** Pictures of materials, one at a time: paged through, enlarged and turned with script; opened one by one without. */
import type { JSX } from 'preact';
import type { MaterialView } from '../present.ts';
import type { MaterialRow } from '../store.ts';

/** A page of a material; `turn`: degrees it was turned by whoever uploaded it. */
type Shown = Pick<MaterialRow, 'id' | 'materialId' | 'name' | 'mime'> & { turn?: number };

interface Props {
  caseId: string;
  files: readonly Shown[];
  /** What the case asks for, by title. */
  materials: readonly Pick<MaterialView, 'id' | 'title'>[];
  /** The file shown first. */
  current?: string | undefined;
  /** Inside a form that is being filled: without script a file opens in a new tab, so that nothing typed is lost. */
  inForm?: boolean;
}

const fileAt = (caseId: string, file: Shown): string => `/cases/${caseId}/materials/${file.id}`;

export function Viewer(props: Props): JSX.Element {
  const { caseId, files, materials, inForm } = props;
  const at = Math.max(
    0,
    files.findIndex((f) => f.id === props.current),
  );
  const file = files[at];
  if (!file) return <p class="help">没有上传的材料。</p>;
  const titleOf = (id: string) => materials.find((m) => m.id === id)?.title ?? id;
  const nameOf = (f: Shown) => `${titleOf(f.materialId)}：${f.name}`;
  const linkTo = (f: Shown) =>
    inForm
      ? { href: fileAt(caseId, f), target: '_blank', rel: 'noopener' }
      : { href: `/cases/${caseId}/review?file=${f.id}` };
  return (
    <div class="viewer" data-viewer>
      <ol class="viewer-files">
        {files.map((f) => (
          <li key={f.id}>
            <a
              {...linkTo(f)}
              aria-current={f === file ? 'true' : undefined}
              data-src={fileAt(caseId, f)}
              data-mime={f.mime}
              data-turn={f.turn ?? 0}
            >
              {nameOf(f)}
            </a>
          </li>
        ))}
      </ol>
      <Tools
        {...(!inForm && files[at - 1] && { before: linkTo(files[at - 1] as Shown).href })}
        {...(!inForm && files[at + 1] && { after: linkTo(files[at + 1] as Shown).href })}
        open={fileAt(caseId, file)}
      />
      <section
        class="viewer-stage"
        aria-label="打开的材料"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        data-stage
      >
        {file.mime === 'application/pdf' ? (
          <object data={fileAt(caseId, file)} type="application/pdf" aria-label={nameOf(file)}>
            <p>
              <a href={fileAt(caseId, file)}>打开 {nameOf(file)}</a>
            </p>
          </object>
        ) : (
          <img
            src={fileAt(caseId, file)}
            alt={nameOf(file)}
            class={file.turn ? `fits turn-${file.turn}` : 'fits'}
          />
        )}
      </section>
    </div>
  );
}

/** The buttons that need script stay hidden without it. */
function Tools({ before, after, open }: { before?: string; after?: string; open: string }): JSX.Element {
  const button = (verb: string, key: string, text: string) => (
    <button type="button" class="button button-secondary" data-view={verb} data-key={key} hidden>
      {text}
      <span class="kbd" aria-hidden="true">
        {key.toUpperCase()}
      </span>
    </button>
  );
  return (
    <div class="review-tools">
      {before && (
        <noscript>
          <a class="button button-secondary" href={before}>
            上一份
          </a>
        </noscript>
      )}
      {after && (
        <noscript>
          <a class="button button-secondary" href={after}>
            下一份
          </a>
        </noscript>
      )}
      {button('before', '[', '上一份')}
      {button('after', ']', '下一份')}
      {button('larger', '+', '放大')}
      {button('smaller', '-', '缩小')}
      {button('turn', 'r', '旋转')}
      <a class="button button-quiet" href={open} target="_blank" rel="noopener" data-open>
        新窗口打开
      </a>
    </div>
  );
}
