import type { Knex } from 'knex';
import { up as platform } from './0001-platform.ts';
import { up as people } from './0002-people.ts';
import { up as cases } from './0003-cases.ts';
import { up as papers } from './0004-papers.ts';
import { up as messages } from './0005-messages.ts';
import { up as notices } from './0006-notices.ts';
import { up as desks } from './0007-desks.ts';
import { up as quotas } from './0008-quotas.ts';
import { up as links } from './0009-links.ts';
import { up as packages } from './0010-packages.ts';
import { up as answerPrints } from './0011-answer-prints.ts';
import { up as paperServices } from './0012-paper-services.ts';
import { up as signingKeys } from './0013-signing-keys.ts';
import { up as certificateRegister } from './0014-certificate-register.ts';
import { up as payouts } from './0015-payouts.ts';
import { up as cash } from './0016-cash.ts';
import { up as deskWork } from './0017-desk-work.ts';
import { up as deputies } from './0018-deputies.ts';
import { up as filing } from './0019-filing.ts';
import { up as stations } from './0020-stations.ts';
import { up as administration } from './0021-administration.ts';
import { up as remarks } from './0022-remarks.ts';
import { up as board } from './0023-board.ts';
import { up as help } from './0024-help.ts';
import { up as branchRecords } from './0025-branch-records.ts';
import { up as members } from './0026-members.ts';
import { up as disclosures } from './0027-disclosures.ts';
import { up as surveys } from './0029-surveys.ts';
import { up as mailbox } from './0030-mailbox.ts';
import { up as commitments } from './0031-commitments.ts';

/** Every migration there is, in order. Numbered, never edited once released. */
export const migrations: { name: string; up: (trx: Knex.Transaction) => Promise<void> }[] = [
  { name: '0001-platform', up: platform },
  { name: '0002-people', up: people },
  { name: '0003-cases', up: cases },
  { name: '0004-papers', up: papers },
  { name: '0005-messages', up: messages },
  { name: '0006-notices', up: notices },
  { name: '0007-desks', up: desks },
  { name: '0008-quotas', up: quotas },
  { name: '0009-links', up: links },
  { name: '0010-packages', up: packages },
  { name: '0011-answer-prints', up: answerPrints },
  { name: '0012-paper-services', up: paperServices },
  { name: '0013-signing-keys', up: signingKeys },
  { name: '0014-certificate-register', up: certificateRegister },
  { name: '0015-payouts', up: payouts },
  { name: '0016-cash', up: cash },
  { name: '0017-desk-work', up: deskWork },
  { name: '0018-deputies', up: deputies },
  { name: '0019-filing', up: filing },
  { name: '0020-stations', up: stations },
  { name: '0021-administration', up: administration },
  { name: '0022-remarks', up: remarks },
  { name: '0023-board', up: board },
  { name: '0024-help', up: help },
  { name: '0025-branch-records', up: branchRecords },
  { name: '0026-members', up: members },
  { name: '0027-disclosures', up: disclosures },
  { name: '0029-surveys', up: surveys },
  { name: '0030-mailbox', up: mailbox },
  { name: '0031-commitments', up: commitments },
];
