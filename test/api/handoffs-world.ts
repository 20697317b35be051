import { createHash } from 'node:crypto';
import yauzl from 'yauzl';
import type { Dependencies } from '../../src/api/operations/further-dependencies.js';
import { withPapers, type CastMember, type Step } from '../../src/demo/story.js';
import { testFolder } from '../support/services.js';
import { testApi, type Answered, type TestApi } from './api.js';

/** The API with handoffs, documents, supervision and operations, on a database of its own. */
export interface World extends TestApi {
  /** `ACCORD_HOME` */
  home: string;
  as(member: CastMember): Promise<string>;
  upload(
    url: string,
    token: string,
    file: FormFile,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Answered>;
  /** Tells the steps over HTTP; answers the dispute's id. */
  tell(steps: readonly Step[], disputeId?: string): Promise<string>;
  bytes(url: string, token: string): Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>;
}

export interface FormFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** Options as those of `testApi`. */
export const openWorld = async (
  name: string,
  options: {
    clock?: () => Date;
    engine?: NonNullable<Dependencies['engine']>;
    env?: Record<string, string>;
  } = {},
): Promise<World> => {
  const home = testFolder(`${name}-home`);
  const api = await testApi(name, { ...options, env: { ACCORD_HOME: home, ...options.env } });

  const as: World['as'] = ({ userId, roles, organisation, region }) =>
    api.token([...roles], { userId, organisation, region: region ?? null });

  const upload: World['upload'] = (url, token, file, fields = {}, headers = {}) => {
    const { body, contentType } = formOf(file, fields);
    return api.ask('POST', url, { token, body, headers: { 'content-type': contentType, ...headers } });
  };

  const tell: World['tell'] = async (steps, begun) => {
    let disputeId = begun ?? '';
    const papers: Record<string, string> = {};
    for (const step of steps) {
      const token = await as(step.who);
      const answer = await tellOne(step, token, disputeId, papers);
      const code = answer.status < 300 ? undefined : answer.body.code;
      if (code !== step.refused) throw new Error(`${step.key}: ${answer.status} ${answer.text}`);
      if ('register' in step.does) disputeId = answer.body.id;
      if ('upload' in step.does) papers[step.does.upload.key] = answer.body.documentId;
    }
    return disputeId;
  };

  const tellOne = async (
    { does, on }: Step,
    token: string,
    disputeId: string,
    papers: Record<string, string>,
  ): Promise<Answered> => {
    if ('register' in does) return api.post('/v1/disputes', does.register, token);
    if ('acceptHandoff' in does) {
      const externalId = does.externalId === undefined ? {} : { externalId: does.externalId };
      const body = { receivedOn: on, ...externalId };
      return api.post(`/v1/handoffs/${disputeId}-h${does.acceptHandoff}/accept`, body, token);
    }
    const procedureId: Record<string, string> = does.procedureId === undefined ? {} : { procedureId: does.procedureId };
    if ('upload' in does) {
      const { kind, fileName, heading, lines } = does.upload;
      const bytes = Buffer.from([heading, ...lines].join('\n'));
      const file = { name: fileName, type: 'application/pdf', bytes };
      return upload(`/v1/disputes/${disputeId}/documents`, token, file, { kind, occurredAt: on, ...procedureId });
    }
    const when = does.action === 'finish-backfill' ? {} : { occurredAt: on };
    const body = { ...withPapers(does.body ?? {}, papers), ...procedureId, ...when };
    return api.post(`/v1/disputes/${disputeId}/actions/${does.action}`, body, token);
  };

  const bytes: World['bytes'] = async (url, token) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await api.app.inject({ method: 'GET', url, headers });
    return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
  };

  return { ...api, home, as, upload, tell, bytes };
};

/** A form with one file, the fields before it. */
export const formOf = (file: FormFile, fields: Record<string, string>) => {
  const boundary = 'accord-test-boundary';
  const field = ([name, value]: [string, string]) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = `${Object.entries(fields).map(field).join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.type}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
};

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Every member of a ZIP, by its path. */
export const unzip = async (bytes: Buffer): Promise<Map<string, Buffer>> => {
  const archive = await yauzl.fromBufferPromise(bytes, { lazyEntries: true });
  const members = new Map<string, Buffer>();
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    members.set(entry.fileName, Buffer.concat(chunks));
  }
  return members;
};
