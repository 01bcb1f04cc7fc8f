/** Who examines, decides and watches. */
import { CASES, CHANGED, CLICKED, CUT_AT_DESK, EVERYWHERE, LISTS, LOCKED, SIGNED_OUT } from './shared.ts';
import type { Guide } from './types.ts';

const inbox = { name: 'office-inbox', alt: '待办：上面是各种件数和筛选，下面每件写着还剩几个工作日' };
const review = { name: 'window-review', alt: '对照页：左边申请表，右边材料' };
const decision = { name: 'office-decision', alt: '作决定的页面：准予，填写决定意见' };
const glance = { name: 'office-case', alt: '办件页最上面：在谁手里、到哪天、现在可以怎样办' };

const officer: Guide = {
  id: 'officer',
  title: '承办人',
  lead: '核查、审核、提出意见；后面还有人复核、决定。',
  steps: [
    {
      title: '从“待办”最上面办起',
      text: '按到期先后排。灯旁边是还剩几个工作日；“暂定”表示那一年的放假表还没公布。',
      picture: inbox,
    },
    {
      title: '先看办件页最上面',
      text: '现在在哪一步、在谁手里、到哪天为止、您能怎样办，不用往下翻。',
      picture: glance,
    },
    {
      title: '对照着看',
      text: '按 V，左边表单、右边材料。补正过的，改动逐处标出。要看完整证件号，点“显示完整证件号”，每次都有记录。',
      picture: review,
    },
    {
      title: '现场核查',
      text: '至少两个人，写明各自的执法证号、看到的情况，传现场照片。要整改的，写清怎样改、什么时候改完。',
      picture: { name: 'office-visit', alt: '登记现场核查：日期、地点、核查人员' },
    },
    {
      title: '一起审的，各说各的意见',
      text: '联合审查时，几个部门同时看，各有各的期限；到期不答复的，视为没有意见。',
      picture: { name: 'office-opinion', alt: '联合审查：各部门的意见和期限' },
    },
    {
      title: '公示和异议',
      text: '该公示的点“张贴公示”，天数按事项定。收到异议，两个人调查、书面答复；成立的退回重办。',
      picture: { name: 'case-notice', alt: '正在公示的办件' },
    },
    {
      title: '提出意见，转下一位',
      text: '写明事实和依据，点“审核同意，送下一环节”。常用的意见存进“用语”，一点就填上。要听证、鉴定的，点“中止计时”停表，写明程序。',
    },
    {
      title: '管发钱的',
      text: '“发放”里选项目，点“编制批次”，把到期没发的编在一起，交负责人批准；银行回盘导入后，退回的逐笔更正。',
      picture: { name: 'office-payout', alt: '一个发放批次：多少人、多少钱、等待批准，暂不发放的人和原因' },
    },
  ],
  keys: [
    ...CASES,
    ['Z', '中止计时'],
    ['Y', '延长期限'],
    ['T', '退回重办'],
    ['G P', '打开发放'],
    ...EVERYWHERE,
  ],
  troubles: [
    CHANGED,
    CLICKED,
    {
      what: '退回来了',
      does: '退回的理由在办件页“办理经过”的最后一条。改好再送；退回不是补正，不要让群众再跑。',
    },
    {
      what: '到期办不完',
      does: '到期以前点“延长期限”，写明理由和批准的负责人；只能一次，会书面告知申请人。',
    },
    CUT_AT_DESK,
    SIGNED_OUT,
    LOCKED,
  ],
  terms: [
    '初审',
    '现场核查',
    '整改',
    '联合审查',
    '退回',
    '不计时',
    '延期',
    '公示',
    '异议',
    '发放批次',
    '回盘',
  ],
};

const reviewer: Guide = {
  id: 'reviewer',
  title: '股室负责人',
  lead: '换一个人再核一遍，同意就送决定，不同意就退回，写明理由。',
  steps: [
    {
      title: '从“待办”最上面办起',
      text: '只有轮到您复核的件；您自己经办过前面环节的，请另一位复核。',
      picture: inbox,
    },
    {
      title: '先看经过',
      text: '办件页的“办理经过”写着每一步谁办的、说了什么；改过的地方和原来对照着看。',
      picture: glance,
    },
    { title: '核对表单和材料', text: '按 V 对照着看，重点看承办人写的事实有没有材料支持。', picture: review },
    {
      title: '同意或者退回',
      text: '同意的点“审核同意，送下一环节”，写意见；不同意的点“退回重办”，写清要承办人改什么。',
      picture: { name: 'office-forward', alt: '复核页：写审核意见，可以套用用语，下面写着接下来到谁手里' },
    },
    {
      title: '看本股室的数',
      text: '“一览”里是本部门在办、逾期、退回的原因；每个数点开就是那些件。',
      picture: { name: 'board', alt: '一览：在办、逾期、快到期的件数，各部门的在办件数图' },
    },
  ],
  keys: [...CASES, ['T', '退回重办'], ['G B', '打开一览'], ...EVERYWHERE],
  troubles: [
    {
      what: '提示要另一位同志办理',
      does: '您办过这件的前面环节，不能再复核。请同岗位的另一位办；只有您一个人的，请安全管理员设代班。',
    },
    CHANGED,
    CLICKED,
    CUT_AT_DESK,
    SIGNED_OUT,
    LOCKED,
  ],
  terms: ['复核', '退回', '承诺期限', '法定期限', '代班'],
};

const leader: Guide = {
  id: 'leader',
  title: '分管领导',
  lead: '作决定、批延期、批发放；看哪里慢了，为什么。',
  steps: [
    {
      title: '看“一览”',
      text: '在办多少、逾期多少、在哪个部门哪个乡镇；点数字就是那些件。不给个人排名。',
      picture: { name: 'board', alt: '一览：在办、逾期、快到期的件数，各部门的在办件数图' },
    },
    { title: '办“待办”', text: '轮到您决定的件，按到期先后排。', picture: inbox },
    {
      title: '看清再定',
      text: '办件页最上面是一句话的情况，下面有前面各位的意见、核查笔录、公示结果。',
      picture: glance,
    },
    { title: '准予', text: '写意见，点“准予”。决定书自动生成、编号、盖章。', picture: decision },
    { title: '不予', text: '点“不予批准”，必须写事实、理由和依据；复议、诉讼的办法会自动写进决定书。' },
    { title: '批延期', text: '只能一次，理由要站得住，会书面告知申请人。' },
    {
      title: '批发放',
      text: '“发放”里等待批准的批次：人数、金额、和上一期的差别都列出来。编制的人不能自己批。',
      picture: { name: 'office-payout', alt: '一个发放批次：多少人、多少钱、等待批准，暂不发放的人和原因' },
    },
  ],
  keys: [...CASES, ['G B', '打开一览'], ['G P', '打开发放'], ...EVERYWHERE],
  troubles: [
    {
      what: '决定作错了',
      does: '决定已经送出的，不能在系统里改掉。按法律规定撤销或者变更，由承办人提出、您确认，证照同时处理。',
    },
    { what: '出差没人批', does: '在“我的账号 › 请假代班”指定代班的人；代班的人决定时，记录写明代谁。' },
    CHANGED,
    CUT_AT_DESK,
    SIGNED_OUT,
    LOCKED,
  ],
  terms: ['决定', '不予许可', '延期', '发放批次', '注销、撤销、撤回', '行政复议', '代班'],
};

const inspector: Guide = {
  id: 'inspector',
  title: '督查员',
  lead: '看辖区内的进度、逾期和原因；不办理任何一件。',
  steps: [
    {
      title: '从“一览”看起',
      text: '在办、逾期、退回和不予的原因、评价、在村里等着领的证照。选时间、部门、乡镇、事项。',
      picture: { name: 'board', alt: '一览：在办、逾期、快到期的件数，各部门的在办件数图' },
    },
    {
      title: '点数字看是哪些件',
      text: '每个数都打开它的清单；清单可以筛选、存成视图、打印、导出表格。',
      picture: { name: 'inspector-cases', alt: '办件清单：上面是筛选，下面每件写着期限、状态和所在岗位' },
    },
    {
      title: '看一件的经过',
      text: '办件页的“办理经过”和流程图写着走到哪里、每一步用了几天、哪里停过表、谁看过。',
      picture: { name: 'inspector-case', alt: '办件页的流程图：走过的路和现在的位置' },
    },
    {
      title: '看钱和证',
      text: '“发放 › 收支报告”对账到分；“证照”里看每一份证照现在在哪里。',
      picture: { name: 'inspector-report', alt: '收支报告：每个项目的总账和明细对得上' },
    },
    { title: '带走数据', text: '“导出”成表格，证件号都是遮住的；导出有记录。' },
  ],
  keys: [
    ['G B', '打开一览'],
    ['G C', '打开办件'],
    ...LISTS,
    ['G R', '打开证照'],
    ['G P', '打开发放'],
    ...EVERYWHERE,
  ],
  troubles: [
    { what: '有的件看不到', does: '只看得到您督查的地方和部门的件。范围不对，请安全管理员改授权。' },
    { what: '数和下面报的不一样', does: '点开数字逐件核对；统计截止时间写在一览上面。' },
    SIGNED_OUT,
    LOCKED,
  ],
  terms: ['办件', '红黄绿灯', '法定期限', '承诺期限', '不计时', '办结'],
};

export const OFFICES: readonly Guide[] = [officer, reviewer, leader, inspector];
