/** Bodies and queries of the register's API. */
import { ATTACHED, CUSTODY_WORDS, STATE_WORDS } from './present.ts';
import { LEGAL_ACTS } from './types.ts';

const text = (maxLength: number, minLength = 1) => ({ type: 'string', minLength, maxLength });
const DATE = { type: 'string', format: 'date' };
const shape = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const FILTER = {
  text: text(40),
  item: text(20),
  state: { enum: Object.keys(STATE_WORDS) },
  custody: { enum: Object.keys(CUSTODY_WORDS) },
  lies: { ...text(20), description: 'The piece lies at this organisation' },
  expiresBy: DATE,
  renewBy: DATE,
  proposed: { const: '1' },
  after: text(40),
};
export const REGISTER_QUERY = shape(FILTER);
/** An identity number never stands in an address: it is sent in the body. */
export const LOOK_UP_BODY = shape({ idNumber: { type: 'string', format: 'cn-id' } }, ['idNumber']);

export const REASON_BODY = shape({ reason: text(500) }, ['reason']);
export const PROPOSAL_BODY = {
  ...shape(
    {
      act: { enum: LEGAL_ACTS },
      reason: { ...text(1000), title: '理由' },
      basis: { ...text(300), title: '依据' },
      compensation: { ...text(500), title: '补偿' },
      until: { ...DATE, title: '暂停至' },
    },
    ['act', 'reason', 'basis'],
  ),
  // 许可法 8: what is withdrawn for the public good is compensated.
  if: { properties: { act: { const: 'WITHDRAW' } } },
  // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
  then: { required: ['compensation'] },
};

/** A picture of a hand-over, as multipart. */
export const ATTACH_FORM = shape(
  { kind: { enum: Object.keys(ATTACHED) }, file: { type: 'string', format: 'binary' } },
  ['kind', 'file'],
);
export const ATTACH_KIND = shape({ kind: { enum: Object.keys(ATTACHED) } }, ['kind']);

const IDS = { type: 'array', items: text(40), maxItems: 200 };
export const SEND_BODY = shape({ to: text(20), certificates: { ...IDS, minItems: 1 } }, [
  'to',
  'certificates',
]);
export const RECEIVE_BODY = shape({ received: IDS, note: text(500) }, ['received']);
export const TRANSFERS_QUERY = shape({
  direction: { enum: ['in', 'out'] },
  state: { enum: ['sent', 'received', 'cancelled'] },
  after: text(40),
});
