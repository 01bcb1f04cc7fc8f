/** What a clerk enters about a station, and what the API takes. */
import { choice, date, line, object, text } from '../../workflow/events/fields.ts';
import type { DayKind, Purpose } from './types.ts';

export const DAY_WORDS: Record<DayKind, string> = {
  workday: '工作日',
  restday: '休息日、节假日',
  all: '每天',
};
export const PURPOSE_WORDS: Record<Purpose, string> = { filing: '收件', collecting: '领取', asking: '咨询' };

const OPEN = '开放';
const SHUT = '不开放';

const rows = (title: string, properties: Record<string, unknown>, required: string[], maxItems: number) => ({
  type: 'array',
  title,
  maxItems,
  'x-layout': 'table',
  items: { type: 'object', properties, required, additionalProperties: false },
});

const number = line('电话', {
  maxLength: 20,
  pattern: '^[0-9][0-9-]{2,19}$',
  'x-error': '电话只写数字和短横，如 0876-6122333',
});

/** The page of a station. Nothing is required: what is not known is shown as not entered. */
export const FACTS = object(
  '本站信息',
  {
    address: line('地址', { maxLength: 100, 'x-width': 'full' }),
    way: text('怎么走', {
      maxLength: 300,
      description: '写当地人说的地标，如：村委会一楼，客运站往南 200 米。',
    }),
    phones: rows('电话', { what: line('用途', { maxLength: 20 }), number }, ['what', 'number'], 6),
    duty: rows(
      '谁值班',
      {
        role: line('岗位', { maxLength: 20 }),
        name: line('姓名', { maxLength: 20 }),
        when: line('什么时候', { maxLength: 30 }),
      },
      ['role'],
      10,
    ),
  },
  [],
);

const time = (title: string) =>
  line(title, {
    pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
    'x-width': 'short',
    'x-error': `${title}写成 08:30 的样子`,
  });

/** Hours of the station's own; the form's wording of `OwnHours`. */
export const HOURS = object(
  '开放时间',
  {
    from: date('从哪天起'),
    to: date('到哪天为止', { description: '不填就是长期。' }),
    days: choice('适用于', Object.values(DAY_WORDS)),
    open: choice('这些天', [OPEN, SHUT]),
    spans: {
      ...rows('时间', { opens: time('开门'), closes: time('关门') }, ['opens', 'closes'], 3),
      'x-show': { field: '/open', equals: OPEN },
    },
    note: line('说明', { maxLength: 40, 'x-width': 'full', description: '如：赶街天、农忙时间、停电。' }),
  },
  ['from', 'days', 'open'],
);

/** As the form of `HOURS` gives it. */
export interface SentHours {
  from: string;
  to?: string;
  days: string;
  open: string;
  spans?: { opens: string; closes: string }[];
  note?: string;
}

export const isOpen = ({ open }: Pick<SentHours, 'open'>): boolean => open === OPEN;

const body = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const purpose = { type: 'string', enum: Object.keys(PURPOSE_WORDS) };
const counter = { type: 'integer', minimum: 1, maximum: 30, description: 'Window; none at a single desk' };
export const TAKE_BODY = body({ purpose });
export const CALL_BODY = body({ counter });
