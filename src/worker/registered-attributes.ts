import type { ConnectionLike } from '@temporalio/client';
import { searchAttributes } from '../workflows/search-attributes.js';

/** Temporal's numbers of the types that are in use. */
const numberOf: Record<(typeof searchAttributes)[string], number> = {
  Keyword: 2,
  Int: 3,
  Bool: 5,
  Datetime: 6,
};

/** Search attributes that the server must be given before a worker may run there. */
export class MissingSearchAttributes extends Error {
  override readonly name = 'MissingSearchAttributes';

  /** `missing`: each as `Name=Type`. */
  constructor(
    readonly namespace: string,
    readonly missing: readonly string[],
  ) {
    const flags = missing.map((one) => `--name ${one.replace('=', ' --type ')}`);
    super(
      `Temporal namespace ${namespace} lacks search attributes: ${missing.join(', ')}. Register them with: ` +
        `temporal operator search-attribute create --namespace ${namespace} ${flags.join(' ')}`,
    );
  }
}

/**
 * Throws `MissingSearchAttributes` if the namespace lacks an attribute that the workflows set, or has it with another
 * type: every workflow task that sets it would fail, for ever. Errors of the connection are thrown as they are.
 */
export async function checkSearchAttributes(connection: ConnectionLike, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(searchAttributes)
    .filter(([name, type]) => Number(customAttributes?.[name]) !== numberOf[type])
    .map(([name, type]) => `${name}=${type}`);
  if (missing.length > 0) throw new MissingSearchAttributes(namespace, missing);
}
