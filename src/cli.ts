#!/usr/bin/env node
/** `cunban <verb>`: the command line. Each verb stands in `src/cli/`; exit codes: 0 done, 1 refused, 2 wrong call. */
import { account } from './cli/account.ts';
import { backup, restore } from './cli/backup.ts';
import { check } from './cli/check.ts';
import { clock } from './cli/clock.ts';
import { compile } from './cli/compile.ts';
import { draw } from './cli/draw.ts';
import { keys } from './cli/keys.ts';
import { move } from './cli/move.ts';
import { payouts } from './cli/payouts.ts';
import { rehearse } from './cli/rehearse.ts';
import { verify } from './cli/verify.ts';

type Verb = (argv: string[], out: (s: string) => void, err: (s: string) => void) => Promise<number>;

const VERBS: Record<string, { run: Verb; usage: string }> = {
  check: { run: check, usage: 'check [--dir D]                    validate and lint items and forms' },
  compile: {
    run: compile,
    usage: 'compile                            write workflows/machines/*.machine.json',
  },
  draw: { run: draw, usage: 'draw CODE [SITUATION] | --all [--out DIR]  print or write drawings as SVG' },
  clock: {
    run: clock,
    usage:
      'clock --from DATE --days N [--unit workday|natural] [--suspend A..B]... [--extend N] [--overlay CODE]',
  },
  rehearse: {
    run: rehearse,
    usage: 'rehearse CODE|--all [--script FILE] [--json]  play items in simulated time',
  },
  move: {
    run: move,
    usage: 'move --map FILE [--dry-run]         move running cases to another version of their item',
  },
  keys: {
    run: keys,
    usage: 'keys list | rotate [--until DATE] | export  keys that sign QR codes and PDFs',
  },
  verify: {
    run: verify,
    usage: 'verify TEXT --keys FILE [--on DATE]  check a scanned QR code without a network',
  },
  payouts: {
    run: payouts,
    usage: 'payouts report [--json]            the ledger against lines and debts: 平衡 or 不平',
  },
  backup: {
    run: backup,
    usage: 'backup [--to DIR] [--with-key] | --verify DIR  copy database and files, or check a copy',
  },
  restore: {
    run: restore,
    usage: 'restore --from DIR --to DATADIR    put a backup into an empty data directory',
  },
  account: {
    run: account,
    usage:
      'account --login L --name N --role R --org O [--subtree] < password   open an account at the console',
  },
};

const usage = () =>
  `usage: cunban <verb>\n\n${Object.values(VERBS)
    .map((v) => `  ${v.usage}`)
    .join('\n')}\n`;

const [verb = '', ...argv] = process.argv.slice(2);
const chosen = VERBS[verb];
if (!chosen) {
  process.stderr.write(usage());
  process.exitCode = verb === '' || verb === '--help' ? 0 : 2;
} else {
  process.exitCode = await chosen.run(
    argv,
    (s) => process.stdout.write(`${s}\n`),
    (s) => process.stderr.write(`${s}\n`),
  );
}
