import template from '../../cards/form.json';
import type { AnswerField, Finding } from '../domain/checks';
import type { StatusKey } from '../domain/status';
import type { Words } from '../words/words';
import { type Button, type ButtonData, executeButton, refData } from './buttons';
import { cut, escapeMarkdown, paragraphs, plain, spoken } from './escape';
import type { AdaptiveCard, FormFacts, Typed } from './facts';
import { doneKey, findingSentence } from './findings';
import {
  dueRuns,
  GROUP_LIMIT,
  labelOf,
  monthName,
  nameOf,
  nameRuns,
  passedRuns,
  recentName,
  standing,
  targetName,
} from './format';
import {
  ALARM,
  BOLD,
  dotted,
  gap,
  type Paragraph,
  paragraph,
  type RunStyle,
  run,
  SUBTLE,
  type TextRun,
} from './runs';
import { CARD_LIMIT, weightOf } from './size';
import { formSummary } from './summaries';
import { type CardView, cardTemplate } from './template';

/** What the form's template shows of a field. */
interface FieldView {
  /** What is to mend or asked about it, above the field. */
  readonly problems: readonly Paragraph[];
  /** Keeps a problem close to its field. */
  readonly spacing: 'Small' | 'Medium';
}

/** What the form's template shows. */
export interface FormView extends CardView {
  readonly back: readonly Button[];
  readonly left: string;
  readonly notices: readonly (Paragraph & {
    readonly style: 'attention' | 'warning' | 'accent' | 'emphasis';
  })[];
  readonly heading: readonly TextRun[];
  readonly about: readonly Paragraph[];
  readonly percent: FieldView & { readonly value: number | null; readonly error: string };
  readonly status: FieldView & {
    readonly value: string | null;
    readonly choices: readonly { readonly title: string; readonly value: string }[];
  };
  readonly narrative: FieldView & {
    readonly label: string;
    readonly value: string;
    readonly said: readonly Paragraph[];
  };
  readonly revised: FieldView & { readonly label: string; readonly value: string | null };
  readonly barriers: FieldView & { readonly value: string };
  readonly ask: FieldView & { readonly value: string };
  readonly red: { readonly shown: boolean };
  readonly buttons: readonly Button[];
}

const expand = cardTemplate<FormView>(template);

/** Longest piece of the last narrative that the form shows, in characters. */
const SAID_LIMIT = 700;
const MEANING_LIMIT = 140;
const TEXT_FIELDS = ['narrative', 'barriers', 'ask'] as const;
type TextField = (typeof TEXT_FIELDS)[number];

/** Bytes kept free for the sentences that say that a text was cut. */
const CUT_RESERVE = 1_200;

/**
 * The form of one action. First opened it shows what the plan says, but an empty narrative; refused, everything that
 * was typed and what is wrong beside each field. Texts longer than a card can carry come back cut, and say so.
 */
export function formCard(facts: FormFacts, words: Words): AdaptiveCard {
  const fields = fieldsOf(facts);
  const whole = expand(formView(facts, fields, [], words), words);
  if (weightOf(whole) <= CARD_LIMIT - CUT_RESERVE) return whole;
  const empty = expand(
    formView(facts, { ...fields, narrative: '', barriers: '', ask: '' }, [], words),
    words,
  );
  const room = CARD_LIMIT - weightOf(empty) - CUT_RESERVE;
  const { texts, shortened } = cutToRoom(fields, room);
  return expand(formView(facts, { ...fields, ...texts }, shortened, words), words);
}

/** What stands in the fields: what was typed, or what the plan says. */
function fieldsOf(facts: FormFacts): Typed {
  if (facts.typed) return facts.typed;
  const { action } = facts;
  return {
    percent: action.percent === null ? '' : String(action.percent),
    status: action.status.key ?? '',
    narrative: '',
    revised: '',
    barriers: action.barriers,
    ask: action.ask,
  };
}

function formView(facts: FormFacts, fields: Typed, shortened: readonly TextField[], words: Words): FormView {
  const problem = (field: AnswerField) => problemsOf(field, facts, fields, shortened, words);
  const { action, scale } = facts;
  const summary = formSummary(facts, words);
  const problemsOfRed = [...facts.refused, ...facts.asked].some(
    ({ field }) => field === 'barriers' || field === 'ask',
  );
  const statusKnown = scale.statuses.some(({ key }) => key === fields.status);
  return {
    speak: spoken(summary),
    fallbackText: escapeMarkdown(summary),
    back: [executeButton(words.say('form.back'), listData(facts), { associatedInputs: 'none' })],
    left: words.say('form.left', { n: facts.left }),
    notices: noticesOf(facts, words),
    heading: nameRuns(action, { size: 'Medium' }),
    about: aboutOf(facts, words),
    percent: {
      ...problem('percent'),
      value: numberIn(fields.percent),
      error: words.say('finding.percent-out-of-range'),
    },
    status: {
      ...problem('status'),
      value: statusKnown ? fields.status : null,
      choices: choicesOf(facts, words),
    },
    narrative: {
      ...problem('narrative'),
      label: narrativeLabel(facts, words),
      value: fields.narrative,
      said: saidOf(facts, words),
    },
    revised: { ...problem('revised'), label: revisedLabel(facts, words), value: dateIn(fields.revised) },
    barriers: { ...problem('barriers'), value: fields.barriers },
    ask: { ...problem('ask'), value: fields.ask },
    red: { shown: fields.status === 'red' || action.status.key === 'red' || problemsOfRed },
    buttons: saveButtons(facts, words),
  };
}

function noticesOf(facts: FormFacts, words: Words): FormView['notices'] {
  const notices: FormView['notices'][number][] = [];
  if (facts.newer) {
    const { action, scale } = facts;
    const values = {
      name: cut(plain(facts.newer.by), GROUP_LIMIT),
      time: recentName(new Date(facts.newer.at), facts, words),
      standing: standing(scale, { status: action.status.key, percent: action.percent }, words),
    };
    notices.push({ style: 'accent', ...paragraph(words.say('form.newer', values)) });
  }
  if (facts.refused.length > 0) {
    notices.push({
      style: 'attention',
      ...paragraph(words.say('form.notSaved', { n: facts.refused.length }), BOLD),
    });
  } else if (facts.asked.length > 0) {
    notices.push({
      style: 'warning',
      ...paragraph(words.say('form.questions', { n: facts.asked.length }), BOLD),
    });
  }
  if (facts.wantsSentence) {
    const n = facts.action.unchangedFor + 1;
    notices.push({ style: 'warning', ...paragraph(words.say('form.wantsSentence', { n })) });
  }
  if (facts.state === 'late') notices.push({ style: 'emphasis', ...paragraph(words.say('form.late')) });
  return notices;
}

function aboutOf(facts: FormFacts, words: Words): Paragraph[] {
  const { action, scale } = facts;
  const group = [run(cut(plain(facts.groupTitle), GROUP_LIMIT), SUBTLE)];
  const { planned, revised } = action;
  if (!planned || !revised) return [{ runs: dotted([group, dueRuns(action, scale, facts, words)]) }];
  const plannedDate = words.say('action.planned', { date: targetName(planned, facts.today, words) });
  const revisedDate = words.say('action.revised', { date: targetName(revised, facts.today, words) });
  const passed = dueRuns(action, scale, facts, words).length > 1;
  return [{ runs: dotted([group, [run(plannedDate, SUBTLE)], passedRuns(revisedDate, passed, words)]) }];
}

function problemsOf(
  field: AnswerField,
  facts: FormFacts,
  fields: Typed,
  shortened: readonly TextField[],
  words: Words,
): FieldView {
  const sentence = (finding: Finding) => findingSentence(finding, words, facts);
  const mend = facts.refused
    .filter((finding) => finding.field === field)
    .map((finding) => problem(words.say('form.mend'), sentence(finding), ALARM));
  const ask = facts.asked
    .filter((finding) => finding.field === field)
    .map((finding) =>
      problem(words.say('form.question'), sentence(finding), { weight: 'Bolder', color: 'Accent' }),
    );
  const cutText = shortened.find((short) => short === field);
  const cutNote = cutText
    ? [problem(words.say('form.mend'), words.say('form.cut', { n: fields[cutText].length }), ALARM)]
    : [];
  const problems = [...mend, ...ask, ...cutNote];
  return { problems, spacing: problems.length > 0 ? 'Small' : 'Medium' };
}

/** A word says what the colour does: the sentence stands out for everybody. */
function problem(word: string, sentence: string, style: RunStyle): Paragraph {
  return { runs: [run(word, style), gap(' '), run(sentence, BOLD)] };
}

function choicesOf(facts: FormFacts, words: Words): FormView['status']['choices'] {
  return facts.scale.statuses.map(({ key, meaning }) => {
    const status = nameOf(facts.scale, key, words);
    const title = words.say('form.statusChoice', { status, meaning: cut(plain(meaning), MEANING_LIMIT) });
    return { title: escapeMarkdown(title), value: key };
  });
}

function narrativeLabel({ action, today }: FormFacts, words: Words): string {
  if (action.narrativeFrom === null) return words.say('form.narrative');
  return words.say('form.narrativeSince', { month: monthName(action.narrativeFrom, today, words) });
}

function saidOf({ action, today }: FormFacts, words: Words): Paragraph[] {
  const text = cut(paragraphs(action.narrative).join(' '), SAID_LIMIT);
  if (text === '') return [];
  if (action.narrativeFrom === null) return [paragraph(words.say('action.saidAtLoad', { text }), SUBTLE)];
  const month = monthName(action.narrativeFrom, today, words);
  return [paragraph(words.say('action.said', { month, text }), SUBTLE)];
}

function revisedLabel({ action, today }: FormFacts, words: Words): string {
  const target = action.revised ?? action.planned;
  if (!target || plain(target.text) === '') return words.say('form.revisedUndated');
  return words.say('form.revised', { date: targetName(target, today, words) });
}

function saveButtons(facts: FormFacts, words: Words): Button[] {
  const after = facts.after ?? (facts.left > 1 ? 'next' : 'list');
  const save = (title: string, more: Partial<SaveChoice>, style: { style?: 'positive' } = {}) =>
    executeButton(title, saveData(facts, { after, anyway: false, ...more }), style);
  const plainSave = save(words.say('form.save'), { after: 'list' });
  const saveNext = save(words.say('form.saveNext'), { after: 'next' }, { style: 'positive' });
  const anyway = save(words.say('form.saveAnyway'), { anyway: true });
  if (facts.refused.length > 0) return facts.left > 1 ? [saveNext, plainSave] : [plainSave];
  if (facts.asked.length > 0) {
    const done = facts.asked.some(({ code }) => code === 'full-but-not-done')
      ? [saveAsDone(facts, after, words)]
      : [];
    return [...done, anyway, plainSave];
  }
  if (facts.newer) return [anyway];
  return facts.left > 1 ? [saveNext, plainSave] : [plainSave];
}

interface SaveChoice {
  readonly after: 'list' | 'next';
  readonly anyway: boolean;
  readonly as?: StatusKey;
}

function saveAsDone(facts: FormFacts, after: 'list' | 'next', words: Words): Button {
  const as = doneKey(facts.scale);
  const title = words.say('form.saveAs', { status: labelOf(facts.scale, as, words) });
  return executeButton(title, saveData(facts, { after, anyway: false, as }), { style: 'positive' });
}

function saveData(facts: FormFacts, choice: SaveChoice): ButtonData {
  const { plan, period, action, page, version } = facts;
  const ref = refData(action.ref);
  return { verb: 'save', plan, period, action: action.id, ref, page, version, ...choice };
}

function listData(facts: FormFacts): ButtonData {
  return { verb: 'month', plan: facts.plan, period: facts.period, page: facts.page, delivered: false };
}

/** The number to show in the field; null for what a number field can't hold. */
function numberIn(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? null : value;
}

/** The day to show in the field; null for what a date field can't hold. */
function dateIn(typed: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(typed.trim()) ? typed.trim() : null;
}

/** Cuts the texts until they fit in a number of bytes as JSON, the longest first, so that short ones stay whole. */
function cutToRoom(
  fields: Typed,
  room: number,
): { texts: Pick<Typed, TextField>; shortened: readonly TextField[] } {
  const texts = { narrative: fields.narrative, barriers: fields.barriers, ask: fields.ask };
  const byWeight = [...TEXT_FIELDS].sort((a, b) => weightOf(texts[a]) - weightOf(texts[b]));
  const shortened: TextField[] = [];
  let left = Math.max(0, room);
  for (const [at, field] of byWeight.entries()) {
    const share = Math.floor(left / (byWeight.length - at));
    if (weightOf(texts[field]) > share) {
      texts[field] = cutToWeight(texts[field], share);
      shortened.push(field);
    }
    left -= weightOf(texts[field]);
  }
  return { texts, shortened };
}

/** The longest beginning of a text that weighs no more than `bytes` as JSON. */
function cutToWeight(text: string, bytes: number): string {
  let low = 0;
  let high = Math.min(text.length, bytes);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (weightOf(text.slice(0, middle)) <= bytes) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low).replace(/[\uD800-\uDBFF]$/, '');
}
