/** One leaf of a form: label, help, fault, control. */
import type { ComponentChildren, JSX } from 'preact';
import { describedBy, FieldError, RequiredMark } from '../components/fields.tsx';
import { conditionPointer, conditionValues, isShown } from './conditions.ts';
import type { FormContext } from './context.ts';
import { valueAt } from './context.ts';
import { segmentsOf } from './pointer.ts';
import type { FormSchema, Widget } from './schema.ts';
import { isComputed, isDeclaration, schemaAt, widgetOf } from './schema.ts';
import { inputText, leafText } from './text.ts';

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

interface Parts {
  context: FormContext;
  place: Place;
  widget: Widget;
  id: string;
  error: string | undefined;
}

function described({ context, place, id, error }: Parts): string | undefined {
  return describedBy(id, { help: place.node.description, hint: context.hint(place.pointer), error });
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

const INPUT_BY_FORMAT: Record<
  string,
  { type?: 'tel'; inputMode?: 'numeric' | 'tel' | 'text'; spaced?: boolean }
> = {
  'cn-id': { spaced: true },
  uscc: { spaced: true },
  'cn-phone': { type: 'tel', inputMode: 'tel', spaced: true },
  'bank-card': { inputMode: 'numeric', spaced: true },
};

/** A native date control only while the text is a date: it would swallow anything else unseen. */
function dateType(format: string | undefined, text: string): 'date' | 'month' | 'text' | undefined {
  if (format === 'date') return text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'date' : 'text';
  if (format === 'month') return text === '' || /^\d{4}-\d{2}$/.test(text) ? 'month' : 'text';
  return undefined;
}

function controlProps(props: Parts) {
  const { context, place, id, error } = props;
  return {
    id,
    name: place.pointer,
    'aria-describedby': described(props),
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-required': place.required ? ('true' as const) : undefined,
    autofocus: context.focus === place.pointer ? true : undefined,
  };
}

/** For the script: the format is not checked when a sibling says so, as with a passport's number. */
function unlessProps({ node, owner }: Place): Record<string, string> {
  const unless = node['x-format-unless'];
  if (!unless) return {};
  return {
    'data-unless': conditionPointer(unless, owner),
    'data-unless-in': JSON.stringify(conditionValues(unless).map(String)),
  };
}

function TextControl(props: Parts): JSX.Element {
  const { context, place, widget } = props;
  const { node } = place;
  const text = inputText(valueAt(context, place.pointer));
  const known = INPUT_BY_FORMAT[node.format ?? ''];
  const type = dateType(node.format, text) ?? known?.type ?? 'text';
  const input = (
    <input
      {...controlProps(props)}
      class={known?.spaced ? 'input spaced' : 'input'}
      // The typings part inputs by type; what is set here is legal on each of these.
      type={type as 'text'}
      value={text}
      inputMode={widget === 'number' ? 'decimal' : known?.inputMode}
      max={type === 'date' ? '9999-12-31' : undefined}
      autocomplete="off"
      spellcheck={false}
      placeholder={
        node['x-placeholder'] ?? (type === 'text' && node.format === 'date' ? '例如 2026-09-28' : undefined)
      }
      data-check={known || node.format === 'gps' ? node.format : undefined}
      {...unlessProps(place)}
    />
  );
  if (!node['x-unit']) return input;
  return (
    <div class="with-unit">
      {input}
      <span class="unit" aria-hidden="true">
        {node['x-unit']}
      </span>
    </div>
  );
}

function TextAreaControl(props: Parts): JSX.Element {
  const { context, place, widget } = props;
  const value = valueAt(context, place.pointer);
  const text = Array.isArray(value) ? value.map(inputText).join('\n') : inputText(value);
  return (
    <textarea
      {...controlProps(props)}
      class="input"
      rows={widget === 'lines' ? 3 : 4}
      autocomplete="off"
      placeholder={place.node['x-placeholder'] ?? (widget === 'lines' ? '每行一项' : undefined)}
      value={text}
    />
  );
}

function SelectControl(props: Parts): JSX.Element {
  const { context, place } = props;
  const chosen = inputText(valueAt(context, place.pointer));
  return (
    <select {...controlProps(props)} class="input" autocomplete="off">
      <option value="">请选择</option>
      {place.node.enum?.map((option) => {
        const text = inputText(option);
        return (
          <option key={text} value={text} selected={text === chosen}>
            {text}
          </option>
        );
      })}
    </select>
  );
}

function SignatureControl(props: Parts): JSX.Element {
  const { context, place, id } = props;
  const value = inputText(valueAt(context, place.pointer));
  const isImage = /^data:image\/(png|jpeg);base64,[A-Za-z0-9+/=]+$/.test(value);
  return (
    <div class="signature" data-signature>
      <input type="hidden" name={place.pointer} value={isImage ? value : ''} />
      {isImage && <img src={value} alt="已有的签名" />}
      <input
        id={id}
        class="input file"
        type="file"
        name={place.pointer}
        accept="image/png,image/jpeg"
        aria-describedby={described(props)}
        aria-invalid={props.error ? 'true' : undefined}
      />
    </div>
  );
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
        tabIndex={-1}
        aria-labelledby={`${id}__name`}
        data-computed={place.pointer}
      >
        {text === '' ? '自动计算' : text}
      </output>
    </div>
  );
}

function Control(props: Parts): JSX.Element {
  if (props.widget === 'select') return <SelectControl {...props} />;
  if (props.widget === 'textarea' || props.widget === 'lines') return <TextAreaControl {...props} />;
  if (props.widget === 'signature') return <SignatureControl {...props} />;
  return <TextControl {...props} />;
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
    </div>
  );
}
