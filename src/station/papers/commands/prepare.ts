import { addWorkdays } from '../../../kernel/calendar.ts';
import { newId } from '../../../kernel/ids.ts';
import { maskName } from '../../../kernel/mask.ts';
import { chineseDate, localDate } from '../../../kernel/time.ts';
import { nextNumber, type Trx } from '../../../platform/db/index.ts';
import type { Block, PrintedPaper } from '../../../platform/pdf/index.ts';
import type { PaperKind } from '../../../workflow/types.ts';
import { newCode, printedCode } from '../../codes.ts';
import type { CaseFacts } from '../../facts.ts';
import { blocksOf, carriesRemedies, nameFor } from '../layout.ts';
import { publicSide } from '../present.ts';
import { type Words, wordsOf } from '../rules.ts';
import * as store from '../store.ts';
import { forKind, parameters, remedies, type Template, templates } from '../templates.ts';
import type { AnyPaperKind, CertificateDecision, Paper, PaperDeps, PaperVerdict } from '../types.ts';

/** What a paper is made of: the case, and words that only this occasion knows. */
export interface Making {
  kind: AnyPaperKind;
  occasion: string;
  facts: CaseFacts;
  words?: Words;
}

/**
 * Make a paper of an event of a case: numbered without gaps, every word frozen; once for each event and kind.
 * @throws Error when a fact the paper needs is missing
 */
export const preparePaper = (trx: Trx, deps: PaperDeps, facts: CaseFacts, kind: PaperKind): Promise<Paper> =>
  makePaper(trx, deps, { kind, facts, occasion: `event:${facts.event.seq}` });

/**
 * Make the written decision of an act on a certificate (变更、撤回、撤销、注销、暂扣、恢复); once for its occasion.
 * @param facts the case of the certificate as of its last event
 * @throws Error when a fact is missing: a withdrawal without a word on compensation (行政许可法 art. 8)
 */
export function prepareCertificateDecision(
  trx: Trx,
  deps: PaperDeps,
  facts: CaseFacts,
  decision: CertificateDecision,
): Promise<Paper> {
  const { occasion, act, certificate, at, reason, basis, compensation, until } = decision;
  return makePaper(trx, deps, {
    kind: 'certificate-decision',
    occasion,
    facts: { ...facts, event: { ...facts.event, at, data: {} } },
    words: {
      [act]: '是',
      reason,
      basis,
      compensation,
      until: until && chineseDate(until),
      certificateTitle: certificate.title,
      certificateNumber: certificate.number,
      issuedOn: chineseDate(certificate.issuedOn),
    },
  });
}

/** Make a paper, once for its case, occasion and kind. */
export async function makePaper(trx: Trx, deps: PaperDeps, making: Making): Promise<Paper> {
  const { kind, occasion, facts } = making;
  await store.lockCase(trx, facts.caseId);
  const known = await store.findPaper(trx, { case_id: facts.caseId, occasion, kind });
  if (known) return publicSide(known);
  const template = templates[kind];
  const words = { ...wordsOf(facts, { ...parameters, ...houseWords(deps, facts) }), ...making.words };
  const name = nameFor(template, words);
  const title = forKind(name.title, facts.item.kind);
  const verifyCode = newCode(deps.random);
  const number = await numberOf(trx, facts, name.word);
  const paper: store.StoredPaper = {
    id: newId(deps.clock.now(), deps.random),
    caseId: facts.caseId,
    eventSeq: facts.event.seq,
    occasion,
    kind,
    title,
    number,
    verifyCode,
    createdAt: facts.event.at,
    decides: carriesRemedies(template, words),
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
  { appliedOn, certificate, item }: CaseFacts,
): Record<string, string> => ({
  delivered: certificate
    ? `${certificate.title}（${certificate.number}）`
    : forKind(templates.approval.title, item.kind),
  // A.0: the village sends the file up within one working day of receipt.
  ...(appliedOn !== null && { forwardBy: chineseDate(addWorkdays(deps.calendar(), appliedOn, 1)) }),
});

const verdictOf = (facts: CaseFacts, title: string, number: string): PaperVerdict => ({
  title,
  number,
  applicant: maskName(facts.applicant.name),
  itemTitle: facts.item.title,
  organ: facts.issuingOrg.name,
  organId: facts.issuingOrg.id,
  madeOn: localDate(facts.event.at),
});

/** Pictures as text, so that a print can be kept as JSON. */
const freeze = (print: PrintedPaper) => ({
  ...print,
  blocks: print.blocks.map((b) => (b.kind === 'image' ? { ...b, bytes: b.bytes.toString('base64') } : b)),
});

/** The print again, as it was frozen. */
export function thaw(text: string): PrintedPaper {
  const print = JSON.parse(text) as PrintedPaper;
  const blocks = print.blocks.map(
    (b): Block => (b.kind === 'image' ? { ...b, bytes: Buffer.from(String(b.bytes), 'base64') } : b),
  );
  return { ...print, blocks };
}
