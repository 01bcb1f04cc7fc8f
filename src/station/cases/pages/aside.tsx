/** Beside the form: how far each part is, what is still missing, what follows from what is filled in. */
import type { JSX } from 'preact';
import { Card, DefinitionList } from '../../../platform/web/index.ts';
import type { Duplicate } from '../duplicates.ts';
import type { FormPart } from './sections.ts';

export interface AsideProps {
  parts: readonly FormPart[];
  /** 60 岁，男 */
  applicant: string | null;
  /** 受理后 20 个工作日；… */
  term: string;
}

/** Parts of the form with what is missing; each line leads to its place. Updated when the form is saved. */
export function FilingAside({ parts, applicant, term }: AsideProps): JSX.Element {
  const left = parts.reduce((sum, p) => sum + p.missing.length, 0);
  const next = parts.find((p) => p.missing.length > 0);
  return (
    <aside class="filing-aside" aria-label="填写进度">
      <Card title={left === 0 ? '都填好了，可以提交' : `还差 ${left} 处`}>
        <p class="help">每次保存、检查后更新。</p>
        <ol class="filing-parts">
          {parts.map((part) => (
            <Part key={part.title} part={part} isNext={part === next} />
          ))}
        </ol>
        <DefinitionList
          items={[
            ...(applicant === null ? [] : [{ term: '申请人', detail: applicant, wide: true }]),
            { term: '承诺', detail: term, wide: true },
          ]}
        />
      </Card>
    </aside>
  );
}

function Part({ part, isNext }: { part: FormPart; isNext: boolean }): JSX.Element {
  const { title, href, missing } = part;
  if (missing.length === 0)
    return (
      <li class="part-done">
        <a href={href}>{title}</a> <span>已填好</span>
      </li>
    );
  return (
    <li>
      <details open={isNext}>
        <summary>
          {title} <span>还差 {missing.length} 处</span>
        </summary>
        <ul>
          {missing.map(({ href: at, text }) => (
            <li key={at + text}>
              <a href={at}>{text}</a>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

/** The same is under way for the same person: said before it is handed in, ticked when it is no repetition. */
export function DuplicateCard({ duplicate }: { duplicate: Duplicate | null }): JSX.Element | null {
  if (!duplicate) return null;
  return (
    <Card tone="warn" title="可能重复申请">
      <p>
        {duplicate.says}
        {duplicate.case && <a href={`/cases/${duplicate.case.id}`}>查看这一件</a>}
      </p>
      <p class="help">确实要再办一件的，提交时勾选“已核对，不是重复申请”。</p>
    </Card>
  );
}
