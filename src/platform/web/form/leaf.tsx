/** One leaf of a form: label, help, fault, control. */
import type { ComponentChildren, JSX } from 'preact';
import { FieldError, RequiredMark } from '../components/fields.tsx';
import type { FormContext } from './context.ts';
import { valueAt } from './context.ts';
import { Control, controlProps } from './controls.tsx';
import { described, type Parts, type Place, ShowNote, showProps, titleOf } from './place.tsx';
import type { FormSchema, Widget } from './schema.ts';
import { isComputed, isDeclaration, widgetOf } from './schema.ts';
import { inputText, leafText } from './text.ts';

function FieldMark({ context, place }: { context: FormContext; place: Place }): JSX.Element {
  if (place.required) return <RequiredMark required />;
  if (!context.isSometimesRequired(place.pointer)) return <RequiredMark required={false} />;
  // Asked only in the case in which it is required: then it is simply required.
  if (place.node['x-show']) return <RequiredMark required />;
  return <span class="optional">（视情形必填）</span>;
}

/** `12` columns: an author's `x-width`, else by what is typed. */
function widthOf(node: FormSchema, widget: Widget): string {
  if (node['x-width']) return `w-${node['x-width']}`;
  if (['checkboxes', 'lines', 'textarea', 'signature', 'checkbox'].includes(widget)) return 'w-full';
  if (widget === 'radio') return (node.enum?.join('').length ?? 0) > 16 ? 'w-full' : 'w-medium';
  if (widget === 'number' || widget === 'yes-no' || node.format === 'date' || node.format === 'month')
    return 'w-short';
  if (widget === 'text' && !node.format && (node.maxLength ?? 50) >= 80) return 'w-full';
  return widget === 'text' && !node.format && (node.maxLength ?? 50) <= 20 ? 'w-short' : 'w-medium';
}

/** Label, badge, condition, help and fault, in the order they are read. */
function Head(props: Parts & { as: 'label' | 'legend' | 'name' }): JSX.Element {
  const { context, place, id, error, as } = props;
  const { node } = place;
  const hint = context.hint(place.pointer);
  const words: ComponentChildren = (
    <>
      {titleOf(place)}
      {node['x-unit'] && <span class="vh">（单位：{node['x-unit']}）</span>}
      {!isComputed(node) && !isDeclaration(node) && <FieldMark context={context} place={place} />}
      {node['x-source'] && (
        <span class="badge badge-info" title={node['x-source']}>
          可共享带出
        </span>
      )}
    </>
  );
  const label =
    as === 'label' ? (
      <label for={id}>{words}</label>
    ) : as === 'legend' ? (
      <legend>{words}</legend>
    ) : (
      <p class="label" id={`${id}__name`}>
        {words}
      </p>
    );
  return (
    <>
      {label}
      <ShowNote context={context} place={place} />
      {node.description && (
        <p class="help" id={`${id}__help`}>
          {node.description}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}__hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={id} message={error} />}
    </>
  );
}

function fieldClass(props: Parts, extra = ''): string {
  const width = props.place.inTable ? 'in-table' : widthOf(props.place.node, props.widget);
  return `field ${width}${extra}${props.error ? ' has-error' : ''}`;
}

/** 是/否 or one of a few: a named group, which is also where a fault's link leads. */
function ChoiceGroup(props: Parts): JSX.Element {
  const { context, place, widget, id, error } = props;
  const value = valueAt(context, place.pointer);
  const isMany = widget === 'checkboxes';
  const options =
    widget === 'yes-no' ? [true, false] : ((isMany ? place.node.items?.enum : place.node.enum) ?? []);
  const isChosen = (option: unknown): boolean =>
    isMany ? Array.isArray(value) && value.includes(option) : value === option;
  return (
    <fieldset
      class={fieldClass(props, ' choices')}
      id={id}
      tabIndex={-1}
      aria-describedby={described(props)}
      {...(!isMany && {
        role: 'radiogroup',
        'aria-invalid': error ? 'true' : undefined,
        'aria-required': place.required ? 'true' : undefined,
      })}
      {...showProps(context, place)}
    >
      <Head {...props} as="legend" />
      <div class="choice-list">
        {options.map((option, i) => (
          <label class="choice" key={inputText(option)} for={`${id}__${i}`}>
            <input
              type={isMany ? 'checkbox' : 'radio'}
              id={`${id}__${i}`}
              name={place.pointer}
              value={inputText(option)}
              checked={isChosen(option)}
              autofocus={i === 0 && context.focus === place.pointer ? true : undefined}
            />
            <span>{widget === 'yes-no' ? (option ? '是' : '否') : inputText(option)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A box to tick; a declaration is never ticked beforehand by anyone but the person. */
function BoxField(props: Parts): JSX.Element {
  const { context, place, id, error } = props;
  const isRequired = place.required || isDeclaration(place.node);
  return (
    <div
      class={fieldClass(props, isDeclaration(place.node) ? ' declaration' : '')}
      {...showProps(context, place)}
    >
      <ShowNote context={context} place={place} />
      {error && <FieldError id={id} message={error} />}
      <label class="choice" for={id}>
        <input
          {...controlProps(props)}
          type="checkbox"
          value="on"
          checked={valueAt(context, place.pointer) === true}
          aria-required={isRequired ? 'true' : undefined}
        />
        <span>
          {titleOf(place)}
          {isRequired && <RequiredMark required />}
        </span>
      </label>
      {place.node.description && (
        <p class="help" id={`${id}__help`}>
          {place.node.description}
        </p>
      )}
      {context.hint(place.pointer) && (
        <p class="hint" id={`${id}__hint`}>
          {context.hint(place.pointer)}
        </p>
      )}
    </div>
  );
}

/** Longer texts scroll, and so must take the keyboard. */
const LONG_TEXT = 300;

function ComputedField(props: Parts): JSX.Element {
  const { context, place, id } = props;
  const text = leafText({ ...place.node, 'x-sensitive': false }, valueAt(context, place.pointer));
  return (
    <div class={fieldClass(props)} {...showProps(context, place)}>
      <div class="field-head">
        <Head {...props} as="name" />
      </div>
      <output
        id={id}
        class="computed"
        tabIndex={text.length > LONG_TEXT ? 0 : -1}
        aria-labelledby={`${id}__name`}
        data-computed={place.pointer}
      >
        {text === '' ? '自动计算' : text}
      </output>
    </div>
  );
}

/** One leaf, whatever its widget. */
export function Leaf({ context, place }: { context: FormContext; place: Place }): JSX.Element {
  const widget = widgetOf(place.node, place.inTable);
  const parts: Parts = {
    context,
    place,
    widget,
    id: context.id(place.pointer),
    error: place.isTemplate ? undefined : context.message(place.pointer),
  };
  if (isComputed(place.node)) return <ComputedField {...parts} />;
  if (widget === 'checkbox') return <BoxField {...parts} />;
  if (widget === 'radio' || widget === 'yes-no' || widget === 'checkboxes') return <ChoiceGroup {...parts} />;
  return (
    <div class={fieldClass(parts)} {...showProps(context, place)}>
      <div class="field-head">
        <Head {...parts} as="label" />
      </div>
      <div class="control">
        <Control {...parts} />
      </div>
      {!place.isTemplate && context.slot(place.pointer)?.below}
    </div>
  );
}
