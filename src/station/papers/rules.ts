/**
 * What a paper says: words from the facts of a case, laid into a template. Pure.
 * Longer than most: the words and the blocks that name them are read side by side.
 */
import { maskId } from '../../kernel/mask.ts';
import { chineseDate, chineseDateTime, localDate } from '../../kernel/time.ts';
import type { LocalDate } from '../../kernel/types.ts';
import type { Block } from '../../platform/pdf/index.ts';
import type { Definition } from '../../workflow/types.ts';
import { type CaseFacts, noticeResult, publicValue } from '../facts.ts';
import type { Template, TemplateBlock } from './templates.ts';

/** A word that is missing stops the paper, unless the field or block that names it is optional. */
export type Words = Record<string, string | undefined>;

const day = (d: LocalDate | null): string | undefined => (d === null ? undefined : chineseDate(d));
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const date = (value: unknown): string | undefined => (text(value) ? chineseDate(value as string) : undefined);

const FORM_WORDS: Record<string, string> = { original: '原件', copy: '复印件', electronic: '电子' };

/** Every word of a case that a template may name. */
export function wordsOf(facts: CaseFacts, parameters: Record<string, string>): Words {
  return { ...parameters, ...caseWords(facts), ...eventWords(facts), ...outcomeWords(facts) };
}

function caseWords(facts: CaseFacts): Words {
  return {
    number: facts.number,
    item: facts.item.title,
    permit: facts.item.kind === 'permit' ? '是' : undefined,
    situation: facts.situationTitle,
    applicant: facts.applicant.name,
    village: facts.village.name,
    clerk: facts.clerk.name,
    organ: facts.issuingOrg.name,
    fee: facts.item.fee,
    basis: facts.item.basis.join('；'),
    receivedAt: facts.receivedAt === null ? undefined : chineseDateTime(facts.receivedAt),
    acceptedOn: day(facts.acceptedOn),
    deemed: facts.deemed ? '是' : undefined,
    provisional: facts.provisional ? '是' : undefined,
    statutoryDue: day(facts.statutoryDue) ?? '本事项没有法定期限',
    promisedDue: day(facts.promisedDue) ?? '计时中止',
    untimed: facts.untimed.join('；') || '无',
    correctionDue: day(facts.correctionDue),
  };
}

function eventWords({ event }: CaseFacts): Words {
  const d = event.data;
  const officers = d.officers as { name: string; licence: string }[] | undefined;
  return {
    eventDate: chineseDate(localDate(event.at)),
    opinion: text(d.opinion),
    conditions: text(d.conditions),
    amount: typeof d.amount === 'number' ? `每月 ${d.amount.toFixed(2)} 元` : undefined,
    branch: text(d.branch),
    authority: text(d.authority),
    facts: text(d.facts),
    evidence: text(d.evidence),
    reason: text(d.reason),
    procedure: text(d.procedure),
    expectedEnd: date(d.expectedEnd),
    approvedBy: text(d.approvedBy),
    visitedAt: date(d.visitedAt),
    place: text(d.place),
    findings: text(d.findings),
    conclusion: text(d.conclusion),
    witness: text(d.witness),
    officers: officers?.map((o) => `${o.name}（执法证号 ${o.licence}）`).join('、'),
    collector: text(d.collector),
    collectorName: text(d.name),
    relation: text(d.relation),
    terminationReason:
      event.type === 'CORRECTION_LAPSED' ? '逾期没有补正，视为撤回申请' : withdrawal(text(d.reason)),
  };
}

const withdrawal = (reason: string | undefined): string | undefined => reason && `申请人撤回（${reason}）`;

function outcomeWords({ extension, notice, certificate }: CaseFacts): Words {
  return {
    extensionDays: extension ? String(extension.days) : undefined,
    extensionBasis: extension?.basis,
    extensionFrom: extension ? day(extension.from) : undefined,
    extensionTo: extension ? day(extension.to) : undefined,
    boardName: notice?.boardName,
    noticeFrom: notice ? day(notice.openedOn) : undefined,
    noticeUntil: notice ? day(notice.until) : undefined,
    noticeBasis: notice?.basis,
    noticeResult: notice?.objections ? noticeResult(notice.objections) : undefined,
    certificateTitle: certificate?.title,
    certificateNumber: certificate?.number,
    certificateValidity: certificate ? validityOf(certificate.years) : undefined,
    delivered: certificate ? `${certificate.title}（${certificate.number}）` : '办理结果通知书',
  };
}

/** At the decision the certificate is not yet issued, so its days are told by their beginning and length. */
function validityOf(years: number | null | undefined): string {
  if (years === undefined) return '自证件颁发之日起计算，以证件载明的为准';
  return years === null ? '长期有效' : `自证件颁发之日起${years}年`;
}

/**
 * Put words into a text.
 * @throws Error naming the word that is missing: a paper has no blanks in its sentences
 */
function fill(template: string, words: Words): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const word = words[name];
    if (word === undefined) throw new Error(`the paper needs "${name}"`);
    return word;
  });
}

const namesIn = (template: string) =>
  [...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name as string);

/** The common block of every paper (B.4): item, case number, applicant with masked number. */
function common(facts: CaseFacts): Block {
  const words = {
    item: `${facts.item.title}（${facts.item.code}）`,
    number: text(facts.number),
    applicant: text(facts.applicant.name),
    idNumber: text(maskId(facts.applicant.idNumber)),
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

/** The blocks of a paper, in order. */
export function blocksOf(
  template: Template,
  facts: CaseFacts,
  words: Words,
  remedies: Record<Definition['remedies'], string>,
): Block[] {
  const kept = template.blocks.filter(
    (b) => (b.if === undefined || words[b.if]) && (b.unless === undefined || !words[b.unless]),
  );
  return [...kept.flatMap((b) => blockOf(b, facts, words, remedies)), common(facts)];
}

function blockOf(
  block: TemplateBlock,
  facts: CaseFacts,
  words: Words,
  remedies: Record<Definition['remedies'], string>,
): Block[] {
  if ('paragraph' in block)
    return [{ kind: 'paragraph', text: fill(block.paragraph, words), indent: block.indent === true }];
  if ('fields' in block) {
    const rows = block.fields
      .filter(([, value, optional]) => !optional || namesIn(value).every((name) => words[name] !== undefined))
      .map(([label, value]) => ({ label, value: fill(value, words) }));
    return rows.length > 0 ? [{ kind: 'fields', rows }] : [];
  }
  if ('lines' in block) return [{ kind: 'lines', items: block.lines }];
  if ('remedies' in block)
    return [{ kind: 'paragraph', text: fill(remedies[facts.remedies], words), indent: true }];
  if ('signature' in block) return signatureBlock(block.signature, facts);
  return [TABLES[block.table](facts)];
}

function signatureBlock(label: string, { event }: CaseFacts): Block[] {
  const picture = /^data:image\/png;base64,(.+)$/.exec(String(event.data.signature ?? ''))?.[1];
  return picture ? [{ kind: 'image', label, bytes: Buffer.from(picture, 'base64') }] : [];
}

type Listed = { reason?: string; basis?: string; target?: string; example?: string };
const listOf = (facts: CaseFacts, key: string): Listed[] => (facts.event.data[key] ?? []) as Listed[];
const numbered = (rows: string[][]): string[][] => rows.map((row, i) => [String(i + 1), ...row]);

const TABLES: Record<'materials' | 'faults' | 'reasons' | 'shown', (facts: CaseFacts) => Block> = {
  materials: (facts) => ({
    kind: 'table',
    head: ['序', '材料', '形式', '份数', '提交方式'],
    widths: [6, 42, 14, 10, 28],
    rows: numbered(
      facts.materials.map((m) => [m.title, FORM_WORDS[m.form] ?? m.form, String(m.copies), m.way]),
    ),
  }),
  faults: (facts) => ({
    kind: 'table',
    head: ['序', '补正内容', '理由', '示例'],
    widths: [6, 30, 38, 26],
    rows: numbered(
      listOf(facts, 'faults').map((f) => [
        facts.titles[f.target ?? ''] ?? f.target ?? '',
        f.reason ?? '',
        f.example ?? '—',
      ]),
    ),
  }),
  reasons: (facts) => ({
    kind: 'table',
    head: ['序', '理由', '依据'],
    widths: [6, 54, 40],
    rows: numbered(listOf(facts, 'reasons').map((r) => [r.reason ?? '', r.basis ?? ''])),
  }),
  shown: (facts) => ({
    kind: 'fields',
    rows: (facts.notice?.shown ?? []).map(({ label, value }) => ({
      label,
      value: publicValue(value) || '—',
    })),
  }),
};
