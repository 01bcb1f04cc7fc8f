import type { Knex } from 'knex';

/** Letters to the secretary and public questions. Nothing here says who wrote, from where, or at which hour. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await letters(trx);
  await questions(trx);
}

/** What leads back to a record without its writer being known: the slow hash of the code and the group it is sought in. */
function receipt(t: Knex.CreateTableBuilder): void {
  /** One of 4096: too few to tell one writer from another. */
  t.text('code_group').notNullable();
  t.text('code_hash').notNullable();
  /** Of the form that was sent: the same form sent twice is one. */
  t.text('form_once').notNullable().unique();
  t.index(['code_group']);
}

async function letters(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('letters', (t) => {
    t.text('id').primary().references('id').inTable('branch_records');
    /** named_public, named_confidential, anonymous */
    t.text('mode').notNullable();
    /** mail; tips: what accuses somebody, with grants of its own */
    t.text('desk').notNullable();
    /** Where it lies now. */
    t.text('to_org').notNullable().references('id').inTable('orgs');
    t.text('title_sealed').notNullable();
    receipt(t);
    /** Null: the writer was not asked yet, or has not said. */
    t.integer('consent');
    t.integer('satisfied');
    /** Working days that were left when the clock stopped. */
    t.integer('days_left');
    t.text('answerer_id').references('id').inTable('accounts');
    t.text('editor_id').references('id').inTable('accounts');
    t.index(['to_org', 'desk']);
  });
  /** Whom it is about: they and those beneath them never learn of it. */
  await trx.schema.createTable('letter_subjects', (t) => {
    t.text('letter_id').notNullable().references('id').inTable('letters');
    t.text('org_id').notNullable().references('id').inTable('orgs');
    t.primary(['letter_id', 'org_id']);
  });
  await trx.schema.createTable('letter_messages', (t) => {
    t.text('letter_id').notNullable().references('id').inTable('letters');
    t.integer('seq').notNullable();
    /** writer, office, house */
    t.text('side').notNullable();
    t.text('text_sealed').notNullable();
    /** A day, never an hour. */
    t.text('on_day').notNullable();
    t.primary(['letter_id', 'seq']);
  });
  await trx.schema.createTable('letter_identities', (t) => {
    t.text('letter_id').primary().references('id').inTable('letters');
    t.text('name_sealed').notNullable();
    t.text('phone_sealed');
  });
  await trx.schema.createTable('letter_openings', (t) => {
    t.text('id').primary();
    t.text('letter_id').notNullable().references('id').inTable('letters');
    t.text('asked_by').notNullable().references('id').inTable('accounts');
    t.text('asked_at').notNullable();
    t.text('reason_sealed').notNullable();
    t.text('agreed_by').references('id').inTable('accounts');
    t.text('agreed_at');
    t.index(['letter_id']);
  });
  await trx.schema.createTable('letter_publications', (t) => {
    t.text('letter_id').primary().references('id').inTable('letters');
    t.text('title').notNullable();
    t.text('question').notNullable();
    t.text('answer').notNullable();
    t.text('published_on');
  });
}

async function questions(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('questions', (t) => {
    t.text('id').primary().references('id').inTable('branch_records');
    t.text('to_org').notNullable().references('id').inTable('orgs');
    /** simple, usual, hard: 5, 10, 15 working days; null until triaged. */
    t.text('class');
    t.text('text_sealed').notNullable();
    /** Where the asker left one, for a word that there is an answer. */
    t.text('phone_sealed');
    receipt(t);
    t.text('answer_sealed');
    t.text('answered_on');
    t.text('answer_due');
    t.text('answerer_id').references('id').inTable('accounts');
    /** The question that is answered for this one too. */
    t.text('merged_into').references('id').inTable('questions');
    t.text('public_question');
    t.text('public_answer');
    t.text('published_on');
    t.index(['to_org']);
  });
}
