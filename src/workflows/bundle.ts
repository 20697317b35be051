import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Not workflow code: this file, in its source or compiled form. Everything else beside it is. */
const here = fileURLToPath(import.meta.url);

/**
 * Bundles the workflows beside this file into `file`, for a worker's `workflowBundle`. Made anew only when a source
 * or the SDK has changed since; several processes may do so at once.
 */
export async function bundleWorkflows(file: string): Promise<{ codePath: string }> {
  const made = `// ${fingerprint()}\n`;
  if (firstBytes(file, made.length) === made) return { codePath: file };
  // Loaded only when needed: webpack and the native library take longer than everything else here.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(dirname(here), `index${extname(here)}`),
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, extensionAlias: { '.js': ['.ts', '.js'] } },
    }),
  });
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, made + code);
  renameSync(unfinished, file);
  return { codePath: file };
}

/** SHA-256 over the workflow sources and the version of the SDK. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(dirname(here)).sort()) {
    const path = join(dirname(here), name);
    if (path !== here && extname(name) === extname(here)) hash.update(name).update(readFileSync(path));
  }
  const { version } = createRequire(here)('@temporalio/workflow/package.json') as { version: string };
  return hash.update(version).digest('hex');
}

function firstBytes(file: string, length: number): string | null {
  try {
    return readFileSync(file, 'utf8').slice(0, length);
  } catch {
    return null;
  }
}
