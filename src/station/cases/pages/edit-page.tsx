/** The page of a draft or a correction. */
import type { Fault } from '../../../errors.ts';
import { notAllowed } from '../../../errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { maskNumbers } from '../../../kernel/mask.ts';
import { requireSession, type SignedIn } from '../../../people/accounts/index.ts';
import type { RouteContext } from '../../../platform/http/index.ts';
import type { EventName } from '../../../workflow/types.ts';
import { KeepMark } from '../../offline/index.ts';
import { StationPage, show } from '../../shell.tsx';
import { isFillable, sitsAt, today } from '../access.ts';
import type { CaseDeps } from '../deps.ts';
import { type Duplicate, duplicateFor } from '../duplicates.ts';
import { checkForm, standingsOf } from '../filing.ts';
import { applicantHint, termHint } from '../hints.ts';
import type { LoggedEvent } from '../log.ts';
import type { FullCase } from '../queries.ts';
import { missingMaterials } from '../rules.ts';
import { getCase, removedFiles, reveal } from './door.ts';
import { EditView } from './edit-view.tsx';
import { inPageOrder } from './order.ts';
import { rosterParts } from './roster-parts.tsx';
import { formParts } from './sections.ts';
import { caseTitle } from './words.ts';

/** What the filing page shows of what was just typed. */
export interface Typed {
  /** The form as typed; as stored when nothing was typed. */
  value?: Record<string, unknown>;
  commitments?: readonly string[];
  /** Minor materials to be brought later (容缺). */
  gaps?: readonly string[];
  faults?: readonly Fault[];
  focus?: string;
  status?: number;
  problem?: string;
  /** Page of a long roster. */
  rows?: number;
  /** What a spreadsheet was refused for. */
  sheetFaults?: readonly string[];
  /** Ticked: it repeats nothing. */
  isChecked?: boolean;
}

/** The case, when this person may fill it in now; undefined when it is on its way. */
export async function findEditable(deps: CaseDeps, who: SignedIn, id: string): Promise<FullCase | undefined> {
  const actor = { kind: 'account', who } as const;
  const full = await getCase(deps, actor, id);
  if (!isFillable(full)) return undefined;
  if (!sitsAt(deps, actor, full.row, { at: 'village', role: 'clerk' })) throw notAllowed('case.not_clerk');
  return full;
}

/** What is opened to be filled in shows its numbers in full: written down like every other look at them. */
export async function revealIfAny(deps: CaseDeps, who: SignedIn, id: string, shown: unknown): Promise<void> {
  const text = JSON.stringify(shown);
  if (maskNumbers(text) !== text) await reveal(deps, who, id);
}

const hintsFor = (full: FullCase): Record<string, string> => ({
  '/applicant/region': `户口在本村（${full.view.village.name}）的，填 ${full.view.village.id}。`,
});

/** The same under way for the same person, for what is not handed in yet. */
export const duplicateOf = async (
  deps: CaseDeps,
  who: SignedIn,
  { row }: FullCase,
  form: Record<string, unknown>,
): Promise<Duplicate | null> =>
  row.phase === 'draft' ? duplicateFor(deps, who, { item: row.itemCode, form, except: row.id }) : null;

/** Everything that stands against handing in what is typed now. */
export function faultsOf(deps: CaseDeps, full: FullCase, form: Record<string, unknown>): Fault[] {
  const check = checkForm(deps, full.pinned, full.row.situation, form, today(deps));
  const row = { ...full.row, form: check.form };
  return [...check.faults, ...missingMaterials(standingsOf(deps, full.pinned, row, full.files, today(deps)))];
}

/** Why the file came back, when it was not a correction. */
export interface SentBack {
  title: string;
  says: string[];
}

const BACK: Partial<Record<EventName, { title: string; fields: Record<string, string> }>> = {
  RETURN: { title: '退回修改', fields: { reason: '退回原因' } },
  REQUEST_RECTIFICATION: { title: '要求整改', fields: { findings: '发现的问题', reason: '整改要求' } },
  BOUNCE: { title: '银行退回，请核对账户', fields: { reason: '退回原因' } },
  RECORD_MEETING: { title: '会议没有通过', fields: { summary: '讨论情况' } },
};

function sentBack(last: LoggedEvent | undefined): SentBack | null {
  const back = last && BACK[last.type];
  if (!back) return null;
  const says = Object.entries(back.fields).flatMap(([name, label]) =>
    typeof last.data[name] === 'string' ? [`${label}：${last.data[name]}`] : [],
  );
  return { title: back.title, says };
}

export async function editPage(
  ctx: RouteContext,
  deps: CaseDeps,
  full: FullCase,
  typed: Typed = {},
): Promise<void> {
  const { view, pinned, row, log, files } = full;
  const schema = pinned.formFor(row.situation);
  const commitments = typed.commitments ?? row.commitments;
  const gaps = typed.gaps ?? row.gaps;
  const form = typed.value ?? row.form;
  const check = checkForm(deps, pinned, row.situation, form, today(deps));
  const standings = standingsOf(
    deps,
    pinned,
    { situation: row.situation, form: check.form, commitments: [...commitments], gaps: [...gaps] },
    files,
    today(deps),
  );
  const roster = rosterParts(full, check.form, typed);
  const who = requireSession(ctx);
  const lacking = [...check.faults, ...missingMaterials(standings)];
  show(
    ctx,
    <StationPage
      ctx={ctx}
      deps={deps}
      nav="filing"
      title={`填写：${caseTitle(view)}`}
      heading={view.itemTitle}
      breadcrumbs={
        view.phase === 'draft'
          ? [
              { href: '/filing', text: '收件' },
              { href: '/filing/drafts', text: '草稿' },
              { text: '填写申请' },
            ]
          : [{ href: '/inbox', text: '待办' }, { text: '补正' }]
      }
      scripts={['filing', 'materials']}
      {...(typed.problem && { flash: { kind: 'error', text: typed.problem } })}
    >
      <KeepMark deps={deps} who={who} />
      <p class="lead">
        {view.situationTitle} · {view.village.name}
        {view.number && ` · ${view.number}`}
      </p>
      <EditView
        view={view}
        csrf={ctx.state.csrf ?? ''}
        requestId={newId(deps.clock.now(), deps.random)}
        schema={schema}
        value={check.form}
        standings={standings}
        removed={await removedFiles(deps, row.id)}
        commitments={commitments}
        gaps={gaps}
        faults={inPageOrder(schema, roster.faults)}
        warnings={check.warnings}
        back={sentBack(log.at(-1))}
        answer={check.answer}
        gapDays={Number(deps.definitions.params(today(deps)).gapDays)}
        hints={hintsFor(full)}
        slots={roster.slots}
        sheetFaults={typed.sheetFaults ?? []}
        parts={formParts(schema, lacking, true)}
        applicant={applicantHint(deps, row.situation, check.form)}
        term={termHint(deps, pinned, row.situation)}
        duplicate={await duplicateOf(deps, who, full, check.form)}
        isChecked={typed.isChecked ?? false}
        {...(typed.focus && { focus: typed.focus })}
      />
    </StationPage>,
    typed.status,
  );
}
