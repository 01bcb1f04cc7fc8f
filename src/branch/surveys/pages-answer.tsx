/** The form in which a survey is answered. */
import type { JSX } from 'preact';
import type { Fault } from '../../errors.ts';
import {
  Actions,
  Button,
  Card,
  CheckField,
  CsrfField,
  ErrorSummary,
  fieldId,
  RadioField,
  SelectField,
  TextArea,
} from '../../platform/web/index.ts';
import { optionWords, type SurveyView } from './present.ts';
import type { Answer, Question } from './types.ts';

/** What the form says: `a0` a choice or words, `a1` several ticks, `a2.0` the place of an option. */
export function readAnswers(
  questions: readonly Question[],
  fields: readonly (readonly [string, string])[],
): Answer[] {
  const all = (name: string): string[] => fields.flatMap(([n, v]) => (n === name && v !== '' ? [v] : []));
  return questions.map((question, i): Answer => {
    const name = `a${i}`;
    const [first] = all(name);
    if (question.kind === 'text') return first ?? null;
    if (question.kind === 'multi') return all(name).map(Number);
    if (question.kind !== 'ranking') return first === undefined ? null : Number(first);
    const places = question.options.map((_, o) => Number(all(`${name}.${o}`)[0] ?? 0));
    if (places.every((p) => p === 0)) return null;
    return places.map((_, rank) => places.indexOf(rank + 1));
  });
}

interface Props {
  view: SurveyView;
  csrf: string;
  faults: readonly Fault[];
  sent: ReadonlyMap<string, string>;
}

export function AnswerForm({ view, csrf, faults, sent }: Props): JSX.Element {
  return (
    <Card title="回答">
      <ErrorSummary faults={faults} />
      <p>
        {view.mode === 'anonymous'
          ? '不留姓名和时间，谁也查不出是您答的。提交以后不能再改，也不能再答。每题都可以不答。'
          : '这次调查留下姓名，调查负责人看得到您的回答。每题都可以不答。'}
      </p>
      <form method="post" action={`/branch/surveys/${view.id}/answers`}>
        <CsrfField token={csrf} />
        {view.questions.map((question, i) => (
          <Field key={i} question={question} i={i} faults={faults} sent={sent} />
        ))}
        <Actions>
          <Button>提交回答</Button>
        </Actions>
      </form>
    </Card>
  );
}

function Field(props: { question: Question; i: number } & Pick<Props, 'faults' | 'sent'>): JSX.Element {
  const { question, i, faults, sent } = props;
  const pointer = `/answers/${i}`;
  const error = faults.find((f) => f.pointer === pointer)?.message;
  const name = `a${i}`;
  const value = sent.get(name) ?? '';
  const shared = {
    id: fieldId(pointer),
    name,
    label: `${i + 1}. ${question.text}`,
    mark: false,
    ...(error && { error }),
  };
  const words = optionWords(question);
  const options = words.map((text, o) => ({ value: String(o), text }));
  if (question.kind === 'text')
    return <TextArea {...shared} value={value} help="300 字以内，请不要写姓名、电话。" />;
  if (question.kind === 'single' || question.kind === 'scale')
    return <RadioField {...shared} value={value} options={options} />;
  return (
    <fieldset class="field w-full" id={shared.id} tabIndex={-1}>
      <legend>
        {shared.label}
        {question.kind === 'ranking' ? '（排名次）' : '（可多选）'}
      </legend>
      {error && <p class="field-error">{error}</p>}
      {words.map((text, o) =>
        question.kind === 'multi' ? (
          <CheckField key={text} id={`${shared.id}-${o}`} name={name} value={String(o)} label={text} />
        ) : (
          <SelectField
            key={text}
            id={`${shared.id}-${o}`}
            name={`${name}.${o}`}
            label={text}
            mark={false}
            width="short"
            blank="不排"
            value={sent.get(`${name}.${o}`) ?? ''}
            options={words.map((_, rank) => ({ value: String(rank + 1), text: `第 ${rank + 1}` }))}
          />
        ),
      )}
    </fieldset>
  );
}
