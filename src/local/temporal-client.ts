import { Connection } from '@temporalio/client';
import { isListening } from './ports.js';

/** Names as the Temporal CLI spells them, numbers as its API does (temporal.api.enums.v1.IndexedValueType). */
const attributeTypes: Readonly<Record<string, number>> = {
  Text: 1,
  Keyword: 2,
  Int: 3,
  Double: 4,
  Bool: 5,
  Datetime: 6,
  KeywordList: 7,
};

async function connected<T>(port: number, timeoutMs: number, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({
    address: `127.0.0.1:${port}`,
    connectTimeout: timeoutMs,
    // The retrying interceptor's timer outlives its call, and throws when the connection is closed meanwhile.
    interceptors: [],
  });
  try {
    return await connection.withDeadline(Date.now() + timeoutMs, () => work(connection));
  } finally {
    await connection.close();
  }
}

/** Whether a Temporal server on this loopback port knows all these namespaces. */
export async function answers(port: number, namespaces: readonly string[], timeoutMs: number): Promise<boolean> {
  // The client waits a second after a refused connection, so it is not asked before the port is open.
  if (!(await isListening(port))) return false;
  try {
    await connected(port, timeoutMs, ({ workflowService }) =>
      Promise.all(namespaces.map((namespace) => workflowService.describeNamespace({ namespace }))),
    );
    return true;
  } catch {
    return false;
  }
}

/**
 * Registers the search attributes that a namespace lacks: the dev server reads its `--search-attribute` options
 * only when it makes its database file. Throws where an attribute is registered with another type, which
 * Temporal cannot change.
 */
export async function addMissingAttributes(
  port: number,
  namespaces: readonly string[],
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  await connected(port, 10_000, async ({ operatorService }) => {
    for (const namespace of namespaces) {
      const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
      const missing: Record<string, number> = {};
      for (const [name, type] of Object.entries(wanted)) {
        const known = customAttributes?.[name];
        if (known === undefined) missing[name] = attributeTypes[type]!;
        else if (known !== attributeTypes[type]) {
          throw new Error(
            `Temporal knows the search attribute ${name} with another type than ${type}: stop and delete temporal.db ` +
              'in the home folder (the workflows are rebuilt from the event store)',
          );
        }
      }
      if (Object.keys(missing).length > 0) {
        await operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
      }
    }
  });
}
