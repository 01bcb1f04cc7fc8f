import type { QuestionClass } from './types.ts';

const object = (properties: Record<string, object>, required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const TEXT = { type: 'string', minLength: 5, maxLength: 2000 };
const CODE = { type: 'string', maxLength: 40 };
const ID = { type: 'string', pattern: '^[0-9a-z]{26}$' };

export interface QuestionBody {
  once: string;
  text: string;
  to: string;
  phone?: string;
}

export const QUESTION_BODY = object(
  {
    once: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    text: TEXT,
    to: { type: 'string', pattern: '^P[0-9-]{4,20}$' },
    phone: { type: 'string', pattern: '^1[3-9][0-9]{9}$' },
  },
  ['once', 'text', 'to'],
);

export const CODE_BODY = object({ code: CODE }, ['code']);
export const FOLLOW_UP_BODY = object({ code: CODE, text: TEXT }, ['code', 'text']);

export interface QuestionAct {
  event: string;
  version: number;
  class?: QuestionClass;
  into?: string;
  answer?: string;
  publication?: { question: string; answer: string };
  reason?: string;
}

export const ACT_BODY = object(
  {
    event: { type: 'string', pattern: '^[A-Z_]{3,20}$' },
    version: { type: 'integer', minimum: 1 },
    class: { enum: ['simple', 'usual', 'hard'] },
    into: { ...ID, description: 'The question that is answered for this one too' },
    answer: { type: 'string', minLength: 2, maxLength: 5000 },
    publication: object({ question: TEXT, answer: TEXT }, ['question', 'answer']),
    reason: { type: 'string', minLength: 2, maxLength: 500 },
  },
  ['event', 'version'],
);
