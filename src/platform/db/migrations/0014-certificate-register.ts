import type { Knex } from 'knex';
import { startOfDay } from '../../../kernel/time.ts';
import { appendOnly } from '../dialect.ts';

interface Kept {
  id: string;
  item_code: string;
  spec_id: string;
  number: string;
  organ_id: string;
  village_id: string;
  reserved_at: string;
  issued_on: string | null;
  state: string;
  collected_at: string | null;
  collection_sealed: string | null;
}

/**
 * 证照登记簿: what a certificate is worth and where its printed piece lies are two things, each told by an
 * append-only log; the columns are a cache of it. Transfers 交接单 carry pieces from office to office.
 */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('certificates', (t) => {
    t.text('custody').notNullable().defaultTo('none');
    t.text('place_id').references('id').inTable('orgs');
    t.text('successor_id');
    t.integer('proposal');
    t.integer('seq').notNullable().defaultTo(0);
    t.index(['state', 'expires_on']);
    t.index(['custody', 'place_id']);
  });
  await trx.schema.createTable('certificate_events', (t) => {
    t.text('certificate_id').notNullable().references('id').inTable('certificates');
    t.integer('seq').notNullable();
    t.text('act').notNullable();
    t.text('at').notNullable();
    t.text('by_id').notNullable();
    t.text('by_name').notNullable();
    t.text('from_org');
    t.text('to_org');
    t.text('successor_id');
    /** What asked for it, so that it happens once: an event of a case, a day of the calendar. */
    t.text('cause');
    t.text('detail_sealed');
    t.primary(['certificate_id', 'seq']);
    t.unique(['certificate_id', 'act', 'cause']);
  });
  await tellThePast(trx);
  await appendOnly(trx, 'certificate_events');
  await trx.raw('alter table certificates drop column collection_sealed');
  await trx.schema.createTable('certificate_transfers', (t) => {
    t.text('id').primary();
    t.text('number').notNullable().unique();
    t.text('from_org').notNullable().references('id').inTable('orgs');
    t.text('to_org').notNullable().references('id').inTable('orgs');
    t.text('state').notNullable();
    t.text('sent_by').notNullable();
    t.text('sent_name').notNullable();
    t.text('sent_at').notNullable();
    t.text('settled_by');
    t.text('settled_name');
    t.text('settled_at');
    t.text('note');
    t.index(['to_org', 'state']);
    t.index(['from_org', 'state']);
  });
  await trx.schema.createTable('certificate_transfer_items', (t) => {
    t.text('transfer_id').notNullable().references('id').inTable('certificate_transfers');
    t.text('certificate_id').notNullable().references('id').inTable('certificates');
    t.text('result').notNullable();
    t.primary(['transfer_id', 'certificate_id']);
    t.index(['certificate_id']);
  });
}

/** Certificates that are there already get the log they would have had. */
async function tellThePast(trx: Knex.Transaction): Promise<void> {
  const all: Kept[] = await trx('certificates as k')
    .join('cases as c', 'c.id', 'k.case_id')
    .select('k.*', 'c.village_id')
    .orderBy('k.id');
  for (const one of all) {
    const successor = all.find(
      (o) =>
        o.item_code === one.item_code &&
        o.spec_id === one.spec_id &&
        o.number === one.number &&
        o.id > one.id &&
        o.issued_on !== null,
    );
    const past = pastOf(one, successor);
    for (const [i, event] of past.entries())
      await trx('certificate_events').insert({
        certificate_id: one.id,
        seq: i + 1,
        by_id: 'system',
        by_name: '系统',
        ...event,
      });
    const collected = one.collected_at !== null;
    await trx('certificates')
      .where({ id: one.id })
      .update({
        state: one.state === 'void' ? 'replaced' : one.state === 'reserved' ? 'reserved' : 'valid',
        custody: collected ? 'collected' : 'none',
        successor_id: one.state === 'void' ? (successor?.id ?? null) : null,
        seq: past.length,
      });
  }
}

interface Past {
  act: string;
  at: string;
  from_org?: string;
  to_org?: string;
  successor_id?: string | null;
  detail_sealed?: string | null;
}

function pastOf(one: Kept, successor: Kept | undefined): Past[] {
  const at = one.issued_on === null ? one.reserved_at : laterOf(startOfDay(one.issued_on), one.reserved_at);
  const handed = one.collected_at;
  return [
    { act: 'RESERVE', at: one.reserved_at },
    ...(one.issued_on === null ? [] : [{ act: 'ISSUE', at }]),
    ...(handed === null
      ? []
      : [
          { act: 'PRINT', at: handed, to_org: one.village_id },
          { act: 'COLLECT', at: handed, from_org: one.village_id, detail_sealed: one.collection_sealed },
        ]),
    ...(one.state === 'void'
      ? [{ act: 'REPLACE', at: handed ?? at, successor_id: successor?.id ?? null }]
      : []),
  ];
}

const laterOf = (a: string, b: string): string => (a > b ? a : b);
