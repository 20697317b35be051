import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import { fileInZip } from '../../src/local/wheel.js';

const content = Buffer.from('程序 '.repeat(1000));

async function zipWith(compress: boolean): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from('first'), 'a/first', { compress });
  zip.addBuffer(content, 'a/scripts/程序', { compress });
  zip.end({ comment: 'a comment after the directory', forceZip64Format: false });
  return await buffer(zip.outputStream);
}

test.each([true, false])('reads a file, compressed: %s', async (compress) => {
  const zip = await zipWith(compress);
  expect(fileInZip(zip, (name) => name.endsWith('/程序'))).toEqual(content);
  expect(fileInZip(zip, (name) => name.endsWith('first'))).toEqual(Buffer.from('first'));
  expect(fileInZip(zip, (name) => name === 'absent')).toBeNull();
});

test('what is no ZIP is refused', () => {
  expect(() => fileInZip(Buffer.alloc(100), () => true)).toThrow('not a ZIP file');
  expect(() => fileInZip(Buffer.alloc(3), () => true)).toThrow('not a ZIP file');
});
