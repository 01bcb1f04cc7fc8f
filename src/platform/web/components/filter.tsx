/** What narrows a list: a form that sends nothing but its own address. */
import type { JSX } from 'preact';
import { Button } from './actions.tsx';
import { type Option, SelectField, TextField } from './fields.tsx';

/** One thing that a list can be narrowed by: a choice where there are options, otherwise words or a day. */
export type Filter = {
  /** In the address; also the id of the field. */
  name: string;
  label: string;
  /** What the address chooses now. */
  value: string | undefined;
} & (
  | { type?: 'search' | 'date' }
  | {
      options: readonly Option[];
      /** What choosing nothing is called. */
      blank: string;
      width?: 'short' | 'medium';
    }
);

/** Everything that a list can be narrowed by; what does not apply to this reader stands as `false`. */
export function FilterForm(props: {
  action: string;
  filters: readonly (Filter | false)[];
  button?: string;
}): JSX.Element {
  const { action, filters, button = '查找' } = props;
  return (
    <form method="get" action={action} class="search">
      {filters.map((filter) => filter && <FilterField key={filter.name} filter={filter} />)}
      <Button kind="secondary">{button}</Button>
    </form>
  );
}

function FilterField({ filter }: { filter: Filter }): JSX.Element {
  const { name, label, value = '' } = filter;
  const shared = { id: name, name, label, value, mark: false };
  if ('options' in filter) {
    const { options, blank, width = 'short' } = filter;
    return <SelectField {...shared} options={options} blank={blank} width={width} />;
  }
  const { type = 'search' } = filter;
  return <TextField {...shared} type={type} width={type === 'date' ? 'short' : 'medium'} />;
}
