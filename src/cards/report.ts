import template from '../../cards/report.json';
import { type AssuranceLine, LINE_LIMIT, RECOMMENDATION_LIMIT, type ReturnFault } from '../domain/planDetail';
import type { Words } from '../words/words';
import { type Button, executeButton } from './buttons';
import { cut, escapeMarkdown, plain, spoken } from './escape';
import type { AdaptiveCard, ReportFacts } from './facts';
import { GROUP_LIMIT } from './format';
import { ALARM, BOLD, gap, type Paragraph, paragraph, run, SUBTLE, type TextRun } from './runs';
import { pagesIn, weightOf } from './size';
import { type CardView, cardTemplate } from './template';

/** What the form's template shows. */
export interface ReportView extends CardView {
  readonly back: readonly Button[];
  readonly notices: readonly (Paragraph & { readonly style: 'attention' | 'accent' | 'emphasis' })[];
  readonly heading: readonly TextRun[];
  readonly about: readonly Paragraph[];
  /** The recommendation's field: one on the first part, none on the others. */
  readonly recommendation: readonly { readonly problems: readonly Paragraph[]; readonly value: string }[];
  readonly linesTitle: string;
  readonly lines: readonly LineView[];
  readonly buttons: readonly Button[];
}

interface LineView {
  readonly activity: readonly TextRun[];
  readonly problems: readonly Paragraph[];
  readonly completeId: string;
  readonly complete: string;
  readonly impactId: string;
  readonly impact: string;
}

const expand = cardTemplate<ReportView>(template);

/** Business as usual by the form: with eight lines it is still a form that somebody fills in on a phone. */
const LINES = { most: 8, bytes: 15_000 };
const ACTIVITY_LIMIT = 300;

/** The parts that a report's business as usual is asked in; at least one, which may be empty. */
export function partsOf(lines: readonly AssuranceLine[]) {
  const weigh = (line: AssuranceLine) =>
    weightOf(cut(line.activity, ACTIVITY_LIMIT)) +
    Math.max(weightOf(line.complete), 100) +
    Math.max(weightOf(line.impact), 300);
  return pagesIn(lines, weigh, LINES);
}

/** The ids of a line's two fields. */
export function lineInputs(line: string): { readonly complete: string; readonly impact: string } {
  return { complete: `complete-${line}`, impact: `impact-${line}` };
}

/** `Priority 1 for the board`: its line in notifications. */
export function reportSummary(facts: ReportFacts, words: Words): string {
  return words.say('report.summary', { name: nameOfGroup(facts, words) });
}

/** The form in which a group's leads say what the board should decide, and how the group's business as usual stands. */
export function reportCard(facts: ReportFacts, words: Words): AdaptiveCard {
  const parts = partsOf(facts.report.assurance);
  const part = parts[Math.min(facts.part, parts.length - 1)];
  const summary = reportSummary(facts, words);
  const at = part?.number ?? 0;
  const lines = part?.items ?? [];
  return expand(
    {
      speak: spoken(summary),
      fallbackText: escapeMarkdown(summary),
      back: [
        executeButton(
          words.say('form.back'),
          { verb: 'month', plan: facts.plan, period: facts.period, page: facts.page, delivered: false },
          { associatedInputs: 'none' },
        ),
      ],
      notices: noticesOf(facts, words),
      heading: [
        run(words.say('report.formTitle', { name: nameOfGroup(facts, words) }), { ...BOLD, size: 'Medium' }),
      ],
      about: at === 0 ? aboutOf(facts, words) : [],
      recommendation:
        at === 0
          ? [{ problems: problemsOf('recommendation', facts, words), value: recommendationIn(facts) }]
          : [],
      linesTitle: linesTitle(parts.length, lines.length, part?.start ?? 0, facts, words),
      lines: lines.map((line) => lineView(line, facts, words)),
      buttons: saveButtons(facts, at, parts.length, words),
    },
    words,
  );
}

function nameOfGroup({ report, groupTitle }: ReportFacts, words: Words): string {
  return words.say('report.name', { ref: plain(report.group), title: cut(plain(groupTitle), GROUP_LIMIT) });
}

function noticesOf(facts: ReportFacts, words: Words): ReportView['notices'] {
  const notices: ReportView['notices'][number][] = [];
  const { last } = facts.report;
  if (facts.newer && last) {
    const said = cut(plain(last.recommendation), GROUP_LIMIT);
    const text = said === '' ? words.say('report.newerNone') : words.say('action.quote', { text: said });
    const name = cut(plain(last.by.name), GROUP_LIMIT);
    notices.push({ style: 'accent', ...paragraph(words.say('report.newer', { name, text })) });
  }
  const n = facts.faults.length;
  if (n > 0) notices.push({ style: 'attention', ...paragraph(words.say('report.refused', { n }), BOLD) });
  if (facts.state === 'late') notices.push({ style: 'emphasis', ...paragraph(words.say('form.late')) });
  return notices;
}

function aboutOf({ report, period }: ReportFacts, words: Words): Paragraph[] {
  const { last } = report;
  if (!last || last.period === period || last.recommendation === '') return [];
  const text = cut(plain(last.recommendation), RECOMMENDATION_LIMIT / 2);
  return [paragraph(words.say('action.quote', { text }), SUBTLE)];
}

/** What was typed, or what was said in this period already; never the words of an earlier one. */
function recommendationIn({ typed, report, period }: ReportFacts): string {
  if (typed) return cut(typed.recommendation, RECOMMENDATION_LIMIT * 3);
  return report.last?.period === period ? report.last.recommendation : '';
}

function linesTitle(parts: number, n: number, start: number, { report }: ReportFacts, words: Words): string {
  if (n === 0) return '';
  if (parts === 1) return words.say('report.linesTitle');
  return words.say('report.linesPart', { from: start + 1, to: start + n, total: report.assurance.length });
}

function lineView(line: AssuranceLine, facts: ReportFacts, words: Words): LineView {
  const typed = facts.typed?.lines.find(({ id }) => id === line.id) ?? line;
  const ids = lineInputs(line.id);
  return {
    activity: [run(cut(plain(line.activity), ACTIVITY_LIMIT), BOLD)],
    problems: [
      ...problemsOf({ line: line.id, part: 'complete' }, facts, words),
      ...problemsOf({ line: line.id, part: 'impact' }, facts, words),
    ],
    completeId: ids.complete,
    complete: cut(typed.complete, LINE_LIMIT * 2),
    impactId: ids.impact,
    impact: cut(typed.impact, LINE_LIMIT * 2),
  };
}

function problemsOf(field: ReturnFault['field'], facts: ReportFacts, words: Words): Paragraph[] {
  return facts.faults
    .filter((one) => JSON.stringify(one.field) === JSON.stringify(field))
    .map(({ fault }) => {
      const values =
        fault.code === 'too-long'
          ? { length: fault.length, limit: fault.limit, match: '' }
          : { length: 0, limit: 0, match: cut(plain(fault.match), GROUP_LIMIT) };
      const sentence = words.say(`report.fault.${fault.code}`, values);
      return { runs: [run(words.say('form.mend'), ALARM), gap(' '), run(sentence, BOLD)] };
    });
}

function saveButtons(facts: ReportFacts, part: number, parts: number, words: Words): Button[] {
  const { plan, period, report, page } = facts;
  const data = {
    verb: 'reportSave' as const,
    plan,
    period,
    report: report.id,
    page,
    part,
    version: report.version,
  };
  const save = executeButton(words.say('report.save'), { ...data, onward: false });
  if (part + 1 >= parts) return [save];
  return [
    executeButton(words.say('report.saveNext'), { ...data, onward: true }, { style: 'positive' }),
    save,
  ];
}
