// What a spring term owes, written by hand from DOMAIN §3 and the calendar of 2026, not from the code.

/**
 * Day (or minute), who, which line, by which rule. Area 1 (S01) has a leader, area 3 (S05) has none; Mr Sun is director and office.
 * 4–6 April is Qingming, 1–5 May Labour Day with 9 May worked, 19–21 June the Dragon Boat.
 */
const TABLE = `
03-02 insp-wang visit S01 2026-03 month-start
03-02 insp-zhang visit S05 2026-03 month-start
03-12 head-s01 signature N1 0d
03-13 insp-wang signature N1 +1wd
03-16 insp-zhang visit S05 2026-03 mid-month           # the 15th is a Sunday; S01 was visited on the 10th
03-17 head-s01 rectification N1 -3d
03-19 head-s01 rectification N1 -1d
03-20 head-s01 rectification N1 0d
03-23 head-s01 rectification N1 +1d                    # due on a Friday: the day after and the third are both told on Monday
03-23 insp-wang rectification N1 +1d
03-23 insp-zhou rectification N1 +3d
03-24 insp-zhang visit S05 2026-03 -5wd
03-27 head-s05 plan N2 -3d
03-27 office-chen rectification N1 +7d
03-27 office-sun rectification N1 +7d
03-30 head-s05 plan N2 0d
03-31 head-s05 plan N2 +1d
03-31 insp-zhang plan N2 +1d
03-31 insp-zhang visit S05 2026-03 last-workday
04-01 insp-wang visit S01 2026-04 month-start
04-01 insp-zhang visit S05 2026-03 +1d
04-01 insp-zhang visit S05 2026-04 month-start
04-01 office-chen visit S05 2026-03 +1d
04-01 office-sun visit S05 2026-03 +1d
04-07 office-chen rectification N1 +15d                # 4 April is Qingming
04-07 office-sun rectification N1 +15d
04-10 insp-wang forward N1 0d                          # handed in on the 7th, nobody has told the office
04-13 insp-wang forward N1 +1wd
04-13 office-chen forward N1 +1wd
04-13 office-sun forward N1 +1wd
04-14 insp-wang review N1 0d                           # handed in on the 7th
04-15 insp-wang review N1 +1wd
04-15 insp-wang visit S01 2026-04 mid-month
04-17 insp-zhou review N1 +3wd
04-20 insp-wang look-back N1 0d                        # passed on Friday the 17th, thirty days were over: the next day, a Saturday
04-23 insp-wang visit S01 2026-04 -5wd
04-27 head-s05 rectification N2 -3d
04-27 insp-zhou look-back N1 +7d                       # Saturday the 25th
04-28 head-s05 rectification N3 -3d
04-29 head-s05 rectification N2 -1d
04-30 head-s05 rectification N2 0d
04-30 head-s05 rectification N3 -1d
04-30 office-chen extension-answer N2 +1wd             # of a serious one the answer is the office's
04-30 office-sun extension-answer N2 +1wd
05-06 head-s05 rectification N2 -3d                    # extended to the 8th; 5 May is a holiday
05-06 head-s05 rectification N3 +1d,0d                 # due on 1 May
05-06 insp-wang visit S01 2026-05 month-start
05-06 insp-zhang rectification N3 +1d
05-06 insp-zhang visit S05 2026-05 month-start
05-07 head-s05 rectification N2 -1d
05-08 head-s05 rectification N2 0d
05-09 head-s05 rectification N2 +1d                    # a Saturday that is worked
05-09 insp-zhang look-back N3 -5d
05-09 insp-zhang rectification N2 +1d
05-12 insp-zhang look-back N2 0d
05-14 insp-zhang look-back N3 0d
05-15 insp-wang visit S01 2026-05 mid-month            # S05 is exempt in May
05-19 head-s01 rectification N4 -3d
05-20 insp-wang extension-answer N4 0d
05-21 head-s01 rectification N4 -1d
05-21 insp-wang extension-answer N4 +1wd
05-21 office-chen extension-answer N4 +1wd
05-21 office-sun extension-answer N4 +1wd
05-25 insp-wang visit S01 2026-05 -5wd                 # the 31st is a Sunday
05-26 head-s01 rectification N4 -3d                    # extended to the 29th
05-28 head-s01 rectification N4 -1d
05-29 head-s01 rectification N4 0d
05-29 insp-wang visit S01 2026-05 last-workday
05-29 insp-zhou visit S01 2026-05 last-workday
06-01 insp-wang visit S01 2026-05 +1d
06-01 insp-wang visit S01 2026-06 month-start
06-01 insp-zhang visit S05 2026-06 month-start
06-01 insp-zhou visit S01 2026-05 +1d
06-01 office-chen visit S01 2026-05 +1d
06-01 office-sun visit S01 2026-05 +1d
06-08 insp-wang look-back N4 -5d                       # the 6th is a Saturday
06-09 10:01 insp-wang emergency-answer E +1m           # she raised it
06-09 10:01 insp-zhou emergency-answer E +1m
06-09 10:01 office-chen emergency-answer E +1m
06-09 10:01 office-sun emergency-answer E +1m
06-09 10:05 insp-wang emergency-answer E +5m
06-09 10:05 insp-zhou emergency-answer E +5m
06-09 10:05 office-chen emergency-answer E +5m
06-09 10:05 office-sun emergency-answer E +5m
06-09 11:30 head-s01 emergency-report E -30m
06-09 11:30 insp-wang emergency-report E -30m
06-09 12:00 head-s01 emergency-report E 0m
06-09 12:00 insp-wang emergency-report E 0m
06-09 12:30 head-s01 emergency-report E +30m
06-09 12:30 insp-wang emergency-report E +30m
06-09 12:30 office-chen emergency-report E +30m
06-09 12:30 office-sun emergency-report E +30m
06-10 09:05 head-s01 emergency-follow-up E 0m
06-10 09:05 insp-wang emergency-follow-up E 0m
06-10 12:05 insp-zhou emergency-follow-up E +3h
06-10 12:05 office-chen emergency-follow-up E +3h
06-10 12:05 office-sun emergency-follow-up E +3h
06-11 insp-wang look-back N4 0d
06-15 head-s01 emergency-closing E -2d                 # the 14th is a Sunday
06-16 head-s01 emergency-closing E 0d
06-17 head-s01 emergency-closing E +1d
06-17 insp-wang emergency-closing E +1d
06-17 office-chen emergency-closing E +1d
06-17 office-sun emergency-closing E +1d
06-18 insp-zhou look-back N4 +7d
06-23 office-chen emergency-review E 0d                # three working days round the Dragon Boat
06-23 office-sun emergency-review E 0d
06-25 office-chen emergency-review E +2wd
06-25 office-sun emergency-review E +2wd`;

export const expected = TABLE.trim()
  .split('\n')
  .map((line) => line.replace(/\s*#.*$/u, ''));
