import sectionPart from '../../../cards/answers/section.json';
import type { Words } from '../../words/words';
import type { Button } from '../buttons';
import type { Paragraph, TextRun } from '../runs';
import { weightOf } from '../size';
import { partTemplate } from '../template';

/** A few lines under a heading, with buttons of their own. */
export interface Section {
  readonly heading: readonly TextRun[];
  readonly lines: readonly Paragraph[];
  readonly buttons: readonly Button[];
  /** Style of the container: `warning` for what needs an eye. */
  readonly style: 'default' | 'warning' | 'emphasis';
  readonly separator: boolean;
  readonly spacing: 'Small' | 'Medium';
}

const expand = partTemplate<Section>(sectionPart);
const TEMPLATE_WEIGHT = weightOf(sectionPart);
const LINE_WEIGHT = 70;

/** A section with what is usual; `changes` says what is not. */
export function sectionOf(changes: Partial<Section>): Section {
  return {
    heading: [],
    lines: [],
    buttons: [],
    style: 'default',
    separator: true,
    spacing: 'Medium',
    ...changes,
  };
}

/** Fills in sections; those with nothing in them are left out. */
export function renderSections(sections: readonly Section[], words: Words): object[] {
  return sections
    .filter(({ heading, lines, buttons }) => heading.length + lines.length + buttons.length > 0)
    .map((section) => expand(section, words));
}

/** Bytes that a section weighs on a card at most. */
export function sectionWeight(section: Section): number {
  return weightOf(section) + TEMPLATE_WEIGHT + section.lines.length * LINE_WEIGHT;
}
