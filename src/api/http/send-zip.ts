import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Answers a package as it is made. `record` comes before the first byte: what cannot be recorded is not shown. */
export const sendZip = async (
  reply: FastifyReply,
  { fileName, size, stream }: { fileName: string; size: number; stream: Readable },
  record: () => Promise<void>,
): Promise<void> => {
  try {
    await record();
  } catch (error) {
    stream.destroy();
    throw error;
  }
  await reply
    .headers({
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${fileName}"`,
      'content-length': size,
      'cache-control': 'private, no-store',
    })
    .send(stream);
};
