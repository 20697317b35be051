/** A cell's text: a bar would end the cell, a line break the row. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '<br>') || '–';

/** A Markdown table; nothing where there are no rows. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0
    ? []
    : [
        `| ${head.map(cell).join(' | ')} |`,
        `| ${head.map(() => '---').join(' | ')} |`,
        ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
        '',
      ];

/** A section; nothing where it would be empty. */
export const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, '', ...lines, ...(lines.at(-1) === '' ? [] : [''])];

/** One page: its lines, ended by a single line break. */
export const page = (lines: readonly string[]): string => `${lines.join('\n').trim()}\n`;

export const code = (text: string): string => `\`${text}\``;
