/** @jsxRuntime automatic @jsxImportSource preact */
import { expect } from 'chai';
import {
  ErrorSummary,
  type FormSchema,
  fieldId,
  listPlaces,
  parseForm,
  placeLabel,
  render,
  renderForm,
  renderPrint,
  renderView,
} from '../../../src/platform/web/index.ts';
import { idsOf, inlineCode, submit, type Tag, tagsOf } from './html.ts';
import { household, realForms } from './samples.ts';

type FormProps = Parameters<typeof renderForm>[0];
const form = (props: Partial<FormProps> = {}): string =>
  render(renderForm({ schema: household, value: {}, ...props }));
const byId = (html: string, id: string): Tag => {
  const found = tagsOf(html).filter((tag) => tag.attributes.id === id);
  expect(found, id).to.have.length(1);
  return found[0] as Tag;
};
const named = (html: string, name: string): Tag[] =>
  tagsOf(html).filter((t) => t.attributes.name === name && !t.isTemplate);
const plain = (html: string): string =>
  html
    .replace(/<template.*?<\/template>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('a form as it is drawn', () => {
  it('has sections in the author’s order, and shows what the author forgot in one more', () => {
    const legends = [...form().matchAll(/<legend[^>]*>(.*?)<\/legend>/gs)].map(([, l = '']) =>
      l.replace(/<[^>]+>/g, ''),
    );
    expect(legends.filter((l) => ['申请人', '家庭', '其他'].includes(l))).to.deep.equal([
      '申请人',
      '申请人',
      '家庭',
      '其他',
    ]);
    expect(named(form(), '/note')).to.have.length(1);
  });

  it('names inputs by pointer, labels each and tells required from optional', () => {
    const html = form();
    const name = byId(html, fieldId('/applicant/name'));
    expect(name.attributes).to.include({
      name: '/applicant/name',
      'aria-required': 'true',
      autocomplete: 'off',
    });
    const labels = tagsOf(html)
      .filter((t) => t.name === 'label')
      .map((t) => t.attributes.for);
    for (const id of [fieldId('/applicant/name'), fieldId('/applicant/phone'), fieldId('/consent')])
      expect(labels).to.include(id);
    expect(plain(html))
      .to.match(/姓名 \* （必填） 可共享带出/)
      .and.to.match(/手机 （选填）/);
  });

  it('gives the control its help, hint and fault by aria-describedby', () => {
    const faults = [{ pointer: '/form/applicant/name', message: '请填写姓名' }];
    const html = form({ faults, prefix: '/form', hints: { '/applicant/name': '已带出' } });
    const id = fieldId('/form/applicant/name');
    const input = byId(html, id);
    expect(input.attributes['aria-invalid']).to.equal('true');
    const texts = (input.attributes['aria-describedby'] ?? '').split(' ').map((part) => byId(html, part));
    expect(texts.map((t) => t.attributes.id)).to.deep.equal([`${id}__help`, `${id}__hint`, `${id}__error`]);
    expect(plain(html)).to.contain('错误： 请填写姓名');
    expect(
      byId(form({ faults, prefix: '/form' }), fieldId('/form/applicant/idNumber')).attributes,
    ).not.to.have.property('aria-invalid');
  });

  it('shows faults of objects, lists, rows and groups at their own place', () => {
    const pointers = [
      '/applicant',
      '/members',
      '/members/0',
      '/members/0/ill',
      '/reasons',
      '/consent',
      '/signature',
    ];
    const faults = pointers.map((pointer) => ({ pointer, message: `有误${pointer}` }));
    const html = form({ faults, value: { members: [{}] } });
    for (const pointer of pointers) {
      byId(html, fieldId(pointer));
      expect(byId(html, `${fieldId(pointer)}__error`), pointer).to.be.an('object');
      expect(plain(html)).to.contain(`有误${pointer}`);
    }
  });

  it('never ticks a declaration or chooses for the citizen', () => {
    const html = form();
    expect(tagsOf(html).filter((t) => 'checked' in t.attributes || 'selected' in t.attributes)).to.deep.equal(
      [],
    );
    expect(parseForm(household, submit(html)).value).to.deep.equal({
      applicant: {},
      agent: {},
      members: [{ jobs: [] }],
    });
  });

  it('offers 是 and 否 for a question, one box for a declaration', () => {
    const html = form({ value: { members: [{ ill: false }] } });
    expect(
      named(html, '/members/0/ill').map((t) => [
        t.attributes.type,
        t.attributes.value,
        'checked' in t.attributes,
      ]),
    ).to.deep.equal([
      ['radio', 'true', false],
      ['radio', 'false', true],
    ]);
    expect(named(html, '/consent').map((t) => t.attributes.type)).to.deep.equal(['checkbox']);
  });

  it('shows a computed value and sends nothing for it', () => {
    const html = form({ value: { applicant: { sex: '女' } } });
    expect(byId(html, fieldId('/applicant/sex'))).to.include({ name: 'output', text: '女' });
    expect(named(html, '/applicant/sex')).to.deep.equal([]);
  });

  it('shows a wrong date as it was typed, where a date control would show nothing', () => {
    const at = (born: string): Tag =>
      byId(form({ value: { applicant: { born } } }), fieldId('/applicant/born'));
    expect(at('2026-09-28').attributes).to.include({ type: 'date', value: '2026-09-28' });
    expect(at('明天').attributes).to.include({ type: 'text', value: '明天' });
  });

  it('says the unit to everyone', () => {
    const html = form();
    expect(plain(html)).to.contain('月收入 （单位：元）');
    expect(byId(html, fieldId('/applicant/income')).attributes).to.include({ inputmode: 'decimal' });
  });

  it('offers a signature as an upload and carries one that is there', () => {
    const image = 'data:image/png;base64,AAAA';
    const html = form({ value: { signature: image } });
    expect(named(html, '/signature').map((t) => t.attributes.type)).to.deep.equal(['hidden', 'file']);
    expect(submit(html)['/signature']).to.equal(image);
    expect(form({ value: { signature: 'javascript:alert(1)' } })).not.to.contain('javascript:');
  });

  it('escapes whatever is in values, titles and faults', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const schema: FormSchema = {
      type: 'object',
      properties: { a: { type: 'string', title: evil, description: evil, enum: [evil] } },
    };
    const html =
      form({ schema, value: { a: evil }, faults: [{ pointer: '/a', message: evil }] }) +
      render(<div>{renderView({ schema, value: { a: evil } })}</div>);
    expect(inlineCode(html)).to.deep.equal([]);
    expect(html).not.to.contain('<script');
    expect(tagsOf(html).filter((t) => t.name === 'img')).to.deep.equal([]);
  });
});

describe('conditional fields', () => {
  it('are all there without script, each with the condition in words', () => {
    const html = form();
    expect(named(html, '/agent/name')).to.have.length(1);
    expect(plain(html)).to.contain('仅当“代办类型”为“村代办员代办”、“委托代理人”时填写');
    expect(plain(html)).to.contain('仅当“是否患病”为“是”时填写');
  });

  it('tell the script what to watch and how they stand now', () => {
    const wrapper = (value: unknown): Tag =>
      tagsOf(form({ value })).find((t) => t.attributes['data-show'] === '/agent/kind') as Tag;
    expect(JSON.parse(wrapper({}).attributes['data-in'] ?? '')).to.deep.equal(['村代办员代办', '委托代理人']);
    expect(wrapper({}).attributes).to.have.property('data-off');
    expect(wrapper({ agent: { kind: '委托代理人' } }).attributes).not.to.have.property('data-off');
  });

  it('in a row watch their own row, also in the row that is copied', () => {
    const watched = tagsOf(form({ value: { members: [{}, {}] } }))
      .map((t) => t.attributes['data-show'])
      .filter((s) => s?.startsWith('/members'));
    expect(watched).to.deep.equal(['/members/0/ill', '/members/1/ill', '/members/rowtoken0x/ill']);
  });

  it('are marked required when a branch of the schema requires them', () => {
    const schema: FormSchema = {
      type: 'object',
      properties: {
        kind: { type: 'string', title: '种类', enum: ['甲', '乙'] },
        why: { type: 'string', title: '缘由', 'x-show': { field: '/kind', equals: '甲' } },
        when: { type: 'string', title: '何时' },
        free: { type: 'string', title: '随意' },
      },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      allOf: [{ if: { properties: { kind: { const: '甲' } } }, then: { required: ['why', 'when'] } }],
    };
    const text = plain(form({ schema }));
    expect(text)
      .to.contain('缘由 * （必填）')
      .and.to.contain('何时 （视情形必填）')
      .and.to.contain('随意 （选填）');
  });
});

describe('repeated rows', () => {
  it('stand ready as many as minItems asks for, and as many as there are', () => {
    const rows = (html: string): number =>
      tagsOf(html).filter((t) => 'data-row' in t.attributes && !t.isTemplate).length;
    expect(rows(form())).to.equal(1);
    expect(rows(form({ value: { members: [{}, {}, { jobs: [{}, {}] }] } }))).to.equal(5);
  });

  it('can be added and removed by buttons that any browser sends', () => {
    const html = form({ value: { members: [{ name: '甲' }, { name: '乙' }] } });
    const commands = tagsOf(html)
      .filter((t) => t.attributes.name === '_row' && !t.isTemplate)
      .map((t) => t.attributes.value);
    expect(commands).to.include.members([
      'add:/members',
      'remove:/members/0',
      'remove:/members/1',
      'add:/members/1/jobs',
    ]);
    const { value, rowAction } = parseForm(household, { ...submit(html), _row: 'remove:/members/0' });
    const next = form({ value, focus: rowAction?.focus ?? '' });
    expect(named(next, '/members/0/name')[0]?.attributes.value).to.equal('乙');
    expect(byId(next, fieldId('/members')).attributes).to.have.property('autofocus');
  });

  it('never let Enter in a field press one of those buttons', () => {
    const first = tagsOf(form()).find((t) => t.name === 'button');
    expect(first?.attributes).to.include({ type: 'submit', tabindex: '-1' }).and.not.to.have.property('name');
  });

  it('carry a blank row for the script, with a number to put in, at every depth', () => {
    const tokens = tagsOf(form())
      .filter((t) => t.name === 'template')
      .map((t) => [t.attributes['data-row-template'], t.attributes['data-token']]);
    expect(tokens).to.deep.include.members([
      ['/members', 'rowtoken0x'],
      ['/members/rowtoken0x/jobs', 'rowtoken1x'],
    ]);
  });

  it('are a table when few and flat, and cards when not', () => {
    const column = { type: 'string' };
    const schema = (count: number): FormSchema => ({
      type: 'object',
      properties: {
        r: {
          type: 'array',
          'x-layout': 'table',
          items: {
            type: 'object',
            properties: Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, column])),
          },
        },
      },
    });
    expect(form({ schema: schema(6) })).to.contain('<table');
    expect(form({ schema: schema(7) })).not.to.contain('<table');
  });
});

describe('the error summary', () => {
  const summary = (faults: { pointer: string; message: string }[]): string =>
    render(
      <div>
        <ErrorSummary faults={faults} schema={household} prefix="/form" />
      </div>,
    );

  it('links each fault to an element that is there, names the place, and takes the keyboard', () => {
    const faults = [
      { pointer: '/form/members/1/name', message: '请填写姓名' },
      { pointer: '/form/applicant/idNumber', message: '身份证号校验位不符' },
      { pointer: '/form/applicant/idNumber/deep/er', message: '更深' },
      { pointer: '/form', message: '整张表' },
    ];
    const ids = idsOf(form({ prefix: '/form', value: { members: [{}, {}] } }));
    const html = summary(faults);
    const links = tagsOf(html).filter((t) => t.name === 'a');
    expect(links.slice(0, 3).map((t) => ids.includes((t.attributes.href ?? '').slice(1)))).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect(plain(html))
      .to.contain('家庭成员 第 2 行 › 姓名：请填写姓名')
      .and.to.contain('身份证号校验位不符');
    expect(tagsOf(html).find((t) => t.attributes.role === 'alert')?.attributes).to.include({
      tabindex: '-1',
    });
  });

  it('says a thing once, and nothing when nothing is wrong', () => {
    const fault = { pointer: '/form/note', message: '太长' };
    expect(tagsOf(summary([fault, fault])).filter((t) => t.name === 'a')).to.have.length(1);
    expect(summary([])).not.to.contain('alert');
  });

  it('links a fault outside the form to that place’s own id', () => {
    expect(summary([{ pointer: '/materials/authorisation', message: '缺少' }])).to.contain(
      'href="#f-materials-authorisation"',
    );
  });
});

describe('the read-only view', () => {
  const value = {
    applicant: {
      name: '韦秀英',
      idNumber: '532628196611159910',
      phone: '13812345678',
      born: '2026-09-08',
      income: 12000,
    },
    agent: { kind: '本人到场', name: '不该出现' },
    members: [
      { name: '甲', ill: true, disease: '肺炎' },
      { name: '乙', ill: false },
    ],
    reasons: ['因病', '因学'],
    consent: true,
  };
  const view = (props: object = {}): string =>
    render(<div>{renderView({ schema: household, value, ...props })}</div>);

  it('masks what is sensitive until it is asked for', () => {
    expect(view()).to.contain('532628**********10').and.to.contain('138****5678');
    expect(view()).not.to.contain('532628196611159910').and.not.to.contain('13812345678');
    expect(view({ reveal: true })).to.contain('532628196611159910');
    expect(render(renderPrint({ schema: household, value }))).not.to.contain('532628196611159910');
  });

  it('follows x-sensitive where there is no format', () => {
    const schema = (hint: object): FormSchema => ({
      type: 'object',
      properties: { a: { type: 'string', enum: ['健康', '残疾'], 'x-sensitive': true, ...hint } },
    });
    expect(render(renderView({ schema: schema({}), value: { a: '残疾' } }))).not.to.contain('残疾');
    expect(render(renderView({ schema: schema({ 'x-sensitive': false }), value: { a: '残疾' } }))).to.contain(
      '残疾',
    );
  });

  it('reads like a sheet: Chinese dates, units, 是/否, lists', () => {
    expect(plain(view()))
      .to.contain('2026年9月8日')
      .and.to.contain('12,000 元')
      .and.to.contain('因病、因学')
      .and.to.contain('已确认')
      .and.to.contain('未填写');
  });

  it('leaves out what was not asked, row by row', () => {
    expect(plain(view())).not.to.contain('不该出现').and.not.to.contain('委托书编号');
    expect(plain(view())).to.contain('肺炎');
  });

  it('shows a fault beside the value', () => {
    expect(
      plain(view({ faults: [{ pointer: '/form/applicant/name', message: '与证件不符' }], prefix: '/form' })),
    ).to.contain('韦秀英 错误： 与证件不符');
  });

  it('draws every example of the catalogue, on screen and on paper', () => {
    for (const { schema, examples } of realForms) {
      for (const example of examples) {
        const html = render(
          <div>
            {renderView({ schema, value: example })}
            {renderPrint({ schema, value: example, idPrefix: 'p' })}
          </div>,
        );
        expect(inlineCode(html)).to.deep.equal([]);
        expect(plain(html)).not.to.match(/undefined|\[object|NaN/);
      }
    }
  });
});

describe('places of a form', () => {
  it('are listed with the words that people use', () => {
    const places = listPlaces(household, { members: [{}, {}] });
    expect(places).to.deep.include.members([
      { pointer: '/applicant/idNumber', label: '申请人 › 身份证号' },
      { pointer: '/members', label: '家庭成员' },
      { pointer: '/members/1/name', label: '家庭成员 第 2 行 › 姓名' },
    ]);
    expect(placeLabel(household, '/nowhere/at/all')).to.equal('');
  });
});
