import type { Knex } from 'knex';
import { appendOnly } from '../dialect.ts';

/** What every noun stands on: requests, outbox, deadlines, audit, pinned definitions, number series. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('meta', (t) => {
    t.text('key').primary();
    t.text('value').notNullable();
  });
  await trx.schema.createTable('requests', (t) => {
    t.text('account_id').notNullable();
    t.text('request_id').notNullable();
    t.text('body_hash').notNullable();
    t.text('response_sealed');
    t.text('at').notNullable();
    t.primary(['account_id', 'request_id']);
  });
  await trx.schema.createTable('number_series', (t) => {
    t.text('series').notNullable();
    t.integer('year').notNullable();
    t.integer('last').notNullable();
    t.primary(['series', 'year']);
  });
  await trx.schema.createTable('definitions', (t) => {
    t.text('sha256').primary();
    t.text('code').notNullable();
    t.integer('version').notNullable();
    t.text('json').notNullable();
    t.text('stored_at').notNullable();
    t.unique(['code', 'version']);
  });
  await jobs(trx);
  await trx.schema.createTable('audit', (t) => {
    t.increments('id');
    t.text('at').notNullable();
    t.text('actor_id');
    t.text('act').notNullable();
    t.text('subject');
    t.text('detail').notNullable();
    t.index(['subject', 'at']);
    t.index(['actor_id', 'at']);
  });
  await appendOnly(trx, 'audit');
}

async function jobs(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('outbox', (t) => {
    t.text('id').primary();
    t.text('effect').notNullable();
    t.text('payload_sealed').notNullable();
    t.text('case_id').notNullable();
    t.integer('event_seq').notNullable();
    t.integer('ordinal').notNullable();
    t.text('state').notNullable();
    t.integer('attempts').notNullable();
    t.text('next_at').notNullable();
    t.text('leased_by');
    t.text('leased_until');
    t.text('error');
    t.text('created_at').notNullable();
    t.text('done_at');
    t.unique(['case_id', 'event_seq', 'ordinal']);
    t.index(['state', 'next_at']);
  });
  await trx.schema.createTable('deadlines', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable();
    t.text('clock').notNullable();
    t.text('rung').notNullable();
    t.text('fires_at');
    t.text('fired_at');
    t.integer('attempts').notNullable();
    t.text('next_at');
    t.text('leased_by');
    t.text('leased_until');
    t.text('error');
    t.unique(['case_id', 'clock', 'rung']);
    t.index(['fired_at', 'fires_at']);
  });
  await trx.schema.createTable('escalations', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable();
    t.text('clock').notNullable();
    t.text('rung').notNullable();
    t.text('at').notNullable();
    t.text('told').notNullable();
    t.unique(['case_id', 'clock', 'rung']);
  });
}
