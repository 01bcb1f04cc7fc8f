/** What may be done with a list as a whole: columns, saving it as a view, printing, taking it away. */
import type { JSX } from 'preact';
import { newId } from '../../../kernel/ids.ts';
import {
  Actions,
  Button,
  CheckField,
  CsrfField,
  LinkButton,
  TextField,
} from '../../../platform/web/index.ts';
import { COLUMNS, columnsOf } from '../columns.ts';
import { MOST_ROWS } from '../export.ts';
import { addressOf } from '../filters.ts';
import type { Scene } from './scene.ts';

export function Tools({ scene, isEmpty }: { scene: Scene; isEmpty: boolean }): JSX.Element {
  const { state } = scene;
  const { list, filters, view, views } = state;
  const narrowed = addressOf('', view ? {} : filters, view ? { view: view.id } : {});
  return (
    <section class="list-tools" aria-label="这个列表">
      <ColumnsForm scene={scene} />
      <SaveForm scene={scene} />
      {views.length > 0 && (
        <LinkButton kind="quiet" href={`/worklists/${list}/views`}>
          管理视图
        </LinkButton>
      )}
      {!isEmpty && (
        <>
          <LinkButton kind="quiet" href={`/worklists/${list}/print${narrowed}`} newTab>
            打印
          </LinkButton>
          <ExportForm scene={scene} />
        </>
      )}
    </section>
  );
}

function ColumnsForm({ scene: { who, state } }: { scene: Scene }): JSX.Element {
  return (
    <details>
      <summary>选列</summary>
      <form method="post" action={`/worklists/${state.list}/columns`}>
        <CsrfField token={who.csrf} />
        <fieldset>
          <legend>显示哪些列（申请人总在最前）</legend>
          {COLUMNS.map(({ id, title }) => (
            <CheckField
              key={id}
              id={`column-${id}`}
              name="column"
              value={id}
              label={title}
              checked={columnsOf(state.columns).includes(id)}
            />
          ))}
        </fieldset>
        <Actions>
          <Button kind="secondary">保存</Button>
          <Button kind="quiet" name="usual" value="1">
            恢复原样
          </Button>
        </Actions>
      </form>
    </details>
  );
}

/** The filters and columns as they are now, under hidden names. */
function Now({ scene: { deps, who, state } }: { scene: Scene }): JSX.Element {
  return (
    <>
      <CsrfField token={who.csrf} />
      <input type="hidden" name="_request" value={newId(deps.clock.now(), deps.random)} />
      {Object.entries(state.filters).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.columns.map((id) => (
        <input key={id} type="hidden" name="column" value={id} />
      ))}
    </>
  );
}

function SaveForm({ scene }: { scene: Scene }): JSX.Element {
  return (
    <details>
      <summary>保存为视图</summary>
      <form method="post" action={`/worklists/${scene.state.list}/views`}>
        <Now scene={scene} />
        <TextField
          id="view-name"
          name="name"
          label="名字"
          help="现在的条件和列，存下来只有您自己看得到；查找的姓名不存。"
          mark={false}
          width="medium"
        />
        <Actions>
          <Button kind="secondary">保存</Button>
        </Actions>
      </form>
    </details>
  );
}

function ExportForm({ scene }: { scene: Scene }): JSX.Element {
  return (
    <details>
      <summary>导出</summary>
      <form method="post" action={`/worklists/${scene.state.list}/export`} target="_blank" rel="noopener">
        <Now scene={scene} />
        <p class="help">
          最多 {MOST_ROWS.toLocaleString('en')} 件，只有列表上的内容，没有证件号码；每次导出都有记录。
        </p>
        <Actions>
          <Button kind="secondary" name="kind" value="xlsx">
            Excel 表格
          </Button>
          <Button kind="secondary" name="kind" value="csv">
            CSV
          </Button>
        </Actions>
      </form>
    </details>
  );
}
