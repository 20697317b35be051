import type { RouteBasis } from './types.js';

/** Names of the laws that the decision table cites, as printed. */
export const laws = {
  peopleMediation: '人民调解法',
  labourMediationArbitration: '劳动争议调解仲裁法',
  labourContract: '劳动合同法',
  labourInterpretation1: '最高人民法院关于审理劳动争议案件适用法律问题的解释（一）',
  labourCaseRules: '劳动人事争议仲裁办案规则',
  labourLinkOpinion: '人社部发〔2022〕9号',
  labourInspection: '劳动保障监察条例',
  civilProcedure: '民事诉讼法',
  civilProcedureInterpretation: '最高人民法院关于适用民事诉讼法的解释',
  invitedMediation: '最高人民法院关于人民法院特邀调解的规定',
  civilCode: '民法典',
  notary: '公证法',
  arbitration: '仲裁法',
  commercialMediation: '商事调解条例',
  administrativeReview: '行政复议法',
  administrativeLitigation: '行政诉讼法',
  administrativeLitigationInterpretation: '最高人民法院关于适用行政诉讼法的解释',
  landAdministration: '土地管理法',
  ruralLand: '农村土地承包经营纠纷调解仲裁法',
  patent: '专利法',
  procurement: '政府采购法',
  medicalDisputes: '医疗纠纷预防和处理条例',
  roadTraffic: '道路交通安全法',
  trafficAccidentRules: '道路交通事故处理程序规定',
  schoolInjury: '学生伤害事故处理办法',
  consumer: '消费者权益保护法',
  complaints: '市场监督管理投诉举报处理暂行办法',
  ecologicalCode: '生态环境法典',
  domesticViolence: '反家庭暴力法',
  publicOrder: '治安管理处罚法',
  petition: '信访工作条例',
  product: '本系统规则',
} as const;

/** A basis: law, article and, where the rule book has one, the rule's code. */
export const basis = (law: keyof typeof laws, article: string, rule?: string): RouteBasis =>
  rule === undefined ? { law: laws[law], article } : { law: laws[law], article, rule };
