import fc from 'fast-check';
import { doubtsAboutDate, readDate, readTargetDate } from '../../src/domain/targetDate';

describe('readTargetDate', () => {
  it.each([
    ['Jul-22', '2022-07-31', 'month'],
    ['Sept-23', '2023-09-30', 'month'],
    ['Sep 2017', '2017-09-30', 'month'],
    ['Mar 25', '2025-03-31', 'month'],
    ['Feb-24', '2024-02-29', 'month'],
    ['By November 2018', '2018-11-30', 'month'],
    ['Post to start January 2018', '2018-01-31', 'month'],
    ['September – November 2018', '2018-11-30', 'month'],
    ['June/ July 2017', '2017-07-31', 'month'],
    ['Nov - Jan 2019', '2019-01-31', 'month'],
    ['Sept 2017 – Sept 2018', '2018-09-30', 'month'],
    ['March\n2018', '2018-03-31', 'month'],
    ['Sep23', '2023-09-30', 'month'],
    ['Sep’23', '2023-09-30', 'month'],
    ['09/2023', '2023-09-30', 'month'],
    ['2023-09', '2023-09-30', 'month'],
    ['Phase 2 February 2023', '2023-02-28', 'month'],
    ['Q4 2017/18', '2018-03-31', 'quarter'],
    ['Quarter 1 of 2023-24', '2023-06-30', 'quarter'],
    ['2017/18 Q2', '2017-09-30', 'quarter'],
    ['Spring/ Summer 18', '2018-08-31', 'season'],
    ['End of summer 2019', '2019-08-31', 'season'],
    ['Autumn 18', '2018-11-30', 'season'],
    ['Winter 2023', '2024-02-29', 'season'],
    ['Winter 2022/23', '2023-02-28', 'season'],
    ['Spring 2019', '2019-05-31', 'season'],
    ['Autumn Term 2018, aiming for November', '2018-12-31', 'term'],
    ['spring term 2019', '2019-04-30', 'term'],
    ['Summer term 2019', '2019-07-31', 'term'],
    ['Autumn term 2022/23', '2022-12-31', 'term'],
    ['29/09/2023', '2023-09-29', 'day'],
    ['29 Sept 2023', '2023-09-29', 'day'],
    ['29.9.23', '2023-09-29', 'day'],
    ['2023-09-29', '2023-09-29', 'day'],
    ['29th September 2023', '2023-09-29', 'day'],
    ['Friday 29 th of September 2023', '2023-09-29', 'day'],
    ['September 29, 2023', '2023-09-29', 'day'],
    ['w/c 4 March 2024', '2024-03-10', 'day'],
    ['academic year 2018/19', '2019-08-31', 'year'],
    ['financial year 2018/19', '2019-03-31', 'year'],
    ['end of 2024', '2024-12-31', 'year'],
  ])('%j is due %s, to the %s', (text, due, precision) => {
    expect(readDate(text)).toEqual({
      date: { text, due, precision, recurrence: null, word: null },
      doubts: [],
    });
  });

  it.each([
    ['May 2022- repeated 3 monthly', '2022-05-31', 'repeated 3 monthly'],
    ['April 2022, repeated monthly for 2 hour session', '2022-04-30', 'repeated monthly for 2 hour session'],
    ['July 2022 repeated three times a year', '2022-07-31', 'repeated three times a year'],
    ['June 2022 to June 2023 then annual programme', '2023-06-30', 'then annual programme'],
    ['October 2022 and recurring', '2022-10-31', 'recurring'],
    ['May 2023 and ongoing', '2023-05-31', 'ongoing'],
    ['Quarterly until March 2024', '2024-03-31', 'Quarterly'],
    ['Every 6 months', null, 'Every 6 months'],
    ['Reviewed annually in July', null, 'Reviewed annually in July'],
  ])('%j is due %s and repeats: %s', (text, due, recurrence) => {
    expect(readDate(text)).toMatchObject({ date: { text, due, recurrence, word: null }, doubts: [] });
  });

  it.each([
    ['Ongoing', 'ongoing'],
    ['On-going', 'ongoing'],
    ['Rolling', 'rolling'],
    ['Complete', 'complete'],
    ['COMPLETED', 'complete'],
    ['see 7.3.1', 'see 7.3.1'],
    ['See 8.1.1 etc', 'see 8.1.1 etc'],
    ['Sept 2017 - ongoing', 'ongoing'],
    ['March 2018 – Ongoing', 'ongoing'],
    ['N/A', 'n/a'],
    ['-', '-'],
  ])('%j has no due date but the word %j', (text, word) => {
    expect(readDate(text)).toEqual({
      date: { text, due: null, precision: null, recurrence: null, word },
      doubts: [],
    });
  });

  it('keeps a word beside a date', () => {
    expect(readTargetDate('Completed July 2022')).toMatchObject({ due: '2022-07-31', word: 'complete' });
    expect(readTargetDate('to be completed by July 2022')).toMatchObject({ due: '2022-07-31', word: null });
  });

  it.each(['', '  ', '\n\t', '\u200b'])('a blank cell (%j) is no date', (text) => {
    expect(readDate(text)).toEqual({ date: null, doubts: [] });
  });
});

describe('doubtsAboutDate', () => {
  it.each([
    ['May 2022 repeated bi-annually', '2022-05-31', /twice a year or every second year/],
    ['July 2022 updated bi-monthly', '2022-07-31', /twice a month or every second month/],
    ['March', null, /“March” has no year/],
    ['Summer term', null, /no year/],
    ['29 Sept', null, /no year/],
    ['Q4', null, /no year/],
    ['Jan 18 Sept 2017', '2018-01-31', /Several dates in one cell \(“Jan 18”, “Sept 2017”\)/],
    ['Apr 2018\n \nMar 2018 1st payment\n \nMar 2021', '2021-03-31', /Several dates/],
    ['May 2022; reviewed summer 2023', '2022-05-31', /reviewed summer 2023/],
    ['September 2022 ongoing', null, /Read as a start/],
    ['from September 2022', null, /Read as a start/],
    ['6 in 2017/18', '2018-08-31', /financial year, which ends on 31 March, or a school year/],
    ['Q2 2023', '2023-09-30', /calendar or of the financial year/],
    ['09/23', '2023-09-30', /month 9 of 2023/],
    ['09/30/2023', '2023-09-30', /month first/],
    ['31 June 2023', '2023-06-30', /no day 31/],
    ['Board approval', null, /No date can be read/],
    ['45170', null, /spreadsheet/],
    ['TBC', null, /no day yet/],
  ])('reads %j as %s and says why that may be wrong', (text, due, doubt) => {
    expect(readTargetDate(text)?.due).toBe(due);
    expect(doubtsAboutDate(text).join(' ')).toMatch(doubt);
  });

  it('has none about the same date written twice', () => {
    expect(doubtsAboutDate('July 2018\n \nJuly 2018')).toEqual([]);
  });
});

describe('dates never move earlier by being read', () => {
  const MONTHS = [
    'Jan',
    'February',
    'MAR',
    'april',
    'May',
    'June',
    'Jul',
    'August',
    'Sept',
    'Oct',
    'November',
    'Dec',
  ];
  const year = fc.integer({ min: 2005, max: 2060 });
  const month = fc.integer({ min: 1, max: 12 });
  const monthAndYear = fc
    .tuple(month, year, fc.constantFrom(' ', '-', '/', ' - ', '', ', '), fc.boolean())
    .map(([at, of, separator, short]) => ({
      text: `${MONTHS[at - 1]}${separator}${short ? String(of).slice(2) : of}`,
      end: new Date(Date.UTC(of, at, 0)).toISOString().slice(0, 10),
    }));
  const day = fc
    .date({ min: new Date('2005-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
    .chain((at) => {
      const end = at.toISOString().slice(0, 10);
      const [y, m, d] = end.split('-');
      return fc
        .constantFrom(
          `${d}/${m}/${y}`,
          `${Number(d)}.${Number(m)}.${y}`,
          end,
          `${Number(d)} ${MONTHS[Number(m) - 1]} ${y}`,
        )
        .map((text) => ({ text, end }));
    });
  const date = fc.oneof(monthAndYear, day);

  it('one date, whatever stands around it', () => {
    const before = fc.constantFrom(
      '',
      'By ',
      'end of ',
      'due ',
      'To be finished by ',
      'early ',
      'Phase 2 - ',
    );
    const after = fc.constantFrom(
      '',
      '.',
      ' (draft)',
      ' at the latest',
      '; then reviewed',
      ' repeated 3 monthly',
    );
    fc.assert(
      fc.property(before, date, after, (lead, { text, end }, tail) => {
        expect(readTargetDate(lead + text + tail)?.due).toBe(end);
      }),
    );
  });

  it('several dates in a cell', () => {
    fc.assert(
      fc.property(
        fc.array(date, { minLength: 2, maxLength: 4 }),
        fc.constantFrom('; ', '\n\n', ' and ', ' to '),
        (dates, join) => {
          const latest = dates
            .map(({ end }) => end)
            .sort()
            .at(-1);
          expect(readTargetDate(dates.map(({ text }) => text).join(join))?.due).toBe(latest);
        },
      ),
    );
  });

  it('never throws and keeps the text', () => {
    const words = fc.constantFrom(
      'Sept',
      '2017/18',
      ' ',
      '-',
      'Q4',
      'summer',
      '29',
      '/',
      'term',
      '99',
      'ongoing',
      'to',
      'FY',
      '.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words).map((parts) => parts.join('')),
        ),
        (text) => {
          const { date: read } = readDate(text);
          if (read) expect(read.text).toBe(text);
          if (read?.due) expect(new Date(read.due).toISOString().slice(0, 10)).toBe(read.due);
        },
      ),
      { numRuns: 500 },
    );
  });
});
