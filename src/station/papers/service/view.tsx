/** What the page of a service shows: the paper, what was tried, and the two forms. */
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { maskId } from '../../../kernel/mask.ts';
import { chineseDate, chineseDateTime, localDate } from '../../../kernel/time.ts';
import type { LocalDate } from '../../../kernel/types.ts';
import type { SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  ErrorSummary,
  FileField,
  type FormSchema,
  fieldId,
  LinkButton,
  renderForm,
} from '../../../platform/web/index.ts';
import { type ShellDeps, StationPage, show } from '../../shell.tsx';
import type { ServiceView } from '../present.ts';
import { servicesOf } from '../queries.ts';
import type { Bearing } from './access.ts';
import { ATTEMPT, SERVICE } from './schema.ts';
import type { ServiceDeps } from './types.ts';

export type PageDeps = ServiceDeps & ShellDeps;

/** The two things that can be written down. */
export const SCHEMAS = { serve: SERVICE as FormSchema, attempt: ATTEMPT as FormSchema };
export type FormId = keyof typeof SCHEMAS;

/** What was typed into one of the forms, and what stands against it. */
export interface Typed {
  form: FormId;
  value: Record<string, unknown>;
  faults: readonly Fault[];
  /** Pictures that are kept already. */
  evidence: string[];
  focus?: string;
  requestId?: string;
}

/** The page as it stands, with what was typed into one of its forms. */
export async function servePage(
  ctx: RouteContext,
  deps: PageDeps,
  bearing: Bearing,
  typed: Typed | null,
): Promise<void> {
  const { paper, facts } = bearing;
  const { service, attempts } = await servicesOf(deps, paper.id);
  const heading = '登记送达';
  const csrf = (ctx.state.actor as SignedIn).csrf;
  const formFor = (form: FormId) => (
    <ServeForm
      deps={deps}
      paperId={paper.id}
      form={form}
      csrf={csrf}
      typed={typed?.form === form ? typed : null}
    />
  );
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="cases"
      title={`${heading}：${paper.title}`}
      heading={heading}
      breadcrumbs={[
        { href: '/cases', text: '办件' },
        { href: `/cases/${paper.caseId}`, text: facts.number },
        { text: heading },
      ]}
    >
      <Card title={paper.title}>
        <DefinitionList
          items={[
            { term: '文号', detail: paper.number },
            { term: '受送达人', detail: `${facts.applicant.name} ${maskId(facts.applicant.idNumber)}` },
            { term: '制作', detail: chineseDateTime(paper.createdAt) },
          ]}
        />
      </Card>
      <AttemptsCard attempts={attempts} />
      {service ? (
        <p class="lead">{servedWords(service, localDate(deps.clock.now()))}</p>
      ) : (
        <>
          {typed && (
            <ErrorSummary
              faults={typed.faults}
              schema={SCHEMAS[typed.form]}
              prefix="/data"
              idPrefix={typed.form}
            />
          )}
          {formFor('serve')}
          <details class="folded" open={typed?.form === 'attempt'}>
            <summary>送过，没有送达</summary>
            {formFor('attempt')}
          </details>
        </>
      )}
      <Actions>
        <LinkButton kind="quiet" href={`/cases/${paper.caseId}#papers`}>
          返回办件页
        </LinkButton>
      </Actions>
    </StationPage>,
    typed && typed.faults.length > 0 ? 422 : service ? 409 : 200,
  );
}

function ServeForm(props: {
  deps: PageDeps;
  paperId: string;
  form: FormId;
  csrf: string;
  typed: Typed | null;
}): JSX.Element {
  const { deps, paperId, form, csrf, typed } = props;
  const schema = SCHEMAS[form];
  const faults = typed?.faults ?? [];
  const error = faults.find((f) => f.pointer === '/evidence')?.message;
  return (
    <form method="post" action={`/papers/${paperId}/${form}`} encType="multipart/form-data">
      <CsrfField token={csrf} />
      <input type="hidden" name="_request" value={typed?.requestId ?? newId(deps.clock.now(), deps.random)} />
      {(typed?.evidence ?? []).map((id) => (
        <input key={id} type="hidden" name="_evidence" value={id} />
      ))}
      {renderForm({
        schema,
        value: typed?.value ?? {},
        faults,
        prefix: '/data',
        idPrefix: form,
        ...(typed?.focus && { focus: typed.focus }),
      })}
      <FileField
        id={fieldId('/evidence', form)}
        name="evidence"
        label="照片、扫描件、录像"
        help={
          typed && typed.evidence.length > 0
            ? `已经收下 ${typed.evidence.length} 份，不用再选；还可以再加。`
            : '有的就传：签收的回执、张贴的公告、送达的过程。每个不超过 10 MB。'
        }
        accept="image/jpeg,image/png,application/pdf,video/mp4,video/quicktime"
        multiple
        {...(error && { error })}
      />
      <Actions>
        <Button kind={form === 'serve' ? 'primary' : 'secondary'}>{schema.title}</Button>
      </Actions>
    </form>
  );
}

/** An announcement runs its time before the paper counts as served. */
const servedWords = ({ servedOn }: ServiceView, today: LocalDate): string =>
  servedOn !== null && servedOn > today
    ? `这份文书正在公告送达，到${chineseDate(servedOn)}视为已经送达，不用再登记。`
    : '这份文书已经送达，不用再登记。';

function AttemptsCard({ attempts }: { attempts: readonly ServiceView[] }): JSX.Element | null {
  if (attempts.length === 0) return null;
  return (
    <Card tone="warn" title="没有送达的情况">
      <ul class="plain-list">
        {attempts.map((a) => (
          <li key={a.id}>
            {chineseDate(a.triedOn)} {a.way}：{a.reason}（{a.by}）
          </li>
        ))}
      </ul>
    </Card>
  );
}
