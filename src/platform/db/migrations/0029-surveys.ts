import type { Knex } from 'knex';
import { tableWithoutOrder } from '../dialect.ts';

/**
 * Surveys. Of an anonymous one the rows that say who took part and those that say what was answered share no key, carry
 * no time and lie in no order; when it is over both are gone and only what was counted is left.
 */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('surveys', (t) => {
    t.text('id').primary().references('id').inTable('branch_records');
    t.text('title').notNullable();
    t.text('purpose').notNullable();
    /** `anonymous` or `named`; there is no third. */
    t.text('mode').notNullable();
    /** Whose members are asked, and in which roles (JSON). */
    t.text('place').notNullable().references('id').inTable('orgs');
    t.text('roles').notNullable();
    t.text('questions').notNullable();
    /** Last day on which it is answered. */
    t.text('until').notNullable();
    /** What was counted when it closed (JSON). */
    t.text('results');
    t.text('closed_on');
    t.text('actions');
  });
  await tableWithoutOrder(trx, 'survey_participations', {
    survey_id: 'text not null references surveys (id)',
    /** Keyed hash of survey and account: that somebody answers twice is seen, who it is is not. */
    token: 'text not null',
    channel: 'text not null',
  });
  await tableWithoutOrder(trx, 'survey_answers', {
    survey_id: 'text not null references surveys (id)',
    /** Random, and another one each time the row is stirred. */
    id: 'text not null',
    content_sealed: 'text not null',
  });
  await trx.schema.createTable('survey_named_answers', (t) => {
    t.text('survey_id').notNullable().references('id').inTable('surveys');
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('channel').notNullable();
    t.text('content_sealed').notNullable();
    t.text('at').notNullable();
    t.primary(['survey_id', 'account_id']);
  });
  await tableWithoutOrder(trx, 'survey_texts', {
    survey_id: 'text not null references surveys (id)',
    id: 'text not null',
    question: 'text not null',
    text_sealed: 'text not null',
    /** Null until the owner has read it: 1 to be published, 0 not. */
    is_published: 'integer',
  });
}
