import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../src/platform/paths.ts';
import type { FormSchema } from '../../../src/platform/web/index.ts';
import { inlineForm } from '../../../src/workflow/inline.ts';

const folder = join(projectRoot, 'forms');
const documents = new Map<string, unknown>(
  readdirSync(folder).map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))]),
);

export interface RealForm {
  file: string;
  schema: FormSchema;
  examples: Record<string, unknown>[];
}

/** Every form of the catalogue with its examples. */
export const realForms: RealForm[] = [...documents].flatMap(([file, document]) => {
  const { examples } = document as { examples?: Record<string, unknown>[] };
  return examples ? [{ file, schema: inlineForm(file, documents).schema, examples }] : [];
});

/** Small, with one of each kind of place. */
export const household: FormSchema = {
  type: 'object',
  'x-sections': [
    { title: '申请人', fields: ['applicant', 'agent'], help: '照身份证填写' },
    { title: '家庭', fields: ['members', 'reasons'] },
  ],
  required: ['applicant', 'members', 'consent'],
  properties: {
    applicant: {
      type: 'object',
      title: '申请人',
      required: ['name', 'idNumber'],
      properties: {
        name: {
          type: 'string',
          title: '姓名',
          maxLength: 50,
          description: '与身份证一致',
          'x-source': '共享:公安人口库',
        },
        idNumber: { type: 'string', title: '身份证号', format: 'cn-id' },
        sex: { type: 'string', title: '性别', readOnly: true, 'x-compute': 'x' },
        phone: { type: 'string', title: '手机', format: 'cn-phone' },
        born: { type: 'string', title: '出生日期', format: 'date' },
        income: { type: 'number', title: '月收入', 'x-unit': '元' },
      },
    },
    agent: {
      type: 'object',
      title: '代办',
      properties: {
        kind: { type: 'string', title: '代办类型', enum: ['本人到场', '村代办员代办', '委托代理人'] },
        name: {
          type: 'string',
          title: '代办人',
          'x-show': { field: './kind', in: ['村代办员代办', '委托代理人'] },
        },
        letter: {
          type: 'string',
          title: '委托书编号',
          'x-show': { field: '/agent/kind', equals: '委托代理人' },
        },
      },
    },
    members: {
      type: 'array',
      title: '家庭成员',
      minItems: 1,
      maxItems: 4,
      items: {
        type: 'object',
        title: '成员',
        required: ['name'],
        properties: {
          name: { type: 'string', title: '姓名' },
          ill: { type: 'boolean', title: '是否患病' },
          disease: { type: 'string', title: '病种', 'x-show': { field: './ill', equals: true } },
          jobs: {
            type: 'array',
            title: '务工',
            items: { type: 'object', properties: { place: { type: 'string', title: '地点' } } },
          },
        },
      },
    },
    reasons: { type: 'array', title: '致困原因', items: { type: 'string', enum: ['因病', '因残', '因学'] } },
    note: { type: 'string', title: '说明', 'x-widget': 'textarea' },
    consent: { type: 'boolean', const: true, title: '以上内容属实' },
    signature: { type: 'string', title: '签名', 'x-widget': 'signature' },
  },
};
