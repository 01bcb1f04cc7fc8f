import { readConfig } from './config.ts';
import { AppError } from './errors.ts';
import { createLog } from './platform/log.ts';
import { startService } from './service.ts';
import { ERROR_WORDING } from './wording.ts';

const began = performance.now();
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const service = await startService(config, log);
  if (service.demo.length > 0) {
    say('\n演示账号（仅限本机，密码公开）：');
    for (const { login, password, role, org, name } of service.demo)
      say(`  ${login.padEnd(16)} ${password}  ${role} · ${org} · ${name}`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const mode = config.mode === 'rehearsal' ? '（演练）' : '';
  say(`\n富宁县农民服务站 · 村办${mode} ${service.url}  启动用时 ${seconds} 秒`);
  const stop = async (): Promise<void> => {
    process.off('SIGINT', begin);
    process.off('SIGTERM', begin);
    try {
      await service.stop();
      say('已停止');
    } catch (error) {
      log.error({ err: error }, 'stop failed');
      process.exitCode = 1;
    }
  };
  const begin = (): void => void stop();
  process.on('SIGINT', begin);
  process.on('SIGTERM', begin);
}

main().catch((error: unknown) => {
  const words = error instanceof AppError ? ERROR_WORDING[error.code] : undefined;
  const text = words ?? (error instanceof Error ? error.message : String(error));
  process.stderr.write(`启动失败：${text}\n`);
  process.exitCode = 1;
});
