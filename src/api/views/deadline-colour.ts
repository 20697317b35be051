import { isWorkingDay, type Calendar } from '../../domain/calendar/calendar.js';
import { civilDateOf, dayNumber, epochMillis } from '../../domain/calendar/civil-date.js';
import { isOverdue } from '../../domain/dispute/deadlines.js';
import type { Deadline } from '../../domain/dispute/state.js';
import type { Profile } from '../../domain/profiles/profile.js';

export type Colour = 'green' | 'yellow' | 'red';

/** Working days after `today` up to and including `due`, counted no further than `most`. */
const workingDaysLeft = (calendar: Calendar, today: string, due: string, most: number): number => {
  const last = dayNumber(due);
  let left = 0;
  for (let day = dayNumber(today) + 1; day <= last && left <= most; day += 1)
    if (isWorkingDay(calendar, day)) left += 1;
  return left;
};

/**
 * How pressing a deadline is at an instant. Running: red from the profile's last working days on, yellow from a share
 * of the period or a few working days left, else green. Suspended, met, void, or a party's right that has passed:
 * green, nobody need act. A body's period that has passed: red, until the act is done.
 */
export const colourOf = (deadline: Deadline, now: string, calendar: Calendar, profile: Profile): Colour => {
  if (deadline.status !== 'running') return isOverdue(deadline) ? 'red' : 'green';
  const { yellowShare, yellowWorkingDays, redWorkingDays } = profile.colours;
  const left = epochMillis(deadline.dueAt) - epochMillis(now);
  if (left <= 0) return 'red';
  const whole = epochMillis(deadline.dueAt) - epochMillis(deadline.from);
  const soon = left <= whole * yellowShare;
  // Periods of hours and seconds are too short for days to say anything.
  if (deadline.unit === 'H' || deadline.unit === 'S')
    return left <= whole * (yellowShare / 3) ? 'red' : soon ? 'yellow' : 'green';
  const days = workingDaysLeft(calendar, civilDateOf(now), deadline.due, yellowWorkingDays);
  if (days <= redWorkingDays) return 'red';
  return soon || days <= yellowWorkingDays ? 'yellow' : 'green';
};
