import type { Problem, Severity } from '../domain/understood';
import type { NamedLeads } from './glossary';
import { problem, quote } from './tables';

/** Names that are listed in one problem; there is no sense in reading more. */
const MOST_LISTED = 40;

/** What is doubtful about leads and statuses, each doubt once however many rows it stands in, and doubts of one kind in one list. */
export class RepeatedDoubts {
  private readonly found = new Map<string, { severity: Severity; places: string[] }>();
  private readonly notPeople = new Map<string, string>();
  private readonly rolesByComma = new Map<string, string>();
  private readonly wordStatuses = new Map<string, string>();

  /** Takes what a cell of leads was read as, with the cell's place. */
  addLeads(reading: NamedLeads, where: string): void {
    for (const doubt of reading.doubts) this.note('warning', doubt, where);
    for (const name of reading.notPeople) addFirst(this.notPeople, quote(name), where);
    for (const { name, role } of reading.rolesByComma)
      addFirst(this.rolesByComma, `${quote(role)} of ${name}`, where);
  }

  /** Takes a status that is a word of the plan's own, and the colour that it was read as. */
  addWordStatus(text: string, colour: string, where: string): void {
    addFirst(this.wordStatuses, `${quote(text)} as ${colour}`, where);
  }

  /** One problem for each doubt, at its first place. */
  list(): Problem[] {
    const repeated = [...this.found].map(([message, { severity, places }]) => {
      const others = places.length - 1;
      const more =
        others === 0 ? '' : ` The same stands in ${others} more ${others === 1 ? 'cell' : 'cells'}.`;
      return problem(severity, places[0] ?? 'the file', `${message}${more}`);
    });
    return [
      ...repeated,
      ...listed('warning', this.rolesByComma, (roles, isOne) =>
        isOne
          ? `A post behind a comma was taken as the role of the person before it: ${roles}. If it is another lead, part them by a semicolon.`
          : `Posts behind a comma were taken as the roles of the people before them: ${roles}. Where one is another lead, part them by a semicolon.`,
      ),
      ...listed('note', this.wordStatuses, (statuses, isOne) =>
        isOne
          ? `A status that names no colour was read so: ${statuses}.`
          : `Statuses that name no colour were read so: ${statuses}.`,
      ),
      ...listed('note', this.notPeople, (names, isOne) =>
        isOne
          ? `${names} is no person’s full name: it is kept as it is printed.`
          : `These leads are no person’s full name and are kept as they are printed: ${names}.`,
      ),
    ];
  }

  /** Takes one doubt, in words that do not name the row. */
  note(severity: Severity, message: string, where: string): void {
    const known = this.found.get(message);
    if (known) known.places.push(where);
    else this.found.set(message, { severity, places: [where] });
  }
}

function addFirst(list: Map<string, string>, text: string, where: string): void {
  if (!list.has(text)) list.set(text, where);
}

/** One problem with all that belongs to it, at the place of the first. */
function listed(
  severity: Severity,
  list: ReadonlyMap<string, string>,
  say: (texts: string, isOne: boolean) => string,
): Problem[] {
  const texts = [...list.keys()];
  const [first] = list.values();
  if (first === undefined) return [];
  const more = texts.length > MOST_LISTED ? ` and ${texts.length - MOST_LISTED} more` : '';
  return [
    problem(severity, first, say(`${texts.slice(0, MOST_LISTED).join(', ')}${more}`, texts.length === 1)),
  ];
}
