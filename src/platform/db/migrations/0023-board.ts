import type { Knex } from 'knex';
import { appendOnly } from '../dialect.ts';

/**
 * What a leader's board counts: how many working days a decision took and was promised in, why cases were returned,
 * and the citizens' ratings 好差评 with what was done about bad ones.
 */
export async function up(trx: Knex.Transaction): Promise<void> {
  await decisions(trx);
  await ratings(trx);
}

async function decisions(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('cases', (t) => {
    /** Working days; null: not decided, or not to be known. */
    t.integer('days_taken');
    t.integer('days_promised');
    const filed = ['village_id', 'item_code', 'department'];
    t.index(['decided_at', ...filed, 'outcome', 'days_taken', 'days_promised'], 'cases_by_decision');
    t.index(['closed_at', ...filed, 'outcome'], 'cases_by_close');
  });
  await trx.raw(
    `create index cases_in_hand on cases (village_id, item_code, department, due)
       where phase in ('open', 'correction', 'notice', 'decided')`,
  );
  await trx.schema.createTable('case_reasons', (t) => {
    t.text('case_id').notNullable().references('id').inTable('cases');
    t.integer('seq').notNullable();
    t.text('kind').notNullable();
    /** A field or material, or the ground that was chosen; never what somebody typed. */
    t.text('target').notNullable();
    t.text('title').notNullable();
    t.text('day').notNullable();
    t.primary(['case_id', 'seq', 'kind', 'target']);
    t.index(['day', 'kind', 'target', 'case_id']);
  });
}

async function ratings(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('ratings', (t) => {
    t.text('id').primary();
    t.text('case_id').notNullable().unique().references('id').inTable('cases');
    t.text('village_id').notNullable();
    t.text('item_code').notNullable();
    t.text('department').notNullable();
    /** 1 非常满意 … 5 非常不满意 */
    t.integer('level').notNullable();
    t.text('comment_sealed');
    /** `progress`: by the citizen himself; `counter`: on the clerk's screen. */
    t.text('way').notNullable();
    t.text('day').notNullable();
    t.text('at').notNullable();
    t.index(['day', 'village_id', 'item_code', 'department', 'level']);
    t.index(['level', 'id']);
  });
  await appendOnly(trx, 'ratings');
  await trx.schema.createTable('rating_supplements', (t) => {
    t.text('rating_id').primary().references('id').inTable('ratings');
    t.text('comment_sealed').notNullable();
    t.text('at').notNullable();
  });
  await appendOnly(trx, 'rating_supplements');
  await trx.schema.createTable('rating_followups', (t) => {
    t.text('rating_id').notNullable().references('id').inTable('ratings');
    /** `contact`, `remedy`, `visit`, in this order. */
    t.text('kind').notNullable();
    t.text('text_sealed').notNullable();
    t.text('by_id').notNullable();
    t.text('by_name').notNullable();
    t.text('day').notNullable();
    t.text('at').notNullable();
    t.primary(['rating_id', 'kind']);
  });
  await appendOnly(trx, 'rating_followups');
}
