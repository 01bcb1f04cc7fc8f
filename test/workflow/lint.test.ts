import { basename } from 'node:path';
import { expect } from 'chai';
import { definitionFolders, readDocuments } from '../../src/platform/definitions/files.ts';
import { contextOf } from '../../src/platform/definitions/load.ts';
import { compile } from '../../src/workflow/compile.ts';
import { type Inlined, inlineForm } from '../../src/workflow/inline.ts';
import {
  type LintContext,
  lintDefinition,
  lintForm,
  lintItem,
  lintMachine,
} from '../../src/workflow/lint.ts';
import type { Parameter } from '../../src/workflow/parameters.ts';
import type { Definition } from '../../src/workflow/types.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests break definitions in ways the types forbid
type Loose = any;

const TODAY = '2026-11-24';
const read = readDocuments(definitionFolders());
const documents = new Map<string, unknown>(read.forms.map(({ file, value }) => [basename(file), value]));
const parameters = read.parameters.flatMap((d) => d.value as Parameter[]);
const known = contextOf(read, parameters, TODAY);
const context: LintContext = { ...known, otherParams: [...known.otherParams, 'retired'] };
const forms = new Map<string, Inlined>(
  [...documents.keys()]
    .filter((file) => file !== 'common@1.json')
    .map((file) => [file.replace(/\.json$/, ''), inlineForm(file, documents)]),
);

const item = (code: string): Loose =>
  structuredClone(read.items.find((d) => basename(d.file) === `${code}.json`)?.value);
const step = (d: Loose, id: string) => d.steps.find((s: Loose) => s.id === id);

/** Faults of an item after one change, as `pointer · reason`. */
function faultsAfter(code: string, change: (d: Loose) => void): string[] {
  const definition = item(code);
  change(definition);
  return lintItem(definition, forms, context).faults.map((f) => `${f.pointer} · ${f.reason}`);
}

/** Faults of a form after one change to it (or to the shared blocks). */
function formFaultsAfter(file: string, change: (form: Loose, common: Loose) => void): string[] {
  const copy = structuredClone(documents) as Map<string, Loose>;
  change(copy.get(file), copy.get('common@1.json'));
  return lintForm(inlineForm(file, copy), context).map((f) => `${f.file} · ${f.pointer} · ${f.reason}`);
}

type Plant = [what: string, code: string, change: (d: Loose) => void, pointer: string, reason: RegExp];

/** One planted fault each: item, what is broken, where it must be told, and in what words. */
const PLANTS: Plant[] = [
  ['an unknown key', 'WJ-01', (d) => Object.assign(d, { colour: 'red' }), '/colour', /unknown key/],
  ['a missing key', 'WJ-01', (d) => delete d.fee, '/fee', /missing/],
  ['no terms', 'WJ-01', (d) => delete d.terms, '/terms', /missing/],
  ['an unknown step kind', 'NY-04', (d) => (d.steps[2].kind = 'ponder'), '/steps/2/kind', /must be one of/],
  [
    'a key of another step kind',
    'NY-04',
    (d) => (d.steps[2].board = 'village'),
    '/steps/2/board',
    /unknown key/,
  ],
  ['one officer on a visit (B2-1)', 'NY-04', (d) => (d.steps[3].officers = 1), '/steps/3/officers', />= 2/],
  ['a repeated step', 'NY-04', (d) => (d.steps[4].id = 'visit'), '/steps/4/id', /also the id of step 3/],
  ['a step named like an end', 'NY-04', (d) => (d.steps[4].id = 'done'), '/steps/4/id', /name of an end/],
  ['no intake first', 'NY-04', (d) => d.steps.shift(), '/steps/0/kind', /must be the intake/],
  ['nobody accepts', 'NY-04', (d) => d.steps.splice(1, 1), '/steps', /nobody accepts in situation "new"/],
  [
    'accepted twice',
    'NY-04',
    (d) => (d.steps[0].accepts = true),
    '/steps/1',
    /accepted at the intake already/,
  ],
  ['acceptance in six days (B1-5)', 'NY-04', (d) => (d.steps[1].days = 6), '/steps/1/days', /B1-5/],
  ['no decision', 'WJ-01', (d) => d.steps.splice(1, 1), '/steps', /0 decide steps in situation "pregnancy"/],
  [
    'two decisions in one situation',
    'NY-04',
    (d) => (d.situations[0].without = []),
    '/steps',
    /2 decide steps in situation "new"/,
  ],
  [
    'collection before the decision',
    'WJ-01',
    (d) => d.steps.splice(1, 0, d.steps.pop()),
    '/steps/1',
    /collect lies before the decision/,
  ],
  [
    'an allotment after the decision',
    'WJ-01',
    (d) =>
      d.steps.splice(3, 0, { id: 'late', kind: 'allot', quota: 'timber', amount: '1', order: 'received' }),
    '/steps/3',
    /allot lies after the decision/,
  ],
  [
    'collection of what is issued later',
    'WJ-01',
    (d) => d.steps.splice(2, 0, d.steps.pop()),
    '/steps/2',
    /nothing was issued to collect/,
  ],
  ['a decision in the village (B1-10)', 'WJ-01', (d) => (d.steps[1].at = 'village'), '/steps/1/at', /B1-10/],
  [
    'one desk that examines and decides (B.6)',
    'NY-04',
    (d) => Object.assign(step(d, 'decision'), { role: 'reviewer' }),
    '/steps/5',
    /examined in step "check"/,
  ],
  [
    'returnTo to nowhere',
    'NY-04',
    (d) => (d.steps[4].returnTo = 'moon'),
    '/steps/4/returnTo',
    /no step "moon"/,
  ],
  [
    'returnTo ahead',
    'NY-04',
    (d) => (d.steps[2].returnTo = 'check'),
    '/steps/2/returnTo',
    /does not lie before/,
  ],
  [
    'onSustained to nowhere',
    'MZ-01',
    (d) => (step(d, 'posting').onSustained = 'moon'),
    '/steps/5/onSustained',
    /no step "moon"/,
  ],
  [
    'a notice without a way to object',
    'MZ-01',
    (d) => delete step(d, 'posting').onSustained,
    '/steps/5/onSustained',
    /missing/,
  ],
  ['when without its rule', 'MZ-01', (d) => (d.steps[6].when = 'R99'), '/steps/6/when', /no rule "R99"/],
  ['when on a warning', 'MZ-01', (d) => (d.steps[6].when = 'R1'), '/steps/6/when', /effect warn, not route/],
  [
    'a route rule without a step',
    'MZ-01',
    (d) => delete d.steps[6].when,
    '/rules/4/effect',
    /no step depends on this route rule/,
  ],
  [
    'without a step that is not there',
    'NY-04',
    (d) => d.situations[0].without.push('moon'),
    '/situations/0/without/1',
    /no step "moon"/,
  ],
  [
    'without the intake',
    'NY-04',
    (d) => d.situations[0].without.push('intake'),
    '/situations/0/without/1',
    /cannot be left out/,
  ],
  [
    'an unknown office',
    'WJ-01',
    (d) => (d.steps[1].office = 'QQ'),
    '/steps/1/office',
    /unknown department "QQ"/,
  ],
  ['an unknown department', 'WJ-01', (d) => (d.department = 'QQ'), '/department', /unknown department "QQ"/],
  ['a missing form', 'WJ-01', (d) => (d.form = 'WJ-01@9'), '/form', /no form "WJ-01@9"/],
  [
    "another item's form",
    'WJ-01',
    (d) => (d.situations[1].form = 'NY-04@1'),
    '/situations/1/form',
    /another item/,
  ],
  [
    'a notice with a field that is not there',
    'MZ-01',
    (d) => step(d, 'posting').show.push('/village'),
    '/steps/5/show/4',
    /no field "\/village"/,
  ],
  [
    'a notice with a sensitive field (B.5)',
    'MZ-01',
    (d) => step(d, 'posting').show.push('/applicant/idNumber'),
    '/steps/5/show/4',
    /sensitive/,
  ],
  [
    'a notice with a table that holds sensitive fields (B.5)',
    'MZ-01',
    (d) => step(d, 'posting').show.push('/household'),
    '/steps/5/show/4',
    /sensitive/,
  ],
  [
    'an unreadable rule',
    'MZ-01',
    (d) => (d.rules[1].when = 'form.x >'),
    '/rules/1/when',
    /FEEL: .* at column/,
  ],
  [
    'a rule about a field that is not there',
    'MZ-01',
    (d) => (d.rules[1].when = 'form.category = "低保" and form.incom > 3'),
    '/rules/1/when',
    /unknown name "form.incom"/,
  ],
  [
    'an unknown name in a branch no example takes',
    'MZ-01',
    (d) => (d.rules[1].when = 'if form.labourers > 99 then form.nope = 1 else false'),
    '/rules/1/when',
    /unknown name "form.nope"/,
  ],
  [
    'an unknown column in a table',
    'MZ-01',
    (d) => (d.rules[1].when = 'some m in form.household satisfies m.helth = "大病"'),
    '/rules/1/when',
    /helth/,
  ],
  [
    'an unknown variable',
    'MZ-01',
    (d) => (d.rules[1].when = 'weather = "rain"'),
    '/rules/1/when',
    /'weather' not found/,
  ],
  [
    'a rule that reads the clock',
    'MZ-01',
    (d) => (d.rules[1].when = 'now() = 1'),
    '/rules/1/when',
    /Cannot invoke/,
  ],
  [
    'a rule that is no yes or no',
    'MZ-01',
    (d) => (d.rules[1].when = 'form.category'),
    '/rules/1/when',
    /not to true or false/,
  ],
  [
    'an unknown parameter',
    'NY-04',
    (d) => (d.rules[2].when = 'form.premises.shopArea < params.nope'),
    '/rules/2/when',
    /unknown parameter "nope"/,
  ],
  [
    'a parameter that is not in force',
    'NY-04',
    (d) => (d.rules[2].when = 'form.premises.shopArea < params.retired'),
    '/rules/2/when',
    /no value in force on 2026-11-24/,
  ],
  [
    'an unknown parameter in a sentence',
    'NY-04',
    (d) => (d.rules[2].says = '不少于 {params.nope}'),
    '/rules/2/says',
    /unknown parameter "nope"/,
  ],
  [
    'a rule on a missing field',
    'NY-04',
    (d) => (d.rules[2].field = '/shop'),
    '/rules/2/field',
    /no field "\/shop"/,
  ],
  ['a repeated rule', 'NY-04', (d) => (d.rules[2].id = 'R1'), '/rules/2/id', /also the id of entry 1/],
  [
    'a repeated material',
    'NY-04',
    (d) => (d.materials[1].id = 'application'),
    '/materials/1/id',
    /also the id of entry 0/,
  ],
  [
    'a material of an unknown situation',
    'NY-04',
    (d) => (d.materials[4].situations = ['moon']),
    '/materials/4/situations',
    /no situation "moon"/,
  ],
  [
    'an unknown name in the condition of a material',
    'NY-04',
    (d) => (d.materials[4].when = 'form.nope = "x"'),
    '/materials/4/when',
    /unknown name "form.nope"/,
  ],
  [
    'a certificate that is not there',
    'NY-04',
    (d) => (step(d, 'decision').certificate = 'medal'),
    '/steps/5/certificate',
    /no certificate "medal"/,
  ],
  [
    'a certificate nobody issues',
    'NY-04',
    (d) => d.certificates.push({ ...d.certificates[0], id: 'medal' }),
    '/certificates/1',
    /no step issues it/,
  ],
  [
    'a certificate with a blank',
    'NY-04',
    (d) => (d.certificates[0].fields[0].value = 'form.organisation.address'),
    '/certificates/0/fields/0/value',
    /comes to null/,
  ],
  [
    'a number without a sequence',
    'NY-04',
    (d) => (d.certificates[0].number = '农药经许'),
    '/certificates/0/number',
    /must match pattern/,
  ],
  [
    'a promise longer than the law allows',
    'NY-04',
    (d) => (d.terms.promised.days = 21),
    '/terms/promised',
    /promised 21 days exceed the statutory 20/,
  ],
  [
    'the same in one situation',
    'NY-04',
    (d) => (d.situations[3].terms = { promised: { days: 30, unit: 'workday' } }),
    '/situations/3/terms',
    /promised 30 days exceed/,
  ],
  [
    'a permit without a statutory term (B2-3)',
    'NY-04',
    (d) => {
      d.terms.statutory = null;
      delete d.terms.extension;
    },
    '/terms/statutory',
    /a permit has a statutory term/,
  ],
];

type FormPlant = [what: string, change: (form: Loose, common: Loose) => void, place: string, reason: RegExp];
const KIN = '/$defs/kin/properties/has';

const FORM_PLANTS: FormPlant[] = [
  [
    'a field without a title',
    (f) => delete f.$defs.kin.properties.has.title,
    `${KIN}/title`,
    /Chinese title/,
  ],
  ['an English title', (f) => (f.$defs.kin.properties.has.title = 'Kin'), `${KIN}/title`, /Chinese title/],
  [
    'an English choice',
    (f) => f.$defs.kin.properties.has.enum.push('maybe'),
    `${KIN}/enum`,
    /not a Chinese word/,
  ],
  [
    'an unknown hint',
    (f) => (f.$defs.kin.properties.has['x-colour'] = 'red'),
    `${KIN}/x-colour`,
    /unknown hint/,
  ],
  [
    'a hint out of its words',
    (f) => (f.$defs.kin.properties.has['x-width'] = 'wide'),
    `${KIN}/x-width`,
    /one of/,
  ],
  [
    'a field that is ticked beforehand',
    (f) => (f.properties.authorised.default = true),
    '/properties/authorised/default',
    /beforehand/,
  ],
  [
    'a condition on a field that is not there',
    (f) => (f.$defs.kin.properties.explanation['x-show'].field = './hass'),
    '/$defs/kin/properties/explanation/x-show',
    /no field ".\/hass"/,
  ],
  [
    'a condition on a choice that is not there',
    (f) => (f.$defs.kin.properties.explanation['x-show'].equals = '也许'),
    '/$defs/kin/properties/explanation/x-show',
    /"也许" is no choice/,
  ],
  [
    'a hidden field that is always required',
    (f) => f.$defs.kin.required.push('explanation'),
    '/$defs/kin/properties/explanation/x-show',
    /cannot always be required/,
  ],
  [
    'a section with a field that is not there',
    (f) => f['x-sections'][0].fields.push('nope'),
    '/x-sections',
    /no field "nope"/,
  ],
  ['a field in no section', (f) => f['x-sections'].pop(), '/x-sections', /"signature" stands in no section/],
  ['one example', (f) => f.examples.pop(), '/examples', /at least two/],
  [
    'an example that is not valid',
    (f) => (f.examples[0].housing.area = -1),
    '/examples',
    /example 1: \/housing\/area/,
  ],
  [
    'a demand for a field that is not there',
    (f) => f.$defs.kin.allOf[0].then.required.push('nope'),
    '/$defs/kin/required',
    /no field "nope"/,
  ],
  [
    'an object that takes anything',
    (f) => delete f.$defs.housing.additionalProperties,
    '/$defs/housing/additionalProperties',
    /must be false/,
  ],
  [
    'an unknown format',
    (f) => (f.$defs.housing.properties.area.format = 'hectare'),
    '/$defs/housing/properties/area/format',
    /unknown format "hectare"/,
  ],
  [
    'a checked field that does not say how to mend it',
    (f) => delete f.$defs.housing.properties.area['x-error'],
    '/$defs/housing/properties/area/x-error',
    /how to mend it/,
  ],
  [
    'a computed field that may be typed',
    (f) => delete f.properties.assessment.properties.gap.readOnly,
    '/properties/assessment/properties/gap/readOnly',
    /read-only/,
  ],
  [
    'a computed field with an unknown name',
    (f) => (f.properties.assessment.properties.gap['x-compute'] = 'params.dibaoStandrad * 2'),
    '/properties/assessment/properties/gap/x-compute',
    /unknown parameter "dibaoStandrad"/,
  ],
  [
    'a computed column with an unknown name',
    (f) => (f.$defs.household.items.properties.monthlyIncome['x-compute'] = 'row.wage'),
    '/$defs/member/properties/monthlyIncome/x-compute',
    /unknown name "row.wage"/,
  ],
  [
    'the situation inside the form',
    (f) => (f.properties.situation = f.properties.category),
    '/properties',
    /outside/,
  ],
];

describe('lint of items', () => {
  for (const code of ['WJ-01', 'NY-04', 'MZ-01', 'ZR-02']) {
    it(`has nothing against ${code}`, () => {
      expect(faultsAfter(code, () => {})).to.deep.equal([]);
    });
  }

  for (const [what, code, change, pointer, reason] of PLANTS) {
    it(`refuses ${what}`, () => {
      const faults = faultsAfter(code, change);
      const told = faults.filter((f) => f.startsWith(`${pointer} · `));
      expect(told, faults.join('\n')).to.not.deep.equal([]);
      expect(told.join('\n')).to.match(reason);
    });
  }

  it('tells several faults at once, of shape and of sense', () => {
    const faults = faultsAfter('NY-04', (d) => {
      d.colour = 'red';
      d.steps[4].returnTo = 'moon';
      d.rules[2].when = 'form.nope';
      d.terms.promised.days = 30;
    });
    for (const pointer of ['/colour', '/steps/4/returnTo', '/rules/2/when', '/terms/promised'])
      expect(
        faults.some((f) => f.startsWith(`${pointer} · `)),
        pointer,
      ).to.equal(true);
  });

  it('says that a text or a list is no item', () => {
    for (const raw of ['x', [], null]) expect(lintDefinition(raw, forms, context)).to.have.length(1);
  });
});

describe('lint of forms', () => {
  for (const [name, inlined] of forms) {
    it(`has nothing against ${name}`, () => {
      expect(lintForm(inlined, context)).to.deep.equal([]);
    });
  }

  for (const [what, change, pointer, reason] of FORM_PLANTS) {
    it(`refuses ${what}`, () => {
      const faults = formFaultsAfter('MZ-01@1.json', change);
      const told = faults.filter((f) => f.includes(` · ${pointer} · `));
      expect(told, faults.join('\n')).to.not.deep.equal([]);
      expect(told.join('\n')).to.match(reason);
    });
  }

  it('tells a fault of a shared block in the file it is written in', () => {
    const faults = formFaultsAfter('WJ-01@1.json', (_, common) => {
      delete common.$defs.account;
      common.$defs.agent.properties.idNumber['x-sensitive'] = false;
    });
    expect(faults).to.deep.equal([
      'common@1.json · /$defs/agent/properties/idNumber/x-sensitive · "cn-id" is personal and must be marked',
    ]);
  });

  it('refuses references that lead nowhere or round in a circle', () => {
    const at = (ref: string) =>
      inlineForm(
        'x.json',
        new Map([['x.json', { $defs: { a: { $ref: '#/$defs/a' } }, properties: { f: { $ref: ref } } }]]),
      );
    expect(() => at('common@1.json#/$defs/nope')).to.throw('leads nowhere');
    expect(() => at('#/$defs/a')).to.throw('round in a circle');
  });
});

describe('lint of machines', () => {
  it('finds an action and a guard that the vocabulary does not have', () => {
    const machine = compile(item('MZ-01') as Definition);
    expect(lintMachine(machine)).to.deep.equal([]);
    const pending = machine.states.acceptance?.states?.pending as Loose;
    pending.entry.push({ type: 'startClok' });
    pending.on.REQUEST_CORRECTION[0].guard.type = 'correctionsLeft';
    expect(lintMachine(machine).map((f) => `${f.pointer} · ${f.reason}`)).to.deep.equal([
      '/states/acceptance/states/pending · the vocabulary has no action "startClok"',
      '/states/acceptance/states/pending/on/REQUEST_CORRECTION · the vocabulary has no guard "correctionsLeft"',
    ]);
  });
});
