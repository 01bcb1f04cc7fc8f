/** Colours with their contrast, type, spacing, keys. */
import type { JSX } from 'preact';
import { DefinitionList, Table } from '../components/data.tsx';
import { Badge } from '../components/status.tsx';
import { coloursOf, contrast, PAIRS, type Theme } from '../contrast.ts';
import { navigationOf } from '../navigation.ts';

/** The colours as they meet. A swatch is drawn: the policy allows no style in a page. */
function Swatch({ colour, on }: { colour: string; on: string }): JSX.Element {
  return (
    <svg class="swatch" viewBox="0 0 76 28" aria-hidden="true" focusable="false">
      <rect width="76" height="28" fill={on} stroke="#6b7a8a" />
      <rect x="8" y="6" width="18" height="16" fill={colour} />
      <text x="32" y="20" fill={colour} font-size="16">
        村办
      </text>
    </svg>
  );
}

/** Every pair of colours in use, with its ratio and what it must at least be. */
export function ColourTable({ theme }: { theme: Theme }): JSX.Element {
  const colours = coloursOf(theme);
  const hex = (name: string): string => colours.get(name) ?? '#000000';
  return (
    <Table
      caption="颜色的搭配与对比度（WCAG 2.2 AA）"
      rows={PAIRS}
      rowKey={({ colour, on, least }) => `${colour} ${on} ${least}`}
      columns={[
        {
          title: '样子',
          cell: ({ colour, on }) => <Swatch colour={hex(colour)} on={hex(on)} />,
        },
        {
          title: '颜色',
          head: true,
          cell: ({ colour }) => <code>{`--${colour} ${hex(colour)}`}</code>,
        },
        { title: '底色', cell: ({ on }) => <code>{`--${on} ${hex(on)}`}</code> },
        { title: '用于', cell: ({ least }) => (least === 3 ? '边框、焦点' : '文字') },
        {
          title: '对比度',
          numeric: true,
          cell: ({ colour, on }) => `${contrast(hex(colour), hex(on)).toFixed(1)} : 1`,
        },
        {
          title: '要求',
          cell: ({ colour, on, least }) =>
            contrast(hex(colour), hex(on)) >= least ? (
              <Badge tone="done" text={`不低于 ${least}`} />
            ) : (
              <Badge tone="danger" text={`低于 ${least}`} />
            ),
        },
      ]}
    />
  );
}

/** Each step of the scale in itself. */
export function TypeTable(): JSX.Element {
  return (
    <DefinitionList
      items={[
        { term: '页面标题 1.6', detail: <span class="type-h1">受理新的申请</span> },
        { term: '分块标题 1.2', detail: <span class="type-h2">申请人</span> },
        { term: '正文 1.0', detail: '申请人对所填内容的真实性负责。' },
        { term: '说明 0.92', detail: <span class="help">至少 8 个字符。</span> },
        { term: '编号', detail: <code>532628-MZ-2026-000123</code> },
        { term: '正文字号', detail: '办公桌 16，窗口 17，群众 18 像素；大字 23 像素' },
        { term: '点按的高度', detail: '办公桌 36 像素（手指点按 44），窗口 46，群众 49 像素' },
        { term: '间距', detail: '--gap 并排之间，--pad 分块之内，--cell 表格的一格' },
      ]}
    />
  );
}

const SECTIONS = [
  'inbox',
  'filing',
  'cases',
  'certificates',
  'payouts',
  'desk',
  'cash',
  'board',
  'admin',
] as const;

/** The keys that are the same on every page. */
export function KeyTable(): JSX.Element {
  const { entries, more } = navigationOf(SECTIONS);
  const rows = [
    ['?', '列出本页的快捷键；其中可以关掉单键快捷键'],
    ['/', '到查找框'],
    ['J / K', '列表里的下一行、上一行'],
    ['Enter', '打开这一行'],
    ['X', '勾选这一行'],
    ['[ / ]', '上一页、下一页'],
    ['Ctrl + Enter', '按下主要的按钮'],
    ['Esc', '离开输入框、关闭窗口'],
    ...[...entries, ...more].map(({ key, text }) => [`G ${key.toUpperCase()}`, text]),
  ];
  return (
    <Table
      caption="到处都一样的快捷键（工作人员登录以后）"
      rows={rows}
      rowKey={([keys = '']) => keys}
      columns={[
        { title: '按键', head: true, cell: ([keys]) => <kbd>{keys}</kbd> },
        { title: '做什么', cell: ([, text]) => text },
      ]}
    />
  );
}
