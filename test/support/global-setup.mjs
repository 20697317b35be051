// Before the first test of a run: makes its folder, and starts the reaper that ends what tests started in it.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

export default function setup() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'accord-test-'));
  chmodSync(folder, 0o711); // the user that PostgreSQL runs as under root has to pass through
  process.env.ACCORD_TEST_FOLDER = folder;

  // Of its own session, so that Ctrl-C does not end it; it sees our end, whatever its cause, as the end of its input.
  const reaper = spawn(process.execPath, [fileURLToPath(new URL('reaper.mjs', import.meta.url)), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.unref();
  reaper.stdin.unref();
  globalThis.accordReaper = reaper;
}
