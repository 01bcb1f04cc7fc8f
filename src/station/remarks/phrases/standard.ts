/** Phrases that every office has from the start: opinions by act, reasons for a correction by kind of place. */

/** Opinions and reasons by the act they belong to. */
export const OPINIONS: Readonly<Record<string, readonly string[]>> = {
  ACCEPT: ['材料齐全，符合法定形式，予以受理。'],
  FORWARD: ['材料齐全，符合规定，同意。', '经审核，情况属实，符合条件，同意送下一环节。'],
  APPROVE: ['材料齐全，符合规定，同意。', '经审查，符合条件，准予。'],
  GIVE_OPINION: ['经审查，符合本部门管理要求，同意。', '同意，无其他意见。'],
  RECORD_CHECK: ['经比对，各项数据一致，未发现异常。'],
  RECORD_VISIT: ['入户查看，走访邻里，情况属实。'],
  RETURN: ['审核意见不具体，请补充后再送。', '申请表与材料不一致，请核实后再送。'],
  EXTEND: ['情况复杂，需要进一步核实。'],
  ISSUE: ['证件已制作，送村站发放。'],
  CONFIRM: ['经核实，仍符合条件。'],
  WITHDRAW: ['申请人自愿撤回。'],
};

/** What a place to be corrected is, as far as reasons go. */
export type PlaceKind =
  | 'material'
  | 'number'
  | 'date'
  | 'choice'
  | 'rows'
  | 'text'
  | 'id'
  | 'account'
  | 'phone';

/** What usually is wrong with it. */
export const REASONS: Readonly<Record<PlaceKind, readonly string[]>> = {
  material: ['照片不清楚，请重拍', '缺页，请补齐', '没有签名（盖章）', '已过有效期', '不是本人的材料'],
  id: ['和身份证件不一致', '位数不对，请对照证件重填'],
  account: ['和银行卡（存折）不一致', '不是本人的账户'],
  phone: ['打不通，请核对', '位数不对'],
  date: ['和材料上的日期不一致', '日期不可能，请核对'],
  number: ['和材料上的数不一致', '单位不对，请换算后重填', '和合计对不上'],
  choice: ['和材料不一致', '选错了，请按实际情况选'],
  rows: ['漏填，请补上', '多填，请删去', '和户口簿不一致'],
  text: ['和材料不一致', '不完整，请写全', '有错别字'],
};

/** How it should look, where there is an example for everybody. */
export const EXAMPLES: Partial<Readonly<Record<PlaceKind, string>>> = {
  date: '2026-09-28',
  phone: '11 位手机号',
  id: '18 位，末位可以是 X',
};
