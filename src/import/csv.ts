import { longestLine, type Line, type LineProblem } from './lines.js';

/** A record begins at `line` and may go on over further ones inside quotes. */
export type CsvRecord = { line: number; end: number } & (
  { fields: string[] } | { problem: LineProblem | 'bad-quotes' | 'unclosed-quote' }
);

/** Lines that one record may take: further on, a quote is one that was never closed. */
const mostLines = 200;

/**
 * Records of RFC 4180. A record that cannot be read is named by its first line, and reading goes on with the next line:
 * a quote that is never closed costs its own line and not the rest of the file. Holds one record at a time.
 */
export async function* readCsv(source: AsyncIterable<Line>): AsyncGenerator<CsvRecord> {
  const lines = source[Symbol.asyncIterator]();
  /** Lines that were looked at and belong to a later record. */
  let ahead: Line[] = [];
  const next = async (): Promise<Line | null> => {
    const waiting = ahead.shift();
    if (waiting) return waiting;
    const { done, value } = await lines.next();
    return done ? null : value;
  };
  for (let first = await next(); first !== null; first = await next()) {
    const { number: line, end } = first;
    if ('problem' in first) {
      yield { line, end, problem: first.problem };
      continue;
    }
    if (first.text === '') continue;
    const more: Line[] = [];
    let text = first.text;
    let open = isOpen(text, false);
    while (open && more.length < mostLines && text.length < longestLine) {
      const another = await next();
      if (another === null) break;
      more.push(another);
      if ('problem' in another) break;
      text += `\n${another.text}`;
      open = isOpen(another.text, true);
    }
    const fields = open ? null : fieldsOf(text);
    if (fields) {
      yield { line, end: more.at(-1)?.end ?? end, fields };
      continue;
    }
    ahead = [...more, ...ahead];
    yield { line, end, problem: open ? 'unclosed-quote' : 'bad-quotes' };
  }
}

/** Whether a quote is open behind the text: each `"` opens or closes, and a doubled one does both. */
const isOpen = (text: string, before: boolean): boolean => {
  let open = before;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) open = !open;
  return open;
};

const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

/** The fields of one record; null where quotes stand in the wrong place. */
const fieldsOf = (text: string): string[] | null => {
  const fields: string[] = [];
  field.lastIndex = 0;
  for (;;) {
    const match = field.exec(text);
    if (!match) return null;
    fields.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
    if (match[3] === '') return fields;
  }
};
