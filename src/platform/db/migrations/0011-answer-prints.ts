import type { Knex } from 'knex';

interface Given {
  id: string;
  village_id: string;
  given_on: string;
}

/** Answers become prints: a number without gaps in each village and year, a code to check, the print kept by content. */
export async function up(trx: Knex.Transaction): Promise<void> {
  await trx.schema.alterTable('answers', (t) => {
    t.text('number');
    t.text('verify_code');
    t.text('person_masked');
    t.text('given_name');
    t.text('file_hash');
    t.unique(['number']);
    t.unique(['verify_code']);
  });
  const last = new Map<string, number>();
  const rows: Given[] = await trx('answers').orderBy(['given_at', 'id']);
  for (const { id, village_id, given_on } of rows) {
    const year = given_on.slice(0, 4);
    const key = `answer:${village_id} ${year}`;
    const seq = (last.get(key) ?? 0) + 1;
    last.set(key, seq);
    // The random half of the id serves as the code.
    const verify_code = id.slice(10).toUpperCase();
    await trx('answers')
      .where({ id })
      .update({ number: `${village_id}告〔${year}〕${seq}号`, verify_code });
  }
  for (const [key, seq] of last) {
    const [series, year] = key.split(' ');
    await trx('number_series').insert({ series, year: Number(year), last: seq });
  }
}
