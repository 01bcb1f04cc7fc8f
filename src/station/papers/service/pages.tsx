/** `/papers/:id/serve`: writing down that a paper was served, or brought in vain. */
import type Router from '@koa/router';
import type { JSX } from 'preact';
import type { Fault } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { maskId } from '../../../kernel/mask.ts';
import { chineseDate, chineseDateTime } from '../../../kernel/time.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import {
  Actions,
  Button,
  Card,
  CsrfField,
  DefinitionList,
  dropBlankRows,
  ErrorSummary,
  FileField,
  type FormSchema,
  fieldId,
  LinkButton,
  parseForm,
  pruneHidden,
  renderForm,
} from '../../../platform/web/index.ts';
import { ERROR_WORDING } from '../../../wording.ts';
import { keptMultipart, readSent, type Sent } from '../../sent.ts';
import {
  isRefusal,
  leaveFlash,
  type ShellDeps,
  StationPage,
  seeOther,
  show,
  staffPage,
} from '../../shell.tsx';
import type { ServiceView } from '../present.ts';
import { servicesOf } from '../queries.ts';
import { addEvidence, paperToServe, recordAttempt, servePaper } from './commands.ts';
import { ATTEMPT, SERVICE } from './schema.ts';
import type { PaperCases, ServiceDeps } from './types.ts';

type PageDeps = ServiceDeps & ShellDeps;
type Bearing = Awaited<ReturnType<typeof paperToServe>>;

/** The two things that can be written down: what each form is called, asks and does. */
const FORMS = {
  serve: { schema: SERVICE as FormSchema, done: '已登记送达。', write: servePaper },
  attempt: { schema: ATTEMPT as FormSchema, done: '已登记没有送达的情况。', write: recordAttempt },
};
type FormId = keyof typeof FORMS;

/** What was typed into one of the forms, and what stands against it. */
interface Typed {
  form: FormId;
  value: Record<string, unknown>;
  faults: readonly Fault[];
  /** Pictures that are kept already. */
  evidence: string[];
  focus?: string;
  requestId?: string;
}

export function servicePages(router: Router, deps: PageDeps, cases: PaperCases): void {
  router.get(
    '/papers/:id/serve',
    staffPage(async (ctx) => {
      const bearing = await paperToServe(deps, cases, requireSession(ctx), ctx.params.id as string);
      await servePage(ctx, deps, bearing, null);
    }),
  );
  for (const form of Object.keys(FORMS) as FormId[])
    router.post(`/papers/:id/${form}`, keptMultipart as never, async (ctx: RouteContext) => {
      const sent = await readSent(ctx);
      const bearing = await paperToServe(deps, cases, sent.who, ctx.params.id as string);
      await sentForm(ctx, deps, cases, { form, sent, bearing });
    });
}

async function sentForm(
  ctx: RouteContext,
  deps: PageDeps,
  cases: PaperCases,
  { form, sent, bearing }: { form: FormId; sent: Sent; bearing: Bearing },
): Promise<void> {
  const { schema, done, write } = FORMS[form];
  const { paper } = bearing;
  const { value, rowAction } = parseForm(schema, sent.body);
  const { kept, faults } = await keepFiles(ctx, deps, cases, sent, paper.id);
  const requestId = sent.one('_request') || undefined;
  const typed = { form, value, evidence: kept, ...(requestId && { requestId }) };
  if (rowAction) return servePage(ctx, deps, bearing, { ...typed, faults, focus: rowAction.focus });
  if (faults.length > 0) return servePage(ctx, deps, bearing, { ...typed, faults });
  const data = dropBlankRows(schema, pruneHidden(schema, value)) as Record<string, unknown>;
  try {
    await write(
      deps,
      cases,
      sent.who,
      paper.id,
      { data, ...(kept.length > 0 && { evidence: kept }) },
      requestId,
    );
  } catch (error) {
    if (!isRefusal(error) || !error.faults) throw error;
    return servePage(ctx, deps, bearing, { ...typed, faults: error.faults });
  }
  leaveFlash(ctx, 'done', done);
  seeOther(ctx, `/cases/${paper.caseId}#papers`);
}

/** Keep the pictures that came along, so that they need not be chosen again when something else is wrong. */
async function keepFiles(
  ctx: RouteContext,
  deps: PageDeps,
  cases: PaperCases,
  { who, files, all }: Sent,
  paperId: string,
): Promise<{ kept: string[]; faults: Fault[] }> {
  const kept = all('_evidence').filter((id) => id !== '');
  const faults: Fault[] = [];
  const refused = ctx.state.refusedUpload;
  if (refused) faults.push({ pointer: '/evidence', message: ERROR_WORDING[refused.code] });
  for (const file of files) {
    try {
      kept.push((await addEvidence(deps, cases, who, paperId, file)).id);
    } catch (error) {
      if (!isRefusal(error, 'file.empty', 'file.wrong_type')) throw error;
      faults.push({ pointer: '/evidence', message: `“${file.name}”：${ERROR_WORDING[error.code]}` });
    }
  }
  return { kept, faults };
}

async function servePage(
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
        <p class="lead">这份文书已经送达，不用再登记。</p>
      ) : (
        <>
          {typed && (
            <ErrorSummary
              faults={typed.faults}
              schema={FORMS[typed.form].schema}
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
      <p>
        <LinkButton kind="quiet" href={`/cases/${paper.caseId}#papers`}>
          返回办件页
        </LinkButton>
      </p>
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
  const { schema } = FORMS[form];
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
