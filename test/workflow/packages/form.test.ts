import { expect } from 'chai';
import fc from 'fast-check';
import { loadDefinitions } from '../../../src/platform/definitions/index.ts';
import { deeper, type FormSchema, fieldAt, isRecord, segmentsOf } from '../../../src/workflow/form-schema.ts';
import { checkAgainst } from '../../../src/workflow/formats.ts';
import { choose, type PackageDefinition } from '../../../src/workflow/package.ts';
import { type ChildForm, mergeForms, withoutPledges } from '../../../src/workflow/package-form.ts';

type Data = Record<string, unknown>;

const TODAY = '2026-11-30';
const definitions = loadDefinitions({ today: TODAY });

/** The children of a package as chosen. */
function childrenOf(definition: PackageDefinition, items?: string[]): ChildForm[] {
  return choose(definition, items ? { items } : {}).map((item) => ({
    code: item.code,
    title: definitions.get(item.code).definition.title,
    form: definitions.get(item.code).formFor(item.chosen),
    later: item.after !== undefined,
  }));
}

/** Every place of a form: objects, fields, first rows. */
function placesIn(form: FormSchema, pointer = ''): string[] {
  const own = pointer === '' ? [] : [pointer];
  const rows = form.items ? placesIn(form.items, deeper(pointer, 0)) : [];
  const below = Object.entries(form.properties ?? {}).flatMap(([key, child]) =>
    placesIn(child, deeper(pointer, key)),
  );
  return [...own, ...rows, ...below];
}

/** Something of the right shape in every field, so that nothing may get lost. */
function filled(form: FormSchema): fc.Arbitrary<unknown> {
  if (form.enum) return fc.constantFrom(...form.enum);
  if (form.type === 'array') return fc.array(filled(form.items ?? {}), { minLength: 1, maxLength: 2 });
  if (form.properties)
    return fc.record(Object.fromEntries(Object.entries(form.properties).map(([k, v]) => [k, filled(v)])));
  if (form.type === 'boolean') return fc.boolean();
  if (form.type === 'integer' || form.type === 'number') return fc.nat(99);
  return fc.string({ minLength: 1, maxLength: 8 });
}

describe('the one form of a package', () => {
  for (const definition of definitions.packages()) {
    const children = childrenOf(definition);
    const form = mergeForms(definition.title, children, definition.copies);

    it(`${definition.code} ${definition.title}: the applicant, who comes and who signs are asked once`, () => {
      for (const name of ['applicant', 'agent', 'signature']) {
        expect(form.schema.properties, name).to.have.property(name);
        for (const { code } of children)
          expect(form.schema.properties?.[code]?.properties ?? {}, code).to.not.have.property(name);
      }
      const [first] = form.schema['x-sections'] ?? [];
      expect(first?.title).to.equal('公共信息');
      expect(first?.fields).to.include('applicant');
    });

    it(`${definition.code}: is sound JSON Schema, and its example passes it`, () => {
      const examples = Object.fromEntries(children.map((c) => [c.code, c.form.examples?.[0] as Data]));
      const value = form.merge(examples);
      expect(checkAgainst(form.schema, value, { today: TODAY })).to.deep.equal([]);
      expect(form.unknownIn(value)).to.deep.equal([]);
    });

    it(`${definition.code}: every example of every item comes back as it was, save what others say in its place`, () => {
      for (const index of [0, 1]) {
        const examples = Object.fromEntries(children.map((c) => [c.code, c.form.examples?.[index] as Data]));
        const back = form.split(form.merge(examples));
        for (const { code, form: own } of children) {
          const said = (name: string) =>
            form.schema.properties?.[name] !== undefined &&
            form.pointerOf(code, deeper('', name)) === deeper('', name);
          for (const name of Object.keys(own.properties ?? {}).filter((n) => !said(n)))
            for (const place of placesIn(own.properties?.[name] ?? {}, deeper('', name))) {
              const isOwn = form.pointerOf(code, place) === `${deeper('', code)}${place}`;
              if (isOwn && fieldAt(own, segmentsOf(place))?.properties === undefined)
                expect(at(back[code], place), `${code} ${place}`).to.deep.equal(at(examples[code], place));
            }
        }
        expect(form.split(form.merge(back))).to.deep.equal(back);
      }
    });

    it(`${definition.code}: whatever is filled in, splitting and merging lose nothing`, () => {
      const any = fc.record(Object.fromEntries(children.map((c) => [c.code, filled(c.form)])));
      fc.assert(
        fc.property(any, (forms) => {
          const whole = form.merge(forms as Record<string, Data>);
          const parts = form.split(whole);
          expect(form.merge(parts)).to.deep.equal(whole);
          expect(form.split(form.merge(parts))).to.deep.equal(parts);
        }),
        { numRuns: 20 },
      );
    });

    it(`${definition.code}: every place of every item has its one place in the form`, () => {
      for (const { code, form: own } of children)
        for (const place of ['', ...placesIn(own)]) {
          const pointer = form.pointerOf(code, place);
          expect(fieldAt(form.schema, segmentsOf(pointer)), `${code} ${place} → ${pointer}`).to.not.equal(
            undefined,
          );
        }
    });

    it(`${definition.code}: every condition looks at a field that is there`, () => {
      const visit = (node: FormSchema, owner: string): void => {
        const show = node['x-show'];
        if (show?.field.startsWith('/'))
          expect(fieldAt(form.schema, segmentsOf(show.field)), show.field).to.not.equal(undefined);
        expect(node, owner).to.not.have.property('x-compute');
        for (const [key, child] of Object.entries(node.properties ?? {})) visit(child, deeper(owner, key));
        if (node.items) visit(node.items, owner);
      };
      visit(form.schema, '');
    });
  }

  const at = (value: unknown, place: string): unknown =>
    segmentsOf(place).reduce<unknown>(
      (v, s) => (isRecord(v) ? v[s] : Array.isArray(v) ? v[Number(s)] : undefined),
      value,
    );

  it('a single field of another title, and a block of other words, stay with their items', () => {
    const leaf = (title: string): FormSchema => ({ type: 'integer', title });
    const block = (title: string, inner: string): FormSchema => ({
      type: 'object',
      title,
      properties: { a: { type: 'string', title: inner } },
    });
    const child = (code: string, properties: Record<string, FormSchema>): ChildForm => ({
      code,
      title: code,
      later: false,
      form: { type: 'object', properties, required: Object.keys(properties) },
    });
    const one = child('AA-01', {
      year: leaf('参保年度'),
      who: block('申请人', '姓名'),
      site: block('地', '地块'),
    });
    const two = child('BB-01', {
      year: leaf('申领年度'),
      who: block('经营者', '姓名'),
      site: block('地', '位置'),
    });
    const { schema } = mergeForms('两件', [one, two]);
    expect(Object.keys(schema.properties ?? {})).to.deep.equal(['who', 'AA-01', 'BB-01']);
    expect(schema.properties?.who?.title).to.equal('申请人');
  });

  it('a condition on a whole form holds at its new place', () => {
    const own: FormSchema = {
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['个人', '单位'], title: '种类' },
        name: { type: 'string', title: '单位名称', 'x-show': { field: '/kind', equals: '单位' } },
      },
      required: ['kind'],
      allOf: [
        {
          if: { properties: { kind: { enum: ['单位'] } }, required: ['kind'] },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema
          then: { required: ['name'] },
        },
      ],
      additionalProperties: false,
    };
    const form = mergeForms('一件', [
      { code: 'AA-01', title: '甲', form: own, later: false },
      { code: 'BB-01', title: '乙', form: own, later: true },
    ]);
    expect(form.schema.properties).to.have.property('kind');
    expect(checkAgainst(form.schema, { kind: '单位' }, { today: TODAY }).map((f) => f.pointer)).to.deep.equal(
      ['/name'],
    );
    const other = { ...own, properties: { ...own.properties, kind: { type: 'string', title: '别的' } } };
    const alone = mergeForms('一件', [
      { code: 'AA-01', title: '甲', form: own, later: false },
      { code: 'BB-01', title: '乙', form: other, later: false },
    ]);
    expect(alone.schema.properties?.['AA-01']?.properties?.name?.['x-show']?.field).to.equal('/AA-01/kind');
    const faults = checkAgainst(
      alone.schema,
      { 'AA-01': { kind: '单位' }, 'BB-01': { kind: '别的' } },
      { today: TODAY },
    );
    expect(faults.map((f) => f.pointer)).to.deep.equal(['/AA-01/name']);
  });

  it('what follows is never signed or pledged in advance', () => {
    const form = definitions.get('NY-01').formFor('split');
    const [example] = form.examples as Data[];
    const left = withoutPledges(form, example as Data);
    expect(left).to.not.have.property('signature');
    expect(left.declarations).to.deep.equal({ member: '是', sold: '否' });
    expect(left.applicant).to.deep.equal(example?.applicant);
  });

  it('copies from or to an item that is left out are left aside, and the field is asked', () => {
    const definition = definitions.package('PK-03');
    const children = childrenOf(definition, []);
    const form = mergeForms(definition.title, children, definition.copies);
    expect(children.map((c) => c.code)).to.deep.equal(['GA-01', 'YB-01', 'WJ-03']);
    expect(form.schema.properties?.['WJ-03']?.properties?.child?.properties).to.have.property('order');
    const all = mergeForms(definition.title, childrenOf(definition), definition.copies);
    expect(all.schema.properties?.['WJ-03']?.properties?.child?.properties).to.not.have.property('order');
  });
});
