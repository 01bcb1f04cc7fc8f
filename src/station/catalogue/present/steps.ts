/** 办理程序: who does what, how long it takes, and under which condition. */
import { saying } from '../../../workflow/rules.ts';
import { ACCEPTANCE, CORRECTION_DAYS } from '../../../workflow/steps/accept.ts';
import { budgetOf, deskOfStep, KIND_TITLES } from '../../../workflow/steps/build.ts';
import { ISSUE_DAYS } from '../../../workflow/steps/issue.ts';
import { deskOfPart } from '../../../workflow/steps/joint.ts';
import type { AwaitStep, Definition, Desk, JointStep, Step } from '../../../workflow/types.ts';
import { budgetText, LEVEL_WORDS, ROLE_WORDS } from '../../../workflow/words.ts';
import type { Places } from '../places.ts';

export interface StepGuide {
  id: string;
  title: string;
  /** 乡镇社会事务办, 县民政局分管领导 */
  who: string;
  /** The office's own time for this step, or how long may be waited; null: none set. */
  time: string | null;
  /** Taken only where a condition holds (`taken`) or does not hold; the sentence stands under its mark. */
  condition: { mark: string; taken: boolean } | null;
  notes: string[];
}

/** A condition on which steps depend: ① 拟用地是农用地…… */
export interface Condition {
  mark: string;
  says: string;
}

const MARKS = '①②③④⑤⑥⑦⑧⑨⑩';

const UNTIMED = '所需时间不计入办理期限';
const WAITING = '等申请人的时间不计入办理期限';

const titleOf = (step: Step): string =>
  step.title ?? (step.kind === 'appraise' ? step.procedure : KIND_TITLES[step.kind]);

/** Who sits at a desk, as somebody in the village would call it. */
function deskText({ at, role, office }: Desk, department: string, places: Places): string {
  if (at === 'village') return ROLE_WORDS[role];
  if (at === 'county') {
    if (role === 'window') return '县政务服务窗口';
    return `县${places.department(office ?? department).short}${role === 'officer' ? '' : ROLE_WORDS[role]}`;
  }
  const ofOffice = role === 'officer' || office !== undefined;
  const name = `${LEVEL_WORDS[at]}${(ofOffice && places.office(office ?? department)) || ''}`;
  return name + (role === 'officer' && ofOffice ? '' : ROLE_WORDS[role]);
}

function whoOf(step: Step, department: string, places: Places): string {
  if (step.kind === 'issue' && step.auto) return '系统自动';
  if (step.kind === 'joint')
    return step.parts.length === 1
      ? deskText(deskOfPart(step.parts[0] as JointStep['parts'][0]), department, places)
      : `${step.parts.length} 个部门`;
  return deskText(deskOfStep(step), department, places);
}

const days = (n: unknown): string => budgetText({ days: Number(n), unit: 'workday' });

function timeOf(step: Step): string | null {
  const own = budgetOf(step);
  if (step.kind === 'accept') return budgetText(own ?? ACCEPTANCE);
  if (step.kind === 'issue') return step.auto ? null : own ? budgetText(own) : days(ISSUE_DAYS);
  if (step.kind === 'follow') return `每 ${budgetText(step.every)}一次`;
  if (step.kind === 'joint') {
    const most = Math.max(...step.parts.map((p) => Number(p.days ?? step.days)));
    return days(most);
  }
  if (own) return budgetText(own);
  if (step.kind === 'await' && step.lapse) return `最长 ${budgetText(step.lapse)}`;
  return step.kind === 'intake' || step.kind === 'collect' ? '当场' : null;
}

/** 同时征求：自然资源局（规划和地类）、……; an office asked only sometimes says so. */
function partsText({ parts }: JointStep, places: Places): string {
  const one = (p: JointStep['parts'][number]) => {
    const when = p.when === undefined ? '' : '，涉及时';
    return `${places.department(p.office).short}（${p.title}${when}）`;
  };
  return `同时征求：${parts.map(one).join('、')}`;
}

const lapses = ({ lapse, onLapse }: AwaitStep): string[] =>
  lapse ? [onLapse === 'onward' ? '逾期转入下一环节' : '逾期失效'] : [];

/** What has to be said of a step beyond who and how long. */
function notesOf(step: Step, definition: Definition, places: Places, isDecided: boolean): string[] {
  const untimed = 'untimed' in step && step.untimed ? [UNTIMED] : [];
  switch (step.kind) {
    case 'intake':
      return [step.accepts ? '材料齐全的当场受理' : '当场出具收件回执'];
    case 'accept':
      return [`材料不齐的一次性告知，${CORRECTION_DAYS} 个工作日内补齐；逾期不告知的视为受理`];
    case 'deliberate':
      return ['没有通过的，可以要求再次评议，或者坚持上报'];
    case 'inspect': {
      const rectify = step.rectify ? [`需要整改的，给 ${step.rectify} 个工作日，整改时间不计入办理期限`] : [];
      return [`不少于 ${step.officers} 名工作人员`, ...rectify, ...untimed];
    }
    case 'check':
      return [`比对：${step.registers.join('、')}`, ...untimed];
    case 'joint':
      return [partsText(step, places), '逾期不答复的视为没有意见', ...untimed];
    case 'appraise':
      return [
        ...(titleOf(step).includes(step.procedure) ? [] : [step.procedure]),
        UNTIMED,
        ...(step.again ? [`对结果有异议的，${step.again} 个工作日内可以申请复评一次`] : []),
      ];
    case 'await':
      return [
        ...(isDecided ? [] : untimed.length > 0 || step.for === 'authority' ? untimed : [WAITING]),
        ...lapses(step),
      ];
    case 'allot':
      return [`${step.order === 'score' ? '按得分高低' : '按受理先后'}分配，不够的排队递补`];
    case 'post':
      return [`公示时间${step.clock === 'stops' ? '不' : ''}计入办理期限，期内可以提异议`];
    case 'decide':
      return [step.pays ? '核定金额，作出书面决定' : '作出书面决定'];
    case 'issue':
      return (definition.certificates ?? []).filter((c) => c.id === step.certificate).map((c) => c.title);
    case 'pay':
      return [step.roster ? '按名册发到本人账户' : '发到申请时填写的账户'];
    case 'collect':
      return ['在村站领取，可以代领'];
    case 'follow':
      return [`${step.about}；${budgetText(step.grace)}内没有办的暂停，补办后恢复`];
    default:
      return [];
  }
}

/** The steps of a situation, and the conditions on which some of them depend. */
export function stepGuides(
  definition: Definition,
  steps: readonly Step[],
  params: Record<string, unknown>,
  places: Places,
): { steps: StepGuide[]; conditions: Condition[] } {
  const ids = [...new Set(steps.flatMap((s) => s.when ?? s.unless ?? []))];
  const mark = (id: string) => MARKS[ids.indexOf(id)] as string;
  const conditions = ids.map((id) => {
    const rule = definition.rules.find((r) => r.id === id);
    return { mark: mark(id), says: saying(rule?.says ?? '', params) };
  });
  const decision = steps.findLastIndex((s) => s.kind === 'decide');
  const guides = steps.map((step, i): StepGuide => {
    const rule = step.when ?? step.unless;
    return {
      id: step.id,
      title: titleOf(step),
      who: whoOf(step, definition.department, places),
      time: timeOf(step),
      condition: rule === undefined ? null : { mark: mark(rule), taken: step.when !== undefined },
      notes: notesOf(step, definition, places, i > decision),
    };
  });
  return { steps: guides, conditions };
}
