/** Faults of single fields. */
import type { Loose } from '../../ground.ts';
import { formKind, type Kind, put, without } from '../../kind.ts';
import { change, computed, computing, fields, has, isChecked, isText, own, toCompute } from './fields.ts';

export const fieldKinds: Kind[] = [
  formKind('a field without a Chinese title', (form) =>
    own(form).flatMap(([, p]) => [
      without(`${p}/title`, /needs a Chinese title/),
      change(p, 'title', 'Title', /needs a Chinese title/),
    ]),
  ),
  formKind('a field without a type', (form) =>
    fields(form, has('type')).map(([, p]) => without(`${p}/type`, /missing/)),
  ),
  formKind('a field of no known type', (form) =>
    fields(form, has('type')).map(([, p]) => [
      `${p}/type = word`,
      (copy) => put(copy, `${p}/type`, 'word'),
      '',
      /type must be|strict mode|must be equal to one of/,
    ]),
  ),
  formKind('a field that is filled in beforehand', (form) =>
    own(form).map(([, p]) => change(p, 'default', '某', /nothing is filled in or ticked beforehand/)),
  ),
  formKind('a hint that is not known', (form) =>
    own(form).map(([, p]) => change(p, 'x-colour', 'red', /unknown hint/)),
  ),
  formKind('a hint out of its words', (form) =>
    own(form).flatMap(([, p]) => [
      change(p, 'x-width', 'wide', /must be one of short, medium, full/),
      change(p, 'x-widget', 'knob', /must be one of/),
      change(p, 'x-layout', 'pile', /must be one of/),
    ]),
  ),
  formKind('a text without a longest length', (form) =>
    fields(form, isText).map(([, p]) => without(`${p}/maxLength`, /missing/)),
  ),
  formKind('a table without a longest length', (form) =>
    fields(form, (f) => f.type === 'array').map(([, p]) => without(`${p}/maxItems`, /missing/)),
  ),
  formKind('a checked field that does not say how to mend it', (form) =>
    fields(form, isChecked).map(([, p]) => without(`${p}/x-error`, /says how to mend it/)),
  ),
  formKind('a format that is not known', (form) =>
    own(form).map(([, p]) => change(p, 'format', 'moon', /unknown format "moon"/)),
  ),
  formKind('a personal format that is not marked', (form) =>
    fields(form, isText).map(([, p]) => [
      `${p} an identity number`,
      (copy) =>
        Object.assign(
          p
            .slice(1)
            .split('/')
            .reduce((v, k) => v[k], copy),
          { format: 'cn-id', 'x-error': '错' },
        ),
      `${p}/x-sensitive`,
      /is personal and must be marked/,
    ]),
  ),
  formKind('a choice that is no Chinese word', (form) =>
    fields(form, has('enum')).map(([f, p]) =>
      change(p, 'enum', [...f.enum, 'maybe'], /"maybe" is not a Chinese word/),
    ),
  ),
  formKind('a condition on a field that is not there', (form) =>
    own(form).map(([, p]) => change(p, 'x-show', { field: '/moon', equals: '有' }, /no field "\/moon"/)),
  ),
  formKind('a condition on a choice that is not there', (form) => {
    const [chosen] = Object.entries(form.properties).flatMap(([key, field]: [string, Loose]) =>
      field.enum ? [key] : [],
    );
    if (!chosen) return [];
    return own(form).map(([, p]) =>
      change(p, 'x-show', { field: `/${chosen}`, equals: '月亮' }, /"月亮" is no choice of that field/),
    );
  }),
  formKind('a field that may be hidden and is always required', (form) =>
    fields(form, has('x-show')).map(([, p]) => [
      `${p} required`,
      (copy) => {
        const path = p.slice(1).split('/');
        const key = path.pop();
        path.pop();
        const owner = path.reduce((v, k) => v[k], copy);
        owner.required = [...(owner.required ?? []), key];
      },
      `${p}/x-show`,
      /cannot always be required/,
    ]),
  ),
  formKind('a computed field that may be typed', (form) =>
    [...computed(form), ...toCompute(form, '1')].map(([p, make]) => [
      `${p} not read-only`,
      (copy) => {
        make(copy);
        put(copy, `${p}/readOnly`, undefined);
      },
      `${p}/readOnly`,
      /a computed field is read-only/,
    ]),
  ),
  formKind('a computed field that cannot be read', (form) => computing(form, '1 + ', /^FEEL: .* at column/)),
  formKind('a computed field of a field that is not there', (form) =>
    computing(form, 'form.moon * 2', /unknown name "form.moon"/),
  ),
  formKind('a computed field of a parameter that is not there', (form) =>
    computing(form, 'params.moon * 2', /unknown parameter "moon"/),
  ),
  formKind('a computed field that goes wrong', (form) => computing(form, '"a" * 2', /Can't multiply/)),
  formKind('a keyword that JSON Schema does not have', (form) =>
    own(form).map(([, p]) => [
      `${p}/colour`,
      (copy) => put(copy, `${p}/colour`, 'red'),
      '',
      /strict mode: unknown keyword/,
    ]),
  ),
];
