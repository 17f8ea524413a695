import type { Problem, Severity } from '../domain/understood';
import type { NamedLeads } from './glossary';
import { problem, quote } from './tables';

/** What is doubtful about leads and statuses, each doubt once however many rows it stands in. */
export class RepeatedDoubts {
  private readonly found = new Map<string, { severity: Severity; places: string[] }>();

  /** Takes what a cell of leads was read as, with the cell's place. */
  addLeads(reading: NamedLeads, where: string): void {
    for (const doubt of reading.doubts) this.note('warning', doubt, where);
    for (const name of reading.notPeople) {
      this.note('note', `${quote(name)} is no person’s full name: it is kept as it is printed.`, where);
    }
  }

  /** One problem for each doubt, at its first place. */
  list(): Problem[] {
    return [...this.found].map(([message, { severity, places }]) => {
      const others = places.length - 1;
      const more =
        others === 0 ? '' : ` The same stands in ${others} more ${others === 1 ? 'cell' : 'cells'}.`;
      return problem(severity, places[0] ?? 'the file', `${message}${more}`);
    });
  }

  /** Takes one doubt, in words that do not name the row. */
  note(severity: Severity, message: string, where: string): void {
    const known = this.found.get(message);
    if (known) known.places.push(where);
    else this.found.set(message, { severity, places: [where] });
  }
}
