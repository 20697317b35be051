import type { ProcedureOutcome } from '../../src/domain/dispute/state.js';
import type { ProcedureDefinition } from '../../src/domain/procedures/definition.js';
import type { Move } from './consequence.js';
import { outcomeName, say, type Language } from './words.js';

/** One arrow of the diagram: a move and what brings it. */
export interface Arrow extends Move {
  label: string;
}

const id = (text: string): string => text.replace('end:', 'end_').replaceAll('-', '_');
/** Mermaid reads `:` `;` and quotes as its own, and `#` as the beginning of an entity. */
const label = (text: string): string => text.replaceAll(';', ',').replaceAll(/[:"#]/g, ' ').trim();
const targetOf = ({ to }: Move): string => ('step' in to ? id(to.step) : `end_${id(to.outcome)}`);

/**
 * The steps and how one leads to another, as a Mermaid state diagram. What may happen in every step is one arrow from
 * the frame that holds them.
 */
export const diagram = (
  { steps, opening }: ProcedureDefinition,
  arrows: readonly Arrow[],
  language: Language,
): string[] => {
  const names = Object.keys(steps);
  const by = (one: Arrow) => `${one.label}\n${targetOf(one)}`;
  const everywhere = new Set(
    arrows
      .filter((one) => {
        const froms = new Set(arrows.filter((other) => by(other) === by(one)).map(({ from }) => from));
        return 'outcome' in one.to && names.length > 1 && names.every((step) => froms.has(step));
      })
      .map(by),
  );
  const edges = new Map<string, string[]>();
  for (const arrow of arrows) {
    const from = everywhere.has(by(arrow)) ? 'in_progress' : arrow.from === null ? '[*]' : id(arrow.from);
    const edge = `${from} --> ${targetOf(arrow)}`;
    const labels = edges.get(edge) ?? [];
    if (!labels.includes(arrow.label)) edges.set(edge, [...labels, arrow.label]);
  }
  const inner = [...edges].filter(([edge]) => !edge.includes('end_') && !edge.startsWith('[*]'));
  const outer = [...edges].filter(([edge]) => edge.includes('end_') || edge.startsWith('[*]'));
  const ends = [
    ...new Set(
      arrows.flatMap(({ from, to }) => [
        ...('outcome' in to ? [to.outcome] : []),
        ...(from?.startsWith('end:') ? [from.slice(4) as ProcedureOutcome] : []),
      ]),
    ),
  ];
  const draw = ([edge, labels]: [string, string[]]) => `${edge} : ${labels.map(label).join(' / ')}`;
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  state "${say({ zh: '进行中', en: 'in progress' }, language)}" as in_progress {`,
    ...names.map((step) => `    state "${label(say(steps[step]!.title, language))}" as ${id(step)}`),
    ...inner.map((edge) => `    ${draw(edge)}`),
    '  }',
    ...ends.map((outcome) => `  state "${outcomeName(outcome, language)}" as end_${id(outcome)}`),
    `  [*] --> ${id(opening.step)} : ${say({ zh: '启动', en: 'opened' }, language)}`,
    ...outer.map((edge) => `  ${draw(edge)}`),
    ...ends.map((outcome) => `  end_${id(outcome)} --> [*]`),
    '```',
    '',
  ];
};
