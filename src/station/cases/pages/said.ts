/** What was said with an event, in labelled sentences: the body of the timeline. Pure. */
import { leafText } from '../../../platform/web/index.ts';
import { type EventNeeds, eventSchema } from '../../../workflow/events.ts';
import type { FormSchema } from '../../../workflow/form-schema.ts';
import type { EventName } from '../../../workflow/types.ts';

export interface Said {
  label: string;
  /** One sentence, or one per row. */
  text: string | string[];
}

type Data = Record<string, unknown>;

/** Every field an act may have, whatever its step asked for. */
const ANY_NEEDS: EventNeeds = {
  officers: 2,
  pays: 'once',
  asks: null,
  registers: [],
  procedure: '听证',
  roster: true,
};

const LABELS: Partial<Record<EventName, Record<string, string>>> = {
  OBJECT: { objectionId: '' },
  DISMISS_OBJECTION: { objectionId: '' },
  SUSTAIN_OBJECTION: { objectionId: '' },
};

function rowText(items: FormSchema, row: Data, titles: Readonly<Record<string, string>>): string {
  const { target, ...rest } = row;
  const cells = Object.entries(items.properties ?? {}).flatMap(([name, node]) => {
    const text = rest[name] === undefined ? '' : leafText(node, rest[name]);
    if (text === '') return [];
    return [
      name === 'reason' || name === 'name' ? text : `${(node.title ?? name).replace(/（.*）/, '')}：${text}`,
    ];
  });
  const where = typeof target === 'string' ? `${titles[target] ?? target}：` : '';
  return where + cells.join('；');
}

/**
 * The sentences of one event.
 * @param data what the event carried, without what is withheld
 * @param titles names of form fields and materials by pointer
 */
export function saidWith(event: EventName, data: Data, titles: Readonly<Record<string, string>>): Said[] {
  const schema = eventSchema(event, ANY_NEEDS) as FormSchema;
  return Object.entries(schema.properties ?? {}).flatMap(([name, node]): Said[] => {
    const value = data[name];
    const label = LABELS[event]?.[name] ?? node.title ?? name;
    if (value === undefined || label === '') return [];
    if (Array.isArray(value) && node.items?.properties) {
      const items = node.items;
      return [{ label, text: value.map((row) => rowText(items, row as Data, titles)) }];
    }
    const text = leafText(node, value);
    return text === '' ? [] : [{ label, text }];
  });
}
