/** What was said with an event, in labelled sentences: the body of the timeline. Pure. */
import { leafText } from '../../../platform/web/index.ts';
import { type EventNeeds, eventSchema } from '../../../workflow/events.ts';
import { type FormSchema, isRecord } from '../../../workflow/form-schema.ts';
import type { EventName, Step } from '../../../workflow/types.ts';

export interface Said {
  label: string;
  /** One sentence, or one per row. */
  text: string | string[];
}

type Data = Record<string, unknown>;

/** What things that events point at are called: `/form/…`, `/materials/…`, `/parts/…`. */
export type Titles = Readonly<Record<string, string>>;

/** Every field an act may have, whatever its step asked for. */
const ANY_NEEDS: EventNeeds = {
  officers: 2,
  pays: 'once',
  asks: null,
  registers: [],
  procedure: '听证',
  roster: true,
};

/** Labels of their own; an empty one leaves the field out. */
const LABELS: Partial<Record<EventName, Record<string, string>>> = {
  OBJECT: { objectionId: '' },
  DISMISS_OBJECTION: { objectionId: '' },
  SUSTAIN_OBJECTION: { objectionId: '' },
  RECORD_MEETING: { eligible: '', present: '', favour: '' },
};

const text = (title: string): FormSchema => ({ type: 'string', title });
const SAYS = { says: text('原因') };

/** What the house itself reports with an event, for which no act has a field. */
const REPORTED: Partial<Record<EventName, Record<string, FormSchema>>> = {
  OPINION_DEEMED: { part: text('部门') },
  CANCELLED_ELSEWHERE: SAYS,
  RESTORED_ELSEWHERE: SAYS,
  REVIEW_CALLED: SAYS,
  MOVED: {
    fromVersion: { type: 'integer', title: '原来的版本' },
    toVersion: { type: 'integer', title: '现在的版本' },
    reason: text('理由'),
  },
};

/** 应到 40 人，实到 36 人，同意 35 人 */
function counted({ eligible, present, favour }: Data): Said[] {
  if (typeof eligible !== 'number') return [];
  return [{ label: '人数', text: `应到 ${eligible} 人，实到 ${present} 人，同意 ${favour} 人` }];
}

function rowText(items: FormSchema, row: Data, titles: Titles): string {
  const { target, ...rest } = row;
  const cells = Object.entries(items.properties ?? {}).flatMap(([name, node]) => {
    const cell = rest[name] === undefined ? '' : leafText(node, rest[name]);
    if (cell === '') return [];
    if (name === 'row') return [`第 ${cell} 行`];
    return [BARE.includes(name) ? cell : `${(node.title ?? name).replace(/（.*）/, '')}：${cell}`];
  });
  const where = typeof target === 'string' ? `${titles[target] ?? target}：` : '';
  return where + cells.join('；');
}

/** Fields of a row that need no label. */
const BARE = ['reason', 'name', 'register', 'result'];

function fieldSaid(name: string, node: FormSchema, value: unknown, label: string, titles: Titles): Said[] {
  if (value === undefined || label === '') return [];
  if (name === 'part') return [{ label: '部门', text: titles[`/parts/${value}`] ?? String(value) }];
  if (Array.isArray(value) && node.items?.properties) {
    const items = node.items;
    return value.length === 0
      ? []
      : [{ label, text: value.map((row) => rowText(items, row as Data, titles)) }];
  }
  const said = leafText(node, value);
  return said === '' ? [] : [{ label, text: said }];
}

/** The item's own fields of the step, by their titles. */
function askedSaid(asked: unknown, step: Step | undefined, titles: Titles): Said[] {
  if (!isRecord(asked)) return [];
  return Object.entries(step?.asks ?? {}).flatMap(([name, node]) =>
    fieldSaid(name, node, asked[name], node.title ?? name, titles),
  );
}

/**
 * The sentences of one event.
 * @param data what the event carried, without what is withheld
 * @param titles names of form fields, materials and offices by pointer
 * @param step what the item says of the step it came in
 */
export function saidWith(event: EventName, data: Data, titles: Titles, step?: Step): Said[] {
  const schema = eventSchema(event, ANY_NEEDS) as FormSchema;
  const fields = { ...schema.properties, ...REPORTED[event] };
  const said = Object.entries(fields).flatMap(([name, node]) =>
    fieldSaid(name, node, data[name], LABELS[event]?.[name] ?? node.title ?? name, titles),
  );
  const meeting = event === 'RECORD_MEETING' ? counted(data) : [];
  return [...meeting, ...said, ...askedSaid(data.asked, step, titles)];
}
