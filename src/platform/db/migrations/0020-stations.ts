import type { Knex } from 'knex';
import { appendOnly } from '../dialect.ts';

/** What a station tells of itself and when it is open, the tickets of its queue, and the screens that hand them out. */
export async function up(trx: Knex.Transaction): Promise<void> {
  // Each change is a row of its own: the newest is shown, all of them are the history.
  await trx.schema.createTable('station_facts', (t) => {
    t.text('id').primary();
    t.text('org_id').notNullable().references('id').inTable('orgs');
    t.text('facts').notNullable();
    t.text('at').notNullable();
    t.text('by').notNullable();
    t.text('by_name').notNullable();
    t.index(['org_id', 'id']);
  });
  await appendOnly(trx, 'station_facts');
  await trx.schema.createTable('station_hours', (t) => {
    t.text('id').primary();
    t.text('org_id').notNullable().references('id').inTable('orgs');
    t.text('valid_from').notNullable();
    t.text('valid_to');
    t.text('days').notNullable();
    t.text('spans').notNullable();
    t.text('note');
    t.text('at').notNullable();
    t.text('by').notNullable();
    t.text('by_name').notNullable();
    t.text('removed_at');
    t.text('removed_by');
    t.text('removed_name');
    t.index(['org_id', 'id']);
  });
  await queue(trx);
}

/** A ticket says a number and nothing of whoever holds it. */
async function queue(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('queues', (t) => {
    t.text('org_id').primary().references('id').inTable('orgs');
    t.text('day').notNullable();
    t.integer('last').notNullable();
  });
  await trx.schema.createTable('queue_tickets', (t) => {
    t.text('org_id').notNullable().references('org_id').inTable('queues');
    t.text('day').notNullable();
    t.integer('seq').notNullable();
    t.text('purpose');
    t.text('state').notNullable();
    t.text('taken_at').notNullable();
    t.text('first_called_at');
    t.text('called_at');
    t.integer('calls').notNullable();
    t.integer('counter');
    t.text('ended_at');
    t.primary(['org_id', 'day', 'seq']);
    t.index(['org_id', 'day', 'state']);
  });
  await trx.schema.createTable('kiosk_devices', (t) => {
    t.text('id').primary();
    t.text('org_id').notNullable().references('id').inTable('orgs');
    t.text('code_blind').notNullable().unique();
    t.text('code_until').notNullable();
    t.text('token_blind').unique();
    t.text('opened_at').notNullable();
    t.text('opened_by').notNullable();
    t.text('paired_at');
    t.text('closed_at');
    t.index(['org_id', 'closed_at']);
  });
}
