import type { Knex } from 'knex';
import { notFound } from '../../errors.ts';
import { addWorkdays } from '../../kernel/calendar.ts';
import { newId } from '../../kernel/ids.ts';
import { maskName } from '../../kernel/mask.ts';
import { chineseDate, localDate } from '../../kernel/time.ts';
import { nextNumber, type Trx, transact } from '../../platform/db/index.ts';
import { type Block, type PrintedPaper, renderPaperPdf } from '../../platform/pdf/index.ts';
import type { PaperKind } from '../../workflow/types.ts';
import { newCode, printedCode, readCode } from '../codes.ts';
import type { CaseFacts } from '../facts.ts';
import { blocksOf, nameFor } from './layout.ts';
import { type Words, wordsOf } from './rules.ts';
import * as store from './store.ts';
import { forKind, parameters, remedies, type Template, templates } from './templates.ts';
import type { Paper, PaperDeps, PaperVerdict } from './types.ts';

/**
 * Make a paper of a case: numbered without gaps, every word frozen; once for each event and kind.
 * @throws Error when a fact the paper needs is missing
 */
export async function preparePaper(
  trx: Trx,
  deps: PaperDeps,
  facts: CaseFacts,
  kind: PaperKind,
): Promise<Paper> {
  const key = { case_id: facts.caseId, event_seq: facts.event.seq, kind };
  const known = await store.findPaper(trx, key);
  if (known) return publicSide(known);
  const template = templates[kind];
  const words = wordsOf(facts, { ...parameters, ...houseWords(deps, facts) });
  const name = nameFor(template, words);
  const title = forKind(name.title, facts.item.kind);
  const verifyCode = newCode(deps.random);
  const number = await numberOf(trx, facts, name.word);
  const paper: store.StoredPaper = {
    id: newId(deps.clock.now(), deps.random),
    caseId: facts.caseId,
    eventSeq: facts.event.seq,
    kind,
    title,
    number,
    verifyCode,
    createdAt: facts.event.at,
    printSealed: deps.vault.seal(
      JSON.stringify(freeze(printOf(deps, facts, { title, number, verifyCode, template, words }))),
    ),
    verdictSealed: deps.vault.seal(JSON.stringify(verdictOf(facts, title, number))),
    fileHash: null,
  };
  await store.insertPaper(trx, paper);
  return publicSide(paper);
}

/**
 * 文号 `富民受〔2026〕12号`; a receipt carries the case number. A village has no character group: its division
 * code stands in for one, `532628103201会〔2026〕3号`.
 */
async function numberOf(trx: Trx, facts: CaseFacts, word: Template['word']): Promise<string> {
  if (word === undefined) return facts.number;
  const { id, docWord, name } = facts.issuingOrg;
  const group = docWord ?? (id === facts.village.id ? id : null);
  if (group === null) throw new Error(`${name} issues no numbered papers`);
  const series = `${group}${forKind(word, facts.item.kind)}`;
  const year = Number(localDate(facts.event.at).slice(0, 4));
  return `${series}〔${year}〕${await nextNumber(trx, series, year)}号`;
}

function printOf(
  deps: PaperDeps,
  facts: CaseFacts,
  given: { title: string; number: string; verifyCode: string; template: Template; words: Words },
): PrintedPaper {
  const organ = facts.issuingOrg.name;
  return {
    title: given.title,
    author: organ,
    subject: `${facts.item.code} ${facts.item.title}`,
    createdAt: facts.event.at,
    heading: [organ, given.title],
    number: given.number,
    blocks: blocksOf(given.template, facts, given.words, remedies),
    signature: {
      organ,
      date: chineseDate(localDate(facts.event.at)),
      seal: sealOf(facts),
      qr: {
        text: `${deps.publicUrl}/verify/${given.verifyCode}`,
        lines: [
          `校验码 ${printedCode(given.verifyCode)}`,
          `联系电话 ${facts.issuingOrg.phone ?? parameters.telephone}`,
        ],
      },
    },
  };
}

/** A village signs with its own seal, whatever the item (B1-10). */
const sealOf = ({ item, issuingOrg, village }: CaseFacts): string =>
  item.kind === 'permit' && issuingOrg.id !== village.id ? '行政许可专用章' : '公章';

/** Words that need a calendar or the templates themselves. */
const houseWords = (
  deps: PaperDeps,
  { receivedAt, certificate, item }: CaseFacts,
): Record<string, string> => ({
  delivered: certificate
    ? `${certificate.title}（${certificate.number}）`
    : forKind(templates.approval.title, item.kind),
  // A.0: the village sends the file up within one working day of receipt.
  ...(receivedAt !== null && {
    forwardBy: chineseDate(addWorkdays(deps.calendar(), localDate(receivedAt), 1)),
  }),
});

const verdictOf = (facts: CaseFacts, title: string, number: string): PaperVerdict => ({
  title,
  number,
  applicant: maskName(facts.applicant.name),
  itemTitle: facts.item.title,
  organ: facts.issuingOrg.name,
  madeOn: localDate(facts.event.at),
});

/** Pictures as text, so that a print can be kept as JSON. */
const freeze = (print: PrintedPaper) => ({
  ...print,
  blocks: print.blocks.map((b) => (b.kind === 'image' ? { ...b, bytes: b.bytes.toString('base64') } : b)),
});

const thaw = (text: string): PrintedPaper => {
  const print = JSON.parse(text) as PrintedPaper;
  const blocks = print.blocks.map(
    (b): Block => (b.kind === 'image' ? { ...b, bytes: Buffer.from(String(b.bytes), 'base64') } : b),
  );
  return { ...print, blocks };
};

const publicSide = ({
  printSealed: _p,
  verdictSealed: _v,
  fileHash: _f,
  ...paper
}: store.StoredPaper): Paper => paper;

/** The PDF of a paper; printed once and kept by its content, so that a reprint is the same bytes. */
export async function renderPaper(deps: PaperDeps, id: string): Promise<Buffer> {
  const paper = await store.findPaper(deps.db.read, { id });
  if (!paper) throw notFound('paper.not_found');
  if (paper.fileHash !== null) return deps.files.get(paper.fileHash);
  const bytes = await renderPaperPdf(thaw(deps.vault.open(paper.printSealed)));
  const { hash } = await deps.files.put(bytes);
  await transact(deps.db, (trx) => store.saveFile(trx, id, hash));
  return bytes;
}

/** Papers of a case, oldest first. */
export async function listPapers(db: Trx | Knex, caseId: string): Promise<Paper[]> {
  return (await store.listByCase(db, caseId)).map(publicSide);
}

/** @throws notFound `paper.not_found` */
export async function getPaper(db: Trx | Knex, id: string): Promise<Paper> {
  const paper = await store.findPaper(db, { id });
  if (!paper) throw notFound('paper.not_found');
  return publicSide(paper);
}

/** What anybody holding the paper may learn from its code. */
export async function findPaperByCode(
  deps: Pick<PaperDeps, 'db' | 'vault'>,
  code: string,
): Promise<PaperVerdict | undefined> {
  const paper = await store.findPaper(deps.db.read, { verify_code: readCode(code) });
  return paper && JSON.parse(deps.vault.open(paper.verdictSealed));
}
