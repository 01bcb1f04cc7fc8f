/** The filters of a list. They are sent once and stay until they are cleared. */
import type { JSX } from 'preact';
import { visibleScopes } from '../../../people/accounts/index.ts';
import {
  Button,
  CsrfField,
  type Option,
  optionsOf,
  SelectField,
  TextField,
} from '../../../platform/web/index.ts';
import { PHASE_WORDS } from '../../cases/index.ts';
import { DEPARTMENTS, departmentName } from '../../departments.ts';
import { CLAIM_WORDS, DUE_WORDS, isNarrowed, SORT_WORDS } from '../filters.ts';
import { filterWords, type Scene } from './scene.ts';

interface Choice {
  name: 'department' | 'item' | 'township' | 'village' | 'phase' | 'due' | 'claim' | 'sort';
  label: string;
  blank: string;
  options: readonly Option[];
  width?: 'short' | 'medium';
}

/** More villages are found by the name of the applicant or by the number. */
const MOST_VILLAGES = 300;

function choicesOf({ deps, who, state }: Scene): Choice[] {
  const within = visibleScopes(who, deps.orgs).flatMap((s) =>
    deps.orgs.within(s.pathPrefix.split('/').at(-2) as string),
  );
  const villages = new Map(within.filter((o) => o.kind === 'village').map((o) => [o.id, o.name]));
  const townships = new Map(within.filter((o) => o.kind === 'township').map((o) => [o.id, o.name]));
  const isWide = visibleScopes(who, deps.orgs).some((s) => s.departments === undefined);
  return [
    ...(state.list === 'cases' && isWide && townships.size > 1
      ? [
          {
            name: 'department' as const,
            label: '部门',
            blank: '全部部门',
            options: DEPARTMENTS.map((value) => ({ value, text: departmentName(value) })),
          },
        ]
      : []),
    {
      name: 'item',
      label: '事项',
      blank: '全部事项',
      width: 'medium',
      options: deps.definitions.list().map((d) => ({ value: d.code, text: d.title })),
    },
    ...(townships.size > 1
      ? [
          {
            name: 'township' as const,
            label: '乡镇',
            blank: '全部乡镇',
            options: [...townships].map(([value, text]) => ({ value, text })),
          },
        ]
      : []),
    ...(villages.size > 1 && villages.size <= MOST_VILLAGES
      ? [
          {
            name: 'village' as const,
            label: '村（社区）',
            blank: '全部村',
            options: [...villages].map(([value, text]) => ({ value, text })),
          },
        ]
      : []),
    ...(state.list === 'cases'
      ? [{ name: 'phase' as const, label: '阶段', blank: '全部阶段', options: optionsOf(PHASE_WORDS) }]
      : []),
    { name: 'due', label: '到期', blank: '不限', options: optionsOf(DUE_WORDS) },
    { name: 'claim', label: '领办', blank: '不限', options: optionsOf(CLAIM_WORDS) },
    {
      name: 'sort',
      label: '排列',
      blank: SORT_WORDS.due,
      options: optionsOf(SORT_WORDS).filter((o) => o.value !== 'due'),
    },
  ];
}

export function Filters({ scene }: { scene: Scene }): JSX.Element {
  const { deps, who, state } = scene;
  const { list, filters, isRemembered } = state;
  const action = `/worklists/${list}/filters`;
  const words = filterWords(deps, state);
  return (
    <>
      <form method="post" action={action} class="search list-search">
        <CsrfField token={who.csrf} />
        <TextField
          id="text"
          name="text"
          type="search"
          label="申请人姓名或办件编号"
          mark={false}
          width="medium"
          {...(filters.text && { value: filters.text })}
        />
        {choicesOf(scene).map(({ name, width = 'short', ...choice }) => (
          <SelectField
            key={name}
            {...choice}
            id={name}
            name={name}
            mark={false}
            width={width}
            {...(filters[name] && { value: filters[name] })}
          />
        ))}
        <Button kind="secondary">查找</Button>
      </form>
      {isNarrowed(filters) && (
        <form method="post" action={action} class="inline-form">
          <CsrfField token={who.csrf} />
          <span>
            {isRemembered ? '沿用上次的条件' : '条件'}：{words.join('、')}
          </span>
          <Button kind="quiet">清除</Button>
        </form>
      )}
    </>
  );
}
