/** Faults of a form as a whole: sections, examples, objects, references. */
import { formKind, type Kind, type Plant, set, without } from '../../kind.ts';
import { change, objects, own, section } from './fields.ts';

export const wholeKinds: Kind[] = [
  formKind('a form without a title', () => [without('/title', /missing/), set('/title', '', /missing/)]),
  formKind('an object that takes anything', (form) =>
    [['', form] as const, ...objects(form).map(([f, p]) => [p, f] as const)].flatMap(([p]) => [
      without(`${p}/additionalProperties`, /must be false/),
      change(p, 'additionalProperties', true, /must be false/),
    ]),
  ),
  formKind('a demand for a field that is not there', (form) =>
    [['', form] as const, ...objects(form).map(([f, p]) => [p, f] as const)].map(([p, f]) =>
      change(p, 'required', [...(f.required ?? []), 'moon'], /no field "moon"/),
    ),
  ),
  formKind('a field in no section', () => [
    section(
      'the last field of the first section taken out',
      (s) => s[0].fields.pop(),
      /stands in no section/,
    ),
    section('the last section taken out', (s) => s.pop(), /stands in no section/),
  ]),
  formKind('a field in two sections', () => [
    section(
      'the first field again in the last',
      (s) => s.at(-1).fields.push(s[0].fields[0]),
      /stands in two sections/,
    ),
  ]),
  formKind('a section of a field that is not there', () => [
    section('a field added', (s) => s[0].fields.push('moon'), /no field "moon"/),
  ]),
  formKind('no sections', () => [
    without('/x-sections', /missing/),
    set('/x-sections', [], /missing|fewer than 1/),
  ]),
  formKind('fewer than two examples', () => [
    ['one example', (form) => form.examples.splice(1), '/examples', /at least two valid examples/],
    without('/examples', /at least two valid examples/),
  ]),
  formKind('an example that is not valid', (form) => [
    ['something nobody asked for', (f) => (f.examples[0].moon = 1), '/examples', /example 1: \/moon/],
    ...(form.required ?? []).map(
      (key: string): Plant => [
        `${key} left out`,
        (f) => delete f.examples[1][key],
        '/examples',
        new RegExp(`example 2: /${key}`),
      ],
    ),
  ]),
  formKind('a reference that leads nowhere', (form) =>
    own(form).flatMap(([, p]) => [
      change(p, '$ref', 'common@1.json#/$defs/moon', /leads nowhere/),
      change(p, '$ref', '#/$defs/moon', /leads nowhere/),
    ]),
  ),
  formKind('a reference that leads round in a circle', (form) =>
    own(form).map(([, p]) => change(p, '$ref', `#${p}`, /leads round in a circle/)),
  ),
  formKind('the situation inside the form', (form) => [
    [
      'a field named situation',
      (f) => {
        f.properties.situation = { type: 'string', title: '情形', maxLength: 9 };
        f['x-sections'][0].fields.push('situation');
      },
      '/properties',
      /chosen outside the form/,
    ],
    ...(form.properties ? [] : []),
  ]),
];
