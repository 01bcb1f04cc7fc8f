/** What is written down when money changes hands. */
import { choice, count, line, money, object, text } from '../../workflow/events/fields.ts';
import { DENOMINATIONS } from './rules.ts';

const ON_SCREEN = '屏幕手写';
const ON_PAPER = '纸质签名或者按指印';

const signature = (title: string) => ({
  type: 'string',
  title,
  maxLength: 200000,
  'x-widget': 'signature',
  'x-show': { field: '/signedBy', equals: ON_SCREEN },
});

/** Fields of whoever comes to the counter. */
const COLLECTOR = {
  collector: choice('谁来领取', ['本人', '代领']),
  name: line('领取人姓名', { maxLength: 50 }),
  idNumber: { type: 'string', title: '领取人身份证号', format: 'cn-id', maxLength: 18, 'x-sensitive': true },
  relation: line('与本人的关系', { maxLength: 20, 'x-show': { field: '/collector', equals: '代领' } }),
  idChecked: { type: 'boolean', const: true, title: '已核对领取人的身份证件原件' },
  signedBy: choice('签名方式', [ON_SCREEN, ON_PAPER], {
    description: '在纸上签的，打印收据以后签名或者按指印。',
  }),
  signature: signature('领取人签名'),
};

const WITNESS = {
  witness: line('见证人姓名', {
    maxLength: 50,
    description: '不是领取人，也不是经办人；村干部、村民代表、邻居都可以。',
  }),
  witnessSignature: signature('见证人签名'),
};

/** Needed when `field` has this value. */
const whenIs = (field: string, value: string, required: string[]) => ({
  if: { properties: { [field]: { const: value } }, required: [field] },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: { required },
});

const ALWAYS = ['collector', 'name', 'idNumber', 'idChecked', 'signedBy'];

/** Handing over at the counter; with money there is a witness. */
export const handOver = (title: string, withMoney: boolean) =>
  object(title, { ...COLLECTOR, ...(withMoney && WITNESS) }, [...ALWAYS, ...(withMoney ? ['witness'] : [])], {
    allOf: [
      whenIs('collector', '代领', ['relation']),
      whenIs('signedBy', ON_SCREEN, ['signature', ...(withMoney ? ['witnessSignature'] : [])]),
    ],
  });

export const HAND_OUT = handOver('现金发放登记', true);

/** A photograph of a fingerprint; larger ones are made smaller by the page before they are sent. */
const photo = {
  type: 'string',
  title: '指印照片',
  maxLength: 700_000,
  pattern: '^data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+$',
};

/** Counting the box: how many of each note and coin. */
export const COUNT_BOX = object(
  '清点钱箱',
  Object.fromEntries(
    DENOMINATIONS.map(({ key, title }) => [key, count(title, { maximum: 1_000_000, 'x-unit': '张（枚）' })]),
  ),
  [],
);

/** Counting what came in a bag or came back. */
export const COUNT_SUM = object(
  '清点',
  {
    amount: money('清点金额', { exclusiveMinimum: 0 }),
    explanation: text('上次的差额是怎样查清的', {
      maxLength: 500,
      description: '上次清点有差额的，写明查清的情况。',
    }),
  },
  ['amount'],
);

const reason = text('理由', { maxLength: 500 });
export const REASON = object('理由', { reason });

const id = { type: 'string', minLength: 1, maxLength: 40 };
const ids = { type: 'array', minItems: 1, maxItems: 500, uniqueItems: true, items: id };
const body = (properties: Record<string, unknown>, required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

export const BAG_BODY = body({ village: id, office: id, lines: ids }, ['village']);
export const RETURN_BODY = body({ village: id, lines: ids }, []);
export const HAND_OUT_BODY = body({ data: HAND_OUT, photo }, ['data']);
export const VILLAGE_QUERY = {
  type: 'object',
  properties: { village: id, day: { type: 'string', format: 'date' }, state: id, after: id, q: id },
  additionalProperties: false,
};
export const CLOSE_BODY = body({ day: { type: 'string', format: 'date' }, pieces: COUNT_BOX }, [
  'day',
  'pieces',
]);
export const DAY_BODY = body({ day: { type: 'string', format: 'date' } }, ['day']);
export const REOPEN_BODY = body({ day: { type: 'string', format: 'date' }, reason }, ['day', 'reason']);
