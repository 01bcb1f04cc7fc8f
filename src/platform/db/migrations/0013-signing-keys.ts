import type { Knex } from 'knex';

/**
 * Keys that sign codes and PDFs; the private part is sealed. `signs_for` names what a key signs now (`code:ed25519`,
 * `authority`, `pdf:<organ id>:<organ name>`): one key for each, none once it is replaced.
 */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('signing_keys', (t) => {
    t.text('id').primary();
    t.text('purpose').notNullable();
    t.text('algorithm').notNullable();
    t.text('organ_id');
    t.text('organ_name');
    t.text('public_part').notNullable();
    t.text('private_sealed').notNullable();
    t.text('certificate');
    t.text('signs_for').unique();
    t.text('valid_from').notNullable();
    t.text('retired_on');
    t.text('created_at').notNullable();
  });
}
