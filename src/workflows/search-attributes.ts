/**
 * The search attributes that the workflows set, with their Temporal types. They hold codes and instants, never
 * personal data. A server that does not know one of them fails every workflow task that sets it: local mode
 * registers them at the start of its server, docker-compose.yml by a job of its own.
 */
export const searchAttributes: Record<string, 'Keyword' | 'Datetime' | 'Bool' | 'Int'> = {
  AccordType: 'Keyword',
  AccordRegion: 'Keyword',
  AccordProcedure: 'Keyword',
  AccordStep: 'Keyword',
  AccordWaitingFor: 'Keyword',
  AccordNextDue: 'Datetime',
  AccordStalled: 'Bool',
};
