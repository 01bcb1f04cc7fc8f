import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { draw as drawVerb } from '../../src/cli/draw.ts';
import { inspectDefinitions } from '../../src/platform/definitions/index.ts';
import { compile } from '../../src/workflow/compile.ts';
import { draw } from '../../src/workflow/draw/index.ts';
import { inSituation } from '../../src/workflow/draw/situation.ts';
import { wrapped } from '../../src/workflow/draw/svg.ts';
import { OFFICE_WORDS } from '../../src/workflow/draw/words.ts';
import type { Definition, Step } from '../../src/workflow/types.ts';
import { sampleItem } from './sample-item.ts';

/*
 * Longer than a file should be: the geometry that a drawing is measured by is of use nowhere else.
 */

interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
interface Written extends Area {
  text: string;
  /** What it belongs to: a box, a chip, a label of a line, the head of a lane, the legend. */
  part: string;
  /** Of the box or chip around it. */
  fill: string;
  around: Area | undefined;
}
interface Picture {
  page: Area;
  boxes: Area[];
  chips: (Area & { box: Area | undefined })[];
  texts: Written[];
  lines: Line[];
}
type Point = readonly [x: number, y: number];
interface Line {
  start: Point;
  end: Point;
  /** Its stretches, corners as if they were sharp. */
  strokes: Area[];
}

/** Width of a text as fonts have it: measured apart from the drawing's own `widthOf`. */
const measured = (s: string, size: number): number =>
  [...s].reduce((w, c) => w + (c.charCodeAt(0) >= 0x2000 ? 1 : /[A-Z&]/.test(c) ? 0.72 : 0.58) * size, 0);

const attributes = (tag: string): Record<string, string> =>
  Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, k, v]) => [k as string, v as string]));

const areaOf = (a: Record<string, string>): Area => {
  const [x, y, w, h] = [a.x, a.y, a.width, a.height].map((v) => Number(v ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return { left: x, top: y, right: x + w, bottom: y + h };
};

function writtenOf(a: Record<string, string>, content: string): Pick<Written, 'text' | keyof Area> {
  const text = content.replace(
    /&(amp|lt|gt|quot);/g,
    (_, n: 'amp') => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[n],
  );
  const [x, y, size] = [Number(a.x), Number(a.y), Number(a['font-size'])];
  const width = measured(text, size);
  const left = a['text-anchor'] === 'start' ? x : a['text-anchor'] === 'end' ? x - width : x - width / 2;
  return { text, left, right: left + width, top: y - 0.88 * size, bottom: y + 0.12 * size };
}

function lineOf(d: string): Line {
  const points = [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]): Point => [Number(x), Number(y)]);
  const strokes = points.slice(1).map(([x, y], i) => {
    const [px, py] = points[i] as Point;
    return { left: Math.min(x, px), right: Math.max(x, px), top: Math.min(y, py), bottom: Math.max(y, py) };
  });
  return { start: points[0] as Point, end: points.at(-1) as Point, strokes };
}

/** What stands where in a drawing. */
function pictureOf(svg: string): Picture {
  const picture: Picture = {
    page: areaOf(attributes(svg.split('>')[0] as string)),
    boxes: [],
    chips: [],
    texts: [],
    lines: [],
  };
  const groups: { part: string; area?: Area; fill: string }[] = [];
  for (const [tag, name, content = ''] of svg.matchAll(/<(\/?\w+)[^>]*>([^<]*)/g)) {
    const a = attributes(tag);
    const here = groups.at(-1);
    if (name === 'g') groups.push({ part: a['data-part'] ?? '', fill: '' });
    if (name === '/g') groups.pop();
    if (name === 'path' && a['data-part'] === 'line') picture.lines.push(lineOf(a.d ?? ''));
    if (name === 'text')
      picture.texts.push({
        ...writtenOf(a, content),
        part: here?.part ?? '',
        fill: here?.fill ?? '',
        around: here?.area,
      });
    if (name === 'rect' && here) {
      here.area = areaOf(a);
      here.fill = a.fill ?? '';
      if (here.part === 'box') picture.boxes.push(here.area);
      else picture.chips.push({ ...here.area, box: groups.at(-2)?.area });
    }
  }
  return picture;
}

/** Do they share more than an edge? */
const meet = (a: Area, b: Area, slack = 0.5): boolean =>
  a.left < b.right - slack &&
  b.left < a.right - slack &&
  a.top < b.bottom - slack &&
  b.top < a.bottom - slack;
const within = (a: Area, b: Area): boolean =>
  a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
const grown = (a: Area, by: number): Area => ({
  left: a.left - by,
  right: a.right + by,
  top: a.top - by,
  bottom: a.bottom + by,
});
/** A line has no width; a line along an edge touches nothing. */
const crosses = (s: Area, a: Area): boolean =>
  s.left < a.right - 1 && s.right > a.left + 1 && s.top < a.bottom - 1 && s.bottom > a.top + 1;

/** Two lines with nothing in common, neither where they come from nor where they go, lie on one another. */
const mistaken = (a: Line, b: Line): boolean =>
  String(a.start) !== String(b.start) &&
  String(a.end) !== String(b.end) &&
  a.strokes.some((s) =>
    b.strokes.some(
      (t) =>
        (s.left === s.right &&
          s.left === t.left &&
          t.left === t.right &&
          s.top < t.bottom - 2 &&
          t.top < s.bottom - 2) ||
        (s.top === s.bottom &&
          s.top === t.top &&
          t.top === t.bottom &&
          s.left < t.right - 2 &&
          t.left < s.right - 2),
    ),
  );

const pairs = <T>(list: T[]): [T, T][] =>
  list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));

/** Everything that lies on something else, or sticks out of what should hold it. */
function faultsOf(svg: string): string[] {
  const { page, boxes, chips, texts, lines } = pictureOf(svg);
  const strokes = lines.flatMap((l) => l.strokes);
  const free = texts.filter((t) => !t.around);
  const at = ({ left, top }: Area) => `${left},${top}`;
  return [
    ...pairs(boxes).flatMap(([a, b]) => (meet(a, b) ? [`box ${at(a)} on box ${at(b)}`] : [])),
    ...pairs(chips).flatMap(([a, b]) => (meet(a, b) ? [`chip ${at(a)} on chip ${at(b)}`] : [])),
    ...pairs(texts).flatMap(([a, b]) => (meet(a, b) ? [`${a.text} on ${b.text}`] : [])),
    ...texts.flatMap((t) => (within(t, t.around ?? page) ? [] : [`${t.text} sticks out`])),
    ...[...boxes, ...chips].flatMap((b) =>
      within(b, 'box' in b && b.box ? (b.box as Area) : page) ? [] : [`${at(b)} out`],
    ),
    ...free.flatMap((t) =>
      [...boxes, ...chips].flatMap((b) => (meet(t, b) ? [`${t.text} on box ${at(b)}`] : [])),
    ),
    ...texts
      .filter((t) => t.part === 'box')
      .flatMap((t) => chips.flatMap((c) => (meet(t, c) ? [`${t.text} on chip ${at(c)}`] : []))),
    ...strokes.flatMap((s) =>
      boxes.flatMap((b) => (crosses(s, b) ? [`line ${at(s)} through box ${at(b)}`] : [])),
    ),
    ...strokes.flatMap((s) =>
      texts.flatMap((t) => (crosses(s, t) ? [`line ${at(s)} through ${t.text}`] : [])),
    ),
    ...pairs(lines).flatMap(([a, b]) => (mistaken(a, b) ? [`line to ${a.end} on line to ${b.end}`] : [])),
    ...strokes.flatMap((s) => (within(s, page) ? [] : [`line ${at(s)} leaves the page`])),
  ];
}

const TWELVE = '一二三四五六七八九十甲乙';

/** Every step kind, every side state, routes both ways, long titles. */
const STEPS: Step[] = [
  { id: 'intake', kind: 'intake' },
  { id: 'meeting', kind: 'deliberate', passes: 'true', title: TWELVE },
  {
    id: 'board',
    kind: 'post',
    board: 'village',
    days: 7,
    clock: 'runs',
    show: [],
    onSustained: 'meeting',
    basis: 'x',
  },
  { id: 'acceptance', kind: 'accept' },
  { id: 'opinion', kind: 'review', when: 'R1' },
  { id: 'visit', kind: 'inspect', officers: 2, rectify: 10, when: 'R2', title: `${TWELVE}丙丁（戊己庚辛）` },
  { id: 'hearing', kind: 'appraise', procedure: '听证', basis: 'x', again: 5, unless: 'R1' },
  { id: 'registers', kind: 'check', registers: ['x'], situations: ['new'] },
  {
    id: 'offices',
    kind: 'joint',
    deemed: 'x',
    days: 5,
    when: 'R3',
    parts: ['ZR', 'RS', 'XM', 'ZJ', 'LY', 'GA'].map((office, i) => ({
      office,
      title: `${'甲乙丙丁戊己'[i]}方面的意见`,
      ...(i > 3 && { when: 'R4' }),
    })),
  },
  {
    id: 'pause',
    kind: 'await',
    for: 'authority',
    unless: 'R3',
    lapse: { days: 3, unit: 'workday' },
    onLapse: 'onward',
  },
  { id: 'quota', kind: 'allot', quota: 'x', amount: '1', order: 'received' },
  {
    id: 'county-board',
    kind: 'post',
    board: 'county',
    days: 7,
    clock: 'runs',
    show: [],
    onSustained: 'visit',
    basis: 'x',
  },
  { id: 'decision', kind: 'decide', certificate: 'paper', office: 'MZ', pays: 'year', when: 'R1' },
  { id: 'small-decision', kind: 'decide', at: 'township', unless: 'R1' },
  { id: 'voucher', kind: 'issue', certificate: 'paper', auto: true, situations: ['new'] },
  { id: 'certificate', kind: 'issue', certificate: 'paper', when: 'R4' },
  { id: 'building', kind: 'await', for: 'applicant', lapse: { months: 12 }, onLapse: 'end' },
  { id: 'payment', kind: 'pay', scheme: 'x' },
  { id: 'handover', kind: 'collect' },
  {
    id: 'life',
    kind: 'follow',
    about: '生存认证',
    every: { months: 12 },
    grace: { days: 30, unit: 'natural' },
  },
];
const everything: Definition = {
  ...sampleItem,
  department: 'CL',
  steps: STEPS,
  situations: [
    { id: 'new', title: '新办', renews: { validTo: 'today', basis: 'x' } },
    { id: 'short', title: '简办', without: ['meeting', 'board', 'payment'] },
  ],
  materials: [{ id: 'm', title: 'x', form: 'copy', copies: 1, tolerable: true }],
};
const machine = compile(everything);

const textsOf = (svg: string): string[] => pictureOf(svg).texts.map((t) => t.text);

describe('drawings', function () {
  this.timeout(60_000);
  it('lie clear: every item on disk, in every situation and in all of them at once', () => {
    const { pinned } = inspectDefinitions();
    expect(pinned.length).to.be.greaterThan(3);
    for (const { definition, machine: compiled } of pinned)
      for (const situation of [...definition.situations.map((s) => s.id), undefined]) {
        const svg = draw(compiled, definition.title, situation === undefined ? {} : { situation });
        expect(faultsOf(svg), `${definition.code} ${situation}`).to.deep.equal([]);
      }
  });

  it('lie clear with every step kind and every state marked', () => {
    const all = Object.entries(machine.states).flatMap(([step, state]) =>
      state.states ? Object.keys(state.states).map((leaf) => `${step}.${leaf}`) : [step],
    );
    for (const current of all)
      for (const situation of [{ situation: 'short' }, {}])
        expect(
          faultsOf(draw(machine, '示例', { current, visited: all, ...situation })),
          current,
        ).to.deep.equal([]);
  });

  it('show every state that can be reached, and what each office is asked about', () => {
    const texts = textsOf(draw(machine, '示例')).join('|');
    for (const [step, { states = {} }] of Object.entries(machine.states))
      for (const [leaf, { meta }] of Object.entries(states))
        if (leaf !== 'returned' && leaf !== 'suspended')
          expect(texts, `${step}.${leaf}`).to.contain(wrapped(meta?.title ?? '', 15, 184).join('|'));
    for (const office of ['甲方面的意见', '丙方面的意见', '己方面的意见（需要时）', '民政局 · 分管领导'])
      expect(texts).to.contain(office);
  });

  it('lead from box to box: what is granted reads as a small cycle', () => {
    const { lines, texts, boxes } = pictureOf(draw(machine, '示例', { situation: 'short' }));
    const titleAt = ([x, y]: Point) => {
      const box = boxes.find((b) => within({ left: x, right: x, top: y, bottom: y }, grown(b, 3)));
      return texts.find((t) => t.part === 'box' && t.around && box && within(t, box))?.text;
    };
    const straight = lines.filter((l) => l.strokes.length === 1);
    const ways = straight.map((l) => `${titleAt(l.start)} > ${titleAt(l.end)}`);
    expect(ways).to.include.members([
      '有效 > 待生存认证',
      '待生存认证 > 有效',
      '待生存认证 > 暂停（未生存认证）',
      '暂停（未生存认证） > 有效',
      '有效 > 已注销',
      '已注销 > 有效',
      '待受理 > 待补正',
      '待补正 > 待受理',
    ]);
    expect(lines.filter((l) => !titleAt(l.start)).length).to.equal(0);
  });

  it('tell once, at the bottom, what may happen anywhere, and every other end', () => {
    const picture = pictureOf(draw(machine, '示例', { situation: 'new' }));
    const told = picture.texts.filter((t) => t.part === 'legend').map((t) => t.text);
    expect(told).to.include(
      '撤回申请（决定作出前）；补交容缺材料；容缺材料逾期未补，终止；逾期未决定，视为准予延续；因其他事项注销',
    );
    const arrows = picture.texts.filter((t) => t.part === 'label').map((t) => t.text);
    expect(arrows.filter((t) => /撤回申请|容缺|延续/.test(t))).to.deep.equal([]);
    const lowest = Math.max(...picture.boxes.map((b) => b.bottom));
    expect(picture.texts.filter((t) => t.text === '已撤回').length).to.equal(1);
    const bottom = picture.texts.filter((t) => t.part === 'chip' && t.top > lowest);
    expect(bottom.map((t) => t.text)).to.include.members(['不予批准', '已撤回', '逾期失效', '已终止']);
  });

  it('say which way the form decides, and where to when there is room', () => {
    const arrows = textsOf(draw(machine, '示例', { situation: 'new' }));
    expect(arrows).to.include.members(['特定情形', '一般情形', '一般情形：鉴定']);
    const plain = textsOf(
      draw(compile({ ...everything, steps: STEPS.slice(0, 4) }), '示例', { situation: 'new' }),
    );
    expect(plain.filter((t) => t.includes('情形'))).to.deep.equal([]);
  });

  it('mark the state a case is in and those it has been through', () => {
    const box = (marks: object, title: string) =>
      pictureOf(draw(machine, '示例', { situation: 'new', ...marks })).texts.find((t) => t.text === title);
    expect(box({ current: 'quota.pending' }, '● 指标分配')?.fill).to.equal('#0b4a8f');
    expect(box({ visited: ['quota.pending'] }, '指标分配')?.fill).to.equal('#e3edf8');
    expect(box({}, '指标分配')?.fill).to.equal('#ffffff');
    const red = (current: string) =>
      pictureOf(draw(machine, '示例', { situation: 'new', current })).texts.filter(
        (t) => t.fill === '#b3131b',
      );
    expect(red('opinion.returned').map((t) => t.text)).to.deep.equal(['退回']);
    expect(red('withdrawn').map((t) => t.text)).to.deep.equal(['已撤回']);
  });

  it('mark the way a case went above the rest, which is faint', () => {
    const walked = [
      ['intake.draft', 'meeting.pending'],
      ['acceptance.pending', 'acceptance.correction'],
      ['acceptance.correction', 'acceptance.pending'],
    ] as const;
    const marks = {
      situation: 'new',
      current: 'acceptance.pending',
      visited: walked.map(([from]) => from),
      walked,
    };
    const svg = draw(machine, '示例', marks);
    expect(faultsOf(svg)).to.deep.equal([]);
    const ways = [...svg.matchAll(/data-way="(walked|faint)"/g)].map((m) => m[1]);
    expect(ways.filter((w) => w === 'walked')).to.have.length(3);
    expect(ways.lastIndexOf('faint')).to.be.below(ways.indexOf('walked'));
    expect(svg).not.to.include('url(#arrow)');
    expect(textsOf(svg).join('')).to.include('粗蓝线');
    expect(draw(machine, '示例', { situation: 'new' })).not.to.include('data-way');
  });

  it('escape what they are told, and carry no script or style', () => {
    const steps = STEPS.map((s) => (s.id === 'meeting' ? { ...s, title: '<b>"&' } : s));
    const svg = draw(compile({ ...everything, steps }), '<script>"&', { situation: 'new' });
    expect(svg).to.match(/^<svg [^>]*role="img"/);
    expect(svg).to.contain('<title>&lt;script&gt;&quot;&amp;</title>').and.contain('>&lt;b&gt;&quot;&amp;<');
    expect(svg).to.not.match(/style=|<style|<script|<b>/);
  });

  it('break a title of more than twelve characters into lines and cut none', () => {
    expect(wrapped(TWELVE, 15, 184)).to.deep.equal([TWELVE]);
    expect(wrapped(`${TWELVE}（丙丁）`, 15, 184)).to.deep.equal([TWELVE, '（丙丁）']);
    expect(wrapped(`${TWELVE}，丙`, 15, 184)).to.deep.equal([TWELVE.slice(0, -1), '乙，丙']);
    expect(wrapped('字'.repeat(25), 15, 184).map((l) => l.length)).to.deep.equal([12, 12, 1]);
  });

  it('call the offices as the list of departments does', () => {
    const { departments } = JSON.parse(readFileSync('data/departments.json', 'utf8'));
    const short = departments.map((d: { code: string; short: string }) => [d.code, d.short]);
    expect(OFFICE_WORDS).to.deep.equal(Object.fromEntries(short));
  });
});

describe('the machine of one situation', () => {
  /** Steps that a main act may lead to. */
  const next = (situation: string | undefined, step: string, event: string): string[] => {
    const { states = {}, initial = '' } = inSituation(machine, situation).states[step] ?? {};
    const ways = states[initial]?.on?.[event as 'FORWARD'] ?? [];
    return ways.map((t) => `${t.target?.split('.').at(-1)}${t.guard?.type === 'taken' ? '?' : ''}`);
  };

  it('leaves out its steps, and takes for sure what nothing but the situation decides', () => {
    expect(next('short', 'intake', 'FILE')).to.deep.equal(['acceptance']);
    expect(next('short', 'hearing', 'RECORD_RESULT')).to.deep.equal(['told', 'offices?', 'pause']);
    expect(Object.keys(inSituation(machine, 'short').states)).to.not.include.members(['meeting', 'payment']);
    expect(next(undefined, 'intake', 'FILE')).to.deep.equal(['meeting?', 'acceptance']);
  });

  it('remembers which rules struck: one that led here is not asked again', () => {
    expect(next('new', 'opinion', 'FORWARD')).to.deep.equal(['visit?', 'registers']);
    expect(next('new', 'acceptance', 'ACCEPT')).to.deep.equal(['opinion?', 'visit?', 'hearing']);
    expect(next('new', 'offices', 'GIVE_OPINION')).to.deep.equal(['quota']);
    expect(next('short', 'small-decision', 'APPROVE')).to.deep.equal(['certificate?', 'building']);
  });
});

describe('cunban draw --all', function () {
  this.timeout(60_000);
  it('writes every situation of every sound item, and fails when an item has faults', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cunban-draw-'));
    const said: string[] = [];
    const complained: string[] = [];
    const verb = (...argv: string[]) =>
      drawVerb(
        argv,
        (s) => said.push(s),
        (s) => complained.push(s),
      );
    const code = await verb('--all', '--out', join(folder, 'new'));
    const { pinned, faults } = inspectDefinitions();
    const files = pinned.flatMap(({ definition: d }) => d.situations.map((s) => `${d.code}-${s.id}.svg`));
    expect(said).to.deep.equal([
      ...files.map((f) => join(folder, 'new', f)),
      `${files.length} drawings of ${pinned.length} items`,
    ]);
    for (const file of said.slice(0, -1)) expect(existsSync(file), file).to.equal(true);
    expect([code, complained.length]).to.deep.equal([faults.length > 0 ? 1 : 0, faults.length]);
    for (const wrong of [
      ['--all', 'MZ-01'],
      ['--some'],
      [],
      ['MZ-01', '--out', folder],
      ['MZ-01', 'new', 'x'],
    ])
      expect(await verb(...wrong), wrong.join(' ')).to.equal(2);
    rmSync(folder, { recursive: true });
  });
});
