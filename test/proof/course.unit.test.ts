import type { CourseDocument } from '../../src/commands/proof/course/content.js';
import { fontPlaces, printable } from '../../src/commands/proof/course/fonts.js';
import { linesOf } from '../../src/commands/proof/course/lines.js';
import { renderCourse } from '../../src/commands/proof/course/pdf.js';
import { pdfText } from './pdf-text.js';

const course = (rows: string[][]): CourseDocument => ({
  title: '案件经过 AC-360121-2026-000001',
  foot: `案件 AC-360121-2026-000001 版本 7 散列值 ${'ab'.repeat(32)}`,
  madeAt: '2026-11-23T02:00:00.000Z',
  blocks: [
    { kind: 'title', text: '案件经过' },
    { kind: 'pairs', rows: [['案件编号', 'AC-360121-2026-000001']] },
    { kind: 'page-break' },
    { kind: 'heading', text: '一、经过' },
    {
      kind: 'table',
      columns: [
        { title: '序号', share: 0.2 },
        { title: '事项', share: 0.8 },
      ],
      rows,
    },
  ],
});

describe('a course as PDF', () => {
  const rows = Array.from({ length: 60 }, (_, index) => [String(index + 1), `第${index + 1}次调解会，双方到场`]);

  test('has its text extractable, on numbered pages with the hash at the foot', async () => {
    const pages = pdfText(await renderCourse(course(rows)));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages[0]).toContain('AC-360121-2026-000001');
    pages.forEach((text, index) => {
      expect(text).toContain(`第 ${index + 1} 页 / 共 ${pages.length} 页`);
      expect(text).toContain('ab'.repeat(32));
    });
    const all = pages.join('');
    for (const [, said] of rows) expect(all).toContain(said);
    // The titles of a table stand on each of its pages.
    expect(pages.slice(1).every((text) => text.includes('序号'))).toBe(true);
  });

  test('is the same bytes for the same course, and others for another', async () => {
    const [once, again, other] = [
      await renderCourse(course(rows)),
      await renderCourse(course(rows)),
      await renderCourse(course(rows.slice(1))),
    ];
    expect(once.equals(again)).toBe(true);
    expect(once.equals(other)).toBe(false);
  });

  test('shows a character that the font has not as its code, and never fails', async () => {
    const rare = '㐀𠮷\u{2a6d6}\u{10ffff}\u200d\ufe0f\u0007\t（测）👩‍👩‍👧';
    const [, text] = pdfText(
      await renderCourse(
        course([
          ['1', rare],
          ['2', ''],
        ]),
      ),
    );
    expect(text).toContain('〔U+3400〕〔U+20BB7〕');
    expect(text).toContain('（测）');
  });

  test('a text longer than a page goes on on the next', async () => {
    const long = '调解'.repeat(3_000);
    const pages = pdfText(await renderCourse(course([['1', long]])));
    expect(pages.join('').split('调解').length - 1).toBeGreaterThanOrEqual(3_000);
  });

  test('a table without rows says so', async () => {
    expect(pdfText(await renderCourse(course([])))[1]).toContain('（无）');
  });
});

describe('lines', () => {
  const breakAt = (text: string, width: number) => linesOf(text, width, (part) => [...part].length);

  test('no line begins with a closing mark or ends with an opening one', () => {
    expect(breakAt('双方同意，签字。', 4)).toEqual(['双方同', '意，签', '字。']);
    expect(breakAt('依据《民法典》', 3)).toEqual(['依据', '《民法', '典》']);
  });

  test('words stay whole, and what is longer than a line is cut', () => {
    expect(breakAt('编号 AB-12 号', 6)).toEqual(['编号 ', 'AB-12 ', '号']);
    expect(breakAt('ab'.repeat(5), 4)).toEqual(['abab', 'abab', 'ab']);
    expect(breakAt('', 4)).toEqual(['']);
    expect(breakAt('甲\n乙', 4)).toEqual(['甲', '乙']);
  });
});

test('printable text has only what the font has', async () => {
  const places = await fontPlaces();
  expect(places.size).toBeGreaterThan(15_000);
  expect(printable('甲\u0000乙\u00a0丙㐀', places)).toBe('甲 乙 丙〔U+3400〕');
});
