/** Templates filled with words, and the tables of a case: the blocks of a print. Pure. */
import { maskId } from '../../kernel/mask.ts';
import type { Block } from '../../platform/pdf/index.ts';
import type { Definition } from '../../workflow/types.ts';
import { type CaseFacts, entriesOf, publicValue } from '../facts.ts';
import type { Words } from './rules.ts';
import type { Template, TemplateBlock } from './templates.ts';

const FORM_WORDS: Record<string, string> = { original: '原件', copy: '复印件', electronic: '电子' };

/**
 * Put words into a text.
 * @throws Error naming the word that is missing: a paper has no blanks in its sentences
 */
function fill(template: string, words: Words): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const word = words[name];
    if (word === undefined || word === '') throw new Error(`the paper needs "${name}"`);
    return word;
  });
}

const namesIn = (template: string) =>
  [...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name as string);

/** Is a block, or another name of the paper, the one that fits these words? */
const fits = (shared: { if?: string; unless?: string }, words: Words): boolean =>
  (shared.if === undefined || Boolean(words[shared.if])) &&
  (shared.unless === undefined || !words[shared.unless]);

/** Name and series of a paper: its own, or the other one that these words call for. */
export const nameFor = (template: Template, words: Words): Pick<Template, 'title' | 'word'> =>
  template.instead?.find((other) => fits(other, words)) ?? template;

/** Does a paper with these words tell how it can be fought (B.3)? */
export const carriesRemedies = ({ blocks }: Pick<Template, 'blocks'>, words: Words): boolean =>
  blocks.some((b) => 'remedies' in b && fits(b, words));

/** The blocks of a paper, in order: what its template says, then the common block. */
export function blocksOf(
  template: Template,
  facts: CaseFacts,
  words: Words,
  remedies: Record<Definition['remedies'], string>,
): Block[] {
  return [...layOut(template, words, (b) => caseBlock(b, facts, words, remedies)), common(facts)];
}

/** A template filled with words; `more` makes the blocks that need more than words. */
export function layOut(
  { blocks }: Pick<Template, 'blocks'>,
  words: Words,
  more: (block: TemplateBlock) => Block[] = refuse,
): Block[] {
  return blocks.filter((b) => fits(b, words)).flatMap((b) => plainBlock(b, words) ?? more(b));
}

const refuse = (block: TemplateBlock): never => {
  throw new Error(`this print has no case to make ${JSON.stringify(block)} of`);
};

function plainBlock(block: TemplateBlock, words: Words): Block[] | undefined {
  if ('paragraph' in block)
    return [{ kind: 'paragraph', text: fill(block.paragraph, words), indent: block.indent === true }];
  if ('lines' in block) return [{ kind: 'lines', items: block.lines }];
  if (!('fields' in block)) return undefined;
  const rows = block.fields
    .filter(([, value, condition]) => isShown(value, condition, words))
    .map(([label, value]) => ({ label, value: fill(value, words) }));
  return fieldsOf(rows);
}

function isShown(value: string, condition: string | undefined, words: Words): boolean {
  if (condition === undefined) return true;
  if (condition === 'optional') return namesIn(value).every((name) => words[name] !== undefined);
  const [when = '', name = ''] = condition.split(' ');
  return fits({ [when]: name }, words);
}

const fieldsOf = (rows: { label: string; value: string }[]): Block[] =>
  rows.length > 0 ? [{ kind: 'fields', rows }] : [];

/** The common block of every paper (B.4): item, case number, applicant with masked number. */
function common(facts: CaseFacts): Block {
  const words = {
    item: `${facts.item.title}（${facts.item.code}）`,
    number: facts.number,
    applicant: facts.applicant.name,
    idNumber: maskId(facts.applicant.idNumber),
  };
  return {
    kind: 'fields',
    rows: COMMON.map(([label, value]) => ({ label, value: fill(value, words) })),
  };
}
const COMMON: [label: string, value: string][] = [
  ['事项', '{{item}}'],
  ['办件编号', '{{number}}'],
  ['申请人', '{{applicant}}（证件号 {{idNumber}}）'],
];

/** Blocks that look at more of the case than words. */
function caseBlock(
  block: TemplateBlock,
  facts: CaseFacts,
  words: Words,
  remedies: Record<Definition['remedies'], string>,
): Block[] {
  if ('remedies' in block)
    return [{ kind: 'paragraph', text: fill(remedies[facts.remedies], words), indent: true }];
  if ('signature' in block) return signatureBlock(block.signature, facts);
  return 'table' in block ? TABLES[block.table](facts) : [];
}

const signatureBlock = (label: string, { event }: CaseFacts): Block[] =>
  pictureBlock(label, event.data.signature ?? event.data.fingerprint);

/** A picture beside its label; nothing where none was taken. @param url `data:` URL of a PNG */
export function pictureBlock(label: string, url: unknown): Block[] {
  const picture = /^data:image\/png;base64,(.+)$/.exec(String(url ?? ''))?.[1];
  return picture ? [{ kind: 'image', label, bytes: Buffer.from(picture, 'base64') }] : [];
}

type Listed = { reason?: string; basis?: string; target?: string; example?: string };
const listOf = (facts: CaseFacts, key: string): Listed[] => (facts.event.data[key] ?? []) as Listed[];
const table = (head: string[], widths: number[], rows: string[][]): Block[] => [
  {
    kind: 'table',
    head: ['序', ...head],
    widths: [6, ...widths],
    rows: rows.map((row, i) => [String(i + 1), ...row]),
  },
];

const TABLES: Record<'materials' | 'faults' | 'reasons' | 'shown' | 'asked', (facts: CaseFacts) => Block[]> =
  {
    materials: (facts) =>
      table(
        ['材料', '形式', '份数', '提交方式'],
        [42, 14, 10, 28],
        facts.materials.map((m) => [m.title, FORM_WORDS[m.form] ?? m.form, String(m.copies), m.way]),
      ),
    faults: (facts) =>
      table(
        ['补正内容', '理由', '示例'],
        [30, 38, 26],
        listOf(facts, 'faults').map((f) => [
          facts.titles[f.target ?? ''] ?? f.target ?? '',
          f.reason ?? '',
          f.example ?? '—',
        ]),
      ),
    reasons: (facts) =>
      table(
        ['理由', '依据'],
        [54, 40],
        listOf(facts, 'reasons').map((r) => [r.reason ?? '', r.basis ?? '']),
      ),
    shown: (facts) => shownBlocks(publicRows(facts.notice?.shown ?? [])),
    asked: (facts) => fieldsOf(publicRows(facts.step.asked)),
  };

/** What a notice shows: values in fields, and each value that lists many as a table of its own (B.5). */
function shownBlocks(rows: { label: string; value: string }[]): Block[] {
  const lists = rows.flatMap(({ label, value }) => {
    const entries = entriesOf(value);
    return entries === null ? [] : listTable(label, entries);
  });
  return [...fieldsOf(rows.filter(({ value }) => entriesOf(value) === null)), ...lists];
}

/** `农建国（第三组，每次120元）` in columns, when every entry has such a tail; whole entries otherwise. */
function listTable(label: string, entries: string[]): Block[] {
  const tails = entries.map((entry) => /^([^（]+)（(.+)）$/.exec(entry));
  const title = `${label}（共 ${entries.length} 条）`;
  if (!tails.every((t) => t !== null))
    return table(
      [title],
      [94],
      entries.map((e) => [e]),
    );
  const rows = tails.map(([, head = '', tail = '']) => [head, tail.replaceAll('，', '　')]);
  return table([title, '说明'], [40, 54], rows);
}

const publicRows = (rows: { label: string; value: string }[]): { label: string; value: string }[] =>
  rows.map(({ label, value }) => ({ label, value: publicValue(value) || '—' }));
