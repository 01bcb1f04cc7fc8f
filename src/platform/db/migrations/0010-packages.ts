import type { Knex } from 'knex';

/** 一件事: one form, several cases; and the comparison of rosters. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('packages', (t) => {
    t.text('id').primary();
    t.text('number').unique();
    t.text('code').notNullable();
    t.text('title').notNullable();
    t.text('definition').notNullable();
    t.text('village_id').notNullable().references('id').inTable('orgs');
    t.text('applicant_name').notNullable();
    t.text('form_sealed').notNullable();
    t.text('commitments').notNullable();
    t.text('gaps').notNullable();
    t.text('state').notNullable();
    t.integer('version').notNullable();
    t.text('opened_by').notNullable();
    t.text('opened_at').notNullable();
    t.text('filed_at');
    t.text('told_at');
    t.index(['village_id', 'id']);
  });
  await trx.schema.createTable('package_cases', (t) => {
    t.text('package_id').notNullable().references('id').inTable('packages');
    t.text('item_code').notNullable();
    t.text('situation').notNullable();
    t.text('department').notNullable();
    t.integer('ordinal').notNullable();
    t.text('form_sealed');
    t.text('answer');
    t.text('opened_at');
    t.text('case_id').references('id').inTable('cases').unique();
    t.primary(['package_id', 'item_code']);
  });
  await trx.schema.createTable('package_materials', (t) => {
    t.text('id').primary();
    t.text('package_id').notNullable().references('id').inTable('packages');
    t.text('material_key').notNullable();
    t.text('file_hash').notNullable();
    t.text('name').notNullable();
    t.text('mime').notNullable();
    t.integer('size').notNullable();
    t.text('added_by').notNullable();
    t.text('added_at').notNullable();
    t.text('removed_at');
    t.index(['package_id', 'material_key']);
  });
  await trx.schema.createTable('roster_checks', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.integer('event_seq').notNullable();
    t.text('findings_sealed').notNullable();
    t.text('checked_at').notNullable();
    t.primary(['case_id', 'event_seq']);
  });
  await trx.schema.createTable('roster_keys', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.integer('row').notNullable();
    t.text('item_code').notNullable();
    t.integer('year').notNullable();
    t.text('key').notNullable();
    t.primary(['case_id', 'row']);
    t.index(['item_code', 'year', 'key']);
  });
}
