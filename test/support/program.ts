/** The program as a process of its own, which a test can kill. */
import { type ChildProcess, spawn } from 'node:child_process';
import { projectRoot } from '../../src/platform/paths.ts';

/** Start the program as its own process; resolves with its address when it says it. */
export function startProgram(env: Record<string, string>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: projectRoot,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url) resolve({ child, url });
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}:\n${said}`)));
  });
}

/** Resolves when it is gone. */
export const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => child.once('exit', () => resolve()));
