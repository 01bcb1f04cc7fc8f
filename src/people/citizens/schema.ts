import { ID_TYPES } from './rules.ts';

/** Query of the look-up. */
export const CITIZEN_QUERY = {
  type: 'object',
  properties: {
    idNumber: { type: 'string', title: '证件号码', minLength: 1, maxLength: 30 },
    idType: { type: 'string', title: '证件类型', enum: [...ID_TYPES] },
  },
  required: ['idNumber'],
  additionalProperties: false,
};

const text = { type: 'string' };
const maybe = { type: ['string', 'null'] };

/** What `citizenView` gives: number and telephone masked. */
export const CITIZEN_VIEW = {
  type: 'object',
  properties: { id: text, name: text, idKind: text, idNumber: text, birth: maybe, sex: maybe, phone: maybe },
  required: ['id', 'name', 'idKind', 'idNumber', 'birth', 'sex', 'phone'],
};
