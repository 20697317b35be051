import { createEventStore } from '../../store/event-store.js';
import { run } from '../../store/pool.js';
import { Misunderstood, type CliCommand } from '../command.js';

const pageOfStreams = {
  name: 'cli-streams',
  // Those that have a head, and those whose head was taken away.
  text: `(SELECT stream FROM accord.streams WHERE stream > $1 ORDER BY stream LIMIT 500)
    UNION (SELECT stream FROM accord.events WHERE stream > $1 GROUP BY stream ORDER BY stream LIMIT 500)
    ORDER BY stream LIMIT 500`,
};

export const verify: CliCommand = {
  usage: 'verify [dispute]',
  summary: ['recompute the hash chain of one dispute, or of all'],
  run: ([disputeId, ...rest], { print, withPool }) => {
    if (rest.length > 0) throw new Misunderstood();
    return withPool(async (pool) => {
      const store = createEventStore(pool);
      let [streams, events, damaged] = [0, 0, 0];
      const check = async (stream: string): Promise<void> => {
        const found = await store.verifyStream(stream);
        streams += 1;
        if (found.ok) events += found.events;
        else {
          damaged += 1;
          print(`${stream}: version ${found.version}: ${found.problem}`);
        }
      };
      if (disputeId !== undefined) {
        await check(`dispute-${disputeId}`);
        if (events === 0 && damaged === 0) {
          print(`no events of dispute ${disputeId}`);
          return 1;
        }
      } else {
        for (let after = ''; ;) {
          const page = await run<{ stream: string }>(pool, pageOfStreams, [after]);
          for (const { stream } of page) await check(stream);
          if (page.length === 0) break;
          after = page.at(-1)!.stream;
        }
      }
      print(`${streams} ${streams === 1 ? 'stream' : 'streams'}, ${events} events, ${damaged} damaged`);
      return damaged === 0 ? 0 : 1;
    });
  },
};
