import { confirmationLost, mediationExpired } from './elapse.js';
import type { Rule } from './rule.js';

export const peoplesMediationRules: Rule[] = [
  {
    code: 'PM-14',
    version: 1,
    title: {
      zh: '共同申请司法确认（人民调解协议）',
      en: "Joint application to confirm a people's-mediation agreement",
    },
    law: '人民调解法',
    article: '33',
    trigger: 'agreement-effective',
    amount: 30,
    unit: 'D',
    kind: 'party-right',
    holder: 'joint',
    elapse: confirmationLost,
    confidence: 'verified',
    effectiveFrom: '2011-01-01',
    procedures: ['mediation', 'judicial-confirmation'],
  },
  {
    code: 'PM-17',
    version: 1,
    title: { zh: '人民调解一般在一个月内调结', en: "People's mediation normally ends within a month" },
    law: '人民调解工作若干规定',
    article: '33',
    trigger: 'mediation-applied',
    amount: 30,
    unit: 'D',
    kind: 'institution',
    holder: 'body',
    extension: { amount: null, unit: 'D', approver: 'both-parties', times: null },
    elapse: mediationExpired,
    confidence: 'verified',
    source: '原文为“一般在一个月内调结”，属指引而非硬性期限；本系统按30日计',
    effectiveFrom: '2002-11-01',
    procedures: ['mediation'],
  },
];
