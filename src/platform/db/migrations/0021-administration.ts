import type { Knex } from 'knex';

/** Holiday tables that were imported, parameters entered in the running house, and the outbox as its keeper reads it. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('holiday_tables', (t) => {
    t.text('id').primary();
    /** `CN`, or the division code of a local notice. */
    t.text('scope').notNullable();
    t.integer('year').notNullable();
    t.text('csv').notNullable();
    t.text('source').notNullable();
    moment(t, 'imported').notNullable();
    moment(t, 'withdrawn');
    t.text('reason');
  });
  await trx.raw(
    'create unique index holiday_tables_one on holiday_tables (scope, year) where withdrawn_at is null',
  );
  await trx.schema.createTable('parameter_values', (t) => {
    t.text('id').primary();
    t.text('name').notNullable();
    /** JSON. */
    t.text('value').notNullable();
    t.text('from_day').notNullable();
    t.text('source').notNullable();
    t.text('state').notNullable();
    moment(t, 'proposed').notNullable();
    moment(t, 'decided');
    t.text('reason');
    t.index(['name', 'from_day']);
  });
  await trx.raw(
    "create unique index parameter_values_one on parameter_values (name, from_day) where state in ('proposed', 'approved')",
  );
  await trx.schema.alterTable('outbox', (t) => {
    t.index(['state', 'id']);
    t.index(['done_at']);
  });
}

/** Who did something and when: three columns that are filled together. */
function moment(t: Knex.CreateTableBuilder, act: string): { notNullable(): void } {
  const columns = [t.text(`${act}_by`), t.text(`${act}_name`), t.text(`${act}_at`)];
  return { notNullable: () => void columns.map((c) => c.notNullable()) };
}
