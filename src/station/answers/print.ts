/** The sheet a citizen takes home: an answer, not a decision. The village station signs it. */
import { chineseDate } from '../../kernel/time.ts';
import type { PrintedPaper } from '../../platform/pdf/index.ts';
import { printedCode } from '../codes.ts';
import { layOut, notes, parameters, remedies, type Words } from '../papers/index.ts';
import { STATION_SEAL, stationOf, type Unsealed } from '../prints.ts';
import type { StoredAnswer } from './store.ts';
import type { AnswerDeps, AnswerNote } from './types.ts';

/** What the sheet is called. */
export const NOTE_TITLE = notes.answer.title as string;

type Orgs = Pick<AnswerDeps, 'orgs'>;

/** Who answers for the item: the department asked when somebody does not agree. */
export const departmentOf = (
  { orgs }: Orgs,
  { villageId, department }: Pick<AnswerNote, 'villageId' | 'department'>,
): string => orgs.deskOrg({ at: 'county', role: 'officer' }, villageId, department).name;

function wordsOf(deps: Orgs, note: StoredAnswer): Words {
  const organ = departmentOf(deps, note);
  return {
    applicant: note.applicantName,
    idNumber: note.personMasked ?? undefined,
    item: note.itemTitle,
    code: note.itemCode,
    village: deps.orgs.get(note.villageId).name,
    organ,
    telephone: parameters.telephone,
    says: note.says,
    basis: note.basis ?? undefined,
    givenOn: chineseDate(note.givenOn),
    clerk: note.givenName ?? undefined,
    complaint: remedies.complaint.replace('{{organ}}', organ).replace('{{reviewer}}', parameters.reviewer),
  };
}

/** The print of a note. It prints how to complain, never review or court: nothing was decided (B.3). */
export function printOf(deps: Orgs, note: StoredAnswer): Unsealed<PrintedPaper> {
  const station = stationOf(deps, note.villageId);
  return {
    title: NOTE_TITLE,
    author: station,
    subject: `${note.itemCode} ${note.itemTitle}`,
    createdAt: note.givenAt,
    heading: [station, NOTE_TITLE],
    number: note.number,
    blocks: layOut(notes.answer, wordsOf(deps, note)),
    signature: {
      organ: station,
      date: chineseDate(note.givenOn),
      seal: STATION_SEAL,
      qr: { lines: [`校验码 ${printedCode(note.verifyCode)}`, `联系电话 ${parameters.telephone}`] },
    },
  };
}
