import { seenValue } from '../../src/plans/cellText';
import { findNameVariants } from '../../src/plans/nameVariants';
import { holdsFractions, readPercent } from '../../src/plans/readPercent';
import { readStatusText } from '../../src/plans/readStatusText';

describe('readStatusText', () => {
  it.each([
    ['R', 'red', 'plain'],
    [' a ', 'amber', 'plain'],
    ['g', 'green', 'plain'],
    ['B', 'blue', 'plain'],
    ['GR', 'grey', 'plain'],
    ['Gray', 'grey', 'plain'],
    ['Yellow', 'amber', 'plain'],
    ['GREEN - on course', 'green', 'plain'],
    ['🔴', 'red', 'plain'],
    ['Completed', 'blue', 'word'],
    ['On track', 'green', 'word'],
    ['Not on track', 'red', 'word'],
    ['On track but delayed', 'amber', 'word'],
    ['Not yet complete', 'amber', 'word'],
    ['In progress', 'green', 'word'],
    ['R/A', 'red', 'several'],
    ['Green\n \nRed\n \nAmber', 'red', 'several'],
    ['Amber Amber', 'amber', 'plain'],
    ['', null, 'blank'],
    ['TBC', null, 'none'],
    ['-', null, 'none'],
    ['Purple', null, 'unknown'],
    ['a new team is in place', null, 'unknown'],
  ])('reads %j as %s', (text, key, how) => {
    expect(readStatusText(text)).toEqual({ key, how });
  });

  it('knows the answers to "On track?"', () => {
    expect(readStatusText('Y', 'on track').key).toBe('green');
    expect(readStatusText('No', 'on track').key).toBe('red');
    expect(readStatusText('N', 'complete')).toEqual({ key: null, how: 'none' });
  });
});

describe('readPercent', () => {
  it.each([
    ['75%', 75],
    ['75', 75],
    [' 75 % ', 75],
    ['75% complete', 75],
    ['c. 75%', 75],
    ['0', 0],
    ['0%', 0],
    ['100%', 100],
    ['33.3%', 33],
    ['', null],
    ['NA', null],
    ['N/A', null],
    ['TBC', null],
    ['-', null],
    ['101%', null],
    ['-5', null],
    ['50-60%', null],
    ['0.75', null],
    ['most of it', null],
  ])('reads %j as %s', (text, percent) => {
    expect(readPercent({ text, isPercent: text.endsWith('%') }).percent).toBe(percent);
  });

  it('tells blank, words and nonsense apart', () => {
    const how = ['', 'NA', '150%', '0'].map((text) => readPercent({ text, isPercent: false }).how);
    expect(how).toEqual(['blank', 'words', 'unread', 'read']);
  });

  it('reads fractions only where the whole column has them', () => {
    const cells = (...texts: string[]) => texts.map((text) => ({ text, isPercent: false }));
    expect(holdsFractions(cells('0.5', '1', '', '0.25'))).toBe(true);
    expect(holdsFractions(cells('0.5', '75'))).toBe(false);
    expect(holdsFractions(cells('1', '0'))).toBe(false);
    expect(readPercent({ text: '0.75', isPercent: false }, true).percent).toBe(75);
    expect(readPercent({ text: '1', isPercent: false }, true).percent).toBe(100);
  });
});

describe('seenValue', () => {
  const september = new Date(Date.UTC(2023, 8, 29));
  it.each([
    [september, 'mmm-yy', 'Sep-23'],
    [september, 'mmmm yyyy', 'September 2023'],
    [september, 'dd/mm/yyyy', '29/09/2023'],
    [september, 'mm-dd-yy', '29/09/2023'],
    [september, '[$-809]d mmmm yyyy', '29 Sep 2023'],
    [september, 'yyyy', '2023'],
    [0.75, '0%', '75%'],
    [0.333, '0.0%', '33.3%'],
    [1.1, '0.00', '1.10'],
    [0.1 + 0.2, 'General', '0.3'],
    [{ richText: [{ text: 'Ann ' }, { text: 'Cole' }] }, 'General', 'Ann Cole'],
    [{ text: 'the plan', hyperlink: 'https://example.org' }, 'General', 'the plan'],
    [{ formula: 'A1', result: 0.5 }, '0%', '50%'],
    [{ formula: 'A1' }, 'General', ''],
    [null, 'General', ''],
  ])('shows %j in format %s as %s', (value, format, text) => {
    expect(seenValue(value as never, format).text).toBe(text);
  });

  it('doubts a day without its year', () => {
    expect(seenValue(september, 'd-mmm')).toMatchObject({
      text: '29 Sep 2023',
      doubt: expect.stringMatching(/29-Sep/),
    });
  });
});

describe('findNameVariants', () => {
  const warn = (...names: string[]): string[] =>
    findNameVariants(names.map((name, index) => ({ name, where: `row ${index + 1}` }))).map(
      ({ message }) => message,
    );

  it.each([
    [['Ann Coleman', 'Anne Coleman'], /one letter apart/],
    [['Karen Lowick', 'Karin Lowicks'], /two letters apart/],
    [['Paul Smith', 'PauI Smith'], /capital I/],
    [['PauI Smith'], /capital I/],
    [['Ann Cole', 'ann Cole'], /^$/],
  ])('%j', (names, message) => {
    expect(warn(...names).join(' ')).toMatch(message);
  });

  it('leaves different people alone', () => {
    expect(warn('Ann Cole', 'Bob Day', 'A. Cole', 'B. Cole', 'Casework Team', 'Casework Teams')).toEqual([]);
  });
});
