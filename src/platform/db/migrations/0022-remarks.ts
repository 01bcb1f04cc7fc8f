import type { Knex } from 'knex';
import { appendOnly } from '../dialect.ts';

/** What staff say to one another about a case, phrases for opinions, acts begun and not sent, and who looked. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await remarks(trx);
  await trx.schema.createTable('phrases', (t) => {
    t.text('id').primary();
    /** One of the two: a phrase of one person, or of an office. */
    t.text('account_id').references('id').inTable('accounts');
    t.text('org_id').references('id').inTable('orgs');
    t.text('use').notNullable();
    t.text('text').notNullable();
    t.text('added_by').notNullable();
    t.text('added_name').notNullable();
    t.text('added_at').notNullable();
    t.text('removed_at');
    t.index(['account_id']);
    t.index(['org_id']);
  });
  await trx.schema.createTable('act_drafts', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('event').notNullable();
    t.text('value_sealed').notNullable();
    t.text('at').notNullable();
    t.primary(['case_id', 'account_id', 'event']);
    t.index(['at']);
  });
  await trx.schema.createTable('case_looks', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('what').notNullable();
    t.text('day').notNullable();
    t.primary(['case_id', 'account_id', 'what', 'day']);
  });
}

async function remarks(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('remarks', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.text('author_id').notNullable().references('id').inTable('accounts');
    t.text('author_name').notNullable();
    t.text('author_desk').notNullable();
    t.text('text_sealed').notNullable();
    t.text('at').notNullable();
    t.index(['case_id', 'id']);
  });
  await appendOnly(trx, 'remarks');
  await trx.schema.createTable('remark_strikes', (t) => {
    t.text('remark_id').primary().references('id').inTable('remarks');
    t.text('at').notNullable();
  });
  await appendOnly(trx, 'remark_strikes');
  await trx.schema.createTable('remark_mentions', (t) => {
    t.text('remark_id').notNullable().references('id').inTable('remarks');
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('account_name').notNullable();
    t.text('read_at');
    t.primary(['remark_id', 'account_id']);
    t.index(['account_id', 'remark_id']);
  });
}
