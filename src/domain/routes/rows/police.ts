import { basis } from '../laws.js';
import { civilTypes, directSuitTypes } from '../type-sets.js';
import type { RouteRow } from '../types.js';

const suit = {
  procedure: 'civil-litigation',
  deadline: 'CL-02',
  note: { zh: '就民事争议', en: 'for the civil part' },
} as const;

/** Rows 64-66: violence in the family, and public-order matters at the police. */
export const policeRows: readonly RouteRow[] = [
  {
    row: '64',
    text: {
      zh: '家庭暴力：人身安全保护令、报警并行；安全且自愿的才可以调解',
      en: 'domestic violence: protection order beside the police; mediation only if safe and voluntary',
    },
    types: ['family'],
    from: 'any',
    outcome: ['suspected-crime'],
    permit: [
      { procedure: 'protection-order', by: 'claimant', parallel: true, deadline: 'CL-24' },
      {
        procedure: 'police-report',
        by: 'claimant',
        parallel: true,
        basis: basis('domesticViolence', '13'),
      },
      { procedure: 'civil-litigation', by: 'claimant', deadline: 'CL-02', basis: basis('civilCode', '1079') },
    ],
    forbid: [
      {
        procedure: 'mediation',
        reason: {
          zh: '存在家庭暴力风险，不得强行调解；仅在安全且双方自愿时恢复',
          en: 'there is a risk of violence: mediation is not pressed, and resumes only if safe and voluntary',
        },
      },
    ],
    duties: [
      {
        code: 'CL-24',
        text: {
          zh: '告知可以申请人身安全保护令：七十二小时内、情况紧急的二十四小时内作出',
          en: 'inform of the protection order: decided in 72 hours, in 24 if urgent',
        },
      },
    ],
    basis: basis('domesticViolence', '28', 'CL-24'),
  },
  {
    row: '65',
    text: {
      zh: '民间纠纷引起的治安案件：公安机关可以调解',
      en: 'public-order matter: the police may mediate',
    },
    types: ['public-order'],
    from: ['intake'],
    outcome: ['registered'],
    permit: [{ procedure: 'police-report' }],
    basis: basis('publicOrder', '9'),
  },
  {
    row: '65',
    text: {
      zh: '公安调解达成协议并履行：不予处罚，结案',
      en: 'police mediation, agreement performed: no penalty, close',
    },
    types: civilTypes,
    from: ['police-report'],
    outcome: ['agreement', 'agreement-performed', 'mediated'],
    permit: [
      {
        procedure: 'follow-up',
        by: 'body',
        note: { zh: '协议履行的，不予处罚', en: 'performed: no penalty' },
      },
    ],
    basis: basis('publicOrder', '9'),
  },
  {
    row: '66',
    text: {
      zh: '未达成协议或者不履行：依法处罚；民事争议起诉',
      en: 'no agreement, or not performed: penalty decision; the civil part by suit',
    },
    types: directSuitTypes,
    from: ['police-report'],
    outcome: ['no-agreement', 'refused', 'expired', 'breach', 'withdrawn'],
    permit: [
      {
        procedure: 'police-report',
        by: 'body',
        kind: 'return',
        note: { zh: '作出处罚决定', en: 'for the penalty decision' },
      },
      suit,
    ],
    basis: basis('publicOrder', '9'),
  },
  {
    row: '66',
    text: { zh: '已作出处罚决定：民事争议起诉', en: 'penalty decided: the civil part by suit' },
    types: directSuitTypes,
    from: ['police-report'],
    outcome: ['decision', 'inaction', 'not-accepted'],
    permit: [suit],
    basis: basis('publicOrder', '9'),
  },
];
