// Compiles src/ to dist/ with swc (which, unlike esbuild, emits the decorator metadata Nest injects by),
// copies the data files that the code reads, bundles the workflows, and skips what is already fresh.
import { transformFile } from '@swc/core';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');
const dist = join(root, 'dist');

const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  swcrc: false,
};

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

const targetOf = (file) => join(dist, relative(src, file)).replace(/\.ts$/, '.js');
const isStale = (file) => {
  const target = targetOf(file);
  return !existsSync(target) || statSync(target).mtimeMs < statSync(file).mtimeMs;
};

const sources = filesUnder(src);
const wanted = new Set(sources.map(targetOf));
if (existsSync(dist)) {
  for (const file of filesUnder(dist)) {
    const generated = relative(dist, file).startsWith('workflow-bundle');
    if (!wanted.has(file) && !generated) rmSync(file);
  }
}
await Promise.all(
  sources.filter(isStale).map(async (file) => {
    const target = targetOf(file);
    mkdirSync(dirname(target), { recursive: true });
    if (!file.endsWith('.ts')) return cpSync(file, target);
    const { code } = await transformFile(file, { ...options, filename: file });
    writeFileSync(target, code);
  }),
);

// The workflows run from one bundle, made anew only when they have changed.
const { bundleWorkflows } = await import(pathToFileURL(join(dist, 'workflows/bundle.js')).href);
await bundleWorkflows(join(dist, 'workflow-bundle.js'));
