import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

/**
 * Noto Sans SC (SIL Open Font License 1.1), as the package has it: a variable font in about a hundred slices of the
 * character set. A slice is made a static font of one weight when its first character is needed, and kept for as long as
 * the process lives (about 50 kB each).
 */

export type Weight = 400 | 700;

const { resolve } = createRequire(import.meta.url);
const fontPackage = '@fontsource-variable/noto-sans-sc';

let places: Promise<ReadonlyMap<number, string>> | null = null;
const slices = new Map<string, Promise<Buffer>>();

/** Which slice has a character. */
const readPlaces = async (): Promise<ReadonlyMap<number, string>> => {
  const ranges = JSON.parse(await readFile(resolve(`${fontPackage}/unicode.json`), 'utf8')) as Record<string, string>;
  const found = new Map<number, string>();
  for (const [name, list] of Object.entries(ranges)) {
    for (const range of list.split(',')) {
      const [from, to] = range
        .slice('U+'.length)
        .split('-')
        .map((digits) => Number.parseInt(digits, 16));
      for (let code = from!; code <= (to ?? from!); code += 1) found.set(code, name.replace(/[[\]]/g, ''));
    }
  }
  return found;
};

/** Without features of layout, which a course has no use for and which take most of the time to lay out. */
const options = (
  wght: Weight,
): Parameters<typeof subsetFont>[2] & { keepFeatures: string[]; dropTables: string[] } => ({
  targetFormat: 'sfnt',
  variationAxes: { wght },
  noLayoutClosure: true,
  keepFeatures: [],
  dropTables: ['GSUB', 'GPOS', 'GDEF', 'BASE', 'STAT', 'vhea', 'vmtx'],
});

const makeSlice = async (name: string, weight: Weight): Promise<Buffer> => {
  const places = await fontPlaces();
  const file = await readFile(resolve(`${fontPackage}/files/noto-sans-sc-${name}-wght-normal.woff2`));
  const own = [...places].filter(([, slice]) => slice === name).map(([code]) => String.fromCodePoint(code));
  return subsetFont(file, own.join(''), options(weight));
};

export const fontPlaces = (): Promise<ReadonlyMap<number, string>> => (places ??= readPlaces());

/** One slice as a TrueType font of one weight. */
export const fontSlice = (name: string, weight: Weight): Promise<Buffer> => {
  const key = `${name}:${weight}`;
  let slice = slices.get(key);
  if (!slice) {
    slice = makeSlice(name, weight);
    slices.set(key, slice);
  }
  return slice;
};

/**
 * The text with nothing in it that the font does not have: a rare character stands as its code, `〔U+3400〕`, what has no
 * shape of its own is left out, and control characters are spaces.
 */
export const printable = (text: string, places: ReadonlyMap<number, string>): string =>
  [...text.normalize('NFC')]
    .map((character) => {
      const code = character.codePointAt(0)!;
      if (character === '\n') return character;
      if (/[\p{Cc}\p{Zs}]/u.test(character)) return ' ';
      if (/[\p{Cf}\p{Variation_Selector}]/u.test(character)) return '';
      return places.has(code) ? character : `〔U+${code.toString(16).toUpperCase().padStart(4, '0')}〕`;
    })
    .join('');
