/** What is asked once, for everything that is handed over. */
import { choice } from '../../workflow/events/fields.ts';
import { handOver } from '../cash/index.ts';
import type { ItemKind } from './types.ts';

/** Who takes papers in for another (民诉法 art. 88). */
const receiver = choice('代领人的身份', ['同住的成年家属', '委托代理人'], {
  'x-show': { field: '/collector', equals: '代领' },
});

/** The form for what lies ready: with money there is a witness, with papers a proxy says in which capacity. */
export function handOverFor(kinds: ReadonlySet<ItemKind>) {
  const form = handOver('领取登记', kinds.has('cash')) as ReturnType<typeof handOver> & {
    properties: Record<string, unknown>;
    allOf: object[];
  };
  if (!kinds.has('paper')) return form;
  const { collector, name, idNumber, relation, ...rest } = form.properties;
  return {
    ...form,
    properties: { collector, name, idNumber, relation, receiver, ...rest },
    allOf: [
      ...form.allOf,
      {
        if: { properties: { collector: { const: '代领' } }, required: ['collector'] },
        // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
        then: { required: ['receiver'] },
      },
    ],
  };
}

const id = { type: 'string', minLength: 1, maxLength: 40 };

export const HAND_OVER_BODY = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: {
        type: 'object',
        properties: { kind: { type: 'string', enum: ['case', 'paper', 'cash'] }, id },
        required: ['kind', 'id'],
        additionalProperties: false,
      },
    },
    data: { type: 'object' },
    photo: {
      type: 'string',
      maxLength: 700_000,
      pattern: '^data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+$',
    },
  },
  required: ['items', 'data'],
  additionalProperties: false,
};

export const DESK_QUERY = {
  type: 'object',
  properties: {
    village: id,
    q: { type: 'string', maxLength: 40 },
    page: { type: 'string', pattern: '^[1-9]\\d{0,3}$' },
    day: { type: 'string', format: 'date' },
  },
  additionalProperties: false,
};
