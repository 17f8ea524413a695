import fc from 'fast-check';
import { isPersonName } from '../../src/plans/personNames';
import { readLeads } from '../../src/plans/readLeads';

/** `Name (Role)`, with `~` before a co-lead. */
function told(text: string): string[] {
  return readLeads(text).leads.map(
    ({ name, role, kind }) => `${kind === 'co-lead' ? '~' : ''}${name}${role === null ? '' : ` (${role})`}`,
  );
}

describe('readLeads', () => {
  it.each([
    ['Ann Cole', ['Ann Cole']],
    ['Ann Cole (Head of Care, Adults and Children)', ['Ann Cole (Head of Care, Adults and Children)']],
    [
      'Ann Cole (Head), Bob Day; Cy Lamb / Di Fox and Ed Hall',
      ['Ann Cole (Head)', 'Bob Day', 'Cy Lamb', 'Di Fox', 'Ed Hall'],
    ],
    ['Ann Cole & Bob Day (Heads of Service)', ['Ann Cole', 'Bob Day (Heads of Service)']],
    ['Ann Cole (Head) Bob Day (Deputy)', ['Ann Cole (Head)', 'Bob Day (Deputy)']],
    ['Ann Cole (Head). Bob Day (Deputy)', ['Ann Cole (Head)', 'Bob Day (Deputy)']],
    ['Ann Cole\nBob Day', ['Ann Cole', 'Bob Day']],
    ['Ann Young/Bob Day/Cy Head-Smith', ['Ann Young', 'Bob Day', 'Cy Head-Smith']],
    ['Ann Cole [Bob Day (Deputy), Cy Lamb]', ['Ann Cole', '~Bob Day (Deputy)', '~Cy Lamb']],
    ['Ann Cole (co-lead), Bob Day', ['~Ann Cole', 'Bob Day']],
    ['Lead: Ann Cole; Support: Bob Day', ['Ann Cole', '~Bob Day']],
    ['Ann Cole - Head of Care', ['Ann Cole (Head of Care)']],
    ['Head of Care (Ann Cole)', ['Ann Cole (Head of Care)']],
    ['Dr Ann O’Neil and Prof. J. de Witt', ['Dr Ann O’Neil', 'Prof. J. de Witt']],
    ['AC/BD, EF', ['AC', 'BD', 'EF']],
    ['Ann Cole (Head)/ BDCO', ['Ann Cole (Head)', 'BDCO']],
    ['Casework Team Manager', ['Casework Team Manager']],
    ['Parent Carer Forum, Casework Team', ['Parent Carer Forum', 'Casework Team']],
    ['Head of Service - Access and Inclusion', ['Head of Service - Access and Inclusion']],
    ['Chairs of ABC, DEF and GHI', ['Chairs of ABC, DEF and GHI']],
    ['Education and Health', ['Education and Health']],
    ['Ann Cole, Ann Cole', ['Ann Cole']],
    [
      'Deputy Director (Care), Oxton Council; Nurse, NHS Oxton',
      ['Deputy Director (Care, Oxton Council)', 'Nurse, NHS Oxton'],
    ],
    ['Head of Care / schools / health visitors', ['Head of Care', 'schools', 'health visitors']],
    ['', []],
  ])('reads %j', (text, leads) => {
    expect(told(text)).toEqual(leads);
  });

  it.each([
    [
      'Ann Cole (Head of Care, Bob Day (Deputy)',
      ['Ann Cole (Head of Care)', 'Bob Day (Deputy)'],
      /not closed/,
    ],
    ['Ann Cole DCO); Bob Day', ['Ann Cole (DCO)', 'Bob Day'], /never opened/],
    ['Ann Cole [Bob Day', ['Ann Cole', '~Bob Day'], /not closed/],
    ['Cole, Ann', ['Cole, Ann'], /surname first/],
    ['Casework Manager & Directory Lead', ['Casework Manager & Directory Lead'], /one lead or two/],
    ['Ann Cole Bob Day', ['Ann Cole Bob Day'], /several leads/],
    ['TBC', [], /names nobody/],
  ])('asks about %j', (text, leads, doubt) => {
    expect(told(text)).toEqual(leads);
    expect(readLeads(text).doubts.join(' ')).toMatch(doubt);
  });

  it('says which posts behind a comma were taken as a role', () => {
    const { leads, rolesByComma } = readLeads('Ann Cole, Head of Care, Oxton Council');
    expect(leads).toEqual([{ name: 'Ann Cole', role: 'Head of Care, Oxton Council', kind: 'lead' }]);
    expect(rolesByComma).toEqual([{ name: 'Ann Cole', role: 'Head of Care' }]);
  });

  it('knows the ranks before a name', () => {
    expect(readLeads('Ch Insp Ann Cole; GM Bob Day')).toMatchObject({ doubts: [], notPeople: [] });
  });

  it('says which leads are no people', () => {
    expect(readLeads('Ann Cole; Casework Team; BD').notPeople).toEqual(['Casework Team', 'BD']);
  });

  it('finds everybody again, however they are parted', () => {
    const people = ['Ann Cole', 'Bob Day', 'Cy Lamb (Head of Care, North and South)', 'Di Fox (Deputy)'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(people, { minLength: 1 }),
        fc.constantFrom(', ', '; ', ' and ', ' & ', '/', '\n', ' / '),
        (some, separator) => {
          expect(told(some.join(separator))).toEqual(some);
        },
      ),
    );
  });

  it('never throws and makes nobody up', () => {
    const parts = fc.array(
      fc.constantFrom('Ann', ' ', 'Cole', '(', ')', '[', ']', ',', ' and ', '/', '\n', 'Head of', 'x'),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          parts.map((list) => list.join('')),
        ),
        (text) => {
          for (const { name } of readLeads(text).leads) expect(name).not.toBe('');
        },
      ),
      { numRuns: 500 },
    );
  });
});

it.each([
  ['Ann Cole', true],
  ['Ann Young', true],
  ['Ann de la Cour', true],
  ['A. Cole', true],
  ['Ann', false],
  ['Early Help', false],
  ['Casework Team', false],
  ['head of care', false],
])('isPersonName(%j) is %s', (text, is) => {
  expect(isPersonName(text)).toBe(is);
});
