/** Who may read, from narrow to wide; the author keeps to the catalogue, wider is the approver's to allow (1.0). */
import type { Answers, Audience, CatalogueItem, Question } from '../types.ts';

const WIDTH: readonly Audience[] = ['subtree', 'members', 'public'];

export const isWider = (audience: Audience, than: Audience): boolean =>
  WIDTH.indexOf(audience) > WIDTH.indexOf(than);

export const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  subtree: '本组织内',
  members: '全体党员',
  public: '向社会公开',
};

export const QUESTION_WORDS: Readonly<Record<Question, string>> = {
  secrecy: '不涉及党和国家秘密、工作秘密',
  necessity: '属于公开范围，有必要公开',
  accuracy: '内容真实、准确，与原件相符',
  personal: '没有不该公开的个人信息，该遮挡的已经遮挡',
  supervision: '村务监督委员会已经审核签字',
};

/** What whoever reviews answers, each by itself; of village affairs also whether the village's own supervisors signed (B.7). */
export const questionsFor = ({ wing }: Pick<CatalogueItem, 'wing'>): Question[] => [
  'secrecy',
  'necessity',
  'accuracy',
  'personal',
  ...(wing === 'village' ? (['supervision'] as const) : []),
];

/** Questions that are not answered with yes. */
export const openQuestions = (item: Pick<CatalogueItem, 'wing'>, answers: Answers | null): Question[] =>
  questionsFor(item).filter((q) => answers?.[q]?.sound !== true);
