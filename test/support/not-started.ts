/** Periods that the rule book lists and that no event of a dispute starts, each with the reason. */
export const notStarted: Readonly<Record<string, string>> = {
  'AR-03':
    'lies within AR-02, the same five working days: the request for a correction meets it, and none can be made after it',
  'AR-04.hearing': 'counted back from the hearing: a notice after it is refused, nothing runs forward',
  'LD-40.lookback':
    'a window looked back through: what ended before it is refused when the case is filed, nothing runs forward',
  'PM-14': 'the same thirty days as JC-01, which runs for people’s mediation too',
  'LD-13': 'counted back from the hearing: a notice after it is refused, nothing runs forward',
  'LD-13.postponement': 'counted back from the hearing: a request after it is refused, nothing runs forward',
  'CM-15': 'steps of the courts’ online platform, which keeps them itself',
  'CM-15.designation': 'steps of the courts’ online platform, which keeps them itself',
  'CM-15.confirmation': 'steps of the courts’ online platform, which keeps them itself',
  'CM-15.contact': 'steps of the courts’ online platform, which keeps them itself',
  'CM-30.acceptance-complex': 'local law of Shenzhen: no fact of a dispute says that it is complex',
  'CM-30.transfer': 'local law of Shenzhen on petitions to the wrong authority, before a procedure is opened',
  'CL-04.hearing': 'counted back from the hearing: a notice after it is refused, nothing runs forward',
  'CL-05.further': 'added to CL-05 once the president’s extension is used up: the base period runs on',
  'CL-18': 'preservation before a suit lies before any procedure that the engine knows',
  'CL-18.suit': 'preservation before a suit lies before any procedure that the engine knows',
  'CL-23': 'runs from the end of an obstacle, and is judged together with the late act',
  'MD-03': 'an autopsy is decided upon before a dispute is registered',
  'MD-03.frozen': 'an autopsy is decided upon before a dispute is registered',
  'TR-01': 'asked when the traffic police accept: a request after it is refused',
  'TR-02': 'counted back from the session: a notice after it is refused, nothing runs forward',
  'CO-01': 'the same seven working days as CO-02, which runs',
};
