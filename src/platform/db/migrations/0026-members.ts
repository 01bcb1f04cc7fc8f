import type { Knex } from 'knex';
import { indexBeginnings } from '../dialect.ts';

/** Members of the party, the branch each belongs to, how they come to an account, and how they change branch. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await members(trx);
  await transfers(trx);
  await orgActs(trx);
  // Not every message is about a case.
  await trx.schema.alterTable('messages', (t) => {
    t.text('case_id').nullable().alter();
  });
}

async function members(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('members', (t) => {
    t.text('id').primary();
    t.text('name').notNullable();
    t.text('id_sealed').notNullable();
    t.text('id_blind').notNullable().unique();
    t.text('phone_sealed');
    t.text('phone_blind');
    /** The phone is a family's: others may be reached by it too. */
    t.integer('shared_phone').notNullable();
    t.text('phone_verified_at');
    t.text('kind').notNullable();
    t.text('state').notNullable();
    t.text('account_id').unique().references('id').inTable('accounts');
    t.text('activated_at');
    t.integer('version').notNullable();
    t.text('created_at').notNullable();
    t.text('changed_at').notNullable();
    t.index(['phone_blind']);
  });
  await trx.schema.createTable('memberships', (t) => {
    t.text('id').primary();
    t.text('member_id').notNullable().references('id').inTable('members');
    t.text('org_id').notNullable().references('id').inTable('orgs');
    t.text('from_on').notNullable();
    /** First day no more in this branch; null while in it. */
    t.text('to_on');
    t.text('kind').notNullable();
    t.text('reason').notNullable();
    t.text('by_id').references('id').inTable('accounts');
    t.text('at').notNullable();
    /** The member has an account: kept here too, so that a branch is counted from the index alone. */
    t.integer('activated').notNullable();
    t.index(['member_id', 'from_on']);
  });
  await trx.raw(`create unique index memberships_one_branch on memberships (member_id) where to_on is null`);
  await trx.raw(
    `create index memberships_now on memberships (org_id, member_id, activated) where to_on is null`,
  );
  await trx.schema.createTable('member_codes', (t) => {
    t.text('member_id').primary().references('id').inTable('members');
    t.text('code_blind').notNullable();
    t.integer('tries').notNullable();
    t.text('expires_at').notNullable();
    t.text('sent_by').notNullable().references('id').inTable('accounts');
    t.text('sent_at').notNullable();
  });
  await trx.schema.createTable('member_vouches', (t) => {
    t.text('member_id').primary().references('id').inTable('members');
    t.text('vouched_by').notNullable().references('id').inTable('accounts');
    t.text('vouched_at').notNullable();
  });
  await trx.schema.createTable('migrant_profiles', (t) => {
    t.text('id').primary().references('id').inTable('branch_records');
    t.text('member_id').notNullable().references('id').inTable('members');
    /** A city, never an address. */
    t.text('destination').notNullable();
    t.text('receiving_org');
    t.text('credential').notNullable();
    t.text('away_since').notNullable();
    t.text('back_on');
    t.text('channel').notNullable();
    t.text('settled_at');
  });
  await trx.raw(
    `create unique index migrant_profiles_one_open on migrant_profiles (member_id) where settled_at is null`,
  );
}

async function transfers(trx: Knex.Transaction): Promise<void> {
  await trx.schema.createTable('transfers', (t) => {
    t.text('id').primary().references('id').inTable('branch_records');
    t.text('member_id').notNullable().references('id').inTable('members');
    t.text('from_org').notNullable().references('id').inTable('orgs');
    t.text('to_org').notNullable().references('id').inTable('orgs');
    t.text('reason_sealed').notNullable();
    t.text('letter_number');
    t.text('letter_until');
    t.text('settled_at');
    t.index(['from_org']);
    t.index(['to_org']);
  });
  await trx.raw(`create unique index transfers_one_open on transfers (member_id) where settled_at is null`);
}

/** Mergers, splits, dissolutions and changes of kind: asked for, approved by the level above, perhaps taken back. */
async function orgActs(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('org_history', (t) => {
    t.text('kind');
  });
  await trx('org_history').update({
    kind: trx('orgs').select('kind').where('orgs.id', trx.ref('org_history.org_id')),
  });
  await indexBeginnings(trx, 'org_history', 'path', ['valid_from', 'valid_to']);
  await indexBeginnings(trx, 'orgs', 'path', ['id']);
  await trx.schema.createTable('org_acts', (t) => {
    t.text('id').primary();
    t.text('kind').notNullable();
    t.text('org_id').notNullable().references('id').inTable('orgs');
    t.text('state').notNullable();
    t.text('on').notNullable();
    t.text('document_no').notNullable();
    t.text('plan').notNullable();
    t.text('undo');
    t.text('asked_by').notNullable().references('id').inTable('accounts');
    t.text('asked_at').notNullable();
    t.text('settled_by').references('id').inTable('accounts');
    t.text('settled_at');
    t.index(['org_id', 'state']);
  });
}
