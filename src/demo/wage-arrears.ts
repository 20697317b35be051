import type { CastMember, Step } from './story.js';

/**
 * Wage arrears, from the counter to a confirmed and performed agreement: mediation, labour arbitration, a suit, joint
 * mediation by union and court, judicial confirmation, follow-up. All names are invented. The dates lie in the past, so
 * the story is entered in backfill, each fact with its own date.
 */

const region = '360121';
const member = (userId: string, name: string, role: CastMember['roles'][number], organisation: string): CastMember => ({
  userId,
  name,
  roles: [role],
  organisation,
  region,
});

export const bodies = {
  desk: { code: 'nanchang-county-dispute-desk', name: '南昌县社会矛盾纠纷调处化解中心' },
  centre: { code: 'xiangtang-labour-mediation', name: '向塘镇劳动争议调解中心' },
  commission: { code: 'nanchang-county-labour-arbitration', name: '南昌县劳动人事争议仲裁委员会' },
  court: { code: 'nanchang-county-court', name: '南昌县人民法院' },
  studio: { code: 'nanchang-county-union-studio', name: '南昌县总工会劳动争议调解工作室' },
} as const;

export const cast = {
  counter: member('counter-wan', '万小芹', 'intake', bodies.desk.code),
  mediator: member('mediator-xiong', '熊建国', 'mediator', bodies.centre.code),
  officer: member('officer-tu', '涂文静', 'case-officer', bodies.commission.code),
  arbitrator: member('arbitrator-luo', '罗致远', 'arbitrator', bodies.commission.code),
  clerk: member('clerk-deng', '邓晓梅', 'court-clerk', bodies.court.code),
  courtMediator: member('court-mediator-hu', '胡长青', 'mediator', bodies.court.code),
  judge: member('judge-xu', '徐明', 'judge', bodies.court.code),
  union: member('union-gong', '龚秀兰', 'mediator', bodies.studio.code),
  coordinator: member('adviser-peng', '彭海', 'adviser', bodies.studio.code),
  lawyer: member('adviser-zhou', '周律', 'adviser', bodies.studio.code),
  engineer: member('adviser-liao', '廖工', 'adviser', bodies.studio.code),
} as const satisfies Record<string, CastMember>;

/** The procedures of the story, in the order in which they are opened. */
export const stages = {
  mediation: 'p1',
  arbitration: 'p2',
  suit: 'p3',
  jointMediation: 'p4',
  confirmation: 'p5',
  followUp: 'p6',
} as const;

const both = ['worker', 'employer'] as const;
const cny = (amount: string) => ({ amount, currency: 'CNY' }) as const;
const person = ({ userId, name }: CastMember) => ({ account: userId, name });

const atTheCounter: Step[] = [
  {
    key: 'registered',
    on: '2026-03-02',
    zh: '劳动者到县矛盾纠纷调处化解中心窗口登记：2025年11月至2026年2月四个月工资48000.00元、加班费9600.00元；被申请人为保洁公司；劳动关系已于2月27日终止。',
    en: 'A worker registers at the counter: four months’ wages, 48,000.00 CNY, and overtime pay, 9,600.00 CNY, against a cleaning company; the employment ended on 27 February.',
    who: cast.counter,
    turning: true,
    does: {
      register: {
        type: 'labour',
        region,
        source: 'counter',
        receivedOn: '2026-03-02',
        title: '李春梅与南昌洁一保洁服务有限公司追索劳动报酬纠纷',
        parties: [
          {
            ref: 'worker',
            role: 'claimant',
            capacity: 'worker',
            kind: 'person',
            name: '李春梅',
            phone: '13900000001',
            idNumber: '360121198905060000',
            address: '南昌县向塘镇示例路12号',
          },
          {
            ref: 'employer',
            role: 'respondent',
            capacity: 'employer',
            kind: 'organisation',
            name: '南昌洁一保洁服务有限公司',
            phone: '079100000002',
            address: '南昌县莲塘镇示例大道88号',
          },
        ],
        claims: [
          { kind: 'wages', amount: cny('48000.00'), text: '2025年11月至2026年2月工资，每月12000.00元' },
          { kind: 'overtime', amount: cny('9600.00'), text: '同期法定节假日及休息日加班费' },
        ],
        facts: { employmentEndedOn: '2026-02-27' },
        backfill: true,
      },
    },
  },
];

const townshipMediation: Step[] = [
  {
    key: 'mediation-applied',
    on: '2026-03-02',
    zh: '当日向镇劳动争议调解中心申请调解。',
    en: 'The same day mediation is applied for at the township labour mediation centre.',
    who: cast.mediator,
    does: {
      action: 'open-procedure',
      body: { procedure: 'mediation', track: 'labour', body: bodies.centre, appliedOn: '2026-03-02' },
    },
  },
  {
    key: 'worker-consents',
    on: '2026-03-03',
    zh: '劳动者同意调解。',
    en: 'The worker consents to mediation.',
    who: cast.mediator,
    does: { action: 'record-consent', body: { party: 'worker', consent: 'given' } },
  },
  {
    key: 'employer-consents',
    on: '2026-03-03',
    zh: '公司同意调解。',
    en: 'The company consents to mediation.',
    who: cast.mediator,
    does: { action: 'record-consent', body: { party: 'employer', consent: 'given' } },
  },
  {
    key: 'mediator-designated',
    on: '2026-03-04',
    zh: '中心指派调解员。',
    en: 'The centre designates a mediator.',
    who: cast.mediator,
    does: { action: 'designate-neutral', body: { person: person(cast.mediator) } },
  },
  {
    key: 'mediator-accepts',
    on: '2026-03-04',
    zh: '调解员接受指派，无利害关系。',
    en: 'The mediator accepts, without a conflict of interest.',
    who: cast.mediator,
    does: { action: 'answer-designation', body: { answer: 'accepts' } },
  },
  {
    key: 'first-session',
    on: '2026-03-10',
    zh: '召开调解会，未达成协议。',
    en: 'A session is held, without agreement.',
    who: cast.mediator,
    does: { action: 'record-session', body: { result: 'no-agreement' } },
  },
  {
    key: 'suit-too-early',
    on: '2026-03-18',
    zh: '（3月17日24时，无人操作，调解期限届满。）劳动者到法院要求直接起诉。',
    en: '(On 17 March at 24:00, with nobody doing anything, the period of mediation ran out.) The worker asks the court to take a suit at once.',
    who: cast.clerk,
    refused: 'route-forbidden',
    turning: true,
    does: {
      action: 'open-procedure',
      body: { procedure: 'civil-litigation', body: bodies.court, applicants: ['worker'] },
    },
  },
  {
    key: 'routes-notice',
    on: '2026-03-18',
    zh: '中心向双方送达救济途径告知书。',
    en: 'The centre hands both parties the notice of the routes that remain.',
    who: cast.mediator,
    does: {
      action: 'give-notice',
      procedureId: stages.mediation,
      body: { notice: 'routes', parties: both },
    },
  },
  {
    key: 'failure-record-uploaded',
    on: '2026-03-18',
    zh: '上传调解终结记录。',
    en: 'The record of the failed mediation is uploaded.',
    who: cast.mediator,
    does: {
      procedureId: stages.mediation,
      upload: {
        key: 'failure-record',
        kind: 'failure-record',
        fileName: '调解终结记录.pdf',
        heading: '劳动争议调解终结记录',
        lines: [
          '申请人：李春梅　　被申请人：南昌洁一保洁服务有限公司',
          '2026年3月2日申请调解，3月10日召开调解会，双方未达成协议。',
          '自申请之日起十五日内未达成调解协议，调解终结，当事人可以依法申请劳动仲裁。',
          '向塘镇劳动争议调解中心　2026年3月18日',
        ],
      },
    },
  },
  {
    key: 'failure-record-filed',
    on: '2026-03-18',
    zh: '调解终结记录归档。',
    en: 'The record of the failed mediation is filed.',
    who: cast.mediator,
    does: {
      action: 'file-record',
      procedureId: stages.mediation,
      body: { kind: 'failure-record', document: '@failure-record' },
    },
  },
];

const arbitration: Step[] = [
  {
    key: 'arbitration-applied',
    on: '2026-03-20',
    zh: '劳动者向县仲裁委申请劳动仲裁。',
    en: 'The worker applies for labour arbitration.',
    who: cast.officer,
    does: {
      action: 'open-procedure',
      body: { procedure: 'labour-arbitration', body: bodies.commission, appliedOn: '2026-03-20' },
    },
  },
  {
    key: 'arbitration-accepted',
    on: '2026-03-25',
    zh: '仲裁委决定受理。',
    en: 'The commission accepts the application.',
    who: cast.officer,
    does: { action: 'accept-application', procedureId: stages.arbitration },
  },
  {
    key: 'copy-served',
    on: '2026-03-27',
    zh: '向公司送达仲裁申请书副本。',
    en: 'The copy of the application is served on the company.',
    who: cast.officer,
    does: {
      action: 'serve',
      procedureId: stages.arbitration,
      body: { paper: 'application-copy', party: 'employer', servedOn: '2026-03-27' },
    },
  },
  {
    key: 'tribunal-formed',
    on: '2026-03-27',
    zh: '组成仲裁庭。',
    en: 'The tribunal is formed.',
    who: cast.officer,
    does: { action: 'form-tribunal', body: { arbitrators: [person(cast.arbitrator)] } },
  },
  {
    key: 'tribunal-notice-worker',
    on: '2026-03-27',
    zh: '将仲裁庭组成情况通知劳动者。',
    en: 'The worker is told who sits on the tribunal.',
    who: cast.officer,
    does: {
      action: 'serve',
      procedureId: stages.arbitration,
      body: { paper: 'tribunal-notice', party: 'worker', servedOn: '2026-03-27' },
    },
  },
  {
    key: 'tribunal-notice-employer',
    on: '2026-03-27',
    zh: '将仲裁庭组成情况通知公司。',
    en: 'The company is told who sits on the tribunal.',
    who: cast.officer,
    does: {
      action: 'serve',
      procedureId: stages.arbitration,
      body: { paper: 'tribunal-notice', party: 'employer', servedOn: '2026-03-27' },
    },
  },
  {
    key: 'hearing-notice',
    on: '2026-04-03',
    zh: '通知双方4月16日开庭。',
    en: 'Both parties are given notice of a hearing on 16 April.',
    who: cast.arbitrator,
    does: {
      action: 'schedule-session',
      procedureId: stages.arbitration,
      body: { at: '2026-04-16T09:00:00+08:00', noticeOn: '2026-04-03' },
    },
  },
  {
    key: 'answer-received',
    on: '2026-04-09',
    zh: '收到公司答辩书。',
    en: 'The company’s answer comes in.',
    who: cast.officer,
    does: { action: 'record-answer', body: { party: 'employer', receivedOn: '2026-04-09' } },
  },
  {
    key: 'answer-served',
    on: '2026-04-10',
    zh: '将答辩书副本送达劳动者。',
    en: 'The answer is served on the worker.',
    who: cast.officer,
    does: {
      action: 'serve',
      procedureId: stages.arbitration,
      body: { paper: 'answer', party: 'worker', servedOn: '2026-04-10' },
    },
  },
  {
    key: 'hearing-notice-too-late',
    on: '2026-04-13',
    zh: '有人试图以4月13日的通知把庭审改到4月16日下午。',
    en: 'Somebody tries to move the hearing to the afternoon of 16 April by a notice of 13 April.',
    who: cast.arbitrator,
    refused: 'notice-too-late',
    does: {
      action: 'schedule-session',
      procedureId: stages.arbitration,
      body: { at: '2026-04-16T14:30:00+08:00', noticeOn: '2026-04-13' },
    },
  },
  {
    key: 'hearing',
    on: '2026-04-16',
    zh: '开庭审理。',
    en: 'The hearing is held.',
    who: cast.arbitrator,
    does: { action: 'record-session', procedureId: stages.arbitration, body: { heldOn: '2026-04-16' } },
  },
  {
    key: 'award-uploaded',
    on: '2026-05-08',
    zh: '上传裁决书。',
    en: 'The award is uploaded.',
    who: cast.arbitrator,
    does: {
      procedureId: stages.arbitration,
      upload: {
        key: 'award',
        kind: 'award',
        fileName: '仲裁裁决书.pdf',
        heading: '南昌县劳动人事争议仲裁委员会　裁决书',
        lines: [
          '申请人：李春梅　　被申请人：南昌洁一保洁服务有限公司',
          '一、被申请人支付申请人工资36000.00元；二、被申请人支付申请人加班费4800.00元；',
          '三、驳回申请人的其他请求。',
          '当事人不服本裁决的，可以自收到裁决书之日起十五日内向人民法院提起诉讼。',
          '仲裁员：罗致远　2026年5月8日',
        ],
      },
    },
  },
  {
    key: 'award-issued',
    on: '2026-05-08',
    zh: '作出裁决：终局与非终局事项并存，整体为非终局裁决。',
    en: 'The award: final and non-final items together, and so non-final as a whole.',
    who: cast.arbitrator,
    does: { action: 'issue-award', body: { finality: 'mixed', document: '@award' } },
  },
  {
    key: 'award-to-worker',
    on: '2026-05-11',
    zh: '劳动者收到裁决书。',
    en: 'The worker receives the award.',
    who: cast.officer,
    does: {
      action: 'serve',
      procedureId: stages.arbitration,
      body: { paper: 'award', party: 'worker', servedOn: '2026-05-11', document: '@award' },
    },
  },
  {
    key: 'award-to-employer',
    on: '2026-05-12',
    zh: '公司收到裁决书。',
    en: 'The company receives the award.',
    who: cast.officer,
    turning: true,
    does: {
      action: 'serve',
      procedureId: stages.arbitration,
      body: { paper: 'award', party: 'employer', servedOn: '2026-05-12', document: '@award' },
    },
  },
];

const suit: Step[] = [
  {
    key: 'suit-filed',
    on: '2026-05-22',
    zh: '劳动者不服裁决，向法院递交起诉状。',
    en: 'The worker, not content with the award, files a suit.',
    who: cast.clerk,
    does: {
      action: 'open-procedure',
      body: {
        procedure: 'civil-litigation',
        body: bodies.court,
        appliedOn: '2026-05-22',
        applicants: ['worker'],
      },
    },
  },
  {
    key: 'worker-consents-to-referral',
    on: '2026-05-25',
    zh: '劳动者同意诉前联合调解。',
    en: 'The worker consents to joint mediation before the filing is completed.',
    who: cast.clerk,
    does: {
      action: 'record-consent',
      procedureId: stages.suit,
      body: { party: 'worker', consent: 'given' },
    },
  },
  {
    key: 'employer-consents-to-referral',
    on: '2026-05-25',
    zh: '公司同意诉前联合调解。',
    en: 'The company consents as well.',
    who: cast.clerk,
    does: {
      action: 'record-consent',
      procedureId: stages.suit,
      body: { party: 'employer', consent: 'given' },
    },
  },
];

const jointMediation: Step[] = [
  {
    key: 'referred',
    on: '2026-05-25',
    zh: '法院委派县总工会工作室联合调解，并移送材料。',
    en: 'The court refers the matter to the county union studio, and hands over the papers.',
    who: cast.clerk,
    does: {
      action: 'open-procedure',
      body: {
        procedure: 'pre-filing-mediation',
        joint: true,
        body: bodies.studio,
        appliedOn: '2026-05-25',
      },
    },
  },
  {
    key: 'studio-receives',
    on: '2026-05-26',
    zh: '工作室签收移送材料。',
    en: 'The studio signs receipt of the papers.',
    who: cast.union,
    does: { acceptHandoff: 1, externalId: 'GH-2026-0117' },
  },
  {
    key: 'presiding-designated',
    on: '2026-05-27',
    zh: '法院指派法院调解员主持。',
    en: 'The court designates its mediator to preside.',
    who: cast.clerk,
    does: {
      action: 'designate-neutral',
      procedureId: stages.jointMediation,
      body: { person: person(cast.courtMediator), seat: 'presiding-mediator' },
    },
  },
  {
    key: 'presiding-accepts',
    on: '2026-05-27',
    zh: '法院调解员接受指派。',
    en: 'The court’s mediator accepts.',
    who: cast.courtMediator,
    does: {
      action: 'answer-designation',
      procedureId: stages.jointMediation,
      body: { account: cast.courtMediator.userId, answer: 'accepts' },
    },
  },
  ...(
    [
      ['coordinator', cast.coordinator, '劳动关系协调员', 'a labour-relations coordinator'],
      ['legal-aid-lawyer', cast.lawyer, '法律援助律师', 'a legal-aid lawyer'],
      ['health-engineer', cast.engineer, '劳动保护与职业健康工程师', 'a health engineer'],
    ] as const
  ).map(([seat, who, zh, en]): Step => ({
    key: `${seat}-nominated`,
    on: '2026-05-27',
    zh: `工会提名${zh}。`,
    en: `The union nominates ${en}.`,
    who: cast.union,
    does: { action: 'nominate-adviser', body: { seat, person: person(who) } },
  })),
  ...(
    [
      ['coordinator', cast.coordinator, 'accepts', '劳动关系协调员接受邀请。', 'The coordinator accepts.'],
      ['legal-aid-lawyer', cast.lawyer, 'accepts', '法律援助律师接受邀请。', 'The legal-aid lawyer accepts.'],
      ['health-engineer', cast.engineer, 'declines', '工程师谢绝邀请。', 'The health engineer declines.'],
    ] as const
  ).map(([seat, who, answer, zh, en]): Step => ({
    key: `${seat}-${answer}`,
    on: '2026-05-27',
    zh,
    en,
    who,
    does: { action: 'answer-invitation', body: { seat, account: who.userId, answer } },
  })),
  {
    key: 'joint-session',
    on: '2026-06-12',
    zh: '联合调解会（其间，公司的起诉期限已于5月27日届满，不发生效力）。',
    en: 'The joint session (the company’s own period to sue passed on 27 May, without effect).',
    who: cast.union,
    does: {
      action: 'record-session',
      procedureId: stages.jointMediation,
      body: { heldOn: '2026-06-12', result: 'agreement' },
    },
  },
  {
    key: 'undisputed-wages',
    on: '2026-06-12',
    zh: '双方确认无争议事实：欠付2025年11月至2026年2月工资。',
    en: 'Both confirm an undisputed fact: the wages of November 2025 to February 2026 are unpaid.',
    who: cast.union,
    does: {
      action: 'record-undisputed-fact',
      body: { text: '公司尚未支付李春梅2025年11月至2026年2月的工资。', confirmedBy: both },
    },
  },
  {
    key: 'undisputed-employment',
    on: '2026-06-12',
    zh: '双方确认无争议事实：劳动关系存续期间。',
    en: 'Both confirm another: how long the employment lasted.',
    who: cast.union,
    does: {
      action: 'record-undisputed-fact',
      body: { text: '双方劳动关系自2023年3月1日起，至2026年2月27日终止。', confirmedBy: both },
    },
  },
  {
    key: 'admission',
    on: '2026-06-12',
    zh: '公司为达成调解作出让步陈述（只留存，不随案移送）。',
    en: 'The company concedes something for the sake of compromise (kept, and never handed on).',
    who: cast.union,
    does: {
      action: 'record-admission',
      body: { party: 'employer', text: '为促成和解，公司承认2026年1月考勤记录曾被修改。' },
    },
  },
  ...(
    [
      ['worker', '劳动者', 'The worker', '南昌县向塘镇示例路12号，李春梅收，13900000001'],
      ['employer', '公司', 'The company', '南昌县莲塘镇示例大道88号，公司办公室收，079100000002'],
    ] as const
  ).flatMap(([party, zh, en, address]): Step[] => [
    {
      key: `${party}-address`,
      on: '2026-06-12',
      zh: `${zh}确认送达地址。`,
      en: `${en} confirms its delivery address.`,
      who: cast.union,
      does: { action: 'confirm-address', body: { party, address, electronic: true } },
    },
    {
      key: `${party}-address-uploaded`,
      on: '2026-06-12',
      zh: `上传${zh}的送达地址确认书。`,
      en: `${en}’s confirmation of address is uploaded.`,
      who: cast.union,
      does: {
        procedureId: stages.jointMediation,
        upload: {
          key: `${party}-address`,
          kind: 'address-confirmation',
          fileName: `送达地址确认书-${zh}.pdf`,
          heading: '送达地址确认书',
          lines: [address, '本人（单位）确认上述地址为本案送达地址，同意电子送达。', '2026年6月12日'],
        },
      },
    },
  ]),
  {
    key: 'minutes-uploaded',
    on: '2026-06-12',
    zh: '上传调解笔录（不随案移送）。',
    en: 'The minutes of the session are uploaded (they never travel).',
    who: cast.union,
    does: {
      procedureId: stages.jointMediation,
      upload: {
        key: 'minutes',
        kind: 'mediation-minutes',
        fileName: '调解笔录.pdf',
        heading: '联合调解笔录',
        lines: ['2026年6月12日，法院调解员胡长青主持，彭海、周律参加。', '双方陈述及让步意见从略。'],
      },
    },
  },
  {
    key: 'agreed',
    on: '2026-06-12',
    zh: '达成协议：公司支付31680.00元，分两期，6月30日和7月31日各15840.00元。',
    en: 'Agreement: the company pays 31,680.00 CNY in two instalments of 15,840.00, on 30 June and 31 July.',
    who: cast.union,
    does: {
      action: 'record-agreement',
      body: {
        kind: 'wages',
        terms: ['2026-06-30', '2026-07-31'].map((dueOn) => ({
          obligor: 'employer',
          obligee: 'worker',
          amount: cny('15840.00'),
          dueOn,
          text: '拖欠工资及加班费',
        })),
      },
    },
  },
  {
    key: 'agreement-uploaded',
    on: '2026-06-15',
    zh: '上传调解协议书。',
    en: 'The agreement is uploaded.',
    who: cast.union,
    does: {
      procedureId: stages.jointMediation,
      upload: {
        key: 'agreement',
        kind: 'agreement',
        fileName: '调解协议书.pdf',
        heading: '调解协议书',
        lines: [
          '甲方：李春梅　　乙方：南昌洁一保洁服务有限公司',
          '一、乙方于2026年6月30日前支付甲方15840.00元，于2026年7月31日前支付甲方15840.00元，共31680.00元。',
          '二、双方就本案劳动争议再无其他争议。',
          '三、双方同意共同向南昌县人民法院申请司法确认。',
          '2026年6月15日',
        ],
      },
    },
  },
  {
    key: 'signed',
    on: '2026-06-15',
    zh: '双方当事人、调解员签字，工作室盖章。',
    en: 'Signed by both parties and the mediator, sealed by the studio.',
    who: cast.union,
    turning: true,
    does: {
      action: 'sign-agreement',
      body: { parties: both, mediator: true, body: true, document: '@agreement' },
    },
  },
];

const confirmation: Step[] = [
  {
    key: 'confirmation-applied',
    on: '2026-06-18',
    zh: '双方共同申请司法确认，案卷移送法院。',
    en: 'Both apply for judicial confirmation; the package goes to the court.',
    who: cast.union,
    does: {
      action: 'open-procedure',
      body: {
        procedure: 'judicial-confirmation',
        body: bodies.court,
        appliedOn: '2026-06-18',
        applicants: both,
      },
    },
  },
  {
    key: 'court-receives',
    on: '2026-06-22',
    zh: '法院签收移送案卷。',
    en: 'The court accepts the handoff.',
    who: cast.clerk,
    does: { acceptHandoff: 2, externalId: '2026-0121-tiao-31' },
  },
  {
    key: 'confirmation-accepted',
    on: '2026-06-22',
    zh: '法院当日立案受理司法确认申请。',
    en: 'The same day the court accepts the application.',
    who: cast.clerk,
    does: { action: 'accept-application', procedureId: stages.confirmation },
  },
  {
    key: 'confirmed',
    on: '2026-06-24',
    zh: '法院裁定：调解协议有效。',
    en: 'The ruling: the agreement is confirmed.',
    who: cast.judge,
    does: { action: 'issue-ruling', body: { result: 'confirmed' } },
  },
  {
    key: 'ruling-to-worker',
    on: '2026-06-24',
    zh: '劳动者当日收到裁定书。',
    en: 'The worker receives the ruling the same day.',
    who: cast.clerk,
    does: {
      action: 'serve',
      procedureId: stages.confirmation,
      body: { paper: 'ruling', party: 'worker', servedOn: '2026-06-24' },
    },
  },
  {
    key: 'ruling-to-employer',
    on: '2026-06-24',
    zh: '公司当日收到裁定书。',
    en: 'The company receives it too.',
    who: cast.clerk,
    turning: true,
    does: {
      action: 'serve',
      procedureId: stages.confirmation,
      body: { paper: 'ruling', party: 'employer', servedOn: '2026-06-24' },
    },
  },
];

const afterwards: Step[] = [
  {
    key: 'follow-up-opened',
    on: '2026-06-24',
    zh: '工作室开始履行回访。',
    en: 'The studio begins to follow up performance.',
    who: cast.union,
    does: {
      action: 'open-procedure',
      body: { procedure: 'follow-up', body: bodies.studio, appliedOn: '2026-06-24' },
    },
  },
  {
    key: 'first-instalment',
    on: '2026-06-30',
    zh: '公司支付第一期15840.00元。',
    en: 'The company pays the first instalment.',
    who: cast.union,
    does: {
      action: 'record-performance',
      body: { instalment: 1, amount: cny('15840.00'), performedOn: '2026-06-30' },
    },
  },
  {
    key: 'second-instalment',
    on: '2026-07-31',
    zh: '公司支付第二期15840.00元。',
    en: 'The company pays the second instalment.',
    who: cast.union,
    does: {
      action: 'record-performance',
      body: { instalment: 2, amount: cny('15840.00'), performedOn: '2026-07-31' },
    },
  },
  {
    key: 'follow-up-talk',
    on: '2026-08-05',
    zh: '回访：协议已履行完毕，劳动者满意。',
    en: 'The follow-up talk: everything is performed, and the worker is satisfied.',
    who: cast.union,
    does: { action: 'record-follow-up', body: { understood: true, satisfaction: 'satisfied' } },
  },
  {
    key: 'backfill-finished',
    on: '2026-08-05',
    zh: '补录完成。',
    en: 'The backfill is finished.',
    who: cast.counter,
    does: { action: 'finish-backfill' },
  },
];

/** The whole story, in order. */
export const wageArrears: readonly Step[] = [
  ...atTheCounter,
  ...townshipMediation,
  ...arbitration,
  ...suit,
  ...jointMediation,
  ...confirmation,
  ...afterwards,
];
