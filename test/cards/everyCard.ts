import { auditCard } from '../../src/cards/audit';
import { listCard } from '../../src/cards/draft/lists';
import { missingCard } from '../../src/cards/draft/missing';
import { doneCard, previewCard } from '../../src/cards/draft/preview';
import { questionsCard } from '../../src/cards/draft/questions';
import { twoCard } from '../../src/cards/draft/two';
import type { AdaptiveCard } from '../../src/cards/facts';
import { figureCard } from '../../src/cards/figure';
import { formCard } from '../../src/cards/form';
import { greetingCard } from '../../src/cards/greeting';
import { helpCard } from '../../src/cards/help';
import { ledgerCard } from '../../src/cards/ledger';
import { monthCard } from '../../src/cards/month';
import { openedCard } from '../../src/cards/opened';
import { postCard } from '../../src/cards/post';
import { reportCard } from '../../src/cards/report';
import { settleCard } from '../../src/cards/settle';
import { silentCard } from '../../src/cards/silent';
import { english, type Words } from '../../src/words/words';
import * as draft from './draftSamples';
import * as measured from './measureSamples';
import * as plain from './samples';

const sample = { ...plain, ...measured };

/** Every card in every state that looks different, by name: what the golden files, the checker and people's eyes go over. */
export const EVERY_CARD: Readonly<Record<string, (words?: Words) => AdaptiveCard>> = {
  month: (words = english) => monthCard(sample.MONTH, words),
  'month-page-2': (words = english) => monthCard({ ...sample.MONTH, page: 1 }, words),
  'month-reminder': (words = english) =>
    monthCard({ ...sample.MONTH, kind: 'reminder', note: 'Saved 3.2.3.' }, words),
  'month-late': (words = english) => monthCard({ ...sample.MONTH, state: 'late' }, words),
  'month-all-done': (words = english) =>
    monthCard(
      {
        ...sample.MONTH,
        rows: sample.MONTH_ROWS.map((row, at) => sample.answeredRow(row, at === 2 ? 'Tom Reed' : null)),
      },
      words,
    ),
  'month-delivered': (words = english) => monthCard({ ...sample.MONTH, showDelivered: true }, words),
  'month-nothing': (words = english) => monthCard({ ...sample.MONTH, rows: [] }, words),
  'month-others': (words = english) => monthCard({ ...sample.MONTH_OTHERS, page: 1 }, words),
  'month-measures': (words = english) => monthCard(sample.MONTH_MEASURES, words),
  'month-measures-back': (words = english) => monthCard(sample.MONTH_MEASURES_BACK, words),
  'month-quarter': (words = english) => monthCard({ ...sample.MONTH_MEASURES, periodMonths: 3 }, words),
  report: (words = english) => reportCard(sample.REPORT, words),
  'report-refused': (words = english) => reportCard(sample.REPORT_REFUSED, words),
  'report-part-2': (words = english) => reportCard({ ...sample.REPORT, part: 1 }, words),
  'post-measures': (words = english) => postCard(sample.POST_MEASURES, words),
  'figure-measures': (words = english) =>
    figureCard({ ...sample.FIGURE_MEASURES, opened: { what: 'measures' } }, words),
  'figure-decisions': (words = english) =>
    figureCard({ ...sample.FIGURE_MEASURES, opened: { what: 'decisions' } }, words),
  form: (words = english) => formCard(sample.FORM, words),
  'form-refused': (words = english) => formCard(sample.FORM_REFUSED, words),
  'form-asked': (words = english) => formCard(sample.FORM_ASKED, words),
  'form-newer': (words = english) => formCard(sample.FORM_NEWER, words),
  'form-sentence': (words = english) =>
    formCard({ ...sample.FORM, wantsSentence: true, action: sample.actionWith({ unchangedFor: 2 }) }, words),
  'form-late': (words = english) => formCard({ ...sample.FORM, state: 'late', left: 1 }, words),
  post: (words = english) => postCard(sample.POST, words),
  'post-preview': (words = english) => postCard({ ...sample.POST, kind: 'preview' }, words),
  'post-now': (words = english) => postCard({ ...sample.POST, kind: 'now' }, words),
  'figure-status': (words = english) => figureCard(sample.FIGURE, words),
  'figure-amber': (words = english) =>
    figureCard({ ...sample.FIGURE, opened: { what: 'status', key: 'amber' } }, words),
  'figure-group': (words = english) =>
    figureCard({ ...sample.FIGURE, opened: { what: 'group', group: '5' } }, words),
  'figure-groups': (words = english) => figureCard({ ...sample.FIGURE, opened: { what: 'groups' } }, words),
  'figure-moves': (words = english) => figureCard({ ...sample.FIGURE, opened: { what: 'moves' } }, words),
  'figure-carried': (words = english) => figureCard({ ...sample.FIGURE, opened: { what: 'carried' } }, words),
  'figure-silences': (words = english) =>
    figureCard({ ...sample.FIGURE, opened: { what: 'silences' } }, words),
  'figure-total': (words = english) =>
    figureCard({ ...sample.FIGURE, opened: { what: 'total' }, page: 1 }, words),
  'figure-nothing': (words = english) =>
    figureCard({ ...sample.FIGURE, opened: { what: 'status', key: 'none' } }, words),
  greeting: (words = english) => greetingCard(sample.GREETING, words),
  'greeting-all': (words = english) =>
    greetingCard({ ...sample.GREETING, matched: 30, unmatched: [] }, words),
  settle: (words = english) => settleCard(sample.SETTLE, words),
  'settle-done': (words = english) =>
    settleCard({ ...sample.SETTLE, unmatched: [], note: 'Alan Marsh: you answer for them.' }, words),
  silent: (words = english) => silentCard(sample.SILENT, words),
  'silent-none': (words = english) => silentCard({ ...sample.SILENT, silent: [], leaderless: [] }, words),
  opened: (words = english) => openedCard(sample.OPENED, words),
  'opened-already': (words = english) =>
    openedCard({ ...sample.OPENED, since: new Date('2023-09-20T08:00:00Z') }, words),
  'opened-all': (words = english) =>
    openedCard({ ...sample.OPENED, unreachable: [], officerAnswers: [], leaderless: [] }, words),
  audit: (words = english) => auditCard(sample.AUDIT, words),
  'audit-page-2': (words = english) => auditCard({ ...sample.AUDIT, page: 1 }, words),
  'audit-nothing': (words = english) => auditCard({ ...sample.AUDIT, entries: [] }, words),
  ledger: (words = english) => ledgerCard(sample.LEDGER, words),
  'ledger-page-2': (words = english) => ledgerCard({ ...sample.LEDGER, page: 2 }, words),
  'draft-first': (words = english) => previewCard(draft.DRAFT_FIRST, words),
  'draft-again': (words = english) => previewCard(draft.DRAFT_AGAIN, words),
  'draft-questions': (words = english) => questionsCard(draft.DRAFT_FIRST, words),
  'draft-groups': (words = english) => listCard(draft.DRAFT_FIRST, 'groups', words),
  'draft-problems': (words = english) => listCard(draft.DRAFT_FIRST, 'problems', words),
  'draft-changed': (words = english) => listCard(draft.DRAFT_AGAIN, 'changed', words),
  'draft-moved': (words = english) => listCard(draft.DRAFT_AGAIN, 'moved', words),
  'draft-missing': (words = english) => missingCard(draft.DRAFT_AGAIN, words),
  'draft-others': (words = english) => listCard(draft.DRAFT_AGAIN, 'others', words),
  'draft-leads': (words = english) => listCard(draft.DRAFT_AGAIN, 'leads', words),
  'draft-answered': (words = english) => listCard(draft.DRAFT_AGAIN, 'answered', words),
  'draft-two': (words = english) => twoCard(draft.DRAFT_TWO, words),
  'draft-done': (words = english) =>
    doneCard('4 actions are in the plan.', 'Loaded: Harbour plan', '', words),
  help: (words = english) => helpCard(sample.HELP, words),
  'help-channel': (words = english) =>
    helpCard({ ...sample.HELP, place: 'channel', officer: false, demo: false, ref: null }, words),
};
