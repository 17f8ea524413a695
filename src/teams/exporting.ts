import { z } from 'zod';
import type { Content } from '../app/ports';
import { PAPER_KINDS, type PaperKind, type PaperOrder, readPaper } from '../app/readPaper';
import { periodNow } from '../app/viewPosition';
import { periodName } from '../cards/format';
import { may } from '../domain/authority';
import { dayIn } from '../domain/calendar';
import { type Period, periodOfDate, periodSchema, readPeriod } from '../domain/period';
import { makePaper, type PaperFile } from '../papers/makePaper';
import { paperName } from '../papers/names';
import { FIXED_DEEDS } from './deeds';
import { say } from './sentences';
import type { Asker, Reading, TurnDeps } from './turn';
import { isAllowedUpload, upload } from './upload';

/** Which papers somebody asked for. */
export interface WantedPapers {
  readonly kinds: readonly PaperKind[];
  readonly period: Period | 'now';
  readonly isPublic: boolean;
  readonly withCleared: boolean;
}

const EXPORT = /^(?:please )?(?:export|download)\b(.*)$/i;
const MONTH =
  /\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:\s+(?:20)?\d\d)?|20\d\d-(?:0[1-9]|1[0-2]))\b/i;
const WORDS_OF_IT =
  /\b(?:the|a|an|as|of|for|in|to|with|and|me|it|all|both|everything|plan|plans?|board|boards|papers?|files?|version|position|month|now|current|latest|please|tracker|spreadsheet|excel|workbook|xlsx|report|document|word|docx|public|cleared|narratives?)\b/gi;

/**
 * Reads "export the September report", "export the public version"; null for anything else. `latest` is the month that one without its year is of at
 * the latest. With words that it does not know ("export my amber actions") it is left to whoever reads questions.
 */
export function readExport(text: string, latest: Period): WantedPapers | null {
  const rest = EXPORT.exec(text.trim())?.[1];
  if (rest === undefined) return null;
  const named = MONTH.exec(rest)?.[0] ?? '';
  const period = named === '' ? 'now' : readPeriod(named, latest);
  const left = rest
    .replace(named, ' ')
    .replace(WORDS_OF_IT, ' ')
    .replace(/['’]s\b/g, ' ');
  if (period === null || /[\p{L}\d]/u.test(left)) return null;
  const says = (words: RegExp): boolean => words.test(rest);
  const asked = PAPER_KINDS.filter((kind) =>
    kind === 'tracker'
      ? says(/\b(?:tracker|spreadsheet|excel|workbook|xlsx)\b/i)
      : says(/\b(?:report|document|word|docx)\b/i),
  );
  return {
    kinds: asked.length > 0 ? asked : PAPER_KINDS,
    period,
    isPublic: says(/\bpublic\b/i),
    withCleared: says(/\bnarratives?\b|\bcleared\b/i),
  };
}

/** What a consent card carries: which paper to make, and nothing more. */
const contextSchema = z.object({
  paper: z.enum(PAPER_KINDS),
  plan: z.string().min(1).max(100),
  period: z.union([z.literal('now'), periodSchema]),
  public: z.boolean(),
  cleared: z.boolean(),
});
type Context = z.infer<typeof contextSchema>;

/** What Teams sends when somebody has said yes or no (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4). */
const consentSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('decline'), context: z.unknown() }),
  z.object({
    action: z.literal('accept'),
    context: contextSchema,
    uploadInfo: z.object({
      name: z.string().max(400),
      uploadUrl: z.string().max(4_000),
      contentUrl: z.string().max(4_000),
      uniqueId: z.string().max(400),
      fileType: z.string().max(40),
    }),
  }),
]);

/** Asks whether the papers may be put into the asker's OneDrive: a card for each. In a channel it says where to ask. */
export async function offerPapers(deps: TurnDeps, asker: Reading, wanted: WantedPapers): Promise<Content[]> {
  const { plan } = asker;
  const { words } = deps;
  if (asker.incoming.place.kind !== 'personal') return [say(deps, 'chat.exportPersonal')];
  const month = monthOf(deps, asker);
  const position = wanted.period === 'now' ? null : await deps.months.readPosition(plan.id, wanted.period);
  if (wanted.period !== 'now' && !position)
    return [say(deps, 'chat.neverPublished', { period: periodName(wanted.period, words) })];
  const size = position?.total ?? (await deps.plans.readActions(plan.id)).length;
  return wanted.kinds.map((paper): Content => {
    const context: Context = {
      paper,
      plan: plan.id,
      period: wanted.period,
      public: wanted.isPublic,
      cleared: wanted.isPublic && wanted.withCleared,
    };
    const name = paperName(
      paper,
      {
        planTitle: position?.planTitle ?? plan.title,
        position: { period: position?.period ?? month },
        order: { isPublic: wanted.isPublic },
      },
      words,
    );
    return {
      summary: words.say('chat.exportOffer', { name }),
      // A client that shows no files shows this.
      ...(deps.play ? { text: words.say('chat.exportDemo', { name }) } : {}),
      file: {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name,
        content: {
          description: words.say('chat.exportWhat', { paper, shown: wanted.isPublic ? 'public' : 'all' }),
          sizeInBytes: roughSize(paper, size),
          acceptContext: context,
          declineContext: context,
        },
      },
    };
  });
}

/**
 * Somebody has said yes or no. On yes the paper is made, for who says so now and not for whoever was asked, and put where Teams
 * says; what became of it is told in the chat. Resolves when it has been; never rejects for what a person or Teams sent.
 */
export async function consented(deps: TurnDeps, asker: Asker, value: unknown): Promise<Content> {
  const parsed = consentSchema.safeParse(value);
  if (!parsed.success) return say(deps, 'chat.badButton');
  if (parsed.data.action === 'decline') return say(deps, 'chat.exportDeclined');
  const { context, uploadInfo } = parsed.data;
  const { plan, standing } = asker;
  if (!plan || !standing || plan.id !== context.plan) return say(deps, 'chat.badButton');
  const reading: Reading = { ...asker, plan, standing };
  if (!may(FIXED_DEEDS.export.deed, standing)) return say(deps, 'chat.exportNotYours');
  if (!isAllowedUpload(uploadInfo.uploadUrl, deps.openMode)) return say(deps, 'chat.exportElsewhere');
  const file = await paperOf(deps, reading, context);
  if (!file) return say(deps, 'chat.badButton');
  const outcome = await upload(uploadInfo.uploadUrl, file.bytes, deps.openMode);
  deps.log.info({ plan: plan.id, paper: context.paper, outcome, bytes: file.bytes.length }, 'paper exported');
  if (outcome !== 'done') return say(deps, 'chat.exportFailed', { name: uploadInfo.name });
  return {
    summary: deps.words.say('chat.exportDone', { name: uploadInfo.name }),
    file: {
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      name: uploadInfo.name,
      contentUrl: uploadInfo.contentUrl,
      content: { uniqueId: uploadInfo.uniqueId, fileType: uploadInfo.fileType },
    },
  };
}

async function paperOf(deps: TurnDeps, asker: Reading, context: Context): Promise<PaperFile | null> {
  const order: PaperOrder = {
    period: context.period,
    isPublic: context.public,
    narratives: context.public ? (context.cleared ? 'cleared' : 'none') : 'all',
    withAudit: !context.public && may('see-audit', asker.standing),
  };
  const facts = await readPaper(deps, asker.plan, order, monthOf(deps, asker));
  return facts && makePaper(context.paper, facts, deps.words);
}

function monthOf(deps: TurnDeps, { plan }: Reading): Period {
  return periodNow(plan, periodOfDate(dayIn(plan.calendar.zone, deps.clock.now())));
}

/** About how large a paper of so many actions is, in bytes: it is made once somebody wants it. */
function roughSize(paper: PaperKind, actions: number): number {
  return paper === 'tracker' ? 20_000 + 180 * actions : 80_000 + 100 * actions;
}
