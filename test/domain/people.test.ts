import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { leadKeyOf, type Match, matchName, type RosterPerson } from '../../src/domain/people';

describe('the key of a lead', () => {
  test.each([
    ['Ann Cole', 'ann cole'],
    ['  ANN   cole ', 'ann cole'],
    ['Zoë O’Neil', 'zoe oneil'],
    ["Zoe O'Neil", 'zoe oneil'],
    ['Łukasz Strauß-Ødegård', 'lukasz strauss odegard'],
    ['Smith-Jones, J.R.', 'smith jones j r'],
    ['Head of SEND / EHC #2?', 'head of send ehc 2'],
    ['Ольга Ёлкина', 'ольга елкина'],
    ['김 서연', '김 서연'],
    ['नीता शर्मा', 'नीता शर्मा'],
    ['محمد علي', 'محمد علي'],
    ['', '_'],
    ['— ? —', '_'],
  ])('of "%s" is "%s"', (name, key) => {
    expect(leadKeyOf(name)).toBe(key);
  });

  test('keeps people apart who differ in more than writing', () => {
    const names = ['Ann Cole', 'Dr Ann Cole', 'Anne Cole', 'Cole Ann', 'Ann Coles', 'AnnCole'];

    expect(new Set(names.map(leadKeyOf)).size).toBe(names.length);
  });

  test('is safe in an Azure table key, short, and the key of itself', () => {
    const anyName = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 40 }));
    fc.assert(
      fc.property(anyName, (name) => {
        const key = leadKeyOf(name);

        expect(key).not.toMatch(/[/\\#?%|\p{Cc}]|^\s|\s$|\s\s/u);
        expect(key.length).toBeGreaterThan(0);
        expect(key.length).toBeLessThanOrEqual(140);
        if (!key.includes('_')) expect(leadKeyOf(key)).toBe(key);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps very long names apart', () => {
    const long = 'Ann '.repeat(100);

    expect(leadKeyOf(`${long} Cole`)).not.toBe(leadKeyOf(`${long} Fox`));
    expect(leadKeyOf(`${long} Cole`)).toBe(leadKeyOf(`${long} COLE `));
  });
});

describe('a name that is in the roster', () => {
  test.each([
    ['Ann Cole', 'Ann Cole'],
    ['ann  COLE', 'Ann Cole'],
    ['Ann Cole', 'Cole, Ann'],
    ['Cole, Ann', 'Ann Cole'],
    ['Ann Cole', 'Ann Cole (NHS)'],
    ['Ann Cole', 'Ann Cole (NHS) [External]'],
    ['Ann Cole', 'Cole, Ann (Example Council)'],
    ['Ann Cole', 'Ann Cole | Example Council'],
    ['Ann Cole (Head of Service)', 'Ann Cole'],
    ['Zoe ONeil', "Zoë O'Neil"],
    ['Ann-Marie Smith Jones', 'Ann Marie Smith-Jones'],
    ['Dr Ann Cole', 'Dr. Ann Cole'],
  ])('"%s" is exactly "%s"', (name, inRoster) => {
    const roster = people('Bea Dunn', inRoster, 'Anne Cole', 'Ann Coles');

    expect(matchName(name, roster, distance)).toEqual({ kind: 'exact', person: roster[1] });
  });

  test('is no answer when two people have it', () => {
    const roster = people('Ann Cole (NHS)', 'Bea Dunn', 'Ann Cole (Council)', 'Anne Cole');

    expect(proposed(matchName('Ann Cole', roster, distance))).toEqual([
      'Ann Cole (Council)',
      'Ann Cole (NHS)',
    ]);
  });

  test('is one person though the roster lists them twice', () => {
    const ann: RosterPerson = { id: 'ann', name: 'Ann Cole' };

    expect(matchName('Ann Cole', [ann, { ...ann }], distance)).toEqual({ kind: 'exact', person: ann });
  });
});

describe('a name that is nearly in the roster', () => {
  test.each([
    ['a title', 'Dr Ann Cole', 'Ann Cole'],
    ['a title in the roster', 'Ann Cole', 'Cllr Ann Cole'],
    ['a spelling', 'Claire Oakden', 'Clair Oakden'],
    ['a spelling', 'Jon Oakden', 'John Oakden'],
    ['a spelling', 'Katherine Oakden', 'Kathryn Oakden'],
    ['a spelling', 'Ann Oakden', 'Anne Oakden'],
    ['a spelling', "Niamh O'Neil", 'Niamh ONeill'],
    ['a spelling', 'Niamh O Neill', "Niamh O'Neill"],
    ['a slip', 'Beatrice Oakdne', 'Beatrice Oakden'],
    ['a slip in each', 'Beatrce Okden', 'Beatrice Oakden'],
    ['joined first names', 'Annmarie Oakden', 'Ann-Marie Oakden'],
    ['a short form', 'Dave Oakden', 'David Oakden'],
    ['a short form', 'Elizabeth Oakden', 'Liz Oakden'],
    ['a short form', 'Mike Oakden', 'Michael Oakden'],
    ['two short forms', 'Liz Oakden', 'Beth Oakden'],
    ['a short form that no table knows', 'Tolu Oakden', 'Toluwani Oakden'],
    ['a short form and a slip', 'Dave Oakdan', 'David Oakden'],
    ['a double-barrelled surname', 'Ann Oakden', 'Ann Oakden-Price'],
    ['the other half of it', 'Ann Price', 'Ann Oakden-Price'],
    ['a middle name', 'Ann Oakden', 'Ann Rose Oakden'],
    ['letters after the name', 'Ann Oakden', 'Ann Oakden, MBE'],
    ['swapped order', 'Oakden Ann', 'Ann Oakden'],
    ['swapped order and a short form', 'Oakden Dave', 'David Oakden'],
    ['an initial', 'A Oakden', 'Ann Oakden'],
    ['an initial', 'A. Oakden', 'Oakden, Ann'],
    ['initials', 'A.O.', 'Ann Oakden'],
    ['initials', 'AO', 'Ann Oakden'],
    ['a first name alone', 'Ann', 'Ann Oakden'],
    ['a surname alone', 'Mrs Oakden', 'Ann Oakden'],
    ['a changed surname', 'Ann Oakden', 'Ann Fairweather'],
  ])('%s: "%s" may be "%s"', (_, name, inRoster) => {
    const roster = people('Bea Dunn', inRoster, 'Hugo Lister');

    expect(proposed(matchName(name, roster, distance))).toEqual([inRoster]);
  });

  test('is proposed best first, and a changed surname only where nobody is nearer', () => {
    const roster = people('Ann Fairweather', 'A Oakden', 'Anne Oakden', 'Dr Ann Oakden', 'Ann Oakden-Price');

    expect(proposed(matchName('Ann Oakden', roster, distance))).toEqual([
      'Dr Ann Oakden',
      'Ann Oakden-Price',
      'Anne Oakden',
      'A Oakden',
    ]);
  });

  test('gives at most five to choose from', () => {
    const roster = people(...Array.from({ length: 9 }, (_, at) => `Ann Oakden ${'abcdefghi'.charAt(at)}.`));

    expect(proposed(matchName('Anne Oakden', roster, distance))).toHaveLength(5);
  });
});

describe('a name that is not in the roster', () => {
  test.each([
    ['Ann Oakden', 'Bea Dunn'],
    ['Ann Oakden', 'Peter Oakden'],
    ['Ann Fox', 'Dan Box'],
    ['EHC Team Manager', 'Ann Oakden'],
    ['Improvement Board', 'Bea Dunn'],
    ['', 'Ann Oakden'],
    ['—', '—'],
    ['Ann Oakden', ''],
    ['Dr', 'Mr'],
  ])('"%s" is nobody like "%s"', (name, inRoster) => {
    expect(matchName(name, people(inRoster), distance)).toEqual({ kind: 'none' });
  });
});

describe('whatever the names', () => {
  const aWord = fc.string({ unit: fc.constantFrom(...'abcdeéłø'), minLength: 1, maxLength: 6 });
  const aName = fc.tuple(aWord, aWord);

  test('the same name written in another way is exact', () => {
    const aWriting = fc.constantFrom(
      (first: string, last: string) => `${first} ${last}`,
      (first: string, last: string) => `${last}, ${first}`,
      (first: string, last: string) => ` ${first.toUpperCase()}  ${last} (NHS)`,
      (first: string, last: string) => `${first.normalize('NFD')} ${last.toUpperCase()} | Example Council`,
    );
    fc.assert(
      fc.property(aName, aWriting, aWriting, ([first, last], inPlan, inRoster) => {
        const match = matchName(inPlan(first, last), people(inRoster(first, last), 'Hugo Lister'), distance);

        expect(match.kind).toBe('exact');
      }),
    );
  });

  test('exact means the same letters, and a proposal is never empty', () => {
    const aText = fc.string({ unit: fc.constantFrom(..."AaBbCé Łø,.-'’"), maxLength: 12 });
    fc.assert(
      fc.property(aText, fc.array(aText, { maxLength: 6 }), (name, names) => {
        const match = matchName(name, people(...names), distance);

        if (match.kind === 'exact') expect(lettersOf(match.person.name)).toEqual(lettersOf(name));
        if (match.kind === 'proposed') expect(match.people.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

function lettersOf(name: string): string[] {
  return [...leadKeyOf(name).replaceAll(' ', '')].sort();
}

function people(...names: string[]): RosterPerson[] {
  return names.map((name, at) => ({ id: `person-${at}`, name }));
}

function proposed(match: Match): string[] {
  return match.kind === 'proposed' ? match.people.map(({ name }) => name) : [match.kind];
}
