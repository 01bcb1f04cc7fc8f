/** What is known of one place in a form before it is drawn, and the condition under which it is asked. */
import type { JSX } from 'preact';
import { describedBy } from '../components/fields.tsx';
import { conditionPointer, conditionValues, isShown } from './conditions.ts';
import type { FormContext } from './context.ts';
import { segmentsOf } from './pointer.ts';
import type { FormSchema, Widget } from './schema.ts';
import { schemaAt } from './schema.ts';
import { leafText } from './text.ts';

/** Where a node stands and what its surroundings say of it. */
export interface Place {
  node: FormSchema;
  name: string;
  pointer: string;
  /** The object or row that holds it. */
  owner: string;
  required: boolean;
  /** In a table's cell the column's head is the label. */
  inTable?: boolean;
  /** The section's heading already says the title of this group. */
  isTitled?: boolean;
  /** A part of a row that the script copies; the number in its pointer is a token. */
  isTemplate?: boolean;
}

export const titleOf = (place: Pick<Place, 'node' | 'name'>): string => place.node.title ?? place.name;

/** Attributes of a conditional element: what the script watches, and whether it is hidden now. */
export function showProps(context: FormContext, place: Place): Record<string, string | boolean | undefined> {
  const show = place.node['x-show'];
  if (!show) return {};
  return {
    'data-show': conditionPointer(show, place.owner),
    'data-in': JSON.stringify(conditionValues(show).map(String)),
    'data-off': place.isTemplate || !isShown(show, context.live, place.owner) ? true : undefined,
  };
}

/** “仅当「代办类型」为「委托代理人」时填写”: for browsers without script, where every field is in sight. */
export function ShowNote({ context, place }: { context: FormContext; place: Place }): JSX.Element | null {
  const show = place.node['x-show'];
  if (!show) return null;
  const pointer = conditionPointer(show, place.owner);
  const watched = schemaAt(context.schema, segmentsOf(pointer));
  const words = conditionValues(show).map((v) =>
    leafText({ ...watched, const: undefined, 'x-sensitive': false } as FormSchema, v),
  );
  const title = watched?.title ?? segmentsOf(pointer).at(-1) ?? '';
  return (
    <p class="show-note">
      仅当“{title}”为{words.map((w) => `“${w}”`).join('、')}时填写
    </p>
  );
}

/** A leaf about to be drawn. */
export interface Parts {
  context: FormContext;
  place: Place;
  widget: Widget;
  id: string;
  error: string | undefined;
}

/** The ids of its help, hint and fault. */
export function described({ context, place, id, error }: Parts): string | undefined {
  return describedBy(id, { help: place.node.description, hint: context.hint(place.pointer), error });
}
