import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dayOf, publishedCalendar as calendar } from '../../src/domain/calendar/calendar.js';
import {
  addDays,
  addMonths,
  civilDateOf,
  compareInstants,
  dayNumber,
  daysBetween,
  fromDayNumber,
  isCivilDate,
  startOfDay,
  weekday,
} from '../../src/domain/calendar/civil-date.js';
import { countPeriod, type Suspension } from '../../src/domain/calendar/count.js';

const published = fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2026-12-31') }).map(fromDayNumber);
const anyDate = fc.integer({ min: dayNumber('0001-01-01'), max: dayNumber('9999-12-31') }).map(fromDayNumber);
const rolling = fc.constantFrom('D', 'M', 'Y');
const counted = fc.constantFrom('D', 'WD', 'M', 'Y');
const amountOf = (unit: string) => fc.integer({ min: 1, max: unit === 'Y' ? 2 : unit === 'M' ? 18 : 200 });
const suspensionsFrom = (from: string): fc.Arbitrary<Suspension[]> =>
  fc.array(
    fc.tuple(fc.integer({ min: -20, max: 300 }), fc.integer({ min: 1, max: 40 })).map(([start, length]) => ({
      from: addDays(from, start),
      to: addDays(from, start + length),
    })),
    { maxLength: 4 },
  );
const period = <U extends string>(unit: fc.Arbitrary<U>) =>
  unit.chain((u) => fc.record({ from: published, unit: fc.constant(u), amount: amountOf(u) }));
const suspended = <U extends string>(unit: fc.Arbitrary<U>) =>
  period(unit).chain((p) => suspensionsFrom(p.from).map((suspensions) => ({ ...p, suspensions })));

describe('civil dates', () => {
  it('agree with the proleptic Gregorian calendar in UTC', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const utc = new Date(`${date}T00:00:00Z`);
        expect(dayNumber(date) * 86_400_000).toBe(utc.getTime());
        expect(weekday(date)).toBe(utc.getUTCDay());
        expect(fromDayNumber(dayNumber(date))).toBe(date);
        expect(isCivilDate(date)).toBe(true);
      }),
    );
  });

  it('addMonths lands in the right month, on the same day or its last', () => {
    fc.assert(
      fc.property(published, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const moved = addMonths(date, months);
        const index = (d: string) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7));
        expect(index(moved) - index(date)).toBe(months);
        const clamped = moved.slice(8) !== date.slice(8);
        if (clamped) expect(addDays(moved, 1).slice(8)).toBe('01');
      }),
    );
  });

  it('the day of an instant is the day it was made from, in any offset', () => {
    fc.assert(
      fc.property(published, fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: -839, max: 839 }), (date, s, o) => {
        const shown = new Date(Date.parse(startOfDay(date)) + s * 1000 + o * 60_000).toISOString().slice(0, 19);
        const two = (n: number) => String(n).padStart(2, '0');
        const offset = `${o < 0 ? '-' : '+'}${two(Math.floor(Math.abs(o) / 60))}:${two(Math.abs(o) % 60)}`;
        expect(civilDateOf(`${shown}${offset}`)).toBe(date);
        expect(compareInstants(`${shown}${offset}`, startOfDay(date))).toBe(s === 0 ? 0 : 1);
      }),
    );
  });
});

describe('counting', () => {
  it('never ends on a day off', () => {
    fc.assert(
      fc.property(suspended(counted), fc.constantFrom('forward' as const, 'backward' as const), (p, direction) => {
        expect(dayOf(calendar, countPeriod({ ...p, direction, calendar }).due).working).toBe(true);
      }),
    );
  });

  it('rolls away from the trigger only, over days off only', () => {
    fc.assert(
      fc.property(period(rolling), fc.constantFrom('forward' as const, 'backward' as const), (p, direction) => {
        const { naturalDue, due } = countPeriod({ ...p, direction, calendar });
        const sign = direction === 'forward' ? 1 : -1;
        expect(daysBetween(naturalDue, due) * sign).toBeGreaterThanOrEqual(0);
        for (let date = naturalDue; date !== due; date = addDays(date, sign)) {
          expect(dayOf(calendar, date).working).toBe(false);
        }
      }),
    );
  });

  it('grows with the start and with the amount', () => {
    fc.assert(
      fc.property(suspended(counted), fc.integer({ min: 0, max: 60 }), (p, more) => {
        const base = countPeriod({ ...p, calendar });
        const later = countPeriod({ ...p, from: addDays(p.from, more), calendar });
        const longer = countPeriod({ ...p, amount: p.amount + more, calendar });
        if (p.suspensions.length === 0) expect(later.due >= base.due).toBe(true);
        expect(longer.due >= base.due).toBe(true);
        expect(longer.naturalDue >= base.naturalDue).toBe(true);
      }),
    );
  });

  it('an extension is a longer period', () => {
    fc.assert(
      fc.property(suspended(counted), fc.integer({ min: 0, max: 20 }), (p, more) => {
        const extended = countPeriod({ ...p, extension: { amount: more }, calendar });
        const longer = countPeriod({ ...p, amount: p.amount + more, calendar });
        expect({ ...extended, trace: [] }).toEqual({ ...longer, trace: [] });
      }),
    );
  });

  it('suspensions lengthen by exactly the suspended days up to the end', () => {
    fc.assert(
      fc.property(suspended(rolling), (p) => {
        const plain = countPeriod({ ...p, suspensions: [], calendar });
        const stopped = countPeriod({ ...p, calendar });
        const inside = new Set<string>();
        for (const { from, to } of p.suspensions) {
          for (let day = from; day < to; day = addDays(day, 1)) {
            if (day > p.from && day <= stopped.naturalDue) inside.add(day);
          }
        }
        expect(stopped.suspendedDays).toBe(inside.size);
        expect(daysBetween(plain.naturalDue, stopped.naturalDue)).toBe(inside.size);
        expect(inside.has(stopped.naturalDue)).toBe(false);
        expect(stopped.due >= plain.due).toBe(true);
      }),
    );
  });

  it('a count of working days is the number of working, unsuspended days passed', () => {
    fc.assert(
      fc.property(suspended(fc.constant('WD')), (p) => {
        const { due } = countPeriod({ ...p, calendar });
        const stopped = (date: string) => p.suspensions.some(({ from, to }) => from <= date && date < to);
        let working = 0;
        for (let date = addDays(p.from, 1); date <= due; date = addDays(date, 1)) {
          if (dayOf(calendar, date).working && !stopped(date)) working += 1;
        }
        expect(working).toBe(p.amount);
        expect(stopped(due)).toBe(false);
      }),
    );
  });

  it('ends at 24:00 of the due day in Shanghai', () => {
    fc.assert(
      fc.property(period(counted), (p) => {
        const { due, dueAt } = countPeriod({ ...p, calendar });
        expect(civilDateOf(dueAt)).toBe(addDays(due, 1));
        expect(dueAt.endsWith('T00:00:00+08:00')).toBe(true);
      }),
    );
  });
});

describe('the time zone of the process', () => {
  const folder = join(process.cwd(), 'src/domain');
  const sources = ['calendar', 'rules'].flatMap((part) =>
    readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(folder, part, file), 'utf8')),
  );

  it('is not asked: no clock, no Date, no Intl in calendar and rules', () => {
    expect(sources.length).toBeGreaterThan(10);
    const asking = sources.filter((text) => /new Date|Date\.(now|parse|UTC)|Intl\.|toLocale|Math\.random/.test(text));
    expect(asking).toEqual([]);
  });

  it('does not change a date', () => {
    const script = `
      const swc = require('@swc/core'), fs = require('fs'), path = require('path'), os = require('os');
      const root = 'src/domain/calendar', out = fs.mkdtempSync(path.join(os.tmpdir(), 'accord-tz-'));
      fs.writeFileSync(path.join(out, 'package.json'), '{"type":"module"}');
      for (const file of fs.readdirSync(root, { recursive: true })) {
        if (!file.endsWith('.ts')) continue;
        const { code } = swc.transformFileSync(path.join(root, file), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
        const to = path.join(out, file.replace(/ts$/, 'js'));
        fs.mkdirSync(path.dirname(to), { recursive: true });
        fs.writeFileSync(to, code);
      }
      (async () => {
        const { countPeriod } = await import(path.join(out, 'count.js'));
        const { publishedCalendar: calendar } = await import(path.join(out, 'calendar.js'));
        const answers = ['2026-03-25', '2026-01-31', '2025-09-05'].flatMap((from) =>
          ['D', 'WD', 'M'].map((unit) => countPeriod({ from, amount: 13, unit, calendar })));
        answers.push(countPeriod({ from: '2026-03-08T01:30:00-05:00', amount: 48, unit: 'H', calendar }));
        fs.rmSync(out, { recursive: true });
        console.log(JSON.stringify(answers));
      })();`;
    const zones = ['Asia/Shanghai', 'UTC', 'America/New_York', 'Pacific/Kiritimati'];
    const answers = zones.map((TZ) => {
      const run = spawnSync(process.execPath, ['-e', script], {
        env: { ...process.env, TZ, NODE_OPTIONS: '' },
        encoding: 'utf8',
        timeout: 30_000,
      });
      expect(run.stderr).toBe('');
      return run.stdout;
    });
    expect(JSON.parse(answers[0]!)).toHaveLength(10);
    expect(new Set(answers).size).toBe(1);
  });
});
