/** Words of the guides that an item does not write itself. */
import type { Definition, Material, Terms, Waiver } from '../../../workflow/types.ts';

export const ITEM_KINDS: Record<Definition['kind'], string> = {
  permit: '行政许可',
  benefit: '行政给付',
  confirmation: '行政确认',
  service: '公共服务',
  filing: '备案',
};

export const MATERIAL_FORMS: Record<Material['form'], string> = {
  original: '原件',
  copy: '复印件',
  electronic: '电子件',
};

/** Why a paper need not be brought (在线政务服务规定 art. 7, 10). */
export const WAYS: Record<Waiver['way'], string> = {
  shared: '免交：从共享数据取得',
  'e-licence': '免交：调用电子证照',
  commitment: '可用书面承诺代替',
  internal: '免交：本系统已有',
  generated: '免交：由系统生成',
};

/** What a decision can be fought with (catalogue B.3). */
export const REMEDIES: Record<Definition['remedies'], string> = {
  review:
    '不服决定的，可以自收到决定书之日起 60 日内向富宁县人民政府申请行政复议，也可以自收到决定书之日起 6 个月内依法提起行政诉讼。',
  'review-first':
    '不服决定的，应当自收到决定书之日起 60 日内先向富宁县人民政府申请行政复议；对复议决定不服的，可以自收到复议决定书之日起 15 日内提起行政诉讼。',
  complaint: '对办理结果有意见的，可以向本事项的主管部门投诉或者申请复核。',
};

export const FROM: Record<Terms['from'], string> = {
  acceptance: '自受理之日起',
  receipt: '自收到申请之日起',
};
