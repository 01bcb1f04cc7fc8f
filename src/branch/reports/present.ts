/** What leaves the house of a thought report: to its author and its addressee alone. */
import { chartOf, type Who } from '../records/index.ts';
import { partsIn } from './policy.ts';
import type { ThoughtReport } from './types.ts';

export interface ReportView {
  id: string;
  org: string;
  /** The other one of the two. */
  isOwn: boolean;
  author: string;
  addressee: string;
  sentAt: string;
  state: string;
  stateTitle: string;
  version: number;
  dueOn: string | null;
  dueProvisional: boolean;
  text: string | null;
  answer: string | null;
  possible: { event: string; title: string }[];
}

export function viewReport(report: ThoughtReport, who: Who, names: ReadonlyMap<string, string>): ReportView {
  const { record, addresseeId, text, answer } = report;
  const chart = chartOf('report');
  const parts = partsIn(who, report);
  return {
    id: record.id,
    org: record.orgId,
    isOwn: parts.has('author'),
    author: names.get(record.authorId ?? '') ?? '',
    addressee: names.get(addresseeId) ?? '',
    sentAt: record.createdAt,
    state: record.state,
    stateTitle: chart.title(record.state),
    version: record.version,
    dueOn: record.dueOn,
    dueProvisional: record.dueProvisional,
    text,
    answer,
    possible: chart.possible(record.state, parts).map(({ event, title }) => ({ event, title })),
  };
}
