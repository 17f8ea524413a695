import fc from 'fast-check';
import { findPersonalData, type PersonalData } from '../../src/domain/disclosure';

type Kind = PersonalData['kind'];

const TODAY = '2023-09-26';

/** What a text gives away, as `kind: match`. */
function found(text: string, today = TODAY): string[] {
  return findPersonalData(text, today).map(({ kind, match }) => `${kind}: ${match}`);
}

describe('finds', () => {
  test.each<[string, Kind, string]>([
    ['Pupil 943 476 5919 now has a plan.', 'nhs-number', '943 476 5919'],
    ['NHS no. 943-476-5919, see file', 'nhs-number', '943-476-5919'],
    ['nhs9434765919', 'nhs-number', '9434765919'],
    ['(943 476 5919)', 'nhs-number', '943 476 5919'],
    ['odd spaces 943\u00a0476\u20095919.', 'nhs-number', '943\u00a0476\u20095919'],
    ['odd dashes 943\u2013476\u20135919.', 'nhs-number', '943\u2013476\u20135919'],
    ['wide digits \uff19\uff14\uff13 476 5919', 'nhs-number', '\uff19\uff14\uff13 476 5919'],
    ['1234567890 is none but 943 476 5919 is', 'nhs-number', '943 476 5919'],
    ['Cases: 100 943 476 5919', 'nhs-number', '943 476 5919'],
    ['401 023 2137', 'nhs-number', '401 023 2137'],

    ['H801200001001 moved school', 'upn', 'H801200001001'],
    ['upn:h801200001001', 'upn', 'h801200001001'],
    ['Temporary number H80120000100B given', 'upn', 'H80120000100B'],
    ['His UPN is B920100112345, as typed', 'upn', 'B920100112345'],

    ['dob 12/03/2015', 'date-of-birth', 'dob 12/03/2015'],
    ['D.O.B. 12.3.15', 'date-of-birth', 'D.O.B. 12.3.15'],
    ['DoB: 3 May', 'date-of-birth', 'DoB: 3 May'],
    ['DOB 120315', 'date-of-birth', 'DOB 120315'],
    ['DOB 12 03 2015', 'date-of-birth', 'DOB 12 03 2015'],
    ['DOB: March 2015', 'date-of-birth', 'DOB: March 2015'],
    [
      'Date of birth for this child was 1 February 2022.',
      'date-of-birth',
      'Date of birth for this child was 1 February 2022',
    ],
    ['He was born on 29th of February, 2020', 'date-of-birth', 'born on 29th of February, 2020'],
    ['born Sept 3rd 2021', 'date-of-birth', 'born Sept 3rd 2021'],
    ['12/03/2022 (DOB)', 'date-of-birth', '12/03/2022 (DOB'],
    ['turns six; birthday 4 June', 'date-of-birth', 'birthday 4 June'],
    ['DOB12032015', 'date-of-birth', 'DOB12032015'],
    ['Jamie turned 7 on 12 March 2016', 'date-of-birth', 'turned 7 on 12 March 2016'],
    ['Jo B, 12th March2015', 'date-of-birth', '12th March2015'],
    ['Her birthday is 4/6', 'date-of-birth', 'birthday is 4/6'],
    ['Jo B, 12/03/2015, waits', 'date-of-birth', '12/03/2015'],
    ['Jo B, 12-03-15, waits', 'date-of-birth', '12-03-15'],
    ['Jo B, 12/3/15, waits', 'date-of-birth', '12/3/15'],
    ['Jo B, 2015-03-12, waits', 'date-of-birth', '2015-03-12'],
    ['Jo B, 12.03.2015.', 'date-of-birth', '12.03.2015'],
    ['Jo B, 03/25/2015, waits', 'date-of-birth', '03/25/2015'],
    ['Jo B (12 March 2015) waits', 'date-of-birth', '12 March 2015'],
    ['Jo B (12th of March, 2015) waits', 'date-of-birth', '12th of March, 2015'],
    ["Jo B (12 Mar '15) waits", 'date-of-birth', "12 Mar '15"],
    ['Jo B (12-Mar-15) waits', 'date-of-birth', '12-Mar-15'],
    ['Jo B (March 12th, 2015) waits', 'date-of-birth', 'March 12th, 2015'],
    ['Eldest: 27 September 1997', 'date-of-birth', '27 September 1997'],

    ['Jamie Calloway lives at SK13 7DX.', 'postcode-with-name', 'Jamie Calloway lives at SK13 7DX'],
    ['Home: OL6 6AA, Jamie Calloway', 'postcode-with-name', 'OL6 6AA, Jamie Calloway'],
    ["Met Siobhan O'Neill-Grange (ol66aa)", 'postcode-with-name', "Siobhan O'Neill-Grange (ol66aa"],
    ['A taxi for pupil Jamie from M34 2BB', 'postcode-with-name', 'Jamie from M34 2BB'],
    ['mum of Jamie, M34 2BB', 'postcode-with-name', 'Jamie, M34 2BB'],
    ["Jamie's mum at M34 2BB", 'postcode-with-name', "Jamie's mum at M34 2BB"],
    [
      'M34 2BB is where the child called Jamie lives',
      'postcode-with-name',
      'M34 2BB is where the child called Jamie',
    ],
    ['pupil J Calloway, M34 2BB', 'postcode-with-name', 'Calloway, M34 2BB'],
    ['The Calloway family, M34 2BB', 'postcode-with-name', 'Calloway family, M34 2BB'],
    ['Miss Calloway of M34 2BB', 'postcode-with-name', 'Calloway of M34 2BB'],
    ['Hollin Bank Primary: Jamie Young, SK13 7DX', 'postcode-with-name', 'Jamie Young, SK13 7DX'],

    ['Write to jo.bloggs@school.sch.uk.', 'email', 'jo.bloggs@school.sch.uk'],
    ['<a+b@c.org>', 'email', 'a+b@c.org'],
    ['mum (zoë@example.com) agreed', 'email', 'zoë@example.com'],

    ['Ring 0161 496 0123 first', 'phone', '0161 496 0123'],
    ['Ring (0161) 496 0123', 'phone', '(0161) 496 0123'],
    ['Ring 0161-496-0123', 'phone', '0161-496-0123'],
    ['Ring 01614960123.', 'phone', '01614960123'],
    ['Ring 020 7946 0018', 'phone', '020 7946 0018'],
    ['mobile 07700 900123', 'phone', '07700 900123'],
    ['mobile 07700900123', 'phone', '07700900123'],
    ['mobile +44 7700 900123', 'phone', '+44 7700 900123'],
    ['mobile +447700900123', 'phone', '+447700900123'],
    ['mobile 0044 7700 900 123', 'phone', '0044 7700 900 123'],
    ['office +44 (0)161 496 0123', 'phone', '+44 (0)161 496 0123'],
    ['office +44 (0) 161 496 0123', 'phone', '+44 (0) 161 496 0123'],
    ['line 0300 123 4567', 'phone', '0300 123 4567'],
    ['rural 01204 12345', 'phone', '01204 12345'],
    ['free 0800 123456', 'phone', '0800 123456'],
    ['0161 496 0123 2023', 'phone', '0161 496 0123'],
    ['01204 12345 2023 families', 'phone', '01204 12345'],
    ['+44 943 476 5919', 'phone', '+44 943 476 5919'],
  ])('in "%s" a %s', (text, kind, match) => {
    expect(found(text)).toEqual([`${kind}: ${match}`]);
  });

  test('several, in the order of the text', () => {
    const text = 'Jamie Calloway (dob 12/03/2015, NHS 943 476 5919), OL6 6AA: 07700 900123 or jc@example.com';

    expect(findPersonalData(text, TODAY).map(({ kind }) => kind)).toEqual([
      'postcode-with-name',
      'date-of-birth',
      'nhs-number',
      'phone',
      'email',
    ]);
  });

  test('the same date is a birth one year and a meeting in another', () => {
    const text = 'Group, 14 June 2021: agreed';

    expect(found(text, '2023-09-26')).toEqual([]);
    expect(found(text, '2024-06-14')).toEqual([]);
    expect(found(text, '2024-06-15')).toEqual(['date-of-birth: 14 June 2021']);
  });
});

describe('lets pass', () => {
  test.each([
    ['', 'nothing'],
    ['943 476 5918', 'ten digits with a wrong checksum'],
    ['invoice 1943 476 5919', 'eleven digits'],
    ['94347659190', 'eleven digits'],
    ['A123456789013 is an order', 'a letter and twelve digits with a wrong check letter'],
    ['order AB123456789012', 'two letters and digits'],
    ['The board met on 12 September 2023 and 4 July 2022.', 'meetings of this and recent years'],
    ['Next review 14/11/2023, last 03-10-22', 'meetings in figures'],
    ['On Tuesday 12 May 2015 the panel met, and by the 14th of June 2016 again', 'events long ago'],
    ['The letter of 12/05/2015 and the action due 31.03.2017', 'events in figures'],
    ['Inspected 12 March 1994:', 'somebody of 29 would be no child of the plan'],
    ['Due 31 October 2026', 'a date to come'],
    ['Since March 2015 the team has grown; see the 2014 code and the 2015/16 data', 'months and years'],
    ['Children born in September 2019 start Reception', 'a year group'],
    ['The plan was born out of the review of 4 May 2023', 'born out of'],
    ['New-born hearing screening from 12 May 2023', 'newborn'],
    ['Newborn visits began 12 May 2023', 'newborn'],
    ['No date of birth is kept. Meeting of 12 May 2023.', 'a cue in another sentence'],
    ['Actions 1.2.10 and 2.3.15, AIP4, 3.1.12', 'refs'],
    ['Years 9/10/11 and ages 5/11/16', 'year groups'],
    ['On 12 March 15 families came', 'a day and a number'],
    ['31/02/2015 and 45/13/2014', 'no days'],
    ['School at OL6 6AA', 'a postcode alone'],
    ['Hollin Bank Primary School, Mill Lane, OL6 6AA', 'a school'],
    ['The hub at Stamford Park, OL6 6AA, opened in May', 'a park'],
    ['Opened Ashgrove Family Hub at OL6 6AA. Early Years and Health Visitors moved in.', 'services'],
    ["St Cuthbert's Catholic Academy, SK14 5NN", 'an academy'],
    ['Council offices moved from SK14 5NN on Monday', 'a weekday'],
    ['Parent Carer Forum met at SK14 5NN; Send Strategy Board agreed', 'boards'],
    ['The child lives in OL6 6AA', 'a child without a name'],
    ['pupil Premium spend, OL6 6AA', 'a premium'],
    ['Q4 2nd draft by Jamie Calloway', 'a quarter'],
    ['L1 1st cohort led by Jamie Calloway', 'an ordinal'],
    ['Jamie Calloway to report', 'a name alone'],
    [`${'Jamie Calloway'}${' and so on'.repeat(15)} OL6 6AA`, 'a name far from a postcode'],
    ['@everyone look at school.sch.uk', 'a mention and a site'],
    ['5 @ 10.50', 'prices'],
    ['Between 2019 2020 2021 2022 and 0-25', 'years'],
    ['£01614960123 or 3.01614960123', 'money and fractions'],
    ['01-02-2023 10 30, 01 02 2023 100', 'dates in groups'],
    ['01/02/2023 09:00', 'a date with a time'],
    ['ref 0612345678, 00012345678901', 'codes'],
    ['100%, 62%, 1,234,567 and 0.0161342835', 'figures'],
    ['Dial 999, 111 or 0800 1111', 'short numbers'],
    ['card 0345 6789 0123 4567', 'sixteen digits'],
    ['Training matrix drafted; two teams left.', 'ordinary words'],
    ['27 of 98 actions (28%) are Amber; 3.1.1 [3.2-3.5] is Red. See 7.3.1.', 'figures of the plan'],
  ])('"%s": %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('whatever the text', () => {
  const aValidNhsNumber = fc
    .integer({ min: 100_000_000, max: 999_999_999 })
    .map(withCheckDigit)
    .filter((number) => number !== null);

  test('never throws, and gives pieces of the text', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom(...'0123456789 -./()+@aDob\nOL6é'), maxLength: 400 }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { match } of findPersonalData(text, TODAY)) expect(text).toContain(match);
      }),
      { numRuns: 500 },
    );
  });

  test('an NHS number among letters is found', () => {
    const prose = fc.string({ unit: fc.constantFrom(...'abcdefghij NHSéß,\n'), maxLength: 60 });
    const separator = fc.constantFrom('', ' ', '-');
    fc.assert(
      fc.property(prose, aValidNhsNumber, separator, prose, (before, number, sign, after) => {
        const written = [number.slice(0, 3), number.slice(3, 6), number.slice(6)].join(sign);

        expect(found(`${before}${written}${after}`)).toContain(`nhs-number: ${written}`);
      }),
      { numRuns: 500 },
    );
  });

  test('any one digit mistyped is no NHS number', () => {
    fc.assert(
      fc.property(aValidNhsNumber, fc.nat(9), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        const digits = [...number];
        digits[at] = String((Number(digits[at]) + shift) % 10);

        expect(found(`no ${digits.join('')} here`).filter((text) => text.startsWith('nhs'))).toEqual([]);
      }),
    );
  });

  test.each([
    ['digits', '1'.repeat(100_000)],
    ['zeros', '0'.repeat(100_000)],
    ['groups of digits', '943 476 5918 '.repeat(8_000)],
    ['spaces', ' '.repeat(100_000)],
    ['words', 'Jamie '.repeat(20_000)],
    ['postcodes and names', 'Jamie Calloway OL6 6AA '.repeat(5_000)],
    ['signs of e-mail', 'a@'.repeat(50_000)],
    ['dates and cues', 'dob 12/03/2015 '.repeat(7_000)],
    ['dashes', '0-'.repeat(50_000)],
    ['phone prefixes', '+44(0)'.repeat(20_000)],
  ])('100,000 characters of %s are read in a moment', (_, text) => {
    const begun = performance.now();
    findPersonalData(text, TODAY);

    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

/** Nine digits and the tenth that the checksum asks for, reckoned from the other end than the code does; null where there is none. */
function withCheckDigit(nine: number): string | null {
  const digits = String(nine);
  for (let check = 0; check <= 9; check += 1) {
    const ten = `${digits}${check}`;
    const sum = [...ten].reverse().reduce((total, digit, place) => total + Number(digit) * (place + 1), 0);
    if (sum % 11 === 0) return ten;
  }
  return null;
}
