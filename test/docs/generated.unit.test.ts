import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { procedureDefinitions } from '../../src/domain/procedures/procedures.js';
import { artefacts, differences, root } from '../../scripts/docs/artefacts.js';

describe('what is generated and checked in', () => {
  it('is what the code generates now', async () => {
    expect(differences(await artefacts())).toEqual([]);
  });

  it.each(procedureDefinitions.map(({ code }) => code))('%s has a page in both languages', (code) => {
    for (const language of ['zh', 'en'])
      expect(existsSync(join(root, `docs/generated/procedures/${code}.${language}.md`))).toBe(true);
  });
});
