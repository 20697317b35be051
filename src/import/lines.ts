/** Why a line cannot be read. */
export type LineProblem = 'line-too-long' | 'wrong-encoding';

/** A line of a file, numbered from 1, without its end. `end`: bytes of the file up to and with this line. */
export type Line = { number: number; end: number } & ({ text: string } | { problem: LineProblem });

export type Encoding = 'utf-8' | 'gb18030';

/** Bytes of the longest line that is read; a longer one is passed over without being held. */
export const longestLine = 1 << 20;

const newline = 0x0a;

/**
 * The lines of a file of any size: LF or CRLF, with or without a byte order mark. What cannot be read is named by its
 * number. Holds one line at a time. In both encodings the byte of a line's end stands for nothing else.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  encoding: Encoding = 'utf-8',
): AsyncGenerator<Line> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let number = 0;
  let end = 0;
  let parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array) => {
    length += part.length;
    if (length > longestLine) parts = [];
    else parts.push(part);
  };
  const finish = (): Line => {
    number += 1;
    const bytes = Buffer.concat(parts);
    const isTooLong = length > longestLine;
    [parts, length] = [[], 0];
    if (isTooLong) return { number, end, problem: 'line-too-long' };
    try {
      return { number, end, text: decoder.decode(bytes).replace(/\r$/, '') };
    } catch {
      return { number, end, problem: 'wrong-encoding' };
    }
  };
  for await (const chunk of source) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, at));
      end += at + 1 - from;
      from = at + 1;
      yield finish();
    }
    add(chunk.subarray(from));
    end += chunk.length - from;
  }
  if (length > 0) yield finish();
}
