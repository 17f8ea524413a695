import { readCycleLedger } from '../app/cycleLedger';
import type { Content } from '../app/ports';
import { LEDGER_PAGE, ledgerCard, ledgerSummary } from '../cards/ledger';
import { type Period, readPeriod } from '../domain/period';
import { meantPeriod, periodOf } from './periods';
import { say, todayOf } from './sentences';
import type { Reading, TurnDeps } from './turn';

const ASKS =
  /^(?:please )?(?:show|open|give)?(?: me)? ?(?:the )?ledger(?: (?:for|of) (?:the )?(.{3,20}?))?(?:,? page (\d{1,3}))?[.!?]?$/i;

/** Which month's ledger is asked for (null for the latest), and which page of it, from 1; null for another sentence, or a month that is none. */
export function readLedgerAsk(
  text: string,
  latest: Period | null,
): { readonly period: Period | null; readonly page: number } | null {
  const [found, month, page] = ASKS.exec(text.trim().replace(/\s+/g, ' ')) ?? [];
  if (found === undefined) return null;
  const named = month === undefined ? null : readPeriod(month, latest ?? undefined);
  if (month !== undefined && named === null && !/^(?:month|cycle|latest month)$/i.test(month)) return null;
  return { period: named, page: Math.max(1, Number(page ?? 1)) };
}

/** "Show the ledger", "the ledger for September, page 2": the programme officer's alone, in their own chat, since it names who did not answer. */
export async function showLedger(
  deps: TurnDeps,
  asker: Pick<Reading, 'plan' | 'incoming'>,
  asked: { readonly period: Period | null; readonly page: number },
): Promise<Content> {
  const { plan, incoming } = asker;
  if (incoming.place.kind !== 'personal') return say(deps, 'chat.onlyPersonal');
  const month = asked.period === null ? plan.latest : meantPeriod(plan, asked.period);
  const cycle = month && (await deps.months.readCycle(plan.id, month));
  if (!month || !cycle)
    return say(deps, 'chat.neverOpened', { period: month ? periodOf(plan, month, deps.words) : '' });
  if (cycle.value.thinnedAt) return say(deps, 'chat.thinned', { period: periodOf(plan, month, deps.words) });
  const { page } = asked;
  const from = (page - 1) * LEDGER_PAGE;
  const { entries, of } = await readCycleLedger(deps, plan, month, { from, most: LEDGER_PAGE });
  const reader = { zone: plan.calendar.zone, today: todayOf(deps, plan) };
  const facts = {
    plan: plan.id,
    month,
    period: periodOf(plan, month, deps.words),
    entries,
    of,
    page,
    reader,
  };
  return { summary: ledgerSummary(facts, deps.words), card: ledgerCard(facts, deps.words) };
}
