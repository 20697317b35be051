import { bodies } from './wage-arrears.js';
import type { DisputeView, EventView, ForbiddenView, ProblemView, RouteView } from './client.js';
import type { Played } from './play.js';
import type { CastMember } from './story.js';
import { byWord, lineOf, procedureWord, type Language, type Mark } from './words.js';

const colours = { dim: 2, bold: 1, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
type Colour = keyof typeof colours;

const marks: Record<Mark, { sign: string; colour: Colour }> = {
  clock: { sign: '⏱', colour: 'blue' },
  met: { sign: '✓', colour: 'green' },
  passed: { sign: '⌛', colour: 'yellow' },
  owed: { sign: '!', colour: 'yellow' },
  move: { sign: '→', colour: 'cyan' },
  end: { sign: '■', colour: 'dim' },
  law: { sign: '§', colour: 'cyan' },
};

export interface TellerOptions {
  language: Language;
  /** Whether colours may be used: only where somebody looks. */
  colour: boolean;
  write: (text: string) => void;
}

/** Tells on a terminal what happened, in sentences. */
export const createTeller = ({ language, colour, write }: TellerOptions) => {
  const zh = language === 'zh';
  const paint = (name: Colour, text: string) => (colour ? `\u001b[${colours[name]}m${text}\u001b[0m` : text);
  const say = (line = '') => write(`${line}\n`);
  const indent = '            ';

  const who = ({ name, userId, organisation }: CastMember): string => {
    const body = Object.values(bodies).find(({ code }) => code === organisation);
    return zh ? `${name}${body ? `，${body.name}` : ''}` : `${userId}${organisation ? `, ${organisation}` : ''}`;
  };
  const law = ({ basis, rows }: { basis: { law: string; article: string }; rows: string[] }) =>
    zh
      ? `${basis.law} ${basis.article}；决策表第${rows.join('、')}行`
      : `${basis.law} ${basis.article}; row ${rows.join(', ')} of the decision table`;

  const heading = (text: string) => {
    say();
    say(paint('bold', text));
    say();
  };
  const line = (event: EventView, dispute: DisputeView) => {
    const told = lineOf(event, dispute, language);
    if (!told) return;
    const { sign, colour: tint } = marks[told.mark];
    say(`${indent}${paint(tint, `${sign} ${told.text}`)}`);
    if (told.why) say(`${indent}  ${paint('dim', told.why)}`);
  };
  const problem = ({ title, detail, basis }: ProblemView) => {
    const rests = basis ? (zh ? `（${basis.law} ${basis.article}）` : ` (${basis.law} ${basis.article})`) : '';
    say(`${indent}${paint('red', `✗ ${title}${detail === title ? '' : `${zh ? '：' : ': '}${detail}`}${rests}`)}`);
  };

  return {
    heading,
    problem,
    line,
    note: (text: string) => say(`${indent}${paint('dim', text)}`),
    /** A step: its date, its sentence, who recorded it, and what followed. */
    step: ({ step, events, dispute, problem: refused }: Played) => {
      say(
        `${paint('bold', step.on)}  ${step[language]}  ${paint('dim', zh ? `〔${who(step.who)}〕` : `[${who(step.who)}]`)}`,
      );
      for (const event of events) line(event, dispute);
      if (refused) problem(refused);
    },
    /** What may be opened now, and what not and why. */
    routes: ({ routes, forbidden }: { routes: RouteView[]; forbidden: ForbiddenView[] }) => {
      for (const route of routes) {
        const how = [
          route.jointly ? (zh ? '双方共同' : 'jointly') : byWord(route.by, language),
          ...(route.parallel ? [zh ? '可并行' : 'beside others'] : []),
          ...(route.deadline ? [route.deadline.rule] : []),
        ].join(zh ? '，' : ', ');
        say(
          `${indent}${paint('green', `○ ${zh ? '可以：' : 'open: '}${procedureWord(route.procedure, language)}`)}${zh ? `（${how}）` : ` (${how})`}`,
        );
        if (route.note) say(`${indent}  ${paint('dim', route.note)}`);
      }
      for (const route of forbidden) {
        say(
          `${indent}${paint('red', `✗ ${zh ? '不可：' : 'forbidden: '}${procedureWord(route.procedure, language)}${zh ? '——' : ' — '}${route.reason}`)}`,
        );
        say(`${indent}  ${paint('dim', law(route))}`);
      }
    },
    /** Waiting, in place on a terminal; one line otherwise. */
    waiting: (text: string) => {
      if (colour) write(`\r${indent}${paint('dim', text)}\u001b[K`);
    },
    waited: () => {
      if (colour) write('\r\u001b[K');
    },
    say: (text: string) => say(text),
  };
};

export type Teller = ReturnType<typeof createTeller>;
