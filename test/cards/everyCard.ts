import { auditCard } from '../../src/cards/audit';
import { listCard } from '../../src/cards/draft/lists';
import { doneCard, previewCard } from '../../src/cards/draft/preview';
import { questionsCard } from '../../src/cards/draft/questions';
import type { AdaptiveCard } from '../../src/cards/facts';
import { figureCard } from '../../src/cards/figure';
import { formCard } from '../../src/cards/form';
import { greetingCard } from '../../src/cards/greeting';
import { helpCard } from '../../src/cards/help';
import { monthCard } from '../../src/cards/month';
import { openedCard } from '../../src/cards/opened';
import { postCard } from '../../src/cards/post';
import { reportCard } from '../../src/cards/report';
import { settleCard } from '../../src/cards/settle';
import { silentCard } from '../../src/cards/silent';
import { english } from '../../src/words/words';
import * as draft from './draftSamples';
import * as measured from './measureSamples';
import * as plain from './samples';

const sample = { ...plain, ...measured };

/** Every card in every state that looks different, by name: what the golden files, the checker and people's eyes go over. */
export const EVERY_CARD: Readonly<Record<string, () => AdaptiveCard>> = {
  month: () => monthCard(sample.MONTH, english),
  'month-page-2': () => monthCard({ ...sample.MONTH, page: 1 }, english),
  'month-reminder': () => monthCard({ ...sample.MONTH, kind: 'reminder', note: 'Saved 3.2.3.' }, english),
  'month-late': () => monthCard({ ...sample.MONTH, state: 'late' }, english),
  'month-all-done': () =>
    monthCard(
      {
        ...sample.MONTH,
        rows: sample.MONTH_ROWS.map((row, at) => sample.answeredRow(row, at === 2 ? 'Tom Reed' : null)),
      },
      english,
    ),
  'month-delivered': () => monthCard({ ...sample.MONTH, showDelivered: true }, english),
  'month-nothing': () => monthCard({ ...sample.MONTH, rows: [] }, english),
  'month-others': () => monthCard({ ...sample.MONTH_OTHERS, page: 1 }, english),
  'month-measures': () => monthCard(sample.MONTH_MEASURES, english),
  'month-measures-back': () => monthCard(sample.MONTH_MEASURES_BACK, english),
  'month-quarter': () => monthCard({ ...sample.MONTH_MEASURES, periodMonths: 3 }, english),
  report: () => reportCard(sample.REPORT, english),
  'report-refused': () => reportCard(sample.REPORT_REFUSED, english),
  'report-part-2': () => reportCard({ ...sample.REPORT, part: 1 }, english),
  'post-measures': () => postCard(sample.POST_MEASURES, english),
  'figure-measures': () => figureCard({ ...sample.FIGURE_MEASURES, opened: { what: 'measures' } }, english),
  'figure-decisions': () => figureCard({ ...sample.FIGURE_MEASURES, opened: { what: 'decisions' } }, english),
  form: () => formCard(sample.FORM, english),
  'form-refused': () => formCard(sample.FORM_REFUSED, english),
  'form-asked': () => formCard(sample.FORM_ASKED, english),
  'form-newer': () => formCard(sample.FORM_NEWER, english),
  'form-sentence': () =>
    formCard(
      { ...sample.FORM, wantsSentence: true, action: sample.actionWith({ unchangedFor: 2 }) },
      english,
    ),
  'form-late': () => formCard({ ...sample.FORM, state: 'late', left: 1 }, english),
  post: () => postCard(sample.POST, english),
  'post-preview': () => postCard({ ...sample.POST, kind: 'preview' }, english),
  'post-now': () => postCard({ ...sample.POST, kind: 'now' }, english),
  'figure-status': () => figureCard(sample.FIGURE, english),
  'figure-amber': () => figureCard({ ...sample.FIGURE, opened: { what: 'status', key: 'amber' } }, english),
  'figure-group': () => figureCard({ ...sample.FIGURE, opened: { what: 'group', group: '5' } }, english),
  'figure-groups': () => figureCard({ ...sample.FIGURE, opened: { what: 'groups' } }, english),
  'figure-moves': () => figureCard({ ...sample.FIGURE, opened: { what: 'moves' } }, english),
  'figure-carried': () => figureCard({ ...sample.FIGURE, opened: { what: 'carried' } }, english),
  'figure-silences': () => figureCard({ ...sample.FIGURE, opened: { what: 'silences' } }, english),
  'figure-total': () => figureCard({ ...sample.FIGURE, opened: { what: 'total' }, page: 1 }, english),
  'figure-nothing': () => figureCard({ ...sample.FIGURE, opened: { what: 'status', key: 'none' } }, english),
  greeting: () => greetingCard(sample.GREETING, english),
  'greeting-all': () => greetingCard({ ...sample.GREETING, matched: 30, unmatched: [] }, english),
  settle: () => settleCard(sample.SETTLE, english),
  'settle-done': () =>
    settleCard({ ...sample.SETTLE, unmatched: [], note: 'Alan Marsh: you answer for them.' }, english),
  silent: () => silentCard(sample.SILENT, english),
  'silent-none': () => silentCard({ ...sample.SILENT, silent: [], leaderless: [] }, english),
  opened: () => openedCard(sample.OPENED, english),
  'opened-already': () => openedCard({ ...sample.OPENED, since: new Date('2023-09-20T08:00:00Z') }, english),
  'opened-all': () =>
    openedCard({ ...sample.OPENED, unreachable: [], officerAnswers: [], leaderless: [] }, english),
  audit: () => auditCard(sample.AUDIT, english),
  'audit-page-2': () => auditCard({ ...sample.AUDIT, page: 1 }, english),
  'audit-nothing': () => auditCard({ ...sample.AUDIT, entries: [] }, english),
  'draft-first': () => previewCard(draft.DRAFT_FIRST, english),
  'draft-again': () => previewCard(draft.DRAFT_AGAIN, english),
  'draft-questions': () => questionsCard(draft.DRAFT_FIRST, english),
  'draft-groups': () => listCard(draft.DRAFT_FIRST, 'groups', english),
  'draft-problems': () => listCard(draft.DRAFT_FIRST, 'problems', english),
  'draft-changed': () => listCard(draft.DRAFT_AGAIN, 'changed', english),
  'draft-moved': () => listCard(draft.DRAFT_AGAIN, 'moved', english),
  'draft-missing': () => listCard(draft.DRAFT_AGAIN, 'missing', english),
  'draft-leads': () => listCard(draft.DRAFT_AGAIN, 'leads', english),
  'draft-answered': () => listCard(draft.DRAFT_AGAIN, 'answered', english),
  'draft-done': () => doneCard('4 actions are in the plan.', 'Loaded: Harbour plan', '', english),
  help: () => helpCard(sample.HELP, english),
  'help-channel': () =>
    helpCard({ ...sample.HELP, place: 'channel', officer: false, demo: false, ref: null }, english),
};
