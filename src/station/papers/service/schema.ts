/** What is written down when a paper is served, by the way it was (民诉法 art. 87–91, 95). */
import { choice, date, line, object, text } from '../../../workflow/events/fields.ts';
import { WAYS, type Way } from './types.ts';

/** Fields each way needs. */
const NEEDS: Record<Way, string[]> = {
  直接送达: ['place', 'deliveredOn', 'signedBy'],
  代收送达: [
    'place',
    'deliveredOn',
    'receiver',
    'receiverName',
    'relation',
    'receiverId',
    'idChecked',
    'signedBy',
  ],
  留置送达: ['place', 'deliveredOn', 'refusal'],
  电子送达: ['consent', 'consentedOn', 'channel', 'address', 'arrivedOn'],
  邮寄送达: ['carrier', 'trackingNumber', 'sentOn', 'receivedOn'],
  公告送达: ['because', 'publishedOn', 'board'],
};
/** Fields a way may have besides. */
const MAY: Partial<Record<Way, string[]>> = {
  直接送达: ['signature'],
  代收送达: ['signature'],
  留置送达: ['witnesses'],
};

/** Every field that belongs to a way. */
export const fieldsOf = (way: Way): string[] => [...NEEDS[way], ...(MAY[way] ?? [])];

const witnesses = {
  type: 'array',
  title: '见证人',
  description:
    '村民委员会（居民委员会）的人，至少一名；没有见证人的，上传照片、录像（民事诉讼法第八十九条）。',
  maxItems: 4,
  'x-layout': 'table',
  items: {
    type: 'object',
    properties: {
      name: line('姓名', { maxLength: 50 }),
      post: line('身份（如村委会委员）', { maxLength: 50 }),
    },
    required: ['name', 'post'],
    additionalProperties: false,
  },
};

const FIELDS: Record<string, Record<string, unknown>> = {
  place: line('送达地点', { 'x-width': 'full' }),
  deliveredOn: date('签收（留置）日期'),
  receiver: choice('代收人', ['同住的成年家属', '委托代理人']),
  receiverName: line('代收人姓名', { maxLength: 50 }),
  relation: line('与受送达人的关系', { maxLength: 20 }),
  receiverId: {
    type: 'string',
    title: '代收人身份证号',
    format: 'cn-id',
    maxLength: 18,
    'x-sensitive': true,
  },
  idChecked: { type: 'boolean', const: true, title: '已核对代收人的身份证件原件' },
  signedBy: choice('签收方式', ['屏幕手写', '纸质签名或者按指印'], {
    description: '在纸上签的，打印送达回证后签名或者按指印。',
  }),
  signature: {
    type: 'string',
    title: '签收人签名',
    maxLength: 200000,
    'x-widget': 'signature',
    'x-show': { field: '/signedBy', equals: '屏幕手写' },
  },
  refusal: text('拒收事由', { maxLength: 500 }),
  witnesses,
  consent: {
    type: 'boolean',
    const: true,
    title: '受送达人本人同意电子送达，同意的记录已经留存',
    'x-error': '没有本人同意，不能电子送达（民事诉讼法第九十条）',
  },
  consentedOn: date('同意电子送达的日期'),
  channel: choice('电子送达渠道', ['短信', '电子邮箱', '政务服务账号', '其他已确认的电子地址']),
  address: line('电子地址（手机号、邮箱、账号）', { 'x-sensitive': true }),
  arrivedOn: date('到达受送达人系统的日期', {
    description: '到达的日期就是送达日期（民事诉讼法第九十条）。',
  }),
  carrier: line('邮寄单位', { maxLength: 50, 'x-placeholder': '中国邮政' }),
  trackingNumber: line('邮件号', { maxLength: 40 }),
  sentOn: date('交寄日期'),
  receivedOn: date('回执上的收件日期', {
    description: '回执上注明的收件日期就是送达日期（民事诉讼法第九十一条）。',
  }),
  because: text('为什么公告送达', { maxLength: 500 }),
  publishedOn: date('公告日期'),
  board: line('公告刊登、张贴处', { 'x-width': 'full' }),
};

const waysOf = (name: string): Way[] => WAYS.filter((way) => fieldsOf(way).includes(name));

/** A field is asked where its way is chosen; one with a condition of its own keeps it. */
const shown = Object.fromEntries(
  Object.entries(FIELDS).map(([name, field]) => [
    name,
    { 'x-show': { field: '/way', in: waysOf(name) }, ...field },
  ]),
);

const whenIs = (field: string, value: string, required: string[]) => ({
  if: { properties: { [field]: { const: value } }, required: [field] },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: { required },
});

/** A paper was served. */
export const SERVICE = object('登记送达', { way: choice('送达方式', WAYS), ...shown }, ['way'], {
  allOf: [
    ...WAYS.map((way) => whenIs('way', way, NEEDS[way])),
    ...['直接送达', '代收送达'].map((way) => ({
      if: {
        properties: { way: { const: way }, signedBy: { const: '屏幕手写' } },
        required: ['way', 'signedBy'],
      },
      // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
      then: { required: ['signature'] },
    })),
  ],
});

/** It was tried, and came to nothing. */
export const ATTEMPT = object('登记没有送达', {
  way: choice('用什么方式送过', WAYS.slice(0, -1)),
  triedOn: date('哪一天'),
  reason: text('为什么没有送达', { maxLength: 500 }),
});

const evidence = {
  type: 'array',
  title: '照片、录像编号',
  maxItems: 10,
  items: { type: 'string', minLength: 1, maxLength: 40 },
};
const body = (schema: object) => ({
  type: 'object',
  properties: { data: schema, evidence },
  required: ['data'],
  additionalProperties: false,
});
export const SERVICE_BODY = body(SERVICE);
export const ATTEMPT_BODY = body(ATTEMPT);

export const EVIDENCE_FORM = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
};
