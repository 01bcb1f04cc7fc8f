/** The controls of leaves: what a person types into, chooses from or signs on. */
import type { JSX } from 'preact';
import { conditionPointer, conditionValues } from './conditions.ts';
import { valueAt } from './context.ts';
import { described, type Parts, type Place } from './place.tsx';
import { inputText } from './text.ts';

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

/** What every control carries. */
export function controlProps(props: Parts) {
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

/** The control of a leaf that stands alone under its label. */
export function Control(props: Parts): JSX.Element {
  if (props.widget === 'select') return <SelectControl {...props} />;
  if (props.widget === 'textarea' || props.widget === 'lines') return <TextAreaControl {...props} />;
  if (props.widget === 'signature') return <SignatureControl {...props} />;
  return <TextControl {...props} />;
}
