import type { Knex } from 'knex';
import { nameInitials } from '../../../kernel/initials.ts';
import { indexBeginnings } from '../dialect.ts';

/** Drafts handed to a colleague, pages of a material in their order, citizens by the initials of their names. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('case_materials', (t) => {
    t.integer('position').notNullable().defaultTo(0);
    t.integer('turn').notNullable().defaultTo(0);
    t.integer('pages');
    t.text('thumb_hash');
  });
  await citizens(trx);
  await drafts(trx);
}

async function citizens(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('citizens', (t) => {
    t.text('initials').notNullable().defaultTo('');
  });
  for (const { id, name } of await trx('citizens').select('id', 'name'))
    await trx('citizens')
      .where({ id })
      .update({ initials: nameInitials(name) });
  await indexBeginnings(trx, 'citizens', 'initials', ['name', 'id']);
  await indexBeginnings(trx, 'citizens', 'name', ['id']);
  await trx.schema.alterTable('cases', (t) => {
    t.index(['applicant_id', 'village_id', 'id'], 'cases_of_citizen');
  });
  /** Whom a clerk found by the full number: such a citizen's page opens for the rest of the day. */
  await trx.schema.createTable('citizen_look_ups', (t) => {
    t.text('account_id').notNullable().references('id').inTable('accounts');
    t.text('citizen_id').notNullable().references('id').inTable('citizens');
    t.text('day').notNullable();
    t.primary(['account_id', 'citizen_id']);
  });
}

async function drafts(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('drafts', (t) => {
    t.text('case_id').primary().references('id').inTable('cases');
    t.text('village_id').notNullable().references('id').inTable('orgs');
    /** Whose draft it is. */
    t.text('holder').notNullable();
    /** Keyed hash of the applicant's number, once it is typed. */
    t.text('person');
    t.text('typed_by').notNullable();
    t.text('typed_at').notNullable();
    /** Who handed it over, and with which words. */
    t.text('from_name');
    t.text('note_sealed');
    t.text('discarded_at');
    t.index(['village_id', 'typed_at', 'case_id']);
    t.index(['village_id', 'person']);
  });
  await trx.raw(
    `insert into drafts (case_id, village_id, holder, typed_by, typed_at)
       select id, village_id, opened_by, opened_by, updated_at from cases where phase = 'draft'`,
  );
}
