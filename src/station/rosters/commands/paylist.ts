import { conflict, notAllowed, notFound } from '../../../errors.ts';
import { type CsvEncoding, csvBytes, csvText } from '../../../kernel/csv.ts';
import { yuan } from '../../../kernel/money.ts';
import { holds, type SignedIn } from '../../../people/accounts/index.ts';
import { auditAlone } from '../../../platform/audit/index.ts';
import { deskOfStep } from '../../../workflow/steps/build.ts';
import type { Role } from '../../../workflow/types.ts';
import type { FullCase } from '../../cases/index.ts';
import { fileLine, type PayList, payList, paySteps, plainYuan } from '../rules/paylist.ts';
import type { RosterCases, RosterDeps } from '../types.ts';
import { requireTable } from './fill.ts';

const CASE_WORK: Role[] = ['window', 'officer', 'reviewer', 'leader'];

/** May somebody see where the money goes: the desk that pays, and the item's department of the county. */
function maySeePayList(deps: RosterDeps, who: SignedIn, { pinned, row }: FullCase): boolean {
  const { villageId, department, situation } = row;
  const org = deps.orgs.deskOrg({ at: 'county', role: 'officer' }, villageId, department);
  const pays = paySteps(pinned.definition, situation).map(deskOfStep);
  return (
    CASE_WORK.some((role) => holds(who, role, org.id, deps.orgs)) ||
    pays.some((desk) => holds(who, desk.role, deps.orgs.deskOrg(desk, villageId, department).id, deps.orgs))
  );
}

/** Has it been decided that there is something to pay? */
export const isPayable = ({ pinned, row }: FullCase): boolean =>
  row.decidedAt !== null &&
  row.outcome === 'granted' &&
  paySteps(pinned.definition, row.situation).length > 0;

/**
 * The list of a pay step, for whoever may see it.
 * @throws notFound `paylist.none`, notAllowed, conflict `paylist.not_decided`
 */
export function payListOf(
  deps: RosterDeps,
  cases: Pick<RosterCases, 'acts'>,
  who: SignedIn,
  full: FullCase,
  wanted?: string,
): PayList {
  const { pinned, row, meta } = full;
  const steps = paySteps(pinned.definition, row.situation).map((s) => s.id);
  if (steps.length === 0 || (wanted !== undefined && !steps.includes(wanted))) throw notFound('paylist.none');
  if (!maySeePayList(deps, who, full)) throw notAllowed();
  if (!isPayable(full)) throw conflict('paylist.not_decided', { state: row.state, stateTitle: meta.title });
  return listNow(cases, full, wanted);
}

/** The list of a step; without a name that of the step the case is in, or the last that was paid. */
function listNow(cases: Pick<RosterCases, 'acts'>, full: FullCase, wanted?: string): PayList {
  const { pinned, row, meta } = full;
  const steps = paySteps(pinned.definition, row.situation).map((s) => s.id);
  const acts = cases.acts(full);
  const now = steps.includes(meta.step) ? meta.step : undefined;
  const paid = acts.findLast((a) => a.type === 'PAY' && steps.includes(a.step))?.step;
  return payList(requireTable(full), acts, wanted ?? now ?? paid ?? (steps[0] as string));
}

/** The same for a page: null for whoever may not see it, and before anything was handed in. */
export function findPayList(
  deps: RosterDeps,
  cases: Pick<RosterCases, 'acts'>,
  who: SignedIn,
  full: FullCase,
): PayList | null {
  const steps = paySteps(full.pinned.definition, full.row.situation);
  if (steps.length === 0 || full.row.receivedAt === null || !maySeePayList(deps, who, full)) return null;
  return listNow(cases, full);
}

const HEADINGS = ['行号', '姓名', '身份证号', '账户名', '银行账号', '金额（元）'];

/** The list as a file: headings, rows, sums, and the checksum of the rows. */
function listText(list: PayList): string {
  return [
    csvText([HEADINGS]),
    ...list.rows.map(fileLine),
    csvText([
      ['合计', `${list.rows.length} 人`, '', '', '', plainYuan(list.total)],
      ['大写金额', list.capitals],
      ['校验码（SHA-256）', list.checksum],
    ]),
  ].join('');
}

const struckText = ({ struck }: PayList): string =>
  csvText([
    ['行号', '姓名', '身份证号', '剔除的理由'],
    ...struck.map((s) => [s.row, s.name, s.idNumber, s.reason]),
  ]);

/** The list, or who was struck, as a file; each time written down who took it. */
export async function payListFile(
  deps: RosterDeps,
  who: SignedIn,
  full: FullCase,
  list: PayList,
  { part, encoding }: { part: 'rows' | 'struck'; encoding: CsvEncoding },
): Promise<Buffer> {
  await auditAlone(deps, who, 'paylist.download', full.row.id, {
    part,
    step: list.step,
    encoding,
    rows: part === 'rows' ? list.rows.length : list.struck.length,
    total: list.total,
    checksum: list.checksum,
  });
  return csvBytes(part === 'rows' ? listText(list) : struckText(list), encoding);
}

/** `12 人，合计 1,234.50 元（壹仟贰佰叁拾肆元伍角）` */
export const sumText = (list: PayList): string =>
  `${list.rows.length} 人，合计 ${yuan(list.total)} 元（${list.capitals}）`;
