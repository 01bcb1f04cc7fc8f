import type { JSX, VNode } from 'preact';
import { createContext, type FormContext, type FormInput } from './context.ts';
import { Field, Fields, GroupHead, groupProps } from './group.tsx';
import { type Place, titleOf } from './place.tsx';
import { join } from './pointer.ts';
import type { FormSchema, SectionHint } from './schema.ts';
import { propertiesOf, typeOf } from './schema.ts';

/** Groups of top-level names: the author's, and one more for what the author left out, so that nothing vanishes. */
export function sectionsOf(schema: FormSchema): readonly SectionHint[] {
  const names = propertiesOf(schema).map(([name]) => name);
  const sections = schema['x-sections'];
  if (!sections) return [{ title: schema.title ?? '填写内容', fields: names }];
  const named = new Set(sections.flatMap((s) => s.fields));
  const left = names.filter((name) => !named.has(name));
  return left.length > 0 ? [...sections, { title: '其他', fields: left }] : sections;
}

function placesOf(schema: FormSchema, section: SectionHint): Place[] {
  const required = new Set(schema.required);
  const known = new Map(propertiesOf(schema));
  return section.fields.flatMap((name) => {
    const node = known.get(name);
    return node ? [{ node, name, pointer: join('', name), owner: '', required: required.has(name) }] : [];
  });
}

/** A section that is one object: the object's fields stand in the section itself. */
function ObjectSection(props: { context: FormContext; section: SectionHint; place: Place }): JSX.Element {
  const { context, section, place } = props;
  return (
    <fieldset class="section" {...groupProps(context, place)}>
      <legend>{section.title || titleOf(place)}</legend>
      {section.help && <p class="help">{section.help}</p>}
      <GroupHead context={context} place={place} />
      <Fields context={context} node={place.node} pointer={place.pointer} depth={0} />
    </fieldset>
  );
}

function Section({ context, section }: { context: FormContext; section: SectionHint }): JSX.Element | null {
  if (!section.folded) return <OpenSection context={context} section={section} />;
  return (
    <details class="folded">
      <summary>{section.title}</summary>
      <OpenSection context={context} section={section} />
    </details>
  );
}

function OpenSection({
  context,
  section,
}: {
  context: FormContext;
  section: SectionHint;
}): JSX.Element | null {
  const places = placesOf(context.schema, section);
  const [only] = places;
  if (!only) return null;
  if (places.length === 1 && typeOf(only.node) === 'object') {
    return <ObjectSection context={context} section={section} place={only} />;
  }
  return (
    <fieldset class="section">
      <legend>{section.title}</legend>
      {section.help && <p class="help">{section.help}</p>}
      <div class="fields">
        {places.map((place) => (
          <Field
            key={place.name}
            context={context}
            place={titleOf(place) === section.title ? { ...place, isTitled: true } : place}
            depth={0}
          />
        ))}
      </div>
    </fieldset>
  );
}

/**
 * The fields of a form, without the `<form>` around them. Names are JSON pointers from the form's root, ids come
 * from `fieldId(prefix + pointer)`. Fields with an `x-show` are all there: the script hides those that are not
 * asked, without script a note says when each is. Enter in a field presses the first button, which is unnamed.
 */
export function renderForm(input: FormInput): VNode {
  const context = createContext(input);
  return (
    <div class="schema-form">
      <button type="submit" class="default-submit" tabIndex={-1} aria-hidden="true">
        提交
      </button>
      <p class="help">
        带 <span class="required">*</span> 的为必填项。
      </p>
      {sectionsOf(input.schema).map((section) => (
        <Section key={section.title} context={context} section={section} />
      ))}
    </div>
  );
}
