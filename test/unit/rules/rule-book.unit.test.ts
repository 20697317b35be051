import { isCivilDate } from '../../../src/domain/calendar/civil-date.js';
import {
  allNorms,
  allRules,
  basisOf,
  findNorm,
  findRule,
  ruleAt,
  ruleBook,
  ruleVersions,
} from '../../../src/domain/rules/rule-book.js';
import type { Rule } from '../../../src/domain/rules/rule.js';

const PROCEDURES = new Set(
  `negotiation mediation administrative-mediation commercial-mediation pre-filing-mediation in-trial-mediation
   judicial-confirmation arbitral-confirmation payment-order notarisation labour-arbitration commercial-arbitration
   rural-land-arbitration adjudication administrative-review civil-litigation civil-appeal administrative-litigation
   administrative-appeal set-aside retrial enforcement petition labour-inspection procurement-challenge
   procurement-complaint department-complaint protection-order civil-registration police-report follow-up`.split(/\s+/),
);
const HAN = /\p{Script=Han}/u;
const named = (rules: readonly Rule[]): string[] => rules.map(({ code, version }) => `${code} v${version}`);

describe('every rule', () => {
  it('has a code and version of its own, and no norm shares its code', () => {
    const keys = named(allRules);
    expect(new Set(keys).size).toBe(keys.length);
    const ruleCodes = new Set(allRules.map(({ code }) => code));
    expect(allNorms.filter(({ code }) => ruleCodes.has(code))).toEqual([]);
    expect(new Set(allNorms.map(({ code }) => code)).size).toBe(allNorms.length);
  });

  it('names its law, article, titles and what elapsing means, in both languages', () => {
    const poor = allRules.filter(
      ({ law, article, title, elapse }) =>
        !law ||
        !article ||
        !HAN.test(title.zh) ||
        !HAN.test(elapse.zh) ||
        !title.en ||
        !elapse.en ||
        HAN.test(title.en + elapse.en),
    );
    expect(named(poor)).toEqual([]);
    const poorNorms = allNorms.filter(
      ({ law, article, text }) => !law || !article || !HAN.test(text.zh) || !text.en || HAN.test(text.en),
    );
    expect(poorNorms).toEqual([]);
  });

  it('belongs to procedures of the glossary', () => {
    const strange = allRules.filter(
      ({ procedures }) => procedures.length === 0 || procedures.some((code) => !PROCEDURES.has(code)),
    );
    expect(named(strange)).toEqual([]);
  });

  it('has a kebab-case trigger, a positive amount, dates in force, and a code of its family', () => {
    const strange = allRules.filter(
      (rule) =>
        !/^[a-z]+(-[a-z]+)*$/.test(rule.trigger) ||
        !Number.isInteger(rule.amount) ||
        rule.amount <= 0 ||
        (rule.cutOff !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(rule.cutOff)) ||
        !isCivilDate(rule.effectiveFrom) ||
        (rule.effectiveTo !== undefined && rule.effectiveTo <= rule.effectiveFrom) ||
        !/^[A-Z]{2}-\d{2}b?(\.[a-z]+(-[a-z]+)*)*$/.test(rule.code),
    );
    expect(named(strange)).toEqual([]);
  });

  it('has a base period or a norm behind each suffix', () => {
    const known = new Set([...allRules, ...allNorms].map(({ code }) => code));
    expect(allRules.filter(({ code }) => !known.has(code.split('.')[0]!)).map(({ code }) => code)).toEqual([]);
  });

  it('says what is open where it is not verified', () => {
    expect(named(allRules.filter(({ confidence, source }) => confidence === 'unverified' && !source))).toEqual([]);
  });

  it('lists an extension of fixed length as a period of its own, in the unit of the base', () => {
    const fixed = allRules.filter(({ code, extension }) => extension?.amount != null && !code.endsWith('.extension'));
    expect(fixed.length).toBeGreaterThan(10);
    for (const rule of fixed) {
      const own = ruleVersions(`${rule.code}.extension`).find(({ version }) => version === rule.version);
      expect(own).toMatchObject({ amount: rule.extension!.amount, unit: rule.unit });
      expect(rule.extension!.unit).toBe(rule.unit);
    }
  });

  it('names grounds, an approver and a basis where it may be suspended', () => {
    const suspendable = allRules.filter(({ suspension }) => suspension);
    for (const { suspension } of suspendable) {
      expect(suspension!.grounds.length).toBeGreaterThan(0);
      expect(suspension!.basis.article).not.toBe('');
      for (const ground of suspension!.grounds) expect(HAN.test(ground.zh)).toBe(true);
    }
    // Periods that mediation does not stop.
    for (const code of ['JC-01', 'LD-23', 'LD-30', 'LD-31', 'LD-35', 'AR-01', 'AL-01', 'AL-02', 'AB-02', 'CL-10']) {
      expect(findRule(code)).not.toHaveProperty('suspension');
    }
  });
});

describe('the periods that the procedures lean on', () => {
  it.each([
    ['PM-14', 30, 'D', 'party-right', 'joint', 'agreement-effective'],
    ['PM-17', 30, 'D', 'institution', 'body', 'mediation-applied'],
    ['JC-01', 30, 'D', 'party-right', 'joint', 'agreement-effective'],
    ['JC-04', 30, 'D', 'institution', 'body', 'application-accepted'],
    ['JC-04.extension', 30, 'D', 'institution', 'body', 'application-accepted'],
    ['JC-09', 15, 'D', 'party-right', 'each-party', 'ruling-received'],
    ['JC-09.third-party', 6, 'M', 'party-right', 'third-party', 'knew-or-should-know'],
    ['LD-03', 15, 'D', 'institution', 'body', 'mediation-applied'],
    ['LD-06', 1, 'Y', 'party-right', 'claimant', 'knew-or-should-know'],
    ['LD-08', 5, 'WD', 'institution', 'body', 'application-received'],
    ['LD-10', 5, 'WD', 'institution', 'body', 'application-accepted'],
    ['LD-10.answer', 10, 'WD', 'party-right', 'respondent', 'application-copy-received'],
    ['LD-10.serve-answer', 5, 'WD', 'institution', 'body', 'answer-received'],
    ['LD-11', 5, 'WD', 'institution', 'body', 'application-accepted'],
    ['LD-13', 5, 'WD', 'institution', 'body', 'hearing-date'],
    ['LD-13.postponement', 3, 'WD', 'party-right', 'each-party', 'hearing-date'],
    ['LD-16', 45, 'D', 'institution', 'body', 'application-accepted'],
    ['LD-16.extension', 15, 'D', 'institution', 'body', 'application-accepted'],
    ['LD-23', 15, 'D', 'party-right', 'joint', 'agreement-effective'],
    ['LD-30', 15, 'D', 'party-right', 'worker', 'award-received'],
    ['LD-31', 30, 'D', 'party-right', 'employer', 'award-received'],
    ['LD-35', 15, 'D', 'party-right', 'each-party', 'award-received'],
    ['CM-14', 30, 'D', 'institution', 'body', 'materials-signed-for'],
    ['CM-14.ordinary', 15, 'D', 'institution', 'body', 'materials-signed-for'],
    ['CM-14.summary', 7, 'D', 'institution', 'body', 'materials-signed-for'],
    ['CL-02', 7, 'D', 'institution', 'body', 'complaint-received'],
    ['CL-15', 2, 'Y', 'party-right', 'claimant', 'performance-due'],
    ['AR-06', 60, 'D', 'institution', 'body', 'application-accepted'],
    ['XF-06', 60, 'D', 'institution', 'body', 'petition-accepted'],
    ['MD-01', 30, 'WD', 'institution', 'body', 'mediation-accepted'],
  ])('%s is %i %s', (code, amount, unit, kind, holder, trigger) => {
    expect(findRule(code)).toMatchObject({ amount, unit, kind, holder, trigger });
  });

  it('counts back only where the law asks for notice before an act', () => {
    const backward = allRules.filter(({ direction }) => direction === 'backward').map(({ code }) => code);
    expect(backward.sort()).toEqual(['AR-04.hearing', 'CL-04.hearing', 'LD-13', 'LD-13.postponement', 'TR-02']);
  });

  it('lets both parties extend court-connected mediation without a cap', () => {
    expect(findRule('CM-14')!.extension).toMatchObject({
      amount: null,
      approver: 'both-parties',
      times: null,
    });
    expect(findRule('CM-14.extension')).toBeUndefined();
  });
});

describe('versions', () => {
  it('takes the set-aside period in force on the day', () => {
    expect(findRule('AB-02', '2026-02-28')).toMatchObject({ version: 1, amount: 6, article: '59' });
    expect(findRule('AB-02', '2026-03-01')).toMatchObject({ version: 2, amount: 3, article: '72' });
    expect(findRule('AB-02')).toMatchObject({ version: 2 });
    expect(basisOf('AB-02', '2026-02-28')).toEqual({ law: '仲裁法', article: '59', rule: 'AB-02' });
  });

  it('do not overlap', () => {
    for (const code of new Set(allRules.map((rule) => rule.code))) {
      const versions = ruleVersions(code);
      versions.slice(1).forEach((next, index) => {
        expect(versions[index]!.effectiveTo).toBeDefined();
        expect(versions[index]!.effectiveTo! <= next.effectiveFrom).toBe(true);
      });
    }
  });

  it('are chosen by the day of the trigger: what is before the first version runs under the first', () => {
    expect(ruleAt('AB-02', '2026-02-28')).toMatchObject({ version: 1, amount: 6 });
    expect(ruleAt('AB-02', '2026-03-01')).toMatchObject({ version: 2, amount: 3 });
    expect(ruleAt('AB-02', '2010-01-01')).toMatchObject({ version: 1 });
    expect(ruleAt('PS-02', '2012-01-01')).toMatchObject({ version: 1, article: '99' });
    expect(basisOf('PS-02', '2012-01-01').article).toBe('99');
    // A law that ended runs on for what has begun under it, until another follows.
    const [first] = ruleVersions('AB-02');
    expect(ruleAt('AB-02', '2030-01-01', { version: 'test', rules: [first!] })).toMatchObject({ version: 1 });
    expect(ruleAt('XX-99', '2026-01-01')).toBeUndefined();
  });

  it('finds nothing before the law was in force, and takes another book', () => {
    expect(findRule('LD-16', '2008-04-30')).toBeUndefined();
    const book = { version: 'test', rules: [{ ...findRule('LD-16')!, amount: 40 }] };
    expect(findRule('LD-16', undefined, book)).toMatchObject({ amount: 40 });
    expect(findRule('LD-35', undefined, book)).toBeUndefined();
  });
});

describe('basisOf', () => {
  it('cites rules and norms, and knows no other code', () => {
    expect(basisOf('LD-16')).toEqual({ law: '劳动争议调解仲裁法', article: '43', rule: 'LD-16' });
    expect(basisOf('LD-29').law).toContain('解释（一）');
    expect(basisOf('PM-03')).toEqual({ law: '人民调解法', article: '17', rule: 'PM-03' });
    expect(() => basisOf('LD-99')).toThrow(RangeError);
  });

  it('has every norm that the other parts cite', () => {
    const cited = 'PM-01 PM-02 PM-03 PM-08 PM-09 LD-04 LD-05 LD-14 LD-28 LD-29 LD-36 LD-39 CM-07 CM-09 CM-10 CM-20';
    expect(cited.split(' ').filter((code) => !findNorm(code))).toEqual([]);
  });
});

it('is plain data', () => {
  expect(JSON.parse(JSON.stringify(ruleBook))).toEqual(ruleBook);
});
