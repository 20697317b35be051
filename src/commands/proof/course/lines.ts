/** Breaks text into lines, in the manner of Chinese typesetting. Pure. */

/** May not begin a line (GB/T 15834): closing marks. */
const notFirst = /^[，。、；：？！）》」』】〕”’…—·,.;:?!)\]}%]$/u;
/** May not end a line: opening marks. */
const notLast = /^[（《「『【〔“‘([{]$/u;

/** A run of Latin letters and digits stays together; every other character stands alone. */
const pieces = (text: string): string[] => text.match(/[A-Za-z0-9_./:@+=-]+|\s|./gu) ?? [];

/** Pieces with the marks that may not be parted from them. */
const units = (text: string): string[] => {
  const all: string[] = [];
  let opening = '';
  for (const piece of pieces(text)) {
    if (notFirst.test(piece) && all.length > 0 && opening === '') all[all.length - 1] += piece;
    else if (notLast.test(piece)) opening += piece;
    else {
      all.push(opening + piece);
      opening = '';
    }
  }
  if (opening !== '') all.push(opening);
  return all;
};

/**
 * The lines of a text, none wider than `width` where a single character is not.
 *
 * @param measure width of a text in the same unit
 */
export const linesOf = (text: string, width: number, measure: (text: string) => number): string[] =>
  text.split(/\r\n|\r|\n/u).flatMap((paragraph) => linesOfParagraph(paragraph, width, measure));

const linesOfParagraph = (text: string, width: number, measure: (text: string) => number): string[] => {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const put = (unit: string): void => {
    const needed = measure(unit);
    if (used + needed <= width) {
      line += unit;
      used += needed;
    } else if (needed <= width) {
      lines.push(line);
      line = unit.trimStart();
      used = measure(line);
    } else {
      // A word longer than a line, such as a hash, is cut where the line ends.
      for (const one of unit) {
        const own = measure(one);
        if (used + own > width && line !== '') {
          lines.push(line);
          line = '';
          used = 0;
        }
        line += one;
        used += own;
      }
    }
  };
  for (const unit of units(text)) put(unit);
  lines.push(line);
  return lines.filter((one, index) => one !== '' || lines.length === 1 || index > 0);
};
