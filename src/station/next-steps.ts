/** What the reader of an error page can do now: by its code, by the kind of refusal, by what the refusal itself tells. */
import type { ErrorCode } from '../errors.ts';
import type { Problem } from '../platform/http/index.ts';
import { ROLE_WORDS } from '../workflow/words.ts';

/** Where the kind says too little. */
const OWN: Partial<Record<ErrorCode, string>> = {
  'account.disabled': '要重新启用的，请找县级安全管理员。',
  'account.must_change': '到“我的账号”改好密码，再继续办理。',
  'account.oneself': '请另一位安全管理员办理。',
  'case.banned': '向申请人说明期限；期满以后可以再来申请。',
  'case.claimed': '请已经领办的同事办理，或者请他交给您。',
  'case.incomplete': '返回填写的页面，把缺的补齐后再提交。',
  'case.not_needed': '把告知单打印出来交给群众；情况有变化的，可以随时再来申请。',
  'case.not_clerk': '请本村代办员填写、提交。',
  'cash.day_closed': '下一个工作日再记账；确要更正的，请找乡镇核对。',
  'cash.day_open': '先到“日清”把前面那一天清完。',
  'cash.difference': '请与交款的同事当面复点，查清以后再签收。',
  'cash.unbalanced': '请复点现金，或者先登记差额的原因。',
  'definition.invalid': '请系统管理员按提示改好事项定义后重新载入。',
  'disclosure.bad_table': '返回填写的页面，按提示改好表格以后重新上传。',
  'disclosure.in_hand': '到“党建 › 公开”找到在办的那一份，接着办。',
  'disclosure.personal_data': '返回填写的页面，按提示遮挡以后再送审。',
  'draft.discarded': '到“收件 › 草稿 › 已放弃”里恢复它，再接着填。',
  'draft.gone': '请重新填写；同样的事项办过的，可以从以前的办件复制。',
  'draft.not_yours': '到“收件 › 草稿 › 本村同事的”里先接手，再办。',
  'member.code_wrong': '核对后再试；五次不对要请支部书记重新发一次激活码。',
  'payout.draft_open': '先审批或者作废正在编制的批次。',
  'payout.file_known': '不用再导入；到批次页查看入账的结果。',
  'payout.return_faults': '与银行核对后，重新导入整份回盘文件。',
  'quota.exhausted': '返回办件页，看看排在第几位；不够的可以转入排队递补。',
  'rate.too_many': '稍等一会儿再试；已经提交成功的不用重复提交。',
  'rating.given': '想补充的，打开这件事项的评价页，在自己的评价下面补充一次。',
  'rating.supplemented': '还有话要说的，可以打电话给服务站，或者到窗口反映。',
  'rating.too_early': '可以先查进度，看办到了哪一步；决定作出以后再来评价。',
  'request.reused': '回到填写的页面，刷新后重新提交。',
  'service.stopping': '一分钟后刷新本页。',
  'session.bad_credentials': '核对账号和密码后再试；忘记密码请找县级安全管理员。',
  'session.csrf': '返回填写的页面，刷新后重新提交。',
  'session.expired': '登录以后会回到原来的页面。',
  'session.locked': '15 分钟后再试；急用请找县级安全管理员。',
  'session.required': '登录以后会回到原来的页面。',
  'survey.owes_actions': '到“党建 › 调查”里打开上一次调查，把该公布的公布完。',
  internal: '稍等一会儿再试；还是不行，请把下面的请求编号告诉系统管理员。',
  method_not_allowed: '从上面的导航重新进入。',
  not_allowed: '请有这项权限的同事办理；要开通的，请找安全管理员。',
  not_found: '核对地址有没有写错，或者在下面查找要办的事。',
};

/** Kinds of refusals, told by how their codes end or begin; the first that fits counts. */
const KINDS: readonly (readonly [pattern: RegExp, step: string])[] = [
  [/\.(\w+_)?not_found$|\.none$/, '核对地址或者编号；别的村、别的部门的，在这里看不到。'],
  [/\.second_person$/, '请同岗位的另一位同事办理这一步。'],
  [/\.not_(allowed|yours|clerk)$/, '返回原来的页面，看看这一步由谁办理。'],
  [
    /\.(stale\w*|changed|moved|\w*gone|settled|already_\w+|in_\w+|discarded|kept_back|over|open|elsewhere|proposed|known)$/,
    '返回原来的页面，看过最新情况再办。',
  ],
  [
    /\.(not_\w+|has_\w+|\w*not_possible|closed|empty|nothing\w*|too_many|running)$/,
    '返回原来的页面，看看现在可以怎样办。',
  ],
  [/^file\./, '返回填写的页面，换成 10 MB 以内的 JPG、PNG 图片或者 PDF 后再上传。'],
  [/^roster\./, '返回名册，按提示改好表格后重新导入。'],
  [/^request\./, '返回填写的页面，改好以后再提交。'],
  [/^(backup|clock|database|rehearsal)\./, '请找系统管理员。'],
];

/** What to do after a refusal of this code; undefined when nobody has said. */
export function stepAfter(code: ErrorCode): string | undefined {
  return OWN[code] ?? KINDS.find(([pattern]) => pattern.test(code))?.[1];
}

/** Everything the reader can do now, the most telling first. */
export function nextSteps(problem: Problem): string[] {
  const may = problem.mayAct as { role: keyof typeof ROLE_WORDS; org: string } | undefined;
  const step = stepAfter(problem.code);
  return [
    ...(typeof problem.says === 'string' ? [problem.says] : []),
    ...(typeof problem.stateTitle === 'string' ? [`这件事项现在是“${problem.stateTitle}”。`] : []),
    ...(may ? [`这一步由${may.org}的${ROLE_WORDS[may.role]}办理。`] : []),
    ...(step === undefined ? [] : [step]),
    ...(problem.faults ?? []).map((fault) => fault.message),
    ...(typeof problem.retryAfter === 'number' ? [`请在 ${problem.retryAfter} 秒后再试。`] : []),
  ];
}
