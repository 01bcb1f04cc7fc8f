/** What came of a survey, and what those who ask do next. */
import type { JSX } from 'preact';
import type { OrgMap } from '../../people/orgs/index.ts';
import { Badge, Button, Card, CsrfField, Table, TextArea, TextField } from '../../platform/web/index.ts';
import { optionWords, type SurveyView } from './present.ts';
import { FEWEST } from './rules.ts';

export function ResultCards({ view, orgs }: { view: SurveyView; orgs: OrgMap }): JSX.Element | null {
  const { results } = view;
  if (results === null) return null;
  if (results.answered === null) return <p>回答的不足 {FEWEST} 人，不公布结果，以免认出是谁。</p>;
  return (
    <>
      <p>
        {results.answered} 人回答。人数不足 {FEWEST} 人的地方合并统计。
      </p>
      {view.questions.map((question, i) => {
        const { total = null, cells = [] } = results.questions[i] ?? {};
        const words = optionWords(question);
        const published = view.texts.filter((t) => t.question === i && t.isPublished === true);
        return (
          <Card key={i} title={`${i + 1}. ${question.text}`}>
            {total === null && <p>回答这一题的不足 {FEWEST} 人，不公布。</p>}
            {total !== null && words.length > 0 && (
              <Table
                caption={`${total.n} 人回答这一题`}
                rows={words.map((text, o) => ({ text, o }))}
                rowKey={(r) => r.text}
                columns={[
                  { title: '选项', head: true, cell: (r) => r.text },
                  { title: '全部', numeric: true, cell: (r) => total.counts[r.o] ?? 0 },
                  ...cells.map((cell) => ({
                    title: cell.places.map((p) => orgs.get(p).name).join('、'),
                    numeric: true,
                    cell: (r: { text: string; o: number }) => cell.counts[r.o] ?? 0,
                  })),
                ]}
              />
            )}
            {published.length > 0 && (
              <ul>
                {published.map((t) => (
                  <li key={t.id}>{t.text}</li>
                ))}
              </ul>
            )}
          </Card>
        );
      })}
      {view.actions && (
        <Card title="采取的行动">
          <p>{view.actions}</p>
        </Card>
      )}
    </>
  );
}

/** Opinions that wait for the owner to read them. */
export function Screening({ view, csrf }: { view: SurveyView; csrf: string }): JSX.Element | null {
  if (view.state !== 'closed' || view.texts.length === 0) return null;
  return (
    <Card title="审看文字意见">
      <Table
        caption="公布前逐条审看，认得出人的不公布"
        rows={view.texts}
        rowKey={(t) => t.id}
        columns={[
          { title: '意见', head: true, cell: (t) => t.text },
          {
            title: '结果',
            nowrap: true,
            cell: (t) => (
              <Badge text={t.isPublished === null ? '待审看' : t.isPublished ? '公布' : '不公布'} />
            ),
          },
          {
            title: '操作',
            cell: (t) => (
              <form method="post" action={`/branch/surveys/${view.id}/texts/${t.id}`}>
                <CsrfField token={csrf} />
                <Button kind="quiet" name="publish" value="yes">
                  公布<span class="vh">“{t.text}”</span>
                </Button>
                <Button kind="quiet" name="publish" value="no">
                  不公布<span class="vh">“{t.text}”</span>
                </Button>
              </form>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** What an act on a survey asks for besides. */
export function actFields(event: string): JSX.Element | null {
  if (event === 'EXTEND')
    return <TextField id="until" name="until" type="date" label="新的截止日期" width="short" required />;
  return event === 'REPORT_ACTIONS' ? (
    <TextArea id="actions" name="actions" label="因为这次调查做了什么" required />
  ) : null;
}
