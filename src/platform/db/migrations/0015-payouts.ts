import type { Knex } from 'knex';
import { appendOnly } from '../dialect.ts';

/**
 * Money: what was granted (entitlements), what is paid out together (runs, their lines and the periods each line
 * pays for), files to and from the bank, the ledger in double entry, and what was paid too much. Amounts in fen.
 */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('payout_entitlements', (t) => {
    t.text('id').primary();
    t.text('scheme').notNullable();
    t.text('case_id').notNullable().references('id').inTable('cases');
    /** Empty for a person of its own; `<step>:<row>` for a row of a roster. */
    t.text('line_key').notNullable();
    t.text('village_id').notNullable().references('id').inTable('orgs');
    t.text('name').notNullable();
    t.text('person').notNullable();
    t.text('payee_sealed').notNullable();
    t.text('account_tail').notNullable();
    t.text('way').notNullable();
    t.bigInteger('amount').notNullable();
    t.text('rhythm').notNullable();
    t.text('from_period').notNullable();
    t.text('until_period');
    t.text('state').notNullable();
    t.text('reason');
    t.text('account_fault');
    t.text('created_at').notNullable();
    t.text('updated_at').notNullable();
    t.integer('version').notNullable();
    t.unique(['case_id', 'scheme', 'line_key']);
    t.index(['scheme', 'state']);
    t.index(['person', 'scheme']);
    t.index(['village_id', 'scheme']);
  });
  await trx.schema.createTable('payout_runs', (t) => {
    t.text('id').primary();
    t.text('number').notNullable().unique();
    t.text('scheme').notNullable();
    /** `regular`, or `outside`: paid by hand, through another channel. */
    t.text('kind').notNullable();
    t.text('period').notNullable();
    t.text('case_id').references('id').inTable('cases');
    t.text('state').notNullable();
    t.integer('count').notNullable();
    t.bigInteger('total').notNullable();
    t.text('held_sealed').notNullable();
    t.text('prepared_by');
    t.text('prepared_name').notNullable();
    t.text('prepared_at').notNullable();
    t.text('approved_by');
    t.text('approved_name');
    t.text('approved_at');
    t.text('exported_at');
    t.text('text_hash');
    t.text('workbook_hash');
    t.text('checksum');
    t.text('settled_at');
    t.integer('version').notNullable();
    t.index(['scheme', 'period']);
  });
  // One draft of a scheme at a time: two people cannot prepare the same money side by side.
  await trx.raw(`create unique index payout_runs_one_draft on payout_runs (scheme) where state = 'draft'`);
  await trx.schema.createTable('payout_lines', (t) => {
    t.text('id').primary();
    t.text('run_id').notNullable().references('id').inTable('payout_runs');
    t.integer('seq').notNullable();
    t.text('entitlement_id').notNullable().references('id').inTable('payout_entitlements');
    t.text('village_id').notNullable();
    t.text('name').notNullable();
    t.text('payee_sealed').notNullable();
    t.text('account_tail').notNullable();
    t.text('way').notNullable();
    t.bigInteger('gross').notNullable();
    /** Kept back for what was paid too much before. */
    t.bigInteger('offset').notNullable();
    t.bigInteger('net').notNullable();
    t.text('state').notNullable();
    t.text('reason');
    t.text('settled_at');
    t.unique(['run_id', 'seq']);
    t.unique(['run_id', 'entitlement_id']);
    t.index(['village_id', 'state']);
    t.index(['entitlement_id']);
  });
  await trx.schema.createTable('payout_periods', (t) => {
    t.text('line_id').notNullable().references('id').inTable('payout_lines');
    t.text('entitlement_id').notNullable();
    t.text('period').notNullable();
    t.bigInteger('amount').notNullable();
    /** `<entitlement>:<period>` while the line may still be or was paid; null once it failed: nothing is paid twice. */
    t.text('live_key').unique();
    t.primary(['line_id', 'period']);
    t.index(['entitlement_id', 'period']);
  });
  await trx.schema.createTable('payout_files', (t) => {
    t.text('hash').primary();
    t.text('run_id').notNullable().references('id').inTable('payout_runs');
    t.text('direction').notNullable();
    t.text('name').notNullable();
    t.integer('paid').notNullable();
    t.integer('refused').notNullable();
    t.text('at').notNullable();
    t.text('by').notNullable();
  });
  await trx.schema.createTable('payout_entries', (t) => {
    t.text('id').primary();
    /** Entries of one posting share it and sum to nought. */
    t.text('posting').notNullable();
    t.text('scheme').notNullable();
    t.text('account').notNullable();
    t.bigInteger('fen').notNullable();
    t.text('run_id');
    t.text('line_id');
    t.text('village_id');
    t.text('at').notNullable();
    t.text('memo').notNullable();
    t.index(['scheme', 'account']);
    t.index(['village_id', 'account']);
    t.index(['posting']);
  });
  await appendOnly(trx, 'payout_entries');
  await trx.schema.createTable('payout_debts', (t) => {
    t.text('id').primary();
    t.text('entitlement_id').notNullable().references('id').inTable('payout_entitlements');
    t.text('scheme').notNullable();
    t.text('person').notNullable();
    t.bigInteger('amount').notNullable();
    t.bigInteger('recovered').notNullable();
    t.text('state').notNullable();
    t.text('reason').notNullable();
    t.text('created_at').notNullable();
    t.text('updated_at').notNullable();
    t.index(['person', 'scheme', 'state']);
  });
  await widenMessages(trx);
}

/** A message may be about something that is no event of the case: its occasion tells it from others. */
async function widenMessages(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('messages', (t) => {
    t.text('occasion').notNullable().defaultTo('');
    t.dropUnique(['case_id', 'event_seq', 'template']);
    t.unique(['case_id', 'event_seq', 'template', 'occasion']);
  });
}
