import { setImmediate as others } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { Block, CourseDocument } from './content.js';
import { fontPlaces, fontSlice, printable, type Weight } from './fonts.js';
import { linesOf } from './lines.js';

/** A4 in points of 1/72 inch. */
const page = { width: 595.28, height: 841.89, side: 45, top: 50, bottom: 60 };
const inner = page.width - 2 * page.side;
const lineHeight = 1.5;
const padding = 3;

interface Style {
  size: number;
  weight: Weight;
}
const styles = {
  title: { size: 20, weight: 700 },
  heading: { size: 12, weight: 700 },
  body: { size: 9, weight: 400 },
  label: { size: 9, weight: 700 },
  foot: { size: 7, weight: 400 },
} as const satisfies Record<string, Style>;

/**
 * A course as a PDF with its fonts embedded and its text extractable. The same document gives the same bytes: the file
 * says it was made at the document's own instant.
 */
export const renderCourse = async (course: CourseDocument): Promise<Buffer> => {
  const doc = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: course.title, CreationDate: new Date(course.madeAt), ModDate: new Date(course.madeAt) },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((end, fail) => doc.on('end', end).on('error', fail));

  const pen = await openPen(doc, course);
  const sheet = openSheet(doc, pen);
  for (const block of course.blocks) await draw(sheet, block);
  feet(doc, pen, course.foot);
  doc.end();
  await done;
  return Buffer.concat(chunks);
};

type Doc = InstanceType<typeof PDFDocument>;

/** Writes text that is made of many slices of a font. */
interface Pen {
  measure(style: Style): (text: string) => number;
  lines(text: string, width: number, style: Style): string[];
  write(text: string, x: number, y: number, style: Style): void;
}

const textsIn = (block: Block): string[] => {
  switch (block.kind) {
    case 'page-break':
      return [];
    case 'pairs':
      return block.rows.flat();
    case 'table':
      return [...block.columns.map(({ title }) => title), ...block.rows.flat()];
    default:
      return [block.text];
  }
};

/** Registers every slice that the course needs in both weights, so that drawing need not wait. */
const openPen = async (doc: Doc, course: CourseDocument): Promise<Pen> => {
  const places = await fontPlaces();
  const needed = new Set<string>();
  const fixed = `${course.foot}第页共/0123456789（无）〔U+ABCDEF〕`;
  for (const text of [fixed, ...course.blocks.flatMap(textsIn)])
    for (const character of printable(text, places)) {
      const slice = places.get(character.codePointAt(0)!);
      if (slice) needed.add(slice);
    }
  for (const name of [...needed].sort())
    for (const weight of [400, 700] as const) doc.registerFont(`${name}:${weight}`, await fontSlice(name, weight));

  const sliceOf = (character: string): string => places.get(character.codePointAt(0)!) ?? 'latin';
  const widths = new Map<string, number>();
  const widthOf = (character: string, { size, weight }: Style): number => {
    const key = `${weight}${character}`;
    let width = widths.get(key);
    if (width === undefined) {
      width = doc
        .font(`${sliceOf(character)}:${weight}`)
        .fontSize(1000)
        .widthOfString(character);
      widths.set(key, width);
    }
    return (width * size) / 1000;
  };
  const measure = (style: Style) => (text: string) => [...text].reduce((sum, one) => sum + widthOf(one, style), 0);
  return {
    measure,
    lines: (text, width, style) => linesOf(printable(text, places), width, measure(style)),
    write: (text, x, y, style) => {
      let at = x;
      for (const run of runsOf(text, sliceOf)) {
        doc
          .font(`${sliceOf(run)}:${style.weight}`)
          .fontSize(style.size)
          .text(run, at, y, { lineBreak: false, features: [] });
        at += measure(style)(run);
      }
    },
  };
};

/** Parts of a text whose characters are all in one slice. */
const runsOf = (text: string, sliceOf: (character: string) => string): string[] => {
  const runs: string[] = [];
  let last = '';
  for (const character of text) {
    const slice = sliceOf(character);
    if (slice === last) runs[runs.length - 1] += character;
    else runs.push(character);
    last = slice;
  }
  return runs;
};

/** The page that is being filled, and how far. */
interface Sheet {
  doc: Doc;
  pen: Pen;
  y: number;
  /** Begins a page where less than this is left. */
  need(height: number): boolean;
  turn(): void;
}

const openSheet = (doc: Doc, pen: Pen): Sheet => {
  const sheet: Sheet = {
    doc,
    pen,
    y: page.top,
    need: (height) => {
      if (sheet.y + height <= page.height - page.bottom) return false;
      sheet.turn();
      return true;
    },
    turn: () => {
      doc.addPage();
      sheet.y = page.top;
    },
  };
  sheet.turn();
  return sheet;
};

const heightOf = ({ size }: Style): number => size * lineHeight;

const draw = async (sheet: Sheet, block: Block): Promise<void> => {
  switch (block.kind) {
    case 'page-break':
      return sheet.turn();
    case 'title':
      return paragraph(sheet, block.text, styles.title, 0, 14);
    case 'heading':
      // A heading does not stand alone at the foot of a page.
      sheet.need(heightOf(styles.heading) + 4 * heightOf(styles.body));
      return paragraph(sheet, block.text, styles.heading, 10, 4);
    case 'paragraph':
      return paragraph(sheet, block.text, styles.body, 8, 4);
    case 'pairs':
      return table(sheet, [0.2, 0.8], block.rows, null);
    case 'table':
      return table(
        sheet,
        block.columns.map(({ share }) => share),
        block.rows.length === 0 ? [['（无）', ...block.columns.slice(1).map(() => '')]] : block.rows,
        block.columns.map(({ title }) => title),
      );
  }
};

const paragraph = (sheet: Sheet, text: string, style: Style, before: number, after: number): void => {
  sheet.y += before;
  for (const line of sheet.pen.lines(text, inner, style)) {
    sheet.need(heightOf(style));
    sheet.pen.write(line, page.side, sheet.y, style);
    sheet.y += heightOf(style);
  }
  sheet.y += after;
};

/** Rows with a rule under each; one that is longer than a page goes on on the next, under the titles again. */
const table = async (
  sheet: Sheet,
  shares: readonly number[],
  rows: readonly (readonly string[])[],
  titles: readonly string[] | null,
): Promise<void> => {
  const { pen } = sheet;
  const lefts = shares.map((_, index) => page.side + inner * shares.slice(0, index).reduce((a, b) => a + b, 0));
  const step = heightOf(styles.body);

  const row = (cells: readonly string[], styleOf: (index: number) => Style, onTurn: () => void): void => {
    const lines = cells.map((text, index) => pen.lines(text, inner * shares[index]! - 2 * padding, styleOf(index)));
    const count = Math.max(...lines.map(({ length }) => length));
    // A short row is kept whole.
    if (count * step <= 200 && sheet.need(count * step + 2 * padding)) onTurn();
    sheet.y += padding;
    for (let index = 0; index < count; index += 1) {
      if (sheet.need(step + padding)) onTurn();
      lines.forEach((own, column) => {
        const line = own[index];
        if (line) pen.write(line, lefts[column]! + padding, sheet.y, styleOf(column));
      });
      sheet.y += step;
    }
    sheet.y += padding;
    sheet.doc
      .moveTo(page.side, sheet.y)
      .lineTo(page.side + inner, sheet.y)
      .lineWidth(0.4)
      .stroke('#999999');
  };

  const head = (): void => {
    if (titles)
      row(
        titles,
        () => styles.label,
        () => undefined,
      );
  };
  sheet.need(4 * step);
  head();
  for (const [index, cells] of rows.entries()) {
    row(cells, (column) => (titles === null && column === 0 ? styles.label : styles.body), head);
    // A long course takes seconds: whoever else is served here is served in between.
    if (index % 10 === 9) await others();
  }
};

const feet = (doc: Doc, pen: Pen, foot: string): void => {
  const { count } = doc.bufferedPageRange();
  const y = page.height - 40;
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(index);
    const number = `第 ${index + 1} 页 / 共 ${count} 页`;
    pen
      .lines(foot, inner - 90, styles.foot)
      .forEach((line, at) => pen.write(line, page.side, y + at * heightOf(styles.foot), styles.foot));
    pen.write(number, page.side + inner - pen.measure(styles.foot)(number), y, styles.foot);
  }
};
