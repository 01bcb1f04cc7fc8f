/** What leaves the house of a survey. */
import type { OrgMap } from '../../people/orgs/index.ts';
import { chartOf, partsFor, type Who } from '../records/index.ts';
import { isOpen, isTold, keeps } from './policy.ts';
import type { Count, Opinion, Question, Survey } from './types.ts';

export interface SurveyView {
  id: string;
  title: string;
  purpose: string;
  mode: string;
  state: string;
  stateTitle: string;
  version: number;
  org: string;
  place: string;
  until: string;
  dueOn: string | null;
  questions: Question[];
  /** Acts that are possible for the reader now. */
  possible: { event: string; title: string; reason: boolean }[];
  results: Survey['results'];
  texts: Opinion[];
  actions: string | null;
}

/**
 * Results are for those who ask once it is closed, and for everybody once they are published; nobody sees them before.
 * Opinions are shown to those who ask until they are screened, and to everybody only as far as they are published.
 */
export function viewSurvey(survey: Survey, who: Who | null, orgs: OrgMap, texts: Opinion[]): SurveyView {
  const { record } = survey;
  const parts = who ? partsFor(who, record, orgs) : new Set<string>();
  const isKeeping = who !== null && keeps(who, survey, orgs);
  const isAsking = isKeeping && (parts.has('author') || parts.has('survey'));
  const chart = chartOf('survey');
  const seesResults = isTold(survey) || (isAsking && !isOpen(survey));
  return {
    id: record.id,
    title: survey.title,
    purpose: survey.purpose,
    mode: survey.mode,
    state: record.state,
    stateTitle: chart.title(record.state),
    version: record.version,
    org: record.orgId,
    place: survey.place,
    until: survey.until,
    dueOn: record.dueOn,
    questions: survey.questions,
    possible: isKeeping
      ? chart.possible(record.state, parts).map(({ event, title, reason }) => ({
          event,
          title,
          reason: reason === true,
        }))
      : [],
    results: seesResults ? survey.results : null,
    texts: seesResults ? texts.filter((t) => isAsking || t.isPublished === true) : [],
    actions: survey.actions,
  };
}

/** Options in words, by their place. */
export const optionWords = (question: Question): string[] => {
  if (question.kind === 'text') return [];
  if (question.kind !== 'scale') return question.options;
  return [`1（${question.least}）`, '2', '3', '4', `5（${question.most}）`];
};

const quoted = (text: string | number): string => `"${String(text).replaceAll('"', '""')}"`;

/** UTF-8 with its mark: question, option, under which committees, how many answered, how many chose it. */
export function csvOf(survey: Survey, orgs: OrgMap): string {
  const lines: (string | number)[][] = [['题目', '选项', '范围', '回答人数', '选择人数']];
  survey.results?.questions.forEach(({ total, cells }, i) => {
    const question = survey.questions[i];
    if (!question) return;
    const add = (scope: string, { n, counts }: Count) =>
      optionWords(question).forEach((option, o) => {
        lines.push([question.text, option, scope, n, counts[o] ?? 0]);
      });
    if (total) add('全部', total);
    for (const cell of cells) add(cell.places.map((p) => orgs.get(p).name).join('、'), cell);
  });
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}
