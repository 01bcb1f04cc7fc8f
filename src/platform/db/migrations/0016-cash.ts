import type { Knex } from 'knex';
import { appendOnly } from '../dialect.ts';

/**
 * Money that is handed out in the village: bags 款袋 on their way there, what of it lies in the village's box,
 * each hand-out with its receipt, days that are closed, and what goes back. Amounts in fen.
 */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('cash_bags', (t) => {
    t.text('id').primary();
    t.text('number').notNullable().unique();
    t.text('village_id').notNullable().references('id').inTable('orgs');
    t.text('from_org').notNullable().references('id').inTable('orgs');
    t.integer('count').notNullable();
    t.bigInteger('total').notNullable();
    t.text('state').notNullable();
    moment(t, 'packed').notNullable();
    moment(t, 'sent');
    moment(t, 'counted');
    moment(t, 'received');
    t.text('reason');
    t.index(['village_id', 'state']);
    t.index(['from_org', 'state']);
  });
  await trx.schema.createTable('cash_returns', (t) => {
    t.text('id').primary();
    t.text('number').notNullable().unique();
    t.text('village_id').notNullable().references('id').inTable('orgs');
    t.text('to_org').notNullable().references('id').inTable('orgs');
    t.integer('count').notNullable();
    t.bigInteger('total').notNullable();
    t.text('state').notNullable();
    moment(t, 'prepared').notNullable();
    moment(t, 'sent');
    moment(t, 'received');
    t.text('reason');
    t.index(['village_id', 'state']);
    t.index(['to_org', 'state']);
  });
  await trx.schema.createTable('cash_lines', (t) => {
    t.text('line_id').primary().references('id').inTable('payout_lines');
    t.text('bag_id').notNullable().references('id').inTable('cash_bags');
    t.integer('seq').notNullable();
    t.text('village_id').notNullable();
    t.text('state').notNullable();
    t.bigInteger('net').notNullable();
    t.text('scheme').notNullable();
    t.text('scheme_title').notNullable();
    t.text('item_title').notNullable();
    t.text('case_id').notNullable();
    t.text('case_number').notNullable();
    t.text('run_number').notNullable();
    t.text('periods').notNullable();
    t.text('name').notNullable();
    t.text('person').notNullable();
    t.text('id_sealed').notNullable();
    t.text('boxed_on');
    t.text('return_id').references('id').inTable('cash_returns');
    t.unique(['bag_id', 'seq']);
    t.index(['village_id', 'state']);
    t.index(['return_id']);
  });
  await trx.schema.createTable('cash_hand_outs', (t) => {
    t.text('id').primary();
    t.text('line_id').notNullable().references('line_id').inTable('cash_lines');
    t.text('village_id').notNullable();
    t.text('day').notNullable();
    t.text('number').notNullable().unique();
    t.text('verify_code').notNullable().unique();
    t.bigInteger('amount').notNullable();
    t.text('state').notNullable();
    moment(t, 'handed').notNullable();
    moment(t, 'undo_asked');
    moment(t, 'undone');
    t.text('reason');
    t.text('details_sealed').notNullable();
    t.text('photo_hash');
    t.text('print_sealed').notNullable();
    t.text('file_hash');
    t.index(['village_id', 'day']);
  });
  // One line is handed out once; taken back, it can be handed out again.
  await trx.raw(
    "create unique index cash_hand_outs_once on cash_hand_outs (line_id) where state <> 'undone'",
  );
  await trx.schema.createTable('cash_days', (t) => {
    t.text('village_id').notNullable().references('id').inTable('orgs');
    t.text('day').notNullable();
    t.text('state').notNullable();
    t.text('notes');
    t.bigInteger('counted');
    moment(t, 'closed');
    moment(t, 'confirmed');
    t.text('reason');
    t.integer('version').notNullable();
    t.primary(['village_id', 'day']);
  });
  await trx.schema.createTable('cash_moves', (t) => {
    t.text('id').primary();
    t.text('village_id').notNullable();
    t.text('day').notNullable();
    t.text('kind').notNullable();
    t.bigInteger('fen').notNullable();
    /** Bag, hand-out or return. */
    t.text('about').notNullable();
    t.text('memo').notNullable();
    t.text('at').notNullable();
    t.text('by_id').notNullable();
    t.text('by_name').notNullable();
    t.unique(['kind', 'about']);
    t.index(['village_id', 'day']);
  });
  await appendOnly(trx, 'cash_moves');
  await trx.schema.createTable('cash_differences', (t) => {
    t.text('id').primary();
    /** Bag or return that was counted, or `<village>:<day>`. */
    t.text('about').notNullable().index();
    t.bigInteger('expected').notNullable();
    t.bigInteger('counted').notNullable();
    moment(t, 'found').notNullable();
    moment(t, 'cleared');
    t.text('explanation');
  });
}

/** Who did something and when: three columns that are filled together. */
function moment(t: Knex.CreateTableBuilder, act: string): { notNullable(): void } {
  const columns = [t.text(`${act}_by`), t.text(`${act}_name`), t.text(`${act}_at`)];
  return { notNullable: () => void columns.map((c) => c.notNullable()) };
}
