import type { IsoDate } from '../../src/domain/period';
import { bankHolidaysOf } from '../../src/schedule/bankHolidays';

/** Bank holidays of England and Wales as the government publishes them, weekdays only. */
const ENGLAND: Readonly<Record<number, readonly string[]>> = {
  2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
  2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
  2024: ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26'],
  2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
  2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
  2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2028: ['01-03', '04-14', '04-17', '05-01', '05-29', '08-28', '12-25', '12-26'],
};

describe('bank holidays of England', () => {
  const isBankHoliday = bankHolidaysOf('England');

  test.each(Object.entries(ENGLAND))('%s: every weekday off, and no other', (year, expected) => {
    const found = weekdaysOf(Number(year)).filter(isBankHoliday);

    expect(found).toEqual(expected.map((day) => `${year}-${day}`));
  });

  test('are not those of Scotland', () => {
    const inScotland = bankHolidaysOf('Scotland');

    expect(isBankHoliday('2023-04-10')).toBe(true);
    expect(inScotland('2023-04-10')).toBe(false);
    expect(inScotland('2023-11-30')).toBe(true);
    expect(isBankHoliday('2023-11-30')).toBe(false);
  });
});

function weekdaysOf(year: number): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year; ) {
    if (day.getUTCDay() % 6 !== 0) days.push(day.toISOString().slice(0, 10) as IsoDate);
    day = new Date(day.getTime() + 24 * 60 * 60 * 1000);
  }
  return days;
}
