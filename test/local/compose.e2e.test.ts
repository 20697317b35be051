import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../../src/workflows/search-attributes.js';
import { freshTaskQueue, temporalAddress, temporalBinary, testFolder } from '../support/services.js';
import { asTheShellGetsIt, service } from './compose.js';

test('the job temporal-setup makes the namespace and its search attributes, however often it runs', async () => {
  const tools = testFolder('tools');
  symlinkSync(await temporalBinary(), join(tools, 'temporal'));
  const address = await temporalAddress();
  const namespace = freshTaskQueue('composed').replaceAll('_', '-');
  const env = {
    PATH: `${tools}:${process.env.PATH}`,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
  };
  const script = asTheShellGetsIt(service('temporal-setup').command!.join('\n'));
  for (let i = 0; i < 2; i++) await promisify(execFile)('/bin/sh', ['-euc', script], { env });

  const connection = await Connection.connect({ address });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes ?? {}).sort()).toEqual(Object.keys(searchAttributes).sort());
  } finally {
    await connection.close();
  }
});
