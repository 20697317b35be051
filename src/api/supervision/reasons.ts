import { stallColour } from '../views/dispute-view.js';
import { stallReasons, type StallReason } from '../../domain/stall/stall.js';

/** Why the engine does not move a dispute; people cannot help it, an operator can. */
export const engineReasons = {
  'engine-behind': { zh: '引擎滞后', en: 'the engine has not taken the latest plan' },
  'workflow-missing': { zh: '工作流缺失', en: 'the workflow is missing' },
  'workflow-failing': { zh: '工作流执行失败', en: 'the workflow fails' },
  'delivery-failing': { zh: '移送未能投递', en: 'a handoff cannot be delivered' },
  'no-worker': { zh: '没有工作进程', en: 'no worker is running' },
} as const;
export type EngineReason = keyof typeof engineReasons;

export const reasonCodes = [...Object.keys(stallReasons), ...Object.keys(engineReasons)] as [
  StallReason | EngineReason,
  ...(StallReason | EngineReason)[],
];

export const colours = ['yellow', 'red'] as const;
export type Colour = (typeof colours)[number];

/** As the dispute's own view has it; nothing will move what the engine does not move until an operator acts. */
export const colourOf = (reason: string): Colour =>
  Object.hasOwn(stallReasons, reason) && stallColour(reason as StallReason) === 'yellow' ? 'yellow' : 'red';

export const reasonsOfColour = (colour: Colour): string[] =>
  reasonCodes.filter((reason) => colourOf(reason) === colour);
