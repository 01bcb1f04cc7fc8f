/** What follows an act: where the case goes next, who has it there and how long that may take. Pure. */
import { stateName } from '../../../workflow/advance.ts';
import { inSituation, targetOf } from '../../../workflow/draw/situation.ts';
import { budgetOf } from '../../../workflow/steps/build.ts';
import { resolved } from '../../../workflow/terms.ts';
import type { Desk, EventName, Role, StateMeta } from '../../../workflow/types.ts';
import { budgetText, ROLE_WORDS } from '../../../workflow/words.ts';
import type { CaseDeps } from '../deps.ts';
import type { FullCase } from '../queries.ts';

/** A state the act may lead to. */
interface Next {
  title: string;
  /** Whose turn it is there; null: nobody's. */
  holder: string | null;
  /** The term of that step, in words. */
  term: string | null;
  /** The case stays where it is. */
  stays: boolean;
}

/** The desk of a case in words: 富宁县民政局的承办人. */
export function deskText(deps: Pick<CaseDeps, 'orgs'>, { row }: Pick<FullCase, 'row'>, desk: Desk): string {
  const org = deps.orgs.deskOrg(desk, row.villageId, row.department);
  return `${org.name}的${ROLE_WORDS[desk.role as Role]}`;
}

/** Every state that an act may lead to from here, as far as form and situation decide it. */
export function followsOf(deps: Pick<CaseDeps, 'orgs'>, full: FullCase, event: EventName): Next[] {
  const { pinned, row } = full;
  const here = stateName(row.snapshot);
  const [step = '', leaf = ''] = here.split('.');
  const machine = inSituation(pinned.machine, row.situation, row.snapshot.context.routes);
  const taken = machine.states[step]?.states?.[leaf]?.on?.[event] ?? machine.on?.[event] ?? [];
  const names = taken.map(({ target }) => (target === undefined ? here : targetOf(machine, here, target)));
  return [...new Set(names)].map((name) => nextOf(deps, full, name, name === here));
}

function nextOf(deps: Pick<CaseDeps, 'orgs'>, full: FullCase, name: string, stays: boolean): Next {
  const { pinned, row } = full;
  const [step = '', leaf] = name.split('.');
  const at = pinned.machine.states[step];
  const meta = (leaf === undefined ? at?.meta : at?.states?.[leaf]?.meta) as StateMeta;
  const { steps } = resolved(pinned.definition, row.snapshot.context.counts);
  const found = steps.find((s) => s.id === step);
  const budget = found && !meta.applicant && budgetOf(found);
  return {
    title: meta.title,
    holder: meta.parts ? '各部门同时办理' : meta.desk && deskText(deps, full, meta.desk),
    term: budget ? budgetText(budget) : null,
    stays,
  };
}

/** 接下来：审核（富宁县民政局的承办人，7 个工作日）。 */
export function followsText(next: readonly Next[]): string {
  if (next.length === 0) return '';
  if (next.every((n) => n.stays)) return '办理后仍在本环节。';
  const words = next.map(({ title, holder, term, stays }) => {
    const about = [holder, term].filter(Boolean).join('，');
    if (stays) return '仍在本环节';
    return about === '' ? title : `${title}（${about}）`;
  });
  return next.length === 1 ? `接下来：${words[0]}。` : `接下来看办理的结果：${words.join('；或者 ')}。`;
}
