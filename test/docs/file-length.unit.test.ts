import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const most = 300;

/** Tables of law, and the story that the demonstration tells: data, which is read row by row. */
const data = [/^src\/domain\/rules\//, /^src\/domain\/routes\/rows\//, /^src\/demo\/wage-arrears\.ts$/];

const lengths = ['src', 'scripts', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`)
    .filter((name) => !data.some((pattern) => pattern.test(name)))
    .map((name) => ({ name, lines: readFileSync(join(root, name), 'utf8').split('\n').length - 1 })),
);

test('no file of code is longer than 300 lines', () => {
  expect(lengths.length).toBeGreaterThan(200);
  expect(lengths.filter(({ lines }) => lines > most)).toEqual([]);
});
