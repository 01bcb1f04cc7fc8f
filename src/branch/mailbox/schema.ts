import type { Mode } from './types.ts';

const object = (properties: Record<string, object>, required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const TEXT = { type: 'string', minLength: 5, maxLength: 5000 };
const REASON = { type: 'string', minLength: 2, maxLength: 500 };
const ORG = { type: 'string', pattern: '^P[0-9-]{4,20}$' };
/** Made with the form, so that one form is one letter. */
const ONCE = { type: 'string', pattern: '^[0-9a-f]{32}$' };
const CODE = { type: 'string', maxLength: 40 };
const VERSION = { type: 'integer', minimum: 1 };

export interface LetterBody {
  once: string;
  mode: Mode;
  title: string;
  text: string;
  about?: string;
  to?: string;
  tip?: boolean;
  name?: string;
  phone?: string;
}

export const LETTER_BODY = object(
  {
    once: ONCE,
    mode: { enum: ['named_public', 'named_confidential', 'anonymous'] },
    title: { type: 'string', minLength: 2, maxLength: 60 },
    text: TEXT,
    about: { ...ORG, description: 'The organisation it is about; it goes to the level above' },
    to: { ...ORG, description: 'The committee it is for, when it is about no organisation' },
    tip: { type: 'boolean', description: 'It accuses somebody: a desk of its own' },
    name: { type: 'string', minLength: 2, maxLength: 40 },
    phone: { type: 'string', pattern: '^1[3-9][0-9]{9}$' },
  },
  ['once', 'mode', 'title', 'text'],
);

export const CODE_BODY = object({ code: CODE }, ['code']);

export interface WriterActBody {
  code: string;
  event: 'SUPPLY' | 'SATISFIED' | 'REOPEN' | 'ASK_REVIEW' | 'WITHDRAW' | 'CONSENT' | 'REFUSE';
  text?: string;
}

/** `CONSENT` and `REFUSE` say whether the answer may be published; they move nothing. */
export const WRITER_ACT_BODY = object(
  {
    code: CODE,
    event: { enum: ['SUPPLY', 'SATISFIED', 'REOPEN', 'ASK_REVIEW', 'WITHDRAW', 'CONSENT', 'REFUSE'] },
    text: TEXT,
  },
  ['code', 'event'],
);

export interface ActBody {
  event: string;
  version: number;
  text?: string;
  reason?: string;
  publication?: { title: string; question: string; answer: string };
}

export const ACT_BODY = object(
  {
    event: { type: 'string', pattern: '^[A-Z_]{3,20}$' },
    version: VERSION,
    text: TEXT,
    reason: REASON,
    publication: object(
      { title: { type: 'string', minLength: 2, maxLength: 60 }, question: TEXT, answer: TEXT },
      ['title', 'question', 'answer'],
    ),
  },
  ['event', 'version'],
);

export const SUBJECT_BODY = object({ org: ORG }, ['org']);
export const OPENING_BODY = object({ reason: REASON }, ['reason']);

const FILTERS = {
  state: { type: 'string', pattern: '^[a-z_]{2,40}$' },
  late: { enum: ['1'] },
  q: { type: 'string', maxLength: 60 },
};
export const LIST_QUERY = object({ ...FILTERS, after: { type: 'string', pattern: '^[0-9a-z]{26}$' } }, []);
