/** That somebody asked for something. What they typed is not in it. */
export interface ReadEntry {
  readonly id: string;
  /** UTC ISO, by the clock of the plan's world. */
  readonly at: string;
  /** A person's id. */
  readonly person: string;
  /** What kind of thing: a question's kind (`list`, `action`, …), a command that shows something, `figure`, `share`, `search`, `export`, `audit`. */
  readonly kind: string;
  /** How many refs the question names. */
  readonly refs: number;
  readonly place: 'personal' | 'channel';
}
