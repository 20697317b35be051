import { inflateSync } from 'node:zlib';

/**
 * The text of each page of a PDF that pdfkit wrote: its content streams, read through the ToUnicode tables of its fonts.
 * Enough of the format for that, and no more.
 */
export const pdfText = (bytes: Buffer): string[] => {
  const file = bytes.toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id, body] of file.matchAll(/(\d+) 0 obj\n([^]*?)\nendobj/g)) objects.set(id!, body!);
  const object = (id: string): string => objects.get(id)!;
  const stream = (id: string): string => {
    const body = object(id);
    const raw = body.slice(body.indexOf('stream\n') + 7, body.lastIndexOf('\nendstream'));
    return inflateSync(Buffer.from(raw, 'latin1')).toString('latin1');
  };
  const referred = (body: string, name: string): string => new RegExp(`/${name} (\\d+) 0 R`).exec(body)![1]!;

  const unicode = new Map<string, Map<number, string>>();
  const tableOf = (font: string): Map<number, string> => {
    let table = unicode.get(font);
    if (!table) {
      table = toUnicode(stream(referred(object(font), 'ToUnicode')));
      unicode.set(font, table);
    }
    return table;
  };

  const kids = /\/Kids \[([^\]]*)\]/.exec([...objects.values()].find((body) => body.includes('/Kids'))!)![1]!;
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, page]) => {
    const fonts = new Map(
      [...object(referred(object(page!), 'Resources')).matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [
        name!,
        id!,
      ]),
    );
    let font = '';
    let text = '';
    for (const [, name, shown] of stream(referred(object(page!), 'Contents')).matchAll(
      /\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g,
    )) {
      if (name) font = fonts.get(name)!;
      else for (const [, hex] of shown!.matchAll(/<([0-9a-f]+)>/g)) text += decode(hex!, tableOf(font));
    }
    return text;
  });
};

const decode = (hex: string, table: ReadonlyMap<number, string>): string =>
  (hex.match(/.{4}/g) ?? []).map((code) => table.get(Number.parseInt(code, 16)) ?? '').join('');

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

const toUnicode = (cmap: string): Map<number, string> => {
  const table = new Map<number, string>();
  for (const [, from, list] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g))
    [...list!.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, hex], index) =>
      table.set(Number.parseInt(from!, 16) + index, utf16(hex!.replaceAll(' ', ''))),
    );
  return table;
};
