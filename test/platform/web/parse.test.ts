import { expect } from 'chai';
import fc from 'fast-check';
import { dropBlankRows, type FormSchema, parseForm, pruneHidden } from '../../../src/platform/web/index.ts';
import { household } from './samples.ts';

const leaf = (node: FormSchema): FormSchema => ({ type: 'object', properties: { v: node } });
const read = (node: FormSchema, text: string): unknown => parseForm(leaf(node), { '/v': text }).value.v;

describe('reading a form: leaves', () => {
  it('reads numbers as they are typed in an office', () => {
    const number: FormSchema = { type: 'number' };
    expect(read(number, ' 1,200.50 ')).to.equal(1200.5);
    expect(read(number, '１２００．５')).to.equal(1200.5);
    expect(read(number, '１，２００')).to.equal(1200);
    expect(read(number, '-3')).to.equal(-3);
    expect(read(number, '-0')).to.equal(0);
  });

  it('keeps a text that is no number, so that it is shown again', () => {
    for (const text of ['一百', '1,2', '12.', '1e5', '0x10', 'Infinity', '1 200元', '12345678901234567890']) {
      expect(read({ type: 'number' }, text), text).to.equal(text);
    }
  });

  it('reads dates in each way they are written, and keeps impossible ones', () => {
    const date: FormSchema = { type: 'string', format: 'date' };
    for (const text of [
      '2026-09-08',
      '2026/9/8',
      '2026.9.8',
      '2026年9月8日',
      '２０２６／９／８',
      '20260908',
    ]) {
      expect(read(date, text), text).to.equal('2026-09-08');
    }
    for (const text of ['2026-02-30', '2026年13月1日', '昨天', '26/9/8'])
      expect(read(date, text), text).to.equal(text);
    expect(read({ type: 'string', format: 'month' }, '2026年9月')).to.equal('2026-09');
    expect(read({ type: 'string', format: 'month' }, '2026/13')).to.equal('2026/13');
  });

  it('tidies numbers that are names: identity, organisation, card, telephone', () => {
    expect(read({ type: 'string', format: 'cn-id' }, ' 53262819661115 991x ')).to.equal('53262819661115991X');
    expect(read({ type: 'string', format: 'bank-card' }, '6217 0038-6000 0000016')).to.equal(
      '6217003860000000016',
    );
    expect(read({ type: 'string', format: 'cn-phone' }, '138 1234 5678')).to.equal('13812345678');
    expect(read({ type: 'string', format: 'cn-phone' }, '0876-6121234')).to.equal('0876-6121234');
    expect(read({ type: 'string', format: 'cn-phone' }, '无')).to.equal('无');
    expect(read({ type: 'string', format: 'gps' }, '105.6312， 23.6253')).to.equal('105.6312,23.6253');
  });

  it('takes an empty text as nothing and drops what no database keeps', () => {
    expect(parseForm(leaf({ type: 'string' }), { '/v': ' \u3000 ' }).value).to.deep.equal({});
    expect(read({ type: 'string' }, 'a\u0000b\ud800c')).to.equal('abc');
    expect(read({ type: 'string' }, '𠮷\n野')).to.equal('𠮷 野');
    expect(read({ type: 'number' }, '12\n亩')).to.equal('12 亩');
    expect(read({ type: 'string', 'x-widget': 'textarea' }, '一\r\n二')).to.equal('一\n二');
  });

  it('never ticks a declaration, and tells 否 from no answer', () => {
    const declaration: FormSchema = { type: 'boolean', const: true };
    expect(read(declaration, 'on')).to.equal(true);
    expect(parseForm(leaf(declaration), {}).value).to.deep.equal({});
    expect(read({ type: 'boolean' }, 'false')).to.equal(false);
    expect(parseForm(leaf({ type: 'boolean' }), {}).value).to.deep.equal({});
    expect(parseForm(leaf({ type: 'boolean', 'x-widget': 'checkbox' }), {}).value).to.deep.equal({
      v: false,
    });
  });

  it('does not read what is computed', () => {
    expect(parseForm(leaf({ type: 'number', 'x-compute': '1 + 1' }), { '/v': '7' }).value).to.deep.equal({});
    expect(parseForm(leaf({ type: 'number', readOnly: true }), { '/v': '7' }).value).to.deep.equal({});
  });

  it('gives the listed value of an enum and keeps a foreign one for the validator', () => {
    expect(read({ type: 'integer', enum: [1, 2] }, '2')).to.equal(2);
    expect(read({ type: 'string', enum: ['男', '女'] }, '其他')).to.equal('其他');
  });
});

describe('reading a form: structure', () => {
  it('decides lists and objects by the schema, never by the names', () => {
    const schema: FormSchema = {
      type: 'object',
      properties: {
        one: { type: 'array', items: { type: 'string', enum: ['甲', '乙'] } },
        numbered: { type: 'object', properties: { '0': { type: 'string' }, '1': { type: 'string' } } },
      },
    };
    const { value } = parseForm(schema, { '/one': '乙', '/numbered/0': 'a', '/numbered/1': 'b' });
    expect(value).to.deep.equal({ one: ['乙'], numbered: { '0': 'a', '1': 'b' } });
  });

  it('takes ticks as a list, also when the body parser made an object of many', () => {
    expect(
      parseForm(household, { '/reasons': { 0: '因病', 1: '因学', 2: '因病' } }).value.reasons,
    ).to.deep.equal(['因病', '因学']);
  });

  it('keeps objects and blank rows where nothing was filled in', () => {
    const { value } = parseForm(household, {
      '/members/0': '',
      '/members/0/name': '',
      '/members/1/name': '韦大',
    });
    expect(value).to.deep.equal({
      applicant: {},
      agent: {},
      members: [{ jobs: [] }, { name: '韦大', jobs: [] }],
    });
  });

  it('keeps a row of which nothing but the marker was sent', () => {
    const { value } = parseForm(household, { '/members/0': '' });
    expect(value.members).to.deep.equal([{ jobs: [] }]);
  });

  it('closes gaps that removed rows leave, in numeric order', () => {
    const { value } = parseForm(household, {
      '/members/10/name': '三',
      '/members/2/name': '一',
      '/members/7/name': '二',
    });
    expect((value.members as { name: string }[]).map((m) => m.name)).to.deep.equal(['一', '二', '三']);
  });

  it('keeps one row more than allowed for the validator to see, and no more', () => {
    const body = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`/members/${i}/name`, `人${i}`]));
    expect(parseForm(household, body).value.members).to.have.length(5);
    const open: FormSchema = {
      type: 'object',
      properties: { r: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } } },
    };
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`/r/${i}/a`, 'x']));
    expect(parseForm(open, many).value.r).to.have.length(200);
  });

  it('drops blank rows and blank optional parts before validation, and keeps required ones', () => {
    const { value } = parseForm(household, {
      '/members/0/name': ' ',
      '/members/1/name': '韦大',
      '/members/1/jobs/0/place': '',
    });
    expect(dropBlankRows(household, value)).to.deep.equal({ applicant: {}, members: [{ name: '韦大' }] });
    expect(dropBlankRows(household, parseForm(household, {}).value)).to.deep.equal({
      applicant: {},
      members: [],
    });
  });

  it('does not take an answered 否 for a blank row', () => {
    const { value } = parseForm(household, { '/members/0/ill': 'false' });
    expect(dropBlankRows(household, value).members).to.deep.equal([{ ill: false }]);
  });

  it('reads a list of plain texts line by line', () => {
    const schema: FormSchema = {
      type: 'object',
      properties: { l: { type: 'array', items: { type: 'string' } } },
    };
    expect(parseForm(schema, { '/l': '一\r\n\r\n 二 ' }).value).to.deep.equal({ l: ['一', '二'] });
  });
});

describe('reading a form: rows by button', () => {
  const body = { '/members/0/name': '甲', '/members/3/name': '乙' };

  it('adds a row and says where to go on', () => {
    const { value, rowAction } = parseForm(household, { ...body, _row: 'add:/members' });
    expect(value.members).to.deep.equal([{ name: '甲', jobs: [] }, { name: '乙', jobs: [] }, { jobs: [] }]);
    expect(rowAction).to.deep.equal({ kind: 'add', pointer: '/members', focus: '/members/2' });
  });

  it('adds the first row to a list that has none', () => {
    const { value, rowAction } = parseForm(household, { _row: 'add:/members' });
    expect(value.members).to.deep.equal([{ jobs: [] }]);
    expect(rowAction?.focus).to.equal('/members/0');
  });

  it('adds and removes rows within a row, by its number in the body', () => {
    const added = parseForm(household, { ...body, _row: 'add:/members/3/jobs' });
    expect((added.value.members as unknown[])[1]).to.deep.equal({ name: '乙', jobs: [{}] });
    expect(added.rowAction?.focus).to.equal('/members/1/jobs/0');
    const removed = parseForm(household, {
      ...body,
      '/members/3/jobs/0/place': '广州',
      _row: 'remove:/members/3/jobs/0',
    });
    expect((removed.value.members as unknown[])[1]).to.deep.equal({ name: '乙', jobs: [] });
  });

  it('removes the row of that number', () => {
    const { value, rowAction } = parseForm(household, { ...body, _row: 'remove:/members/0' });
    expect(value.members).to.deep.equal([{ name: '乙', jobs: [] }]);
    expect(rowAction).to.deep.equal({ kind: 'remove', pointer: '/members', focus: '/members' });
  });

  it('does not add beyond maxItems', () => {
    const full = Object.fromEntries([0, 1, 2, 3].map((i) => [`/members/${i}/name`, `${i}`]));
    expect(parseForm(household, { ...full, _row: 'add:/members' }).value.members).to.have.length(4);
  });

  it('ignores commands that name no list of rows', () => {
    for (const command of [
      'add:/applicant',
      'add:',
      'add:members',
      'drop:/members',
      'remove:/reasons/0',
      'add:/__proto__',
      5,
      null,
    ]) {
      expect(parseForm(household, { ...body, _row: command }).rowAction, String(command)).to.equal(undefined);
    }
  });
});

describe('reading a form: hostile bodies', () => {
  it('ignores names that the schema does not know', () => {
    expect(
      parseForm(household, { '/admin': 'yes', 'applicant[name]': 'x', '/applicant/role': 'x', _csrf: 't' })
        .value,
    ).to.deep.equal({
      applicant: {},
      agent: {},
      members: [],
    });
  });

  it('cannot be made to touch a prototype', () => {
    const body: Record<string, unknown> = JSON.parse(
      '{"__proto__": {"polluted": 1}, "/__proto__/polluted": "1", "/applicant/__proto__/polluted": "1", "/constructor/prototype/polluted": "1", "/members/__proto__/name": "x"}',
    );
    const { value } = parseForm(household, body);
    expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
    expect((value as { polluted?: unknown }).polluted).to.equal(undefined);
    expect(value.members).to.deep.equal([]);
  });

  it('writes a property that is really called __proto__ as its own', () => {
    const schema: FormSchema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}');
    const { value } = parseForm(schema, { '/__proto__': 'x' });
    expect(Object.hasOwn(value, '__proto__')).to.equal(true);
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
    expect(Object.hasOwn(dropBlankRows(schema, value), '__proto__')).to.equal(true);
  });

  it('never throws, whatever is sent', () => {
    const piece = fc.constantFrom(
      '',
      'members',
      'applicant',
      'name',
      '0',
      '1',
      '-1',
      '01',
      '1e3',
      '__proto__',
      'constructor',
      'length',
      '~1',
      '~',
      '\u0000',
    );
    const key = fc.array(piece, { maxLength: 8 }).map((parts) => parts.map((p) => `/${p}`).join(''));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.string()),
      fc.constant(undefined),
      fc.constant(null),
      fc.integer(),
      fc.object(),
    );
    fc.assert(
      fc.property(fc.dictionary(key, text), fc.oneof(key, fc.string()), (body, command) => {
        const { value } = parseForm(household, { ...body, _row: `add:${command}` });
        parseForm(household, { ...body, _row: `remove:${command}` });
        expect(Object.keys(value)).to.satisfy((keys: string[]) =>
          keys.every((k) => k in (household.properties ?? {})),
        );
        dropBlankRows(household, pruneHidden(household, value));
      }),
    );
  });
});

describe('fields that are not asked', () => {
  it('are taken out, with what hangs on them', () => {
    const schema: FormSchema = {
      type: 'object',
      properties: {
        a: { type: 'string' },
        b: { type: 'string', 'x-show': { field: '/a', equals: '1' } },
        c: { type: 'string', 'x-show': { field: '/b', in: ['x', 'y'] } },
        d: { type: 'string', 'x-show': { field: '/c', equals: 'z' } },
      },
    };
    expect(pruneHidden(schema, { a: '1', b: 'x', c: 'z', d: '!' })).to.deep.equal({
      a: '1',
      b: 'x',
      c: 'z',
      d: '!',
    });
    expect(pruneHidden(schema, { a: '2', b: 'x', c: 'z', d: '!' })).to.deep.equal({ a: '2' });
  });

  it('are decided row by row', () => {
    const value = {
      members: [{ ill: true, disease: '甲' }, { ill: false, disease: '乙' }, { disease: '丙' }],
    };
    expect(pruneHidden(household, value)).to.deep.equal({
      members: [{ ill: true, disease: '甲' }, { ill: false }, {}],
    });
  });

  it('look at a list of ticks for any one of the values', () => {
    const schema: FormSchema = {
      type: 'object',
      properties: {
        t: { type: 'array', items: { enum: ['其他', '甲'] } },
        o: { type: 'string', 'x-show': { field: '/t', in: ['其他'] } },
      },
    };
    expect(pruneHidden(schema, { t: ['甲', '其他'], o: 'x' })).to.have.property('o');
    expect(pruneHidden(schema, { t: ['甲'], o: 'x' })).not.to.have.property('o');
  });
});
