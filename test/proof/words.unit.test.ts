import { fold } from '../../src/domain/dispute/evolve.js';
import { eventTypes } from '../../src/domain/dispute/event-types.js';
import type { DisputeState } from '../../src/domain/dispute/state.js';
import { upcast } from '../../src/domain/dispute/upcast.js';
import { inWords } from '../../src/commands/proof/course/facts.js';
import { goldenStream, streamNames } from '../golden/golden.js';

/** Every event that was ever recorded for the tests, in words. */
const told = streamNames().flatMap((name) => {
  const events = goldenStream(name).map((event) => upcast(event));
  const state = fold(events) as DisputeState;
  return events.map((event) => ({
    type: event.type,
    words: inWords(event, { state, text: (sealed) => (sealed ? '某' : '') }),
  }));
});

test('every type of event has words of its own, in Chinese', () => {
  expect(new Set(told.map(({ type }) => type))).toEqual(new Set(eventTypes));
  const wordless = told.filter(({ type, words }) => words.includes(type) || !/^[\u4e00-\u9fff（]/.test(words));
  expect(wordless).toEqual([]);
});

test('nothing that is no word gets into them', () => {
  const odd = told.filter(({ words }) => /undefined|null|NaN|\[object|：$|：；/.test(words));
  expect(odd).toEqual([]);
});
