import type { FullLead, UnderstoodLead } from '../domain/understood';
import type { RoleByComma } from './joinLeads';
import { isPersonName } from './personNames';
import { readLeads } from './readLeads';
import type { KnownPerson } from './readPeople';
import { bareName } from './sections';

/** The leads of a cell with their codes resolved, and what a person should settle about them. */
export interface NamedLeads {
  readonly leads: readonly FullLead[];
  readonly doubts: readonly string[];
  readonly rolesByComma: readonly RoleByComma[];
  readonly notPeople: readonly string[];
}

/** Reads cells of leads with the help of the glossary that stands in the same file, if any. */
export class Glossary {
  private readonly byCode = new Map<string, KnownPerson>();
  private readonly ambiguous = new Set<string>();

  /** `written` reads a cell as Steward's own tracker writes it; null for one that it did not write. */
  constructor(
    readonly people: readonly KnownPerson[],
    private readonly written: (text: string) => FullLead[] | null = () => null,
  ) {
    for (const person of people) {
      if (person.code === null) continue;
      const known = this.byCode.get(person.code);
      if (known && known.name !== person.name) this.ambiguous.add(person.code);
      this.byCode.set(person.code, person);
    }
  }

  /** Reads a cell of leads; initials and codes get the names that the glossary gives them, and keep the code beside. */
  read(text: string): NamedLeads {
    const written = this.written(text);
    if (written) return { leads: written, doubts: [], rolesByComma: [], notPeople: [] };
    const reading = readLeads(this.byCode.size > 0 ? this.partCodes(text) : text);
    const doubts = [...reading.doubts];
    const leads = reading.leads.map((lead) => this.resolve(lead, doubts));
    const resolved = new Set(leads.filter(({ code }) => code !== null).map(({ code }) => code));
    const notPeople = reading.notPeople.filter(
      (name) => !resolved.has(plainCode(name)) && !doubts.some((doubt) => doubt.startsWith(`“${name}” `)),
    );
    return { leads: distinct(leads), doubts, rolesByComma: reading.rolesByComma, notPeople };
  }

  /** Whether an entry is a person's and not a team's or an abbreviation's. */
  isPerson({ name }: KnownPerson): boolean {
    return isPersonName(bareName(name));
  }

  /** "AC BD", "AHa/JSm": codes that nothing but a space or a slash parts are several leads where the glossary knows one of them. */
  private partCodes(text: string): string {
    return text
      .split('\n')
      .map((line) => {
        const parts = line.split(/\s*(?:\/|,|;|&|\+|\band\b|\s)\s*/i).filter((part) => part !== '');
        const isCodes =
          parts.length >= 2 &&
          parts.every(
            (part) => part.length <= 6 && /^[A-Zl0-9]/.test(part) && !/^\p{Lu}\p{Ll}{2,}$/u.test(part),
          );
        return isCodes && parts.some((part) => this.mayBeCode(part)) ? parts.join('; ') : line;
      })
      .join('\n');
  }

  /** Whether the glossary has a code, or one that looks like it. */
  private mayBeCode(text: string): boolean {
    return (
      this.byCode.has(plainCode(text)) ||
      [...this.byCode.keys()].some((code) => unmaskCode(code) === unmaskCode(text))
    );
  }

  private resolve(lead: UnderstoodLead, doubts: string[]): FullLead {
    const code = plainCode(lead.name);
    const person = this.byCode.get(code);
    if (person && this.ambiguous.has(code)) {
      doubts.push(`“${lead.name}” stands for more than one person in the file’s glossary: who is meant?`);
      return { ...lead, code: null };
    }
    if (person) return { ...lead, name: person.name, role: lead.role ?? person.role, code };
    if (this.byCode.size > 0 && isCodeLike(lead.name)) doubts.push(this.missing(lead.name));
    return { ...lead, code: null };
  }

  private missing(name: string): string {
    const alike = [...this.byCode.keys()].filter((code) => unmaskCode(code) === unmaskCode(name));
    const [one] = alike;
    if (one !== undefined && alike.length === 1) {
      const person = this.byCode.get(one)?.name ?? '';
      return `“${name}” is not in the file’s glossary, but looks like “${one}” (${person}): is it the same? It was kept as printed.`;
    }
    return `“${name}” is not in the file’s glossary: who is it? It was kept as printed.`;
  }
}

/** A code without its dots: `A.C.` is `AC`. */
function plainCode(text: string): string {
  return text.replace(/\./g, '').trim();
}

function isCodeLike(text: string): boolean {
  return (
    plainCode(text).length <= 6 &&
    !/\s/.test(text.trim()) &&
    /^[A-Zl0-9][A-Za-z0-9&.]*$/.test(text) &&
    !isPersonName(text) &&
    !/^\p{Lu}\p{Ll}{3,}$/u.test(text)
  );
}

/** With letters and figures that look alike made one: I, l and 1; O and 0. */
function unmaskCode(code: string): string {
  return plainCode(code)
    .replace(/[Il1|]/g, 'I')
    .replace(/[O0]/g, 'O')
    .toUpperCase();
}

function distinct(leads: readonly FullLead[]): FullLead[] {
  return leads.filter((lead, at) => leads.findIndex(({ name }) => name === lead.name) === at);
}
