import type { FastifyRequest } from 'fastify';

export type Language = 'zh' | 'en';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** The language of titles and details: zh-CN unless `Accept-Language` prefers English. */
export const languageOf = (request: Pick<FastifyRequest, 'headers'>): Language => {
  const header = request.headers['accept-language'];
  if (header === undefined || header.length > 1000) return 'zh';
  const best = { zh: -1, en: -1 };
  for (const part of header.split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
    const language = tag.split('-')[0];
    if (language === 'zh' || language === 'en') best[language] = Math.max(best[language], Number(q ?? 1));
  }
  return best.en > best.zh ? 'en' : 'zh';
};

export const contentLanguage = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en');
