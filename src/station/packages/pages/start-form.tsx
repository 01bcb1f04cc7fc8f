import type { JSX } from 'preact';
import { Actions, Button, Card, CheckField, CsrfField, SelectField } from '../../../platform/web/index.ts';
import type { PackageGuide } from '../guide.ts';

/** What was chosen on the page before, and what is wrong with it. */
export interface Started {
  /** Whom it is for, where he is known. */
  citizen?: string;
  village?: string | undefined;
  isVillageMissing?: boolean;
}

/** Which of the optional items, in which situation, for which village. */
export function StartForm(props: {
  guide: PackageGuide;
  villages: readonly { id: string; name: string }[];
  started: Started;
  csrf: string;
  requestId: string;
}): JSX.Element {
  const { guide, villages, started, csrf, requestId } = props;
  const optional = guide.items.filter((item) => item.optional);
  const several = guide.items.filter((item) => item.chosen && item.situations.length > 1);
  return (
    <Card tone="now" title="在本村受理">
      <form method="post" action={`/packages/${guide.code}/new`}>
        <CsrfField token={csrf} />
        <input type="hidden" name="_request" value={requestId} />
        {started.citizen && <input type="hidden" name="citizen" value={started.citizen} />}
        {villages.length > 1 && (
          <SelectField
            id="f-village"
            name="village"
            label="为哪个村（社区）受理"
            required
            width="medium"
            options={villages.map((v) => ({ value: v.id, text: v.name }))}
            value={started.village ?? ''}
            {...(started.isVillageMissing && { error: '请选择村（社区）' })}
          />
        )}
        {several.map((item) => (
          <SelectField
            key={item.code}
            id={`f-situation-${item.code}`}
            name={`situation:${item.code}`}
            label={`${item.title}：办哪一种`}
            width="medium"
            mark={false}
            options={item.situations.map((s) => ({ value: s.id, text: s.title }))}
            value={item.situation}
          />
        ))}
        {optional.map((item) => (
          <CheckField
            key={item.code}
            id={`f-item-${item.code}`}
            name="item"
            value={item.code}
            label={`办理“${item.title}”`}
            checked={item.chosen}
            help={item.says}
          />
        ))}
        <Actions>
          <Button name="_do" value="start">
            开始填写
          </Button>
          {optional.length + several.length > 0 && (
            <Button kind="secondary" name="_do" value="update">
              按所选更新清单
            </Button>
          )}
        </Actions>
      </form>
    </Card>
  );
}
