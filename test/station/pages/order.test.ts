import { expect } from 'chai';
import { inPageOrder } from '../../../src/station/cases/pages/order.ts';
import { saidWith } from '../../../src/station/cases/pages/said.ts';
import { chosenValues, unique, withChoices } from '../../../src/station/cases/pages/targets.ts';
import type { FormSchema } from '../../../src/workflow/form-schema.ts';

const line = { type: 'string' };
const schema: FormSchema = {
  type: 'object',
  'x-sections': [
    { title: '二', fields: ['b'] },
    { title: '一', fields: ['a'] },
  ],
  properties: {
    a: line,
    b: { type: 'array', items: { type: 'object', properties: { y: line, x: line } } },
  },
};

describe('pages: what is said and in which order', () => {
  it('faults stand in the order of the page: sections, rows, fields, then materials', () => {
    const order = ['/materials/m', '/form/a', '/form/b/10/y', '/form/b/2/x', '/form/b/2/y', '/form/b'];
    const sorted = inPageOrder(
      schema,
      order.map((pointer) => ({ pointer, message: pointer })),
    );
    expect(sorted.map((f) => f.pointer)).to.deep.equal([
      '/form/b',
      '/form/b/2/y',
      '/form/b/2/x',
      '/form/b/10/y',
      '/form/a',
      '/materials/m',
    ]);
  });

  it('what an event carried is said in labelled sentences, places by their names', () => {
    const said = saidWith(
      'REQUEST_CORRECTION',
      { faults: [{ target: '/form/a', reason: '没写', example: '甲' }] },
      { '/form/a': '住址' },
    );
    expect(said).to.deep.equal([{ label: '需要补正的内容', text: ['住址：没写；示例：甲'] }]);
    expect(saidWith('ACCEPT', {}, {})).to.deep.equal([]);
    expect(saidWith('OBJECT', { objectionId: 'x' }, {})).to.deep.equal([]);
  });

  it('choices go out as labels and come back as what they stand for', () => {
    const choices = {
      targets: unique([
        { value: '/1', label: '甲' },
        { value: '/2', label: '甲' },
      ]),
      objections: [],
      parts: [],
    };
    const node = {
      type: 'array',
      items: { type: 'object', properties: { t: { type: 'string', 'x-options': 'targets' } } },
    } as FormSchema;
    expect(withChoices(node, choices).items?.properties?.t?.enum).to.deep.equal(['甲', '甲（2）']);
    expect(chosenValues(node, [{ t: '甲（2）' }, { t: '乙' }], choices)).to.deep.equal([
      { t: '/2' },
      { t: '乙' },
    ]);
  });
});
