import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chineseDate, isLocalDate, localDate } from '../kernel/time.ts';
import { wallClock } from '../platform/clock.ts';
import {
  type CodeContent,
  type CodeKey,
  type CodeResult,
  checkToken,
  keyIdOf,
} from '../platform/keys/index.ts';
import { checkAgainst } from '../workflow/formats.ts';

/** What `cunban keys export` writes and `GET /api/verify/keys` answers. */
const KEYS_SCHEMA = {
  type: 'object',
  properties: {
    keys: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          algorithm: { enum: ['ed25519', 'sm2'] },
          publicKey: { type: 'string', pattern: '^([A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{87})$' },
          from: { type: 'string', format: 'date' },
          until: { type: ['string', 'null'], format: 'date' },
        },
        required: ['id', 'algorithm', 'publicKey', 'from', 'until'],
      },
    },
  },
  required: ['keys'],
};

const WORDS: Record<CodeResult['result'], string> = {
  valid: '有效',
  expired: '已过期',
  'not-yet': '尚未生效',
  'retired-key': '密钥已停用',
  'bad-signature': '签名不符',
  'unknown-key': '不认识的密钥',
  unreadable: '读不出来，不是本系统的二维码',
};

const USAGE = 'usage: cunban verify TEXT --keys FILE [--on DATE]';

/** The keys of a file; a key whose id does not follow from it is refused. @throws Error that tells what is wrong */
function readKeys(file: string, today: string): CodeKey[] {
  const given: { keys: CodeKey[] } = JSON.parse(readFileSync(file, 'utf8'));
  const faults = checkAgainst(KEYS_SCHEMA, given, { today }).map((f) => `${f.pointer} ${f.message}`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const odd = given.keys.find(
    ({ id, algorithm, publicKey }) => id !== keyIdOf(algorithm, Buffer.from(publicKey, 'base64url')),
  );
  if (odd) throw new Error(`密钥 ${odd.id} 与它的公钥不相符，公钥文件被改动过`);
  return given.keys;
}

/**
 * `cunban verify TEXT --keys FILE [--on DATE]`: check what a scan of a QR code gave, with the public keys of a file
 * and nothing else: no database, no network.
 * @returns exit code: 0 genuine and valid on the day, 1 not, 2 the call or the file is wrong
 */
export async function verify(
  argv: string[],
  out: (s: string) => void,
  err: (s: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    strict: false,
    options: { keys: { type: 'string' }, on: { type: 'string' } },
  });
  const today = localDate(wallClock.now());
  const { keys: file, on = today } = values;
  const [text] = positionals;
  if (text === undefined || positionals.length > 1 || typeof file !== 'string' || !isLocalDate(on)) {
    err(USAGE);
    return 2;
  }
  try {
    const checked = checkToken(text, readKeys(file, today), on);
    out(WORDS[checked.result]);
    if ('content' in checked) for (const line of linesOf(checked.content)) out(line);
    return checked.result === 'valid' ? 0 : 1;
  } catch (error) {
    err(`${file}：${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

const linesOf = ({ title, number, holder, organ, issuedOn, expiresOn, kind }: CodeContent): string[] => [
  `名称：${title}`,
  `编号：${number}`,
  `持有人：${holder}`,
  `颁发机关：${organ}`,
  `颁发日期：${chineseDate(issuedOn)}`,
  ...(kind === 'paper' ? [] : [`有效期至：${expiresOn === null ? '长期' : chineseDate(expiresOn)}`]),
];
