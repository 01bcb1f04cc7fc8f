/** Every act that the log of acts knows, in office words. A test walks the source for acts without words. */
export const ACTS: Readonly<Record<string, string>> = {
  'account.create': '开通账号',
  'account.disable': '停用账号',
  'account.enable': '恢复账号',
  'account.password': '修改自己的密码',
  'account.reset-password': '重设别人的密码',
  'account.seed-demo': '建立演示账号',
  'account.unlock': '解锁账号',
  'audit.check': '核对日志链',
  'audit.export': '导出操作日志',
  'audit.look': '查看操作日志',
  'backup.make': '备份',
  'backup.verify': '校验备份',
  'board.export': '导出一览',
  'case.hand-over': '把办件转给同事',
  'case.reveal': '查看办件中的完整号码',
  'case.take-over': '接办缺勤同事的办件',
  'case.view': '打开办件',
  'cash.cancel': '取消现金包',
  'cash.count': '清点现金包',
  'cash.day.close': '现金日结',
  'cash.day.confirm': '复核现金日结',
  'cash.day.reopen': '重开现金日结',
  'cash.difference': '登记现金差额',
  'cash.hand-out': '发放现金',
  'cash.pack': '封装现金包',
  'cash.receipt.print': '打印现金收据',
  'cash.receive': '接收现金包',
  'cash.return.cancel': '取消退款包',
  'cash.return.prepare': '封装退款包',
  'cash.return.receive': '接收退款包',
  'cash.return.send': '送出退款包',
  'cash.reveal': '查看现金发放中的完整号码',
  'cash.send': '送出现金包',
  'cash.unbalanced': '现金账不平',
  'cash.undo': '撤销现金发放',
  'cash.undo.ask': '申请撤销现金发放',
  'cash.undo.decline': '不同意撤销现金发放',
  'certificate.export': '导出证照登记簿',
  'certificate.look-up': '查找证照',
  'certificate.print': '打印证照',
  'certificate.reveal': '查看证照中的完整号码',
  'citizen.copy': '照以前的申请填表',
  'citizen.look-up': '按证件号码查找群众',
  'citizen.prefill': '把已知的情况填入申请表',
  'citizen.rename': '更正群众姓名',
  'citizen.search': '按姓名查找群众',
  'claim.correct-account': '更正待遇账户',
  'claim.resume': '恢复待遇',
  'claim.set-way': '变更领取方式',
  'claim.stop': '停止待遇',
  'claim.suspend': '暂停待遇',
  'commitment.make': '作出承诺',
  'deadline.retry': '重办到期的期限',
  'debt.open': '登记应退款',
  'debt.propose-write-off': '提出核销应退款',
  'debt.repay': '登记退款',
  'debt.write-off': '核销应退款',
  'deputy.end': '结束代班',
  'deputy.enter': '登记代班',
  'desk.hand-over': '领取台发出',
  'desk.look-up': '领取台查找',
  'draft.discard': '放弃草稿',
  'draft.hand-over': '把草稿转给同事',
  'draft.restore': '恢复草稿',
  'draft.take-over': '接办同事的草稿',
  'grant.agree': '确认管理员岗位',
  'grant.give': '授予岗位',
  'grant.withdraw': '收回岗位',
  'holidays.import': '导入放假表',
  'holidays.withdraw': '撤回放假表',
  'job.park': '搁置后台工作',
  'job.retry': '重办后台工作',
  'job.retry-all': '全部重办后台工作',
  'kiosk.close': '关闭查询屏',
  'kiosk.open': '打开查询屏',
  'letter.ask-identity': '申请拆看写信人',
  'letter.export': '导出来信清单',
  'letter.open-identity': '同意拆看写信人',
  'letter.read': '阅读来信',
  'letter.see-identity': '拆看写信人',
  'letter.subject': '补充来信涉及的组织',
  'material.view': '查看材料',
  'member.activate': '党员激活账号',
  'member.add': '登记党员',
  'member.change': '更正党员信息',
  'member.code-wrong': '激活码不对',
  'member.invite': '发送激活码',
  'member.reveal': '查看党员的完整号码',
  'member.search': '按证件号码查找党员',
  'member.state': '变更党员状态',
  'member.transfer': '办理组织关系转接',
  'member.view': '查看党员信息',
  'member.vouch': '为党员激活作证',
  'org.add': '增加机构',
  'org.close': '撤销机构',
  'org.dissolve-approve': '批准撤销党组织',
  'org.dissolve-ask': '申请撤销党组织',
  'org.dissolve-refuse': '不同意撤销党组织',
  'org.dissolve-undo': '恢复撤销前的党组织',
  'org.merge-approve': '批准合并党组织',
  'org.merge-ask': '申请合并党组织',
  'org.merge-refuse': '不同意合并党组织',
  'org.merge-undo': '恢复合并前的党组织',
  'org.move': '调整机构的上级',
  'org.rename': '更改机构名称',
  'org.retype-approve': '批准改设党组织',
  'org.retype-ask': '申请改设党组织',
  'org.retype-refuse': '不同意改设党组织',
  'org.retype-undo': '恢复改设前的党组织',
  'org.split-approve': '批准分设党组织',
  'org.split-ask': '申请分设党组织',
  'org.split-refuse': '不同意分设党组织',
  'org.split-undo': '恢复分设前的党组织',
  'package.reveal': '查看一件事中的完整号码',
  'paper.attempt': '登记送达未成',
  'paper.print': '打印文书',
  'paper.serve': '登记文书送达',
  'parameter.approve': '批准参数',
  'parameter.propose': '提出参数',
  'parameter.refuse': '退回参数',
  'parameter.withdraw': '撤回参数',
  'paylist.download': '下载发放名册',
  'payout.approve': '批准发放批次',
  'payout.discard': '放弃发放批次',
  'payout.download': '下载发放文件',
  'payout.export': '导出发放记录',
  'payout.import': '导入银行回盘',
  'payout.look-up': '查找发放记录',
  'payout.prepare': '编制发放批次',
  'payout.reveal': '查看发放中的完整号码',
  'phrase.add': '增加常用语',
  'phrase.remove': '删除常用语',
  'question.read': '阅读咨询',
  'quota.hand-out': '下达指标',
  'rating.follow-up': '回访评价',
  'record.act': '办理党建事项',
  'remark.say': '在办件上留言',
  'remark.strike': '划去留言',
  'report.send': '提交思想汇报',
  'roster.download': '下载名册',
  'session.close': '退出登录',
  'session.end': '让账号退出登录',
  'session.fail': '密码输错',
  'session.lock': '密码输错太多，锁定',
  'session.open': '登录',
  'station.facts': '修改服务站介绍',
  'station.hours': '修改服务站开放时间',
  'station.hours-removed': '撤销服务站开放时间',
  'survey.draft': '起草调查',
  'survey.edit': '修改调查',
  'survey.screen': '审看调查的文字意见',
  'worklist.export': '导出办件列表',
};

/** An act of an older program that this one no longer knows keeps its own name. */
export const actTitle = (act: string): string => ACTS[act] ?? act;

/** Acts of administration: what was changed is told with them. Of all others the log of the case tells. */
const TOLD =
  /^(account|audit|backup|deadline|deputy|grant|holidays|job|kiosk|org|parameter|quota|session|station)\./;

const KEYS: Readonly<Record<string, string>> = {
  accounts: '账号数',
  after: '之后',
  asked: '条件',
  before: '之前',
  broken: '不符',
  cases: '件数',
  count: '次数',
  deputyId: '代班人',
  effect: '工作',
  events: '记录数',
  faults: '不符',
  files: '文件数',
  from: '起',
  given: '授予',
  grants: '岗位',
  login: '账号',
  kind: '类别',
  name: '名称',
  on: '日期',
  org: '机构',
  parent: '上级',
  post: '岗位',
  reason: '原因',
  role: '岗位',
  rows: '行数',
  sessions: '登录数',
  since: '从',
  subtree: '连同下级',
  successor: '承接',
  to: '止',
  value: '值',
  waits: '等待确认',
};

/** `起 2026-09-28；止 2026-12-31`; empty for acts on cases and people. `words` names accounts, places and roles. */
export function detailText(act: string, detail: unknown, words: (id: string) => string): string {
  return TOLD.test(act) ? said(detail, words) : '';
}

interface Post {
  role: string;
  org: string;
  subtree?: boolean;
  from: string;
  to: string | null;
}

const isPost = (value: unknown): value is Post =>
  typeof value === 'object' && value !== null && 'role' in value && 'org' in value && 'from' in value;

function said(value: unknown, words: (id: string) => string): string {
  if (value === null || value === undefined) return '无';
  if (Array.isArray(value)) return value.map((v) => said(v, words)).join('、') || '无';
  if (isPost(value)) {
    const below = value.subtree ? '及其下级' : '';
    return `${words(value.org)}${below} ${words(value.role)}（${value.from} 至 ${value.to ?? '长期'}）`;
  }
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([key]) => key !== 'session')
      .map(([key, v]) => `${KEYS[key] ?? key} ${said(v, words)}`)
      .join('；');
  if (typeof value === 'boolean') return value ? '是' : '否';
  return words(String(value));
}
