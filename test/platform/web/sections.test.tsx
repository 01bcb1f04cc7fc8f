import { expect } from 'chai';
import { type FormSchema, render, renderForm } from '../../../src/platform/web/index.ts';

const SCHEMA: FormSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', title: '姓名' },
    'AA-01': {
      type: 'object',
      title: '甲事项',
      required: ['site'],
      properties: {
        site: { type: 'object', title: '用地', properties: { area: { type: 'number', title: '面积' } } },
        roof: { type: 'string', title: '屋顶' },
        floors: { type: 'integer', title: '层数' },
      },
      'x-sections': [
        { title: '用地', fields: ['site'] },
        { title: '房屋', fields: ['roof', 'floors'] },
      ],
    },
    'BB-01': { type: 'object', title: '乙事项', properties: { note: { type: 'string', title: '说明' } } },
  },
  'x-sections': [
    { title: '公共信息', fields: ['name'] },
    { title: '甲事项', fields: ['AA-01'] },
    { title: '以后接着办：乙事项', fields: ['BB-01'], folded: true, help: '可以先不填' },
  ],
};

describe('sections within sections', () => {
  const html = render(renderForm({ schema: SCHEMA, value: { 'BB-01': { note: '备注' } }, prefix: '/form' }));

  it('an object is drawn in the parts that its author made, each field once', () => {
    expect(html).to.match(/<legend>甲事项<\/legend>.*<legend>用地<\/legend>.*<legend>房屋<\/legend>/s);
    for (const name of ['/AA-01/site/area', '/AA-01/roof', '/AA-01/floors', '/BB-01/note'])
      expect(html.split(`name="${name}"`), name).to.have.length(2);
    expect(html.match(/<legend>用地<\/legend>/g), 'the block does not repeat its part').to.have.length(1);
  });

  it('what can wait is closed, and what was filled in is still there', () => {
    const folded = /<details class="folded">.*?<\/details>/s.exec(html)?.[0] ?? '';
    expect(folded).to.include('<summary>以后接着办：乙事项</summary>').and.include('可以先不填');
    expect(folded).to.include('value="备注"');
    expect(html.match(/<details/g)).to.have.length(1);
  });
});
