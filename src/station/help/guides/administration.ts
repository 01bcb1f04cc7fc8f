/** The three administrators. None of them does case work, none sees a case, none is another. */
import { EVERYWHERE, LISTS, LOCKED, SIGNED_OUT } from './shared.ts';
import type { Guide, Trouble } from './types.ts';

const NO_CASES: Trouble = {
  what: '打不开办件',
  does: '本来就打不开：管理员不办件，也看不到办件内容。要查一件事，请有权限的工作人员查。',
};
const SECOND: Trouble = {
  what: '提示要另一位管理员',
  does: '这一步必须两个人：您提出，另一位同岗位的管理员确认。只有一位的，先请安全管理员再开一个账号。',
};

const system: Guide = {
  id: 'system-admin',
  title: '系统管理员',
  lead: '管放假表、参数、事项定义、后台工作和备份。',
  steps: [
    {
      title: '每天先看总览',
      text: '“管理”的“现在的情况”：后台工作、到期的期限、备份、放假表、参数。有红的先处理。',
      picture: { name: 'system-front', alt: '管理总览：后台工作、期限、备份、放假表、参数是否正常' },
    },
    {
      title: '导入放假表',
      text: '每年国务院通知一出就导入。先检查，逐行报错；再看会影响哪些件的到期日；最后生效并重算。',
      picture: { name: 'system-holidays', alt: '放假表：每年的表从哪里来，缺哪一年' },
    },
    {
      title: '改参数',
      text: '标准、限额从哪天起改成多少，写明文件。一个人提出，另一位系统管理员批准；以前的日子还按以前的算。',
      picture: { name: 'system-parameter', alt: '一个参数：现在的数值、从哪天起、依据，下面提出新值' },
    },
    {
      title: '看事项定义',
      text: '每个事项的版本、流程图、期限。换版本以后，在办的件仍按收件时的版本办完。',
      picture: { name: 'system-definition', alt: '一个事项：版本、主管部门、情形和依据' },
    },
    {
      title: '处理后台工作',
      text: '文书、短信没有办成的会自己重试；几次都不成就搁置在这里。看原因，处理好点“全部重办”或者“马上重办”。',
      picture: { name: 'system-jobs', alt: '搁置的后台工作和“全部重办”' },
    },
    {
      title: '看备份',
      text: '每天自动备份，保留 14 份。看最近一次是哪天，每月挑一份“逐个校验”。密钥另外保存，丢了就恢复不了。',
      picture: { name: 'system-backups', alt: '备份：“现在备份”和现有备份' },
    },
  ],
  keys: [
    ['G A', '打开管理'],
    ['O', '总览'],
    ['H', '放假表'],
    ['P', '参数'],
    ['D', '事项定义'],
    ['W', '后台工作'],
    ['B', '备份'],
    ['N', '现在备份、检查放假表'],
    ['Y', '确认生效'],
    ...EVERYWHERE,
  ],
  troubles: [
    { what: '放假表导错了', does: '在“放假表”里撤回，写明原因，受影响的到期日自动算回去；再导入对的。' },
    {
      what: '备份失败',
      does: '看提示：多半是盘满了或者目录没有权限。处理好后点“现在备份”，确认成功再离开。',
    },
    SECOND,
    NO_CASES,
    SIGNED_OUT,
    LOCKED,
  ],
  terms: ['工作日', '事项', '演练'],
};

const security: Guide = {
  id: 'security-admin',
  title: '安全管理员',
  lead: '管账号和岗位：谁能进来，能办什么，到哪天为止。',
  steps: [
    {
      title: '找到账号',
      text: '按姓名、账号、岗位、机构找；停用的、锁住的可以单独看。',
      picture: { name: 'security-accounts', alt: '账号清单和筛选' },
    },
    {
      title: '开通账号',
      text: '填姓名、机构、岗位，账号可以不填，按拼音自动起。初始密码只显示一次，交给本人，登录后必须改。',
      picture: { name: 'security-new', alt: '开通账号的表格' },
    },
    {
      title: '一次开通几个',
      text: '点“成批开通”，下载空表，填好上传；先逐行检查，没有错再一起开通。',
      picture: { name: 'security-table', alt: '成批开通账号：下载空表、上传并检查' },
    },
    {
      title: '授予、收回岗位',
      text: '打开账号点“授予岗位”，写起止日期。人走了当天收回；收回前会提示他名下还有什么。',
      picture: { name: 'security-account', alt: '一个账号：状态、岗位和可以办的事' },
    },
    { title: '管理员岗位两人办', text: '授予三种管理员岗位，要另一位安全管理员确认后才生效；三种互不兼任。' },
    {
      title: '解锁、重设密码、停用',
      text: '锁住的点“解锁”；忘了密码的点“重设密码”；丢了手机、调走的点“停用”，他的登录马上断开。',
    },
    {
      title: '替人登记代班',
      text: '本人来不及填的，在账号页点“请假代班”替他填。',
      picture: { name: 'security-leave', alt: '替人登记请假代班' },
    },
  ],
  keys: [
    ['G A', '打开管理'],
    ['N', '开通账号'],
    ['T', '成批开通'],
    ...LISTS,
    ['G', '授予岗位（账号页）'],
    ['L', '请假代班'],
    ['U', '解锁'],
    ['P', '重设密码'],
    ['D', '停用'],
    ['E', '恢复使用'],
    ...EVERYWHERE,
  ],
  troubles: [
    {
      what: '岗位授错了',
      does: '马上收回，再授对的。收回和授予都留着记录，不能抹掉；错授期间办过的件，告诉督查员。',
    },
    { what: '本人说密码没收到', does: '不能再看一次。点“重设密码”，给他新的初始密码。' },
    SECOND,
    NO_CASES,
    SIGNED_OUT,
    LOCKED,
  ],
  terms: ['代班', '代办员'],
};

const auditor: Guide = {
  id: 'auditor',
  title: '审计员',
  lead: '查谁在什么时候看过、改过什么；只看记录，不改任何东西。',
  steps: [
    {
      title: '打开操作日志',
      text: '“管理 › 操作日志”，新的在上面。',
      picture: { name: 'auditor-log', alt: '操作日志：按谁、做了什么、对象、日期查找' },
    },
    {
      title: '缩小范围',
      text: '按谁、做了什么、对象、日期查。常查的：谁看过完整证件号、谁授过岗位、谁导出过清单。',
    },
    {
      title: '看完整证件号的记录',
      text: '“做了什么”选“查看办件中的完整号码”，再看证照、现金、发放的，有没有和工作无关的查看。',
    },
    {
      title: '核对日志有没有被动过',
      text: '点“核对日志链”，可以核对一件，也可以核对最近的许多件；断在哪一条会指出来。',
      picture: { name: 'auditor-check', alt: '核对的结果：日志完整，核对了多少件、多少条' },
    },
    { title: '导出', text: '按 E 导出表格，交督查、纪检。导出本身也记一条。' },
  ],
  keys: [
    ['G A', '打开管理'],
    ['/', '到查找框'],
    ['E', '导出 CSV'],
    ['C', '核对日志链'],
    ['] [', '下一页、上一页'],
    ...EVERYWHERE,
  ],
  troubles: [
    {
      what: '核对说日志断了',
      does: '不要再操作。记下断在哪一条，请系统管理员用最近一份校验过的备份比对，书面报告负责人。',
    },
    { what: '查不到一条记录', does: '放宽日期；名字用现在的名字和以前的名字都试一次。' },
    NO_CASES,
    SIGNED_OUT,
    LOCKED,
  ],
  terms: ['办件', '代班'],
};

export const ADMINISTRATION: readonly Guide[] = [system, security, auditor];
