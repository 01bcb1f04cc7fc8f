import type { Knex } from 'knex';
import { appendOnly } from '../dialect.ts';

/** Cases, their append-only log, and the materials handed in with them. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('cases', (t) => {
    t.text('id').primary();
    t.text('number').unique();
    t.text('item_code').notNullable();
    t.text('item_title').notNullable();
    t.text('department').notNullable();
    t.text('definition_sha').notNullable();
    t.text('situation').notNullable();
    t.text('village_id').notNullable().references('id').inTable('orgs');
    t.text('applicant_id').references('id').inTable('citizens');
    t.text('applicant_name').notNullable();
    t.text('form_sealed').notNullable();
    t.text('commitments').notNullable();
    t.text('state').notNullable();
    t.text('phase').notNullable();
    t.text('desk_org');
    t.text('desk_role');
    t.text('snapshot').notNullable();
    t.integer('version').notNullable();
    t.text('opened_by').notNullable();
    t.text('opened_at').notNullable();
    t.text('updated_at').notNullable();
    t.text('received_at');
    t.text('accepted_on');
    t.text('decided_at');
    t.text('closed_at');
    t.text('outcome');
    t.text('next_due');
    t.index(['desk_org', 'desk_role', 'next_due', 'id']);
    t.index(['village_id', 'id']);
    t.index(['department', 'id']);
  });
  await trx.schema.createTable('case_events', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.integer('seq').notNullable();
    t.text('type').notNullable();
    t.text('at').notNullable();
    t.text('actor_kind').notNullable();
    t.text('actor_id').notNullable();
    t.text('actor_name').notNullable();
    t.text('actor_org');
    t.text('actor_role');
    t.text('data_sealed').notNullable();
    t.text('routes');
    t.text('prev_hash').notNullable();
    t.text('hash').notNullable();
    t.primary(['case_id', 'seq']);
  });
  await appendOnly(trx, 'case_events');
  await trx.schema.createTable('case_materials', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.text('material_id').notNullable();
    t.text('file_hash').notNullable();
    t.text('name').notNullable();
    t.text('mime').notNullable();
    t.integer('size').notNullable();
    t.text('added_by').notNullable();
    t.text('added_at').notNullable();
    t.text('removed_at');
    t.index(['case_id', 'material_id']);
  });
}
