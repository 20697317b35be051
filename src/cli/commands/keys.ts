import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openPublicKeys, rotateSigningKey } from '../../commands/keys.js';
import { CannotRun, Misunderstood, type CliCommand, type CliContext } from '../command.js';
import { rotateMaster } from './rotate-master.js';

export const keys: CliCommand = {
  usage: 'keys [list | rotate [--next FILE] | rotate-master [--new]]',
  summary: [
    'list the public keys; rotate: replace the key that signs packages and anchors. The former one vouches for the',
    'new one, and what it signed stays verifiable. --next: where ACCORD_SIGNING_KEY holds the key, the PEM of the next',
    'rotate-master: wrap the keys of personal data under the current master key (ACCORD_MASTER_KEY, or the file in the',
    'home: then --new makes one first). Goes on where it was stopped',
  ],
  run: async (args, context) => {
    const [what = 'list', ...rest] = args;
    switch (what) {
      case 'list':
        if (rest.length > 0) throw new Misunderstood();
        return list(context);
      case 'rotate':
        return rotate(rest, context);
      case 'rotate-master':
        return rotateMaster(rest, context);
    }
    throw new Misunderstood();
  },
};

function list({ home, env, print }: CliContext): number {
  const known = openPublicKeys(home, env);
  for (const { kid, endorsement } of known) {
    const former = endorsement && (JSON.parse(endorsement.statement) as { endorsedBy: string }).endorsedBy;
    print(`${kid}${former === null ? '' : `  endorsed by ${former}`}`);
  }
  if (known.length === 0) print('no key yet: the first start makes one');
  return 0;
}

async function rotate(args: readonly string[], { home, env, print }: CliContext): Promise<number> {
  const file = nextKey(args);
  const next = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => null);
  if (next === null) throw new CannotRun(`${file} cannot be read`);
  if (!env['ACCORD_SIGNING_KEY'] && openPublicKeys(home, env).length === 0)
    throw new CannotRun(`${home} has no signing key that could be replaced: is ACCORD_HOME right?`);
  let rotation;
  try {
    rotation = rotateSigningKey(home, new Date().toISOString(), next, env);
  } catch (error) {
    if (error instanceof TypeError) throw new CannotRun(error.message);
    throw error;
  }
  print(`${rotation.current.kid} signs from now on; ${rotation.former.kid} vouches for it`);
  print(
    env['ACCORD_SIGNING_KEY']
      ? 'put the new key into ACCORD_SIGNING_KEY, then start the API and the worker anew'
      : 'start the API and the worker anew: until then they sign with the former key',
  );
  return 0;
}

const nextKey = (args: readonly string[]): string | undefined => {
  try {
    const { values } = parseArgs({ args: [...args], options: { next: { type: 'string' } } });
    return values.next;
  } catch (error) {
    throw new Misunderstood((error as Error).message);
  }
};
