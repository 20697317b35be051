import { readCsv } from '../../src/import/csv.js';
import { csvColumns } from '../../src/import/csv-columns.js';
import { longestLine, readLines, type Line } from '../../src/import/lines.js';
import { pointerOf } from '../../src/import/past-dispute.js';
import { csvRows, jsonRows } from '../../src/import/rows.js';

/** The bytes in chunks of `size`, as a file may come. */
async function* chunks(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const all = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
};

const linesOf = (content: string | Uint8Array, size?: number): Promise<Line[]> =>
  all(readLines(chunks(typeof content === 'string' ? Buffer.from(content) : content, size)));

test.each([1, 3, 1000])('lines are told apart whatever the chunks (%i bytes), with BOM, CRLF or none', async (size) => {
  expect(await linesOf('\uFEFF一\r\n\r\n二\n三', size)).toEqual([
    { number: 1, end: 8, text: '一' },
    { number: 2, end: 10, text: '' },
    { number: 3, end: 14, text: '二' },
    { number: 4, end: 17, text: '三' },
  ]);
  expect(await linesOf('', size)).toEqual([]);
});

test('a line that is too long or not in the encoding is named, and the next one is read', async () => {
  const long = Buffer.concat([
    Buffer.alloc(longestLine + 1, 'x'),
    Buffer.from('\n'),
    Buffer.from([0x61, 0xff, 0x0a]),
    Buffer.from('b'),
  ]);
  expect((await linesOf(long, 65_536)).map(({ end: _, ...line }) => line)).toEqual([
    { number: 1, problem: 'line-too-long' },
    { number: 2, problem: 'wrong-encoding' },
    { number: 3, text: 'b' },
  ]);
});

const recordsOf = async (text: string) =>
  (await all(readCsv(readLines(chunks(Buffer.from(text)))))).map(({ end: _, ...record }) => record);

test('quotes, doubled quotes, commas and line ends inside quotes; empty fields and empty lines', async () => {
  expect(await recordsOf('a,b\r\n"x,""y""\r\nz",\r\n\r\n,""\n')).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fields: ['x,"y"\nz', ''] },
    { line: 5, fields: ['', ''] },
  ]);
});

test('a quote that is never closed, or stands where none may, costs its own line only', async () => {
  expect(await recordsOf('1,"open\n2,"b"\n3,"c"d\n4,e"f"\n5,g')).toEqual([
    { line: 1, problem: 'unclosed-quote' },
    { line: 2, fields: ['2', 'b'] },
    { line: 3, problem: 'bad-quotes' },
    { line: 4, problem: 'bad-quotes' },
    { line: 5, fields: ['5', 'g'] },
  ]);
  // Far more lines than one record may have.
  const many = Array.from({ length: 1_000 }, (_, n) => `${n},x`).join('\n');
  const records = await recordsOf(`0,"open\n${many}`);
  expect(records).toHaveLength(1_001);
  expect(records.filter((one) => 'problem' in one)).toEqual([{ line: 1, problem: 'unclosed-quote' }]);
});

test('a JSON line is a row; what is none is named', async () => {
  const rows = await all(jsonRows(readLines(chunks(Buffer.from('{"externalId":"a"}\n\n[1\n')))));
  expect(rows).toMatchObject([
    { line: 1, given: { externalId: 'a' } },
    { line: 3, refused: { code: 'not-json' } },
  ]);
});

test('a row of a table becomes the shape that JSON Lines has', () => {
  const header = [
    'externalId',
    'type',
    'region',
    'source',
    'title',
    'claimant.name',
    'claimant2.name',
    'respondent.name',
    'claim.kind',
    'claim.amount',
    'case.wageIou',
    'case.collective',
    'procedure',
    'body.code',
    'openedOn',
    'outcome',
    'closedOn',
    'finish',
  ];
  const { read } = csvColumns(header, {});
  const row = [
    'a',
    'labour',
    '360121',
    'import',
    '工资',
    '甲',
    '',
    '乙',
    'wages',
    '100',
    '是',
    '3',
    'mediation',
    'centre',
    '2024-03-02',
    'no-agreement',
    '2024-03-09',
    'no',
  ];
  expect(read(row)).toEqual({
    given: {
      externalId: 'a',
      registration: {
        type: 'labour',
        region: '360121',
        source: 'import',
        title: '工资',
        parties: [
          { ref: 'claimant', role: 'claimant', kind: 'person', name: '甲' },
          { ref: 'respondent', role: 'respondent', kind: 'person', name: '乙' },
        ],
        claims: [{ kind: 'wages', amount: { amount: '100', currency: 'CNY' } }],
        facts: { wageIou: true, collective: 3 },
      },
      facts: [
        { action: 'open-procedure', on: '2024-03-02', body: { procedure: 'mediation', body: { code: 'centre' } } },
        { action: 'end-mediation', on: '2024-03-09', body: { reason: 'other' } },
      ],
      finish: false,
    },
  });
  expect(read(row.slice(1))).toMatchObject({ refused: { code: 'wrong-columns' } });
});

test('what fails unexpectedly while a row of a table is read is told from a refusal, and the next row is read', async () => {
  const endless: Record<string, never> = {};
  Object.assign(endless, { body: endless });
  const map = { outcomes: { endless: [endless] }, defaults: { type: 'labour', region: '360121', source: 'import' } };
  const { read } = csvColumns(['externalId', 'title', 'outcome'], map);
  expect(() => read(['a', '工资', 'endless'])).toThrow(RangeError);
  const records = readCsv(readLines(chunks(Buffer.from('externalId,title,outcome\na,b,endless\nc,d,\ne,f,none\n'))));
  expect(await all(csvRows(records, map))).toMatchObject([
    { line: 2, failed: expect.any(RangeError) },
    { line: 3, given: { externalId: 'c' } },
    { line: 4, refused: { code: 'unknown-outcome' } },
  ]);
});

test('a place in a row never quotes what somebody wrote as a key', () => {
  expect(pointerOf(['registration', 'parties', 0, 'name'])).toBe('/registration/parties/0/name');
  expect(pointerOf(['registration', 'externalIds', '张三'])).toBe('/registration/externalIds');
});
