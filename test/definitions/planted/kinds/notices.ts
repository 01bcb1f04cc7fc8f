/** Faults of notices, and of what steps ask beyond their common fields. */
import { formOf, type Loose } from '../ground.ts';
import { itemKind, type Kind, type Plant, put, set, stepsOf, without } from '../kind.ts';

/** Pointers of fields below the form of an item that satisfy a test. */
function fields(schema: Loose, test: (field: Loose) => boolean, pointer = ''): string[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([key, field]: [string, Loose]) => [
    ...(test(field) ? [`${pointer}/${key}`] : []),
    ...fields(field, test, `${pointer}/${key}`),
  ]);
}
const isPersonal = (field: Loose): boolean => field['x-sensitive'] === true;
const holdsPersonal = (field: Loose): boolean =>
  Object.values(field.items?.properties ?? field.properties ?? {}).some(
    (below: Loose) => isPersonal(below) || holdsPersonal(below),
  );

/** A notice of these fields in any item: its own, or one put behind the first step. */
function showing(item: Loose, pointer: string, reason: RegExp): Plant[] {
  const own = stepsOf(item, 'post').map(
    ([step, p]): Plant => [
      `${p} shows ${pointer}`,
      (copy) => put(copy, `${p}/show`, [...step.show, pointer]),
      `${p}/show/${step.show.length}`,
      reason,
    ],
  );
  const notice = {
    id: 'planted',
    kind: 'post',
    board: 'village',
    days: 7,
    clock: 'runs',
    show: [pointer],
    onSustained: item.steps[0].id,
    basis: '某条',
  };
  return [
    ...own,
    [`a new notice of ${pointer}`, (copy) => copy.steps.splice(1, 0, notice), '/steps/1/show/0', reason],
  ];
}

const asking = (item: Loose, asks: Loose, below: string, reason: RegExp): Plant[] =>
  stepsOf(item)
    .filter(([step]) => step.kind !== 'intake')
    .map(([, p]) => set(`${p}/asks`, asks, reason, `${p}/asks/${below}`));

export const noticeKinds: Kind[] = [
  itemKind('a notice without a way to object', (item) =>
    stepsOf(item, 'post').map(([, p]) => without(`${p}/onSustained`, /missing/)),
  ),
  itemKind('a personal field on a notice (B.5)', (item) =>
    fields(formOf(item, item.situations[0].id), isPersonal).flatMap((pointer) =>
      showing(item, pointer, /is sensitive and must not hang on a notice|no field/),
    ),
  ),
  itemKind('a table or block with personal fields on a notice (B.5)', (item) =>
    fields(formOf(item, item.situations[0].id), holdsPersonal).flatMap((pointer) =>
      showing(item, pointer, /is sensitive and must not hang on a notice|no field/),
    ),
  ),
  itemKind('a field on a notice that is not there', (item) => showing(item, '/moon', /no field "\/moon"/)),
  itemKind('a field of an act that the act has anyway', (item) =>
    asking(
      item,
      { opinion: { type: 'string', title: '意见', maxLength: 10 } },
      'opinion',
      /is a common field of that act/,
    ).filter((_, i) => ['accept', 'review', 'decide', 'issue', 'check'].includes(item.steps[i + 1]?.kind)),
  ),
  itemKind('a field of an act without a Chinese title', (item) => [
    ...asking(item, { extra: { type: 'string', maxLength: 9 } }, 'extra/title', /needs a Chinese title/),
    ...asking(
      item,
      { extra: { type: 'string', maxLength: 9, title: 'Extra' } },
      'extra/title',
      /Chinese title/,
    ),
  ]),
  itemKind('a field of an act that cannot be checked', (item) => [
    ...asking(item, { extra: { type: 'word', title: '某' } }, 'extra', /type must be/),
    ...asking(item, { extra: { type: 'string', title: '某', colour: 3 } }, 'extra', /unknown keyword/),
    ...asking(item, { extra: { type: 'string', title: '某', format: 'moon' } }, 'extra', /unknown format/),
  ]),
];
