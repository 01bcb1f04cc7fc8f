import type { ErrorCode } from './errors.ts';

/** The sentence a person reads for each error code. A missing or surplus code does not compile. */
export const ERROR_WORDING: Readonly<Record<ErrorCode, string>> = {
  'account.not_found': '没有这个账号。',
  'case.event_not_possible': '这件事项现在不能这样办理。',
  'case.incomplete': '申请还不完整，请按提示补齐后再提交。',
  'case.not_allowed': '您没有办理这一步的权限。',
  'case.not_clerk': '只有本村代办员可以替群众填写、提交申请。',
  'case.not_editable': '申请已经提交，现在不能修改。',
  'case.not_found': '没有找到这件事项。',
  'case.second_person': '您办理过这件事项的前面环节，须由另一位同志决定。',
  'case.stale_version': '这件事项刚刚有人办理过，请看过最新情况再继续。',
  'certificate.not_found': '没有找到这份证件。',
  'citizen.not_found': '没有找到这位群众的信息。',
  'clock.backwards': '演练时钟只能往后拨，不能往回拨。',
  'database.other_mode': '这个数据库属于另一种运行方式（正式或演练），不能混用。',
  'definition.invalid': '事项定义有错误，请按提示修改。',
  'file.empty': '上传的文件是空的，请重新选择。',
  'file.missing': '没有收到文件，请选择文件后再上传。',
  'file.too_large': '文件太大，每个文件不能超过 10 MB。',
  'file.too_many': '一次上传的文件太多，每次最多 10 个。',
  'file.wrong_type': '不支持这种文件，请上传 JPG、PNG 图片或 PDF 文件。',
  internal: '系统出了问题，您的操作没有完成。请稍后再试；如仍不行，请把下面的请求编号告诉管理员。',
  'item.not_found': '没有这个办事事项。',
  'material.not_found': '没有这份材料。',
  method_not_allowed: '这个地址不支持这样访问。',
  not_allowed: '您没有这项操作的权限。',
  not_found: '没有找到您要的页面或内容。',
  'notice.not_found': '没有找到这份公示。',
  'org.not_found': '没有这个机构。',
  'paper.not_found': '没有找到这份文书。',
  'rate.too_many': '操作太频繁，请稍等一会儿再试。',
  'rehearsal.only': '只有在演练环境才能这样做。',
  'request.invalid': '填写的内容有误，请按提示修改。',
  'request.malformed': '发来的内容无法读取。',
  'request.malformed_json': '发来的内容不是有效的 JSON。',
  'request.reused': '这个请求编号已经用于另一项内容，请刷新页面后重新提交。',
  'request.too_large': '发来的内容太大，不能超过 1 MB。',
  'request.unsupported_media': '不支持这种内容格式。',
  'service.stopping': '系统正在重启，请稍后再试。',
  'session.bad_credentials': '账号或密码不正确。',
  'session.csrf': '页面已失效，请刷新后重新提交。',
  'session.expired': '登录已过期，请重新登录。',
  'session.locked': '密码错误次数过多，账号已暂时锁定，请稍后再试。',
  'session.required': '请先登录。',
};

/** Units of the common formats, for messages about dates and the like. */
const FORMAT_WORDING: Readonly<Record<string, string>> = {
  date: '请填写有效日期，例如 2026-09-28',
  'date-time': '请填写有效的日期和时间，并带时区，例如 2026-09-28T09:40:00+08:00',
  time: '请填写有效时间，例如 09:40',
  email: '请填写有效的电子邮箱',
  uri: '请填写有效的网址',
  uuid: '编号格式不正确',
};

const TYPE_WORDING: Readonly<Record<string, string>> = {
  array: '应为列表',
  boolean: '应为“是”或“否”',
  integer: '应为整数',
  null: '应为空',
  number: '应为数字',
  object: '应为一组内容',
  string: '应为文字',
};

type KeywordParams = Record<string, unknown>;

/** JSON Schema keyword -> sentence; `params` are the ones ajv reports for the keyword. */
const KEYWORD_WORDING: Readonly<Record<string, (params: KeywordParams) => string>> = {
  additionalProperties: (p) => `不认识这一项：${p.additionalProperty}`,
  unevaluatedProperties: (p) => `不认识这一项：${p.unevaluatedProperty}`,
  propertyNames: (p) => `项目名称不正确：${p.propertyName}`,
  required: () => '请填写这一项',
  dependentRequired: (p) => `填写了“${p.property}”就必须填写这一项`,
  type: (p) =>
    [p.type]
      .flat()
      .map((type) => TYPE_WORDING[String(type)] ?? `应为 ${type}`)
      .join('或'),
  enum: (p) => `请从以下选项中选择：${(p.allowedValues as unknown[]).join('、')}`,
  const: (p) => (p.allowedValue === true ? '请勾选这一项' : `只能是 ${p.allowedValue}`),
  format: (p) => FORMAT_WORDING[String(p.format)] ?? '格式不正确',
  pattern: () => '格式不正确',
  minLength: (p) => (p.limit === 1 ? '请填写这一项' : `至少 ${p.limit} 个字`),
  maxLength: (p) => `最多 ${p.limit} 个字`,
  minimum: (p) => `不能小于 ${p.limit}`,
  maximum: (p) => `不能大于 ${p.limit}`,
  exclusiveMinimum: (p) => `必须大于 ${p.limit}`,
  exclusiveMaximum: (p) => `必须小于 ${p.limit}`,
  multipleOf: (p) => `必须是 ${p.multipleOf} 的整倍数`,
  minItems: (p) => `至少 ${p.limit} 项`,
  maxItems: (p) => `最多 ${p.limit} 项`,
  minProperties: (p) => `至少填写 ${p.limit} 项`,
  maxProperties: (p) => `最多填写 ${p.limit} 项`,
  uniqueItems: (p) => `第 ${Number(p.j) + 1} 项与第 ${Number(p.i) + 1} 项重复`,
  contains: (p) => `至少要有 ${p.minContains} 项符合要求`,
  oneOf: () => '内容不符合任何一种允许的填法',
  anyOf: () => '内容不符合任何一种允许的填法',
  not: () => '不允许这样填写',
  'false schema': () => '这里不应填写',
};

/** The Chinese sentence for a failed JSON Schema keyword; an unknown keyword gets the general one. */
export function keywordWording(keyword: string, params: KeywordParams): string {
  return KEYWORD_WORDING[keyword]?.(params) ?? '内容不符合要求';
}
