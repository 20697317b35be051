import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runFolder } from './services.js';

/** A Node process that a test started. */
export interface Running {
  process: ChildProcess;
  /** What it has written so far, both streams in the order of arrival. */
  lines: string[];
  /** The first line, past or to come, that matches; throws if the process ends without one. */
  line(pattern: RegExp): Promise<string>;
  /** Its exit code once it has ended; null where a signal ended it. */
  exitCode(): Promise<number | null>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs a TypeScript file of the project as a process of its own, in a process group of its own: a signal to
 * `-pid` is what Ctrl-C in a terminal is. The caller ends it; if the caller is killed, the run's end does.
 */
export function runTypeScript(file: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Running {
  const hooks = fileURLToPath(new URL('typescript.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--import', hooks, file, ...args], {
    cwd: root,
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const notes = join(runFolder(), 'processes');
  mkdirSync(notes, { recursive: true });
  writeFileSync(join(notes, `${child.pid}.json`), JSON.stringify({ pid: child.pid, data: file }));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const changed = () => waiting.forEach((look) => look());
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      changed();
    });
  }
  const closed = once(child, 'close').then(() => void changed());

  return {
    process: child,
    lines,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => pattern.test(line));
          if (found !== undefined) resolve(found);
          else if (child.exitCode === null && child.signalCode === null) return;
          else reject(new Error(`ended without a line like ${pattern}:\n${lines.join('\n')}`));
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    exitCode: async () => {
      await closed;
      return child.exitCode;
    },
  };
}
