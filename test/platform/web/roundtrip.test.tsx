/** @jsxRuntime automatic @jsxImportSource preact */
import { expect } from 'chai';
import fc from 'fast-check';
import {
  dropBlankRows,
  type FormSchema,
  parseForm,
  render,
  renderForm,
  renderView,
} from '../../../src/platform/web/index.ts';
import { idsOf, inlineCode, submit } from './html.ts';
import { realForms } from './samples.ts';

/** Text as a person leaves it in a field: no blanks at the ends, no line break in a single line. */
const typed = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((s) =>
    s
      .replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '')
      .replace(/\s*\n\s*/g, ' ')
      .trim(),
  )
  .filter((s) => s !== '');
const options = ['甲', '乙 "丙"', '<丁>', '&amp;', '5'];
const names = fc.constantFrom(
  'name',
  'a/b',
  'a~b',
  'a~1b',
  'a~0',
  'a-b',
  'a_b',
  'a',
  'b',
  '0',
  '1',
  '姓名',
  'toString',
  'constructor',
  'x y',
  'name__error',
  'rowtoken',
);

type Kind = { schema: FormSchema; value: fc.Arbitrary<unknown> };
const pick = (widget?: FormSchema['x-widget']): Kind => ({
  schema: { type: 'string', enum: options, ...(widget && { 'x-widget': widget }) },
  value: fc.constantFrom(...options),
});
const isoDate = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const leaves: Kind[] = [
  { schema: { type: 'string' }, value: typed },
  {
    schema: { type: 'string', 'x-widget': 'textarea' },
    value: fc.array(typed, { minLength: 1, maxLength: 3 }).map((l) => l.join('\n')),
  },
  pick(),
  pick('radio'),
  pick('select'),
  { schema: { type: 'integer' }, value: fc.integer() },
  {
    schema: { type: 'number', 'x-unit': '元' },
    value: fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 100),
  },
  { schema: { type: 'number' }, value: fc.constantFrom(0, 1e-7, 123456789012345, -0.000001) },
  { schema: { type: 'boolean' }, value: fc.boolean() },
  { schema: { type: 'boolean', const: true }, value: fc.constant(true) },
  { schema: { type: 'string', format: 'date' }, value: isoDate },
  { schema: { type: 'string', format: 'month' }, value: isoDate.map((d) => d.slice(0, 7)) },
  {
    schema: { type: 'string', format: 'cn-id' },
    value: fc.constantFrom('532628196611159910', '11010519491231002X'),
  },
  {
    schema: { type: 'array', items: { type: 'string', enum: options } },
    value: fc.subarray(options, { minLength: 1 }),
  },
  {
    schema: { type: 'array', items: { type: 'string' } },
    value: fc.array(
      typed.filter((s) => !/[\n\u0085\u2028\u2029]/.test(s)),
      { minLength: 1, maxLength: 4 },
    ),
  },
  {
    schema: { type: 'string', 'x-widget': 'signature' },
    value: fc.constant('data:image/png;base64,iVBORw0KGgo='),
  },
];

interface Pair {
  schema: FormSchema;
  value: unknown;
}

/** A schema and a value of it; `undefined` leaves stand for fields left empty. */
const pairs = fc.letrec<{ leaf: Pair; object: Pair; rows: Pair; node: Pair }>((tie) => ({
  leaf: fc.nat({ max: leaves.length - 1 }).chain((i) => {
    const kind = leaves[i] as Kind;
    return fc
      .option(kind.value, { nil: undefined, freq: 4 })
      .map((value) => ({ schema: kind.schema, value }));
  }),
  object: fc
    .dictionary(names, tie('node'), { minKeys: 1, maxKeys: 5, noNullPrototype: true })
    .map((members) => ({
      schema: {
        type: 'object',
        properties: Object.fromEntries(Object.entries(members).map(([k, m]) => [k, m.schema])),
      },
      value: Object.fromEntries(
        Object.entries(members)
          .filter(([, m]) => m.value !== undefined)
          .map(([k, m]) => [k, m.value]),
      ),
    })),
  rows: fc
    .tuple(tie('object'), fc.nat({ max: 3 }), fc.constantFrom<'table' | 'cards'>('table', 'cards'))
    .map(([row, count, layout]) => ({
      schema: { type: 'array', items: row.schema, 'x-layout': layout },
      value: Array.from({ length: count }, () => row.value),
    })),
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('object'), tie('rows')),
}));

const again = (schema: FormSchema, value: unknown): unknown =>
  parseForm(schema, submit(render(<div>{renderForm({ schema, value })}</div>))).value;

describe('the form gives back what it was given', function () {
  this.timeout(30_000);

  it('for any schema and any value of it', () => {
    fc.assert(
      fc.property(pairs.object, ({ schema, value }) => {
        expect(dropBlankRows(schema, again(schema, value))).to.deep.equal(dropBlankRows(schema, value));
      }),
      { numRuns: 100 },
    );
  });

  it('and keeps blank rows as they stand', () => {
    fc.assert(
      fc.property(pairs.object, ({ schema, value }) => {
        const once = again(schema, value);
        expect(again(schema, once)).to.deep.equal(once);
      }),
    );
  });

  it('with ids that never meet and nothing a strict policy refuses', () => {
    fc.assert(
      fc.property(pairs.object, ({ schema, value }) => {
        const html = render(
          <div>
            {renderForm({ schema, value })}
            {renderView({ schema, value, idPrefix: 'v' })}
          </div>,
        );
        const ids = idsOf(html);
        expect(ids.filter((id, i) => ids.indexOf(id) !== i)).to.deep.equal([]);
        expect(inlineCode(html)).to.deep.equal([]);
      }),
    );
  });

  it('whatever text is shown again, valid or not', () => {
    const schema: FormSchema = {
      type: 'object',
      properties: { n: { type: 'number' }, d: { type: 'string', format: 'date' }, t: { type: 'string' } },
    };
    // A field of one line cannot send line breaks: the browser takes them out.
    const line = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ''));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('/n', '/d', '/t'), line), (body) => {
        const { value } = parseForm(schema, body);
        expect(again(schema, value)).to.deep.equal(value);
      }),
    );
  });

  for (const { file, schema, examples } of realForms) {
    it(`for the examples of ${file}`, () => {
      for (const example of examples) {
        const stripped = stripComputed(schema, example);
        expect(dropBlankRows(schema, again(schema, example))).to.deep.equal(dropBlankRows(schema, stripped));
      }
    });
  }
});

/** Computed values are shown, never read back. */
function stripComputed(node: FormSchema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((v) => stripComputed(node.items ?? {}, v));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, v]) => {
      const child = node.properties?.[name] ?? {};
      return child.readOnly || child['x-compute'] ? [] : [[name, stripComputed(child, v)]];
    }),
  );
}
