/** Fields in every state; the schema form with its sections. */
import type { JSX } from 'preact';
import { Actions, Button } from '../components/actions.tsx';
import { Card } from '../components/blocks.tsx';
import {
  CheckField,
  FileField,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../components/fields.tsx';
import { FilterForm } from '../components/filter.tsx';
import { renderForm } from '../form/render.tsx';
import type { FormSchema } from '../form/schema.ts';

const SEXES = [
  { value: '1', text: '男' },
  { value: '2', text: '女' },
];

const SCHEMA: FormSchema = {
  type: 'object',
  required: ['idNumber'],
  'x-sections': [{ title: '申请人', fields: ['idNumber', 'income', 'members'] }],
  properties: {
    idNumber: { type: 'string', title: '身份证号', format: 'cn-id' },
    income: { type: 'number', title: '月收入', 'x-unit': '元', 'x-width': 'short' },
    members: {
      type: 'array',
      title: '家庭成员',
      items: { type: 'object', title: '成员', properties: { name: { type: 'string', title: '姓名' } } },
    },
  },
};

export function FieldParts(): JSX.Element {
  return (
    <Card title="填写" id="fields">
      <form method="get" action="#fields">
        <TextField
          id="sg-name"
          name="name"
          label="姓名"
          required
          help="与身份证一致。"
          value="韦秀英"
          width="medium"
        />
        <TextField
          id="sg-id"
          name="id"
          label="身份证号"
          required
          check="cn-id"
          error="校验位不符，请逐位核对"
        />
        <TextArea id="sg-opinion" name="opinion" label="意见" rows={3} />
        <SelectField
          id="sg-village"
          name="village"
          label="村"
          options={[{ value: '1', text: '文化社区' }]}
          width="medium"
        />
        <RadioField id="sg-sex" name="sex" label="性别" options={SEXES} value="2" />
        <CheckField id="sg-true" name="true" label="以上内容属实" checked />
        <FileField
          id="sg-photo"
          name="photo"
          label="照片"
          camera
          uploaded={[{ text: '门前.jpg', href: '#fields' }]}
        />
        <Actions>
          <Button>提交</Button>
        </Actions>
      </form>
      <h3>查找</h3>
      <FilterForm
        action="#fields"
        filters={[
          { name: 'sg-q', label: '姓名或编号', value: '' },
          { name: 'sg-day', label: '收件日期', value: '2026-09-28', type: 'date' },
          {
            name: 'sg-state',
            label: '状态',
            value: '1',
            options: [{ value: '1', text: '在办' }],
            blank: '全部',
          },
        ]}
      />
      <h3>由表单定义画出的填写页</h3>
      <form method="get" action="#fields">
        {renderForm({
          schema: SCHEMA,
          value: { members: [{ name: '韦大勇' }] },
          faults: [{ pointer: '/idNumber', message: '请填写' }],
          idPrefix: 'sg',
        })}
      </form>
    </Card>
  );
}
