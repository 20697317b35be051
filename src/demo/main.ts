import { randomUUID } from 'node:crypto';
import { startAccord } from '../local/accord.js';
import { onShutdown, type Stoppable } from '../local/supervise.js';
import { createClient, NoAnswer, UnexpectedAnswer, type Client, type ForbiddenView, type RouteView } from './client.js';
import { NotInTime, playLive, type LiveAct, type LiveWait } from './live.js';
import { playStory, StepFailed } from './play.js';
import { createTeller, type Teller } from './teller.js';
import { cast, wageArrears } from './wage-arrears.js';
import type { Language } from './words.js';

const usage = `Usage: npm run demo [-- --lang en]

  Plays one labour dispute through the HTTP API, from the counter to a confirmed and performed agreement, and then
  shows the engine acting by itself. ACCORD_URL: the running system to play on; without it, the one on
  http://127.0.0.1:3000 (PORT), and where none runs one is started and stopped at the end.
`;

const { env, stdout } = process;
const write = (text: string) => void stdout.write(text);

/** The language asked for, or null where the arguments are not understood. */
const languageOf = (args: readonly string[]): Language | null => {
  const [flag, value, ...rest] = args.flatMap((arg) => arg.split('='));
  if (flag === undefined) return 'zh';
  if (flag !== '--lang' || rest.length > 0) return null;
  if (value === 'en') return 'en';
  return value === 'zh' || value === 'zh-CN' ? 'zh' : null;
};

const words = {
  zh: {
    starting: '没有运行中的系统，现在启动一个（首次启动可能需要下载）……',
    using: (url: string) => `使用运行中的系统 ${url}`,
    story: '一、追索劳动报酬：从窗口登记到司法确认并履行完毕',
    past: '案件日期在过去，按补录方式逐项录入；两个事实之间届满的期限由引擎按法定时刻记入。',
    code: (code: string, events: number, ms: number) =>
      `一案一码 ${code}：共 ${events} 个事件，用时 ${(ms / 1000).toFixed(1)} 秒。没有仍在计算的期限。`,
    live: '二、无人操作时：引擎自己推进（服务期限以秒计）',
    acts: {
      registered: '三十天前登记并申请调解，其后无人操作。',
      'handoff-requested': '调解员将案卷移送仲裁委；对方不签收。',
      stalled: '督办清单：移送未签收。',
      accepted: '仲裁委签收移送。',
    },
    waits: { elapse: '等待引擎记录期限届满', delivery: '等待投递', urge: '等待催办', escalation: '等待升级' },
    elapse: (ms: number) => `调解期限届满由引擎自行记录，距最后一次人工操作 ${(ms / 1000).toFixed(1)} 秒。`,
    workflow: (id: string, status: string, behind: number) =>
      `Temporal 工作流 ${id}：${status}${behind > 0 ? `，落后 ${behind} 步` : ''}`,
    end: '演示结束。',
    stopping: '正在停止系统……',
    failed: '演示未能完成',
    notLocal: '这个系统不在本地模式：演示需要本地令牌。请用 npm start 启动本地系统，或清除 ACCORD_URL。',
    away: (url: string) => `${url} 没有应答。请先运行 npm start，或清除 ACCORD_URL 由演示自行启动。`,
  },
  en: {
    starting: 'No system is running: starting one (the first start may have to download)…',
    using: (url: string) => `Using the system at ${url}`,
    story: '1. Wage arrears: from the counter to a confirmed and performed agreement',
    past: 'The dates lie in the past: each fact is entered with its own, and periods that passed between two facts are recorded at their legal instants.',
    code: (code: string, events: number, ms: number) =>
      `Dispute ${code}: ${events} events in ${(ms / 1000).toFixed(1)} s. No period is left running.`,
    live: '2. With nobody at the keyboard: the engine goes on by itself (service levels of seconds)',
    acts: {
      registered: 'Registered thirty days ago, mediation applied for; nobody has done anything since.',
      'handoff-requested': 'The mediator hands the file to the arbitration commission, which does not sign for it.',
      stalled: 'The supervisor’s list: a handoff is not acknowledged.',
      accepted: 'The commission signs for it.',
    },
    waits: {
      elapse: 'waiting for the engine to record the elapse',
      delivery: 'waiting for the delivery',
      urge: 'waiting for the urge',
      escalation: 'waiting for the escalation',
    },
    elapse: (ms: number) =>
      `The engine recorded the elapse by itself, ${(ms / 1000).toFixed(1)} s after the last act of a person.`,
    workflow: (id: string, status: string, behind: number) =>
      `Temporal workflow ${id}: ${status}${behind > 0 ? `, behind by ${behind}` : ''}`,
    end: 'That was all.',
    stopping: 'Stopping the system…',
    failed: 'The demonstration did not come to its end',
    notLocal:
      'This system is not in local mode: the demonstration needs local tokens. Start one with npm start, or unset ACCORD_URL.',
    away: (url: string) =>
      `${url} does not answer. Run npm start first, or unset ACCORD_URL and let the demonstration start one.`,
  },
} as const satisfies Record<
  Language,
  Record<string, unknown> & { acts: Record<LiveAct, string>; waits: Record<LiveWait, string> }
>;

/** Whether our own API answers there. */
const answers = async (client: Client): Promise<boolean> => {
  try {
    const answer = await client.ask<{ status?: string }>(null, '/health/live');
    return answer.ok;
  } catch {
    return false;
  }
};

const tellStory = async (client: Client, teller: Teller, language: Language, run: string): Promise<void> => {
  const said = words[language];
  teller.heading(said.story);
  teller.note(said.past);
  teller.say('');
  const from = Date.now();
  const played = await playStory(client, wageArrears, {
    run,
    onStep: async (one) => {
      teller.step(one);
      if (!one.step.turning) return;
      const path = `/v1/disputes/${one.dispute.id}/actions`;
      teller.routes(await client.read<{ routes: RouteView[]; forbidden: ForbiddenView[] }>(one.step.who, path));
    },
  });
  const { dispute } = played.at(-1)!;
  teller.say('');
  teller.say(said.code(dispute.caseCode, dispute.version, Date.now() - from));
};

const tellLive = async (client: Client, teller: Teller, language: Language, run: string): Promise<void> => {
  const said = words[language];
  teller.heading(said.live);
  const lived = await playLive(client, {
    run,
    onEvent: (event, dispute) => teller.line(event, dispute),
    onAct: (act) => teller.say(said.acts[act]),
    onWait: (what, ms) => teller.waiting(`${said.waits[what]} ${(ms / 1000).toFixed(0)} s`),
    onWaited: () => teller.waited(),
  });
  teller.say(said.elapse(lived.elapseMs));
  const path = `/v1/disputes/${lived.dispute.id}/workflow`;
  const side = await client.read<{ workflowId: string; status: string; behindBy: number }>(cast.mediator, path);
  teller.note(said.workflow(side.workflowId, side.status, side.behindBy));
};

const parts: Stoppable[] = [];
const { shutdown } = onShutdown(() => parts, { log: (line) => write(`${line}\n`) });

async function main(): Promise<number> {
  const language = languageOf(process.argv.slice(2));
  if (language === null) {
    write(usage);
    return 2;
  }
  const said = words[language];
  const teller = createTeller({ language, colour: stdout.isTTY === true && !env['NO_COLOR'], write });
  const port = env['PORT'] || '3000';
  let client = createClient(env['ACCORD_URL'] || `http://127.0.0.1:${port}`, language);
  if (await answers(client)) {
    teller.say(said.using(client.url));
  } else if (env['ACCORD_URL']) {
    teller.say(said.away(client.url));
    return 1;
  } else {
    teller.say(said.starting);
    const { url } = await startAccord({
      home: env['ACCORD_HOME'] || '.accord',
      env,
      log: teller.note,
      started: (part) => parts.unshift(part),
    });
    client = createClient(url, language);
  }
  const run = randomUUID();
  try {
    await tellStory(client, teller, language, run);
    await tellLive(client, teller, language, run);
  } catch (error) {
    teller.waited();
    teller.say('');
    teller.say(`${said.failed}: ${messageOf(error, said.notLocal)}`);
    return 1;
  }
  teller.say('');
  teller.say(said.end);
  if (parts.length > 0) teller.note(said.stopping);
  return 0;
}

const messageOf = (error: unknown, notLocal: string): string => {
  if (error instanceof UnexpectedAnswer && error.path === '/v1/local/tokens') return notLocal;
  if (
    error instanceof StepFailed ||
    error instanceof NotInTime ||
    error instanceof NoAnswer ||
    error instanceof UnexpectedAnswer
  )
    return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
};

void main()
  .catch((error: unknown) => {
    write(`${error instanceof Error ? error.message : 'did not start'}\n`);
    return 1;
  })
  .then((code) => shutdown(code));
