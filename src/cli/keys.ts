import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { isLocalDate } from '../kernel/time.ts';
import { wallClock } from '../platform/clock.ts';
import { type KeyDeps, listKeys, rotateCodeKey, type StoredKey } from '../platform/keys/index.ts';
import { openSigning, openStore } from '../service.ts';

const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));

const USAGE = 'usage: cunban keys list | rotate [--until DATE] | export';

const PURPOSES: Record<StoredKey['purpose'], string> = {
  code: '二维码',
  authority: '演示颁发机构',
  pdf: '文件',
};

const lineOf = ({ id, purpose, algorithm, organ, validFrom, retiredOn, signsFor }: StoredKey): string => {
  const state = signsFor === null ? '已更换' : '在用';
  const until = retiredOn === null ? '' : `，${retiredOn} 停用`;
  return `${id}  ${PURPOSES[purpose]}  ${algorithm}  ${state}  ${validFrom} 起${until}${organ ? `  ${organ.name}` : ''}`;
};

type Out = (s: string) => void;
type Config = ReturnType<typeof readConfig>;

const ACTIONS: Record<
  string,
  (deps: KeyDeps, config: Config, out: Out, until: string | null) => Promise<void>
> = {
  async list({ db }, _config, out) {
    for (const key of await listKeys(db.read)) out(lineOf(key));
  },
  async rotate(deps, { qrAlgorithm }, out, until) {
    const { made, replaced } = await rotateCodeKey(deps, qrAlgorithm, until);
    out(`新的二维码密钥：${made}`);
    if (replaced)
      out(`原密钥 ${replaced} 不再签名，签过的码${until === null ? '一直' : `到 ${until} 为止`}仍可核验`);
  },
  async export(deps, config, out) {
    const signing = openSigning(config, deps);
    out(JSON.stringify({ keys: await signing.codeKeys(), authority: await signing.authority() }, null, 2));
  },
};

/**
 * `cunban keys list`: every key of the house; `rotate [--until DATE]`: a new key signs QR codes from now on, those of
 * the one before count until the day, or for good; `export`: the public keys, for checking without a network.
 * Settings are those of the service, which may run meanwhile.
 * @returns exit code: 0 done, 2 the call is wrong
 */
export async function keys(argv: string[], out: Out, err: Out): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    strict: false,
    options: { until: { type: 'string' } },
  });
  const [name = ''] = positionals;
  const { until = null } = values;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  const isRight = positionals.length === 1 && (until === null || (name === 'rotate' && isLocalDate(until)));
  if (!action || !isRight) {
    err(USAGE);
    return 2;
  }
  const config = readConfig();
  const { db, vault } = await openStore(config);
  try {
    await action({ db, vault, clock: wallClock, random }, config, out, until as string | null);
    return 0;
  } finally {
    await db.close();
  }
}
