import type { Knex } from 'knex';

/** Organisations and their history, accounts with grants and sessions, citizens. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await orgs(trx);
  await accounts(trx);
  await sessions(trx);
  await trx.schema.createTable('citizens', (t) => {
    t.text('id').primary();
    t.text('name').notNullable();
    t.text('id_kind').notNullable();
    t.text('id_sealed').notNullable();
    t.text('id_blind').notNullable();
    t.text('birth');
    t.text('sex');
    t.text('phone_sealed');
    t.text('created_at').notNullable();
    t.text('updated_at').notNullable();
    t.unique(['id_kind', 'id_blind']);
  });
}

async function orgs(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('orgs', (t) => {
    t.text('id').primary();
    t.text('parent_id').references('id').inTable('orgs');
    t.text('path').notNullable().unique();
    t.text('kind').notNullable();
    t.text('name').notNullable();
    t.text('short').notNullable();
    t.text('doc_word');
    t.text('departments').notNullable();
    t.index(['parent_id']);
  });
  await trx.schema.createTable('org_history', (t) => {
    t.text('org_id').notNullable().references('id').inTable('orgs');
    t.text('parent_id');
    t.text('path').notNullable();
    t.text('name').notNullable();
    t.text('valid_from').notNullable();
    t.text('valid_to');
    t.primary(['org_id', 'valid_from']);
  });
}

async function accounts(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('accounts', (t) => {
    t.text('id').primary();
    t.text('login').notNullable().unique();
    t.text('name').notNullable();
    t.text('password_hash').notNullable();
    t.integer('demo').notNullable();
    t.text('created_at').notNullable();
    t.text('disabled_at');
  });
  await trx.schema.createTable('grants', (t) => {
    t.text('id').primary();
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('role').notNullable();
    t.text('org_id').notNullable().references('id').inTable('orgs');
    t.integer('subtree').notNullable();
    t.text('valid_from').notNullable();
    t.text('valid_to');
    t.index(['account_id']);
  });
}

async function sessions(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('sessions', (t) => {
    t.text('id').primary();
    t.text('token_hash').notNullable().unique();
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('csrf').notNullable();
    t.text('created_at').notNullable();
    t.text('last_seen_at').notNullable();
    t.index(['account_id']);
  });
  await trx.schema.createTable('sign_in_failures', (t) => {
    t.text('login_blind').primary();
    t.integer('count').notNullable();
    t.text('last_at').notNullable();
    t.text('locked_until');
  });
}
