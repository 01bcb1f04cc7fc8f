import type { OrgMap } from '../../people/orgs/index.ts';
import { chartOf } from '../records/index.ts';
import type { LetterFile } from './commands/handle.ts';
import { type Letter, MODES } from './types.ts';

/** A line of the desk's list. */
export const lineOf = ({ record, mode, desk, toOrg, title }: Letter, orgs: OrgMap) => ({
  id: record.id,
  title,
  mode,
  modeTitle: MODES[mode].title,
  desk,
  office: orgs.get(toOrg).name,
  state: record.state,
  stateTitle: chartOf('letter').title(record.state),
  dueOn: record.dueOn,
  dueProvisional: record.dueProvisional,
  version: record.version,
});

/** One letter for its desk. */
export const fileOf = (file: LetterFile, orgs: OrgMap) => ({
  ...lineOf(file.letter, orgs),
  consent: file.letter.consent,
  satisfied: file.letter.satisfied,
  about: file.subjects.map((id) => ({ id, name: orgs.find(id)?.name ?? id })),
  messages: file.messages,
  identity: file.identity,
  openings: file.openings,
  publication: file.publication,
  possible: file.possible,
});
