import type { Knex } from 'knex';

/** Commitments 承诺 and thought reports 思想汇报. Nothing here counts points, and nothing puts people in an order. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('commitments', (t) => {
    t.text('id').primary().references('id').inTable('branch_records');
    /** `member`, `leader` (secretary of the organisation) or `organisation`. */
    t.text('of').notNullable();
    t.text('kind').notNullable();
    t.text('text').notNullable();
    t.text('beneficiary').notNullable();
    /** The day it is to be fulfilled by. */
    t.text('promised_on').notNullable();
    t.text('evidence');
  });
  await trx.schema.createTable('commitment_reviews', (t) => {
    t.text('commitment_id').notNullable().references('id').inTable('commitments');
    t.integer('round').notNullable();
    t.text('met_on').notNullable();
    t.integer('present').notNullable();
    t.text('outcome').notNullable();
    t.text('remark').notNullable();
    t.primary(['commitment_id', 'round']);
  });
  await trx.schema.createTable('thought_reports', (t) => {
    t.text('id').primary().references('id').inTable('branch_records');
    /** The only one who reads it beside its author. */
    t.text('addressee_id').notNullable().references('id').inTable('accounts');
    /** Null once it is withdrawn or its time is over. */
    t.text('text_sealed');
    t.text('answer_sealed');
    t.index(['addressee_id']);
  });
}
