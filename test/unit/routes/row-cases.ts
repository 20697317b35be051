import type { DisputeType, Outcome, ProcedureCode } from '../../../src/domain/routes/codes.js';
import type { RouteFacts } from '../../../src/domain/routes/types.js';

/** One reading of one row: what must be permitted, forbidden (`procedure` or `procedure by`) or owed. */
export interface RowCase {
  row: string;
  type: DisputeType;
  from: ProcedureCode | 'intake';
  outcome: Outcome;
  facts?: RouteFacts;
  permits?: string[];
  forbids?: string[];
  duties?: string[];
}

const c = (
  row: string,
  type: DisputeType,
  from: ProcedureCode | 'intake',
  outcome: Outcome,
  rest: Omit<RowCase, 'row' | 'type' | 'from' | 'outcome'> = {},
): RowCase => ({ row, type, from, outcome, ...rest });

/** At least one case for each row of the decision table. */
export const rowCases: RowCase[] = [
  c('1', 'neighbour', 'intake', 'registered', {
    permits: ['negotiation', 'mediation', 'administrative-mediation'],
  }),
  c('1', 'debt', 'intake', 'registered', { facts: { bothAgree: false }, forbids: ['mediation'] }),
  c('1', 'traffic', 'intake', 'refused', { forbids: ['mediation'], permits: ['civil-litigation'] }),
  c('17', 'labour', 'negotiation', 'no-agreement', { permits: ['labour-arbitration'] }),
  c('2', 'neighbour', 'intake', 'suspected-crime', {
    permits: ['police-report body'],
    forbids: ['mediation'],
    duties: ['PM-08'],
  }),
  c('2', 'labour', 'mediation', 'suspected-crime', { permits: ['police-report'], forbids: ['mediation'] }),
  c('3', 'neighbour', 'mediation', 'agreement-performed', { permits: ['follow-up'] }),
  c('3', 'traffic', 'administrative-mediation', 'agreement-performed', { permits: ['follow-up'] }),
  c('4', 'neighbour', 'mediation', 'agreement', {
    permits: ['judicial-confirmation', 'notarisation', 'follow-up'],
    forbids: ['enforcement'],
  }),
  c('4', 'land-title', 'mediation', 'agreement', { forbids: ['judicial-confirmation', 'enforcement'] }),
  c('4', 'family', 'mediation', 'agreement', {
    facts: { identityRelation: true },
    forbids: ['judicial-confirmation'],
  }),
  c('4', 'debt', 'negotiation', 'agreement', {
    permits: ['follow-up'],
    forbids: ['judicial-confirmation', 'enforcement'],
  }),
  c('5', 'debt', 'mediation', 'expired', {
    forbids: ['mediation'],
    duties: ['PM-09'],
    permits: ['civil-litigation'],
  }),
  c('5', 'land-title', 'mediation', 'refused', { permits: ['adjudication'], forbids: ['civil-litigation'] }),
  c('6', 'neighbour', 'judicial-confirmation', 'confirmed', {
    permits: ['follow-up', 'enforcement', 'judicial-confirmation third-party'],
    forbids: ['civil-litigation'],
  }),
  c('7', 'neighbour', 'judicial-confirmation', 'not-confirmed', {
    permits: ['mediation', 'civil-litigation'],
    forbids: ['enforcement'],
  }),
  c('8', 'neighbour', 'follow-up', 'breach', { permits: ['civil-litigation'], forbids: ['enforcement'] }),
  c('9', 'debt', 'intake', 'registered', {
    permits: ['civil-litigation', 'payment-order claimant', 'pre-filing-mediation'],
    forbids: ['commercial-arbitration'],
  }),
  c('10', 'contract', 'pre-filing-mediation', 'agreement', { permits: ['judicial-confirmation'] }),
  c('10b', 'labour', 'pre-filing-mediation', 'agreement', {
    facts: { awardMade: true },
    permits: ['judicial-confirmation'],
    forbids: ['arbitral-confirmation'],
  }),
  c('11', 'contract', 'pre-filing-mediation', 'expired', {
    permits: ['civil-litigation'],
    duties: ['CM-09'],
  }),
  c('12', 'contract', 'in-trial-mediation', 'agreement', {
    permits: ['civil-litigation', 'enforcement', 'follow-up'],
    forbids: ['judicial-confirmation'],
  }),
  c('13', 'contract', 'in-trial-mediation', 'refused', { permits: ['civil-litigation'] }),
  c('14', 'contract', 'civil-litigation', 'judgment', { permits: ['civil-appeal'] }),
  c('15', 'property-service', 'civil-litigation', 'judgment', {
    facts: { smallClaims: true },
    permits: ['retrial'],
    forbids: ['civil-appeal'],
  }),
  c('16', 'contract', 'civil-litigation', 'effective', {
    permits: ['enforcement'],
    forbids: ['civil-litigation'],
  }),
  c('17', 'labour', 'intake', 'registered', {
    permits: ['negotiation', 'mediation', 'labour-arbitration', 'payment-order worker', 'labour-inspection worker'],
    forbids: ['civil-litigation'],
  }),
  c('18', 'labour', 'mediation', 'expired', {
    permits: ['labour-arbitration'],
    forbids: ['civil-litigation'],
  }),
  c('19', 'labour', 'mediation', 'agreement', {
    permits: ['arbitral-confirmation', 'judicial-confirmation', 'follow-up'],
    duties: ['LD-26'],
  }),
  c('20', 'labour', 'follow-up', 'breach', {
    facts: { agreementKind: 'payment' },
    permits: ['payment-order worker', 'labour-arbitration'],
    forbids: ['civil-litigation', 'enforcement'],
  }),
  c('21', 'labour', 'payment-order', 'objection', {
    facts: { paymentOrderBasis: 'mediation-agreement' },
    permits: ['civil-litigation worker'],
  }),
  c('21b', 'labour', 'payment-order', 'objection', {
    facts: { paymentOrderBasis: 'labour-contract-law-30' },
    permits: ['labour-arbitration'],
    forbids: ['civil-litigation'],
  }),
  c('22', 'labour', 'arbitral-confirmation', 'not-confirmed', {
    permits: ['labour-arbitration'],
    forbids: ['civil-litigation'],
  }),
  c('23', 'labour', 'arbitral-confirmation', 'confirmed', {
    permits: ['enforcement'],
    forbids: ['civil-litigation'],
  }),
  c('24', 'labour', 'labour-arbitration', 'not-accepted', { permits: ['civil-litigation'] }),
  c('24', 'labour', 'labour-arbitration', 'no-decision-in-time', { permits: ['civil-litigation'] }),
  c('25', 'labour', 'intake', 'registered', {
    facts: { wageIou: true },
    permits: ['civil-litigation worker', 'labour-arbitration'],
  }),
  c('26', 'labour', 'labour-arbitration', 'mediated', {
    permits: ['enforcement'],
    forbids: ['civil-litigation'],
  }),
  c('27', 'labour', 'labour-arbitration', 'deemed-withdrawn', {
    permits: ['civil-litigation'],
    forbids: ['labour-arbitration'],
  }),
  c('27b', 'labour', 'labour-arbitration', 'withdrawn', {
    facts: { settled: true },
    permits: ['labour-arbitration', 'follow-up'],
    forbids: ['civil-litigation'],
  }),
  c('28', 'labour', 'labour-arbitration', 'award-overdue', {
    permits: ['civil-litigation'],
    duties: ['LD-17'],
  }),
  c('29', 'labour', 'labour-arbitration', 'final-award', {
    permits: ['civil-litigation worker'],
    forbids: ['set-aside worker'],
  }),
  c('30', 'labour', 'civil-litigation', 'withdrawn', {
    facts: { awardMade: true, finalAward: true, workerSued: true },
    permits: ['set-aside employer'],
  }),
  c('30', 'labour', 'civil-litigation', 'not-accepted', {
    facts: { awardMade: true, finalAward: true },
    permits: ['set-aside employer'],
  }),
  c('30', 'labour', 'labour-arbitration', 'final-award', {
    permits: ['set-aside employer'],
    forbids: ['civil-litigation employer'],
  }),
  c('31', 'labour', 'set-aside', 'annulled', { permits: ['civil-litigation either'] }),
  c('32', 'labour', 'set-aside', 'dismissed', { permits: ['enforcement'], forbids: ['civil-appeal'] }),
  c('33', 'labour', 'labour-arbitration', 'non-final-award', {
    permits: ['civil-litigation either'],
    forbids: ['set-aside'],
  }),
  c('33', 'labour', 'labour-arbitration', 'effective', {
    permits: ['enforcement'],
    forbids: ['civil-litigation'],
  }),
  c('34', 'labour', 'intake', 'registered', {
    facts: { collective: 10 },
    duties: ['leader-alert', 'LD-21', 'LD-21b'],
  }),
  c('35', 'social-insurance', 'intake', 'registered', {
    permits: ['administrative-review', 'administrative-litigation'],
    forbids: ['labour-arbitration'],
  }),
  c('36', 'commercial', 'intake', 'registered', {
    facts: { arbitrationClause: 'valid' },
    permits: ['negotiation', 'commercial-mediation', 'commercial-arbitration'],
    forbids: ['civil-litigation'],
  }),
  c('37', 'commercial', 'intake', 'registered', {
    facts: { arbitrationClause: 'void' },
    permits: ['civil-litigation', 'commercial-arbitration'],
  }),
  c('38', 'commercial', 'commercial-arbitration', 'award', {
    permits: ['enforcement', 'set-aside'],
    forbids: ['civil-litigation', 'commercial-arbitration'],
  }),
  c('39', 'commercial', 'set-aside', 'annulled', { permits: ['civil-litigation', 'commercial-arbitration'] }),
  c('40', 'commercial', 'commercial-mediation', 'agreement', {
    permits: ['judicial-confirmation', 'notarisation', 'commercial-arbitration'],
    duties: ['CB-02'],
  }),
  c('40', 'labour', 'intake', 'registered', { forbids: ['commercial-mediation'] }),
  c('40', 'family', 'intake', 'registered', { forbids: ['commercial-mediation'] }),
  c('41', 'administrative-act', 'intake', 'registered', {
    facts: { reviewFirst: true },
    permits: ['administrative-review'],
    forbids: ['administrative-litigation'],
  }),
  c('42', 'administrative-act', 'intake', 'registered', {
    permits: ['administrative-review', 'administrative-litigation'],
    duties: ['AR-11'],
  }),
  c('42', 'administrative-act', 'administrative-review', 'registered', {
    forbids: ['administrative-litigation'],
  }),
  c('42', 'administrative-act', 'administrative-litigation', 'registered', {
    forbids: ['administrative-review'],
  }),
  c('43', 'administrative-act', 'administrative-review', 'mediated', { permits: ['enforcement'] }),
  c('44', 'administrative-act', 'administrative-review', 'decision', {
    permits: ['administrative-litigation'],
    forbids: ['administrative-review'],
  }),
  c('44', 'administrative-act', 'administrative-review', 'inaction', {
    permits: ['administrative-litigation'],
  }),
  c('45', 'administrative-act', 'administrative-review', 'withdrawn', {
    permits: ['administrative-litigation', 'follow-up'],
    forbids: ['administrative-review'],
  }),
  c('46', 'administrative-act', 'administrative-litigation', 'judgment', {
    permits: ['administrative-appeal'],
  }),
  c('47', 'land-title', 'intake', 'registered', {
    permits: ['negotiation', 'adjudication'],
    forbids: ['civil-litigation'],
  }),
  c('48', 'land-title', 'adjudication', 'mediated', { permits: ['follow-up'] }),
  c('49', 'land-title', 'adjudication', 'decision', {
    permits: ['administrative-litigation', 'administrative-review'],
    forbids: ['civil-litigation'],
  }),
  c('49', 'land-title', 'adjudication', 'decision', {
    facts: { rightAlreadyObtained: true },
    permits: ['administrative-review'],
    forbids: ['administrative-litigation'],
  }),
  c('50', 'land-tort', 'intake', 'registered', {
    permits: ['mediation', 'civil-litigation'],
    forbids: ['adjudication'],
  }),
  c('51', 'rural-land', 'intake', 'registered', {
    permits: ['mediation', 'rural-land-arbitration', 'civil-litigation'],
  }),
  c('52', 'rural-land', 'rural-land-arbitration', 'award', {
    permits: ['civil-litigation'],
    forbids: ['set-aside'],
  }),
  c('53', 'patent', 'intake', 'registered', { permits: ['negotiation', 'adjudication', 'civil-litigation'] }),
  c('54', 'patent', 'adjudication', 'decision', {
    permits: ['administrative-litigation', 'administrative-mediation', 'civil-litigation'],
  }),
  c('55', 'procurement', 'intake', 'registered', {
    permits: ['procurement-challenge'],
    forbids: ['procurement-complaint'],
  }),
  c('55', 'procurement', 'procurement-challenge', 'decision', { permits: ['procurement-complaint'] }),
  c('55', 'procurement', 'procurement-complaint', 'decision', {
    permits: ['administrative-review', 'administrative-litigation'],
  }),
  c('56', 'medical', 'intake', 'registered', {
    permits: ['negotiation', 'mediation', 'administrative-mediation', 'civil-litigation'],
    duties: ['MD-10'],
  }),
  c('56', 'medical', 'mediation', 'registered', { forbids: ['administrative-mediation'] }),
  c('56', 'medical', 'administrative-mediation', 'registered', { forbids: ['mediation'] }),
  c('56', 'medical', 'intake', 'registered', {
    facts: { courtAccepted: true },
    forbids: ['mediation', 'administrative-mediation'],
  }),
  c('57', 'medical', 'mediation', 'expired', { permits: ['administrative-mediation', 'civil-litigation'] }),
  c('57', 'medical', 'administrative-mediation', 'no-agreement', {
    permits: ['mediation', 'civil-litigation'],
  }),
  c('58', 'traffic', 'intake', 'registered', {
    permits: ['mediation', 'administrative-mediation', 'civil-litigation'],
  }),
  c('58', 'traffic', 'civil-litigation', 'registered', { forbids: ['administrative-mediation'] }),
  c('59', 'school-injury', 'intake', 'registered', {
    permits: ['negotiation', 'administrative-mediation', 'mediation', 'civil-litigation'],
  }),
  c('60', 'consumer', 'intake', 'registered', {
    permits: ['negotiation', 'mediation', 'administrative-mediation', 'civil-litigation'],
    forbids: ['commercial-mediation'],
  }),
  c('60', 'consumer', 'intake', 'registered', {
    facts: { arbitrationClause: 'valid' },
    permits: ['commercial-arbitration'],
  }),
  c('61', 'property-service', 'intake', 'registered', {
    permits: ['mediation', 'civil-litigation'],
    duties: ['PR-01'],
  }),
  c('42', 'noise', 'department-complaint', 'inaction', {
    permits: ['administrative-litigation claimant', 'police-report', 'civil-litigation'],
  }),
  c('62', 'noise', 'intake', 'registered', {
    permits: ['mediation', 'department-complaint', 'police-report', 'civil-litigation'],
  }),
  c('63', 'family', 'intake', 'registered', {
    permits: ['mediation', 'civil-registration', 'civil-litigation'],
    forbids: ['judicial-confirmation'],
  }),
  c('63', 'family', 'civil-litigation', 'withdrawn', {
    permits: ['civil-litigation respondent'],
    forbids: ['civil-litigation claimant'],
  }),
  c('64', 'family', 'intake', 'suspected-crime', {
    permits: ['protection-order claimant', 'police-report claimant'],
    forbids: ['mediation'],
  }),
  c('65', 'public-order', 'police-report', 'agreement-performed', { permits: ['follow-up'] }),
  c('66', 'public-order', 'police-report', 'no-agreement', {
    permits: ['police-report body', 'civil-litigation'],
  }),
  c('67', 'petition', 'petition', 'classified', {
    facts: { petitionCategory: 2 },
    permits: ['labour-arbitration'],
    forbids: ['petition'],
    duties: ['XF-05'],
  }),
  c('67', 'labour', 'petition', 'classified', {
    facts: { petitionCategory: 2 },
    permits: ['labour-arbitration'],
    forbids: ['petition', 'civil-litigation'],
  }),
  c('68', 'petition', 'petition', 'classified', {
    facts: { petitionCategory: 6 },
    permits: ['petition body'],
  }),
  c('68', 'petition', 'petition', 'decision', {
    facts: { petitionStage: 'handling' },
    permits: ['petition claimant'],
    forbids: ['administrative-review', 'administrative-litigation'],
  }),
  c('69', 'petition', 'petition', 'decision', {
    facts: { petitionStage: 'recheck' },
    permits: ['petition claimant'],
  }),
  c('70', 'petition', 'petition', 'decision', {
    facts: { petitionStage: 'rereview' },
    permits: ['follow-up'],
    forbids: ['petition'],
  }),
  c('71', 'debt', 'mediation', 'suspected-false-mediation', {
    forbids: ['judicial-confirmation', 'arbitral-confirmation'],
    duties: ['CM-07'],
  }),
];
