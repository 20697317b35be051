import type { Bilingual } from './rule.js';

/** What elapsing means, where many rules share it. */
export const bodyOverdue: Bilingual = {
  zh: '机构逾期未办：程序并不因此结束，可催办、督办',
  en: 'The body is overdue; the procedure does not end by itself, the body can be urged and supervised',
};

export const rightLost: Bilingual = {
  zh: '逾期丧失该项权利，除非有法定正当理由',
  en: 'The right is lost, save for a good reason recognised by law',
};

export const mediationExpired: Bilingual = {
  zh: '期满未达成协议，视为调解不成，应告知当事人其他途径',
  en: 'No agreement in time: mediation has failed and the parties are told of their routes',
};

export const confirmationLost: Bilingual = {
  zh: '逾期不能再申请确认，协议仍有合同效力，可就协议另行主张',
  en: 'Confirmation is no longer open; the agreement stays a contract and can be claimed on',
};

export const decisionBinding: Bilingual = {
  zh: '逾期未起诉、未申请的，决定（裁决、判决）发生法律效力',
  en: 'Not challenged in time, the decision, award or judgment becomes effective',
};

export const goesOn: Bilingual = {
  zh: '逾期不影响程序继续进行',
  en: 'The procedure goes on without it',
};

export const noticeTooLate: Bilingual = {
  zh: '晚于该日的通知不满足法定提前量',
  en: 'A notice after this day is too short by law',
};
