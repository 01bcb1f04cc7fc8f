/**
 * Single fields for pages that are no schema form: sign-in, search, an opinion, an upload.
 * Longer than most files: seven small parts that share one frame.
 */
import type { ComponentChildren, JSX } from 'preact';

/** The session's proof in every form that changes something. */
export function CsrfField({ token }: { token: string }): JSX.Element {
  return <input type="hidden" name="_csrf" value={token} />;
}

export interface FieldProps {
  /** Also the base of the ids of help and error. */
  id: string;
  label: string;
  help?: string;
  error?: string;
  required?: boolean;
  /** `false` draws no mark at all: forms of one or two fields that are all needed. */
  mark?: boolean;
}

/** ` 必填 ` as a star that is read aloud, or （选填）. */
export function RequiredMark({ required }: { required: boolean }): JSX.Element {
  if (!required) return <span class="optional">（选填）</span>;
  return (
    <span class="required">
      <span aria-hidden="true">*</span>
      <span class="vh">（必填）</span>
    </span>
  );
}

/** The error line of a field. */
export function FieldError({ id, message }: { id: string; message: string }): JSX.Element {
  return (
    <p class="field-error" id={`${id}__error`}>
      <span class="vh">错误：</span>
      {message}
    </p>
  );
}

/** The ids a control's `aria-describedby` names; undefined when it has nothing to say. */
export function describedBy(
  id: string,
  parts: Partial<Record<'help' | 'hint' | 'error', unknown>>,
): string | undefined {
  const ids = Object.entries(parts)
    .filter(([, present]) => Boolean(present))
    .map(([part]) => `${id}__${part}`);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function Frame(props: FieldProps & { class?: string; children: ComponentChildren }): JSX.Element {
  const { id, label, help, error, required = false, mark = true } = props;
  return (
    <div class={`field ${props.class ?? 'w-full'}${error ? ' has-error' : ''}`}>
      <div class="field-head">
        <label for={id}>
          {label}
          {mark && <RequiredMark required={required} />}
        </label>
        {help && (
          <p class="help" id={`${id}__help`}>
            {help}
          </p>
        )}
        {error && <FieldError id={id} message={error} />}
      </div>
      <div class="control">{props.children}</div>
    </div>
  );
}

function controlProps(props: FieldProps) {
  return {
    id: props.id,
    'aria-describedby': describedBy(props.id, { help: props.help, error: props.error }),
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-required': props.required ? ('true' as const) : undefined,
  };
}

export interface TextFieldProps extends FieldProps {
  name: string;
  value?: string;
  type?: 'text' | 'password' | 'search' | 'date' | 'tel';
  autocomplete?: 'off' | 'username' | 'current-password' | 'new-password' | 'one-time-code';
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel';
  placeholder?: string;
  width?: 'short' | 'medium' | 'full';
  /** Checked while typing: `cn-id`, `uscc`, `bank-card`, `cn-phone`. */
  check?: string;
  autofocus?: boolean;
}

/** One line of text. */
export function TextField(props: TextFieldProps): JSX.Element {
  return (
    <Frame {...props} class={`w-${props.width ?? 'full'}`}>
      <input
        {...controlProps(props)}
        class="input"
        // The typings part inputs by type; what is set here is legal on each of these.
        type={(props.type ?? 'text') as 'text'}
        name={props.name}
        value={props.value}
        autocomplete={props.autocomplete ?? 'off'}
        inputMode={props.inputMode}
        placeholder={props.placeholder}
        data-check={props.check}
        data-search={props.type === 'search' || undefined}
        autofocus={props.autofocus}
      />
    </Frame>
  );
}

/** Several lines of text: an opinion, a reason. */
export function TextArea(props: FieldProps & { name: string; value?: string; rows?: number }): JSX.Element {
  return (
    <Frame {...props}>
      <textarea
        {...controlProps(props)}
        class="input"
        name={props.name}
        rows={props.rows ?? 4}
        value={props.value ?? ''}
      />
    </Frame>
  );
}

export interface Option {
  value: string;
  text: string;
}

/** One option for each state or kind that a table has a word for. */
export const optionsOf = (words: Record<string, string | { text: string }>): Option[] =>
  Object.entries(words).map(([value, word]) => ({
    value,
    text: typeof word === 'string' ? word : word.text,
  }));

/** One of many. Nothing is chosen beforehand unless `value` says so. */
export function SelectField(
  props: FieldProps & {
    name: string;
    options: readonly Option[];
    value?: string;
    blank?: string;
    width?: 'short' | 'medium' | 'full';
  },
): JSX.Element {
  return (
    <Frame {...props} class={`w-${props.width ?? 'full'}`}>
      <select {...controlProps(props)} class="input" name={props.name}>
        <option value="">{props.blank ?? '请选择'}</option>
        {props.options.map((o) => (
          <option key={o.value} value={o.value} selected={o.value === props.value}>
            {o.text}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** One box to tick. */
export function CheckField(
  props: Omit<FieldProps, 'mark'> & { name: string; value?: string; checked?: boolean },
): JSX.Element {
  return (
    <div class={`field w-full${props.error ? ' has-error' : ''}`}>
      {props.error && <FieldError id={props.id} message={props.error} />}
      <label class="choice" for={props.id}>
        <input
          {...controlProps(props)}
          type="checkbox"
          name={props.name}
          value={props.value ?? 'on'}
          checked={props.checked}
        />
        <span>{props.label}</span>
      </label>
      {props.help && (
        <p class="help" id={`${props.id}__help`}>
          {props.help}
        </p>
      )}
    </div>
  );
}

/** One of a few, all in sight. */
export function RadioField(
  props: FieldProps & { name: string; options: readonly Option[]; value?: string },
): JSX.Element {
  const { id, label, help, error, required = false, mark = true } = props;
  return (
    <fieldset
      class={`field choices w-full${error ? ' has-error' : ''}`}
      id={id}
      tabIndex={-1}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML allows it on fieldset; a group cannot be invalid
      role="radiogroup"
      aria-describedby={describedBy(id, { help, error })}
      aria-invalid={error ? 'true' : undefined}
      aria-required={required ? 'true' : undefined}
    >
      <legend>
        {label}
        {mark && <RequiredMark required={required} />}
      </legend>
      {help && (
        <p class="help" id={`${id}__help`}>
          {help}
        </p>
      )}
      {error && <FieldError id={id} message={error} />}
      <div class="choice-list">
        {props.options.map((o, i) => (
          <label class="choice" key={o.value} for={`${id}__${i}`}>
            <input
              type="radio"
              id={`${id}__${i}`}
              name={props.name}
              value={o.value}
              checked={o.value === props.value}
            />
            <span>{o.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export interface FileFieldProps extends FieldProps {
  name: string;
  multiple?: boolean;
  /** Offers the camera on a phone. Photographs over 500 KB are made smaller before they are sent. */
  camera?: boolean;
  /** MIME types, as the upload accepts them. */
  accept?: string;
  /** What is already there. */
  uploaded?: readonly { text: string; href?: string }[];
}

/** An upload: JPG, PNG or PDF by default. The form around it needs `enctype="multipart/form-data"`. */
export function FileField(props: FileFieldProps): JSX.Element {
  return (
    <Frame {...props}>
      {props.uploaded && props.uploaded.length > 0 && (
        <ul class="uploaded">
          {props.uploaded.map((file) => (
            <li key={file.text}>{file.href ? <a href={file.href}>{file.text}</a> : file.text}</li>
          ))}
        </ul>
      )}
      <input
        {...controlProps(props)}
        class="input file"
        type="file"
        name={props.name}
        multiple={props.multiple}
        accept={props.accept ?? 'image/jpeg,image/png,application/pdf'}
        capture={props.camera ? 'environment' : undefined}
        data-shrink
      />
    </Frame>
  );
}
