import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { buildOpenApi } from '../../src/api/openapi/document.js';
import { procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import { consequences } from './consequences.js';
import { disputePage } from './dispute-page.js';
import { indexPage } from './index-page.js';
import { procedurePage } from './procedure-page.js';
import { routesPage } from './routes-page.js';
import { rulesPage } from './rules-page.js';
import { languages } from './words.js';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder in which everything is generated: what lies there and is not generated is left over. */
const generatedFolder = 'docs/generated';

/** Everything that is generated and checked in: text by path, from the root of the project. */
export const artefacts = async (): Promise<Map<string, string>> => {
  const made = new Map<string, string>();
  made.set('docs/openapi.json', await format(JSON.stringify(buildOpenApi()), { parser: 'json', printWidth: 120 }));
  const followed = consequences();
  for (const language of languages) {
    const name = (stem: string) => `${generatedFolder}/${stem}.${language}.md`;
    made.set(name('index'), indexPage(procedureDefinitions, language));
    made.set(name('routes'), routesPage(language));
    made.set(name('rules'), rulesPage(language));
    made.set(name('dispute'), disputePage(language));
    for (const definition of procedureDefinitions)
      made.set(name(`procedures/${definition.code}`), procedurePage(definition, followed, language));
  }
  return made;
};

export type Difference = 'stale' | 'missing' | 'left over';

/** Where the files as they lie differ from what would be generated now. */
export const differences = (made: ReadonlyMap<string, string>): { file: string; difference: Difference }[] => {
  const folder = join(root, generatedFolder);
  const lying = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    : [];
  const wrong = [...made].flatMap(([file, text]): { file: string; difference: Difference }[] => {
    const path = join(root, file);
    if (!existsSync(path)) return [{ file, difference: 'missing' }];
    return readFileSync(path, 'utf8') === text ? [] : [{ file, difference: 'stale' }];
  });
  const left = lying.filter((file) => !made.has(file));
  return [...wrong, ...left.map((file) => ({ file, difference: 'left over' as const }))];
};
