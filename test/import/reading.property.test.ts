import fc from 'fast-check';
import { createCommandService } from '../../src/commands/command-service.js';
import { readCsv } from '../../src/import/csv.js';
import { decidePast } from '../../src/import/decide-past.js';
import { readLines } from '../../src/import/lines.js';
import { readPastDispute } from '../../src/import/past-dispute.js';
import { RowRefused } from '../../src/import/refused-row.js';
import { csvRows, jsonRows } from '../../src/import/rows.js';
import type { EventStore } from '../../src/store/contract.js';
import { pastRow } from './backlog.js';

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const all = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const aField = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '工', '\u0000'), maxLength: 8 });

test('what is written as CSV is read as it was, whatever the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(aField, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 9 }),
      async (records, end, size) => {
        const text = records.map((fields) => fields.map(quoted).join(',') + end).join('');
        const read = await all(readCsv(readLines(chunks(Buffer.from(text), size))));
        expect(read.map((record) => ('fields' in record ? record.fields : record.problem))).toEqual(records);
      },
    ),
    { numRuns: 200 },
  );
});

test('of any lines each becomes one row with its number, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\n', ''))),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        const rows = await all(
          jsonRows(readLines(chunks(Buffer.from(lines.map((line) => `${line}\n`).join('')), size))),
        );
        const numbers = lines.flatMap((line, index) =>
          Buffer.from(line)
            .toString()
            .replace(/^\uFEFF/, '')
            .trim() === ''
            ? []
            : [index + 1],
        );
        expect(rows.map(({ line }) => line)).toEqual(numbers);
      },
    ),
    { numRuns: 200 },
  );
});

const { contextFor } = createCommandService({
  store: {} as EventStore,
  clock: () => new Date('2026-11-20T09:00:00Z'),
});
const identity = { disputeId: 'd', caseCode: 'c', commandId: 'i', fingerprint: 'f', account: 'import:test' };

/** A row is decided or refused; anything else that is thrown fails the test. */
const judge = (given: unknown): 'decided' | 'refused' => {
  try {
    decidePast(readPastDispute(given), identity, contextFor);
    return 'decided';
  } catch (error) {
    if (error instanceof RowRefused && error.code !== 'failed') return 'refused';
    throw error;
  }
};

/** Places in a row, to be overwritten. */
const pathsOf = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
    : [path];

test('a row with anything anywhere is decided or refused', () => {
  const paths = pathsOf(pastRow(1));
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...paths.filter((path) => path.length > 0)),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom(
          '2024-03-05',
          '1899-01-01',
          '2024-02-30',
          'worker',
          'withdraw',
          'reopen',
          'correct-fact',
          '',
          undefined,
        ),
      ),
      (path, value) => {
        const row = structuredClone(pastRow(1)) as Record<string, unknown>;
        let at: Record<string, unknown> = row;
        for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
        at[path.at(-1)!] = value;
        outcomes.add(judge(row));
      },
    ),
    { numRuns: 400 },
  );
  expect(judge(pastRow(1))).toBe('decided');
  expect(outcomes).toContain('refused');
});

test('no junk of a table is a crash', async () => {
  const header = 'externalId,type,region,source,title,claimant.name,respondent.name,outcome,closedOn\n';
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '工', '1', '\u0000', '-'), maxLength: 60 }),
      async (junk) => {
        for (const row of await all(csvRows(readCsv(readLines(chunks(Buffer.from(header + junk), 11))), {})))
          if ('given' in row) judge(row.given);
      },
    ),
    { numRuns: 200 },
  );
});
