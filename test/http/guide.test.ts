import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AskContext, readQuestion } from '../../src/ask/readQuestion';
import { DEFAULT_SCALE } from '../../src/domain/status';
import { GENERAL, PEOPLE, startTeam, type TeamWorld } from './team';

/** Every sentence that the guides tell people to say is said, and understood. */

const DOCS = join(__dirname, '../../docs');
const FILES = ['asking.md', ...readdirSync(join(DOCS, 'guide')).map((file) => `guide/${file}`)];

/** What stands in backticks and is no sentence for the chat: commands, files and names of code. */
const OTHER = /^(?:steward |npm |src\/|test\/|docs\/|RIGHTS$|Question$|\w+[A-Z]\w*$)|\.(?:ts|md|json)$/;
/** What Steward answers when it did not understand, or knows nobody and nothing of what was named. */
const MISSED = [
  /did not understand/,
  /that I no longer know/,
  /card I no longer know/,
  /names nobody called/,
  /team is called/,
  /leads nothing in this plan/,
  /has no action/,
  /No action of the plan mentions/,
  /Something went wrong/,
  /Only a programme officer/,
];

/** The refs that the guides speak of, in a plan where each is somebody's, with a group of each number that they name. */
const ROWS = ['1.2.1', '1.3.1', '1.3.2', '2.2.3', '3.1.1', '4.1.1', '5.1.4', '5.1.6', '6.1.1', '7.3.1'].map(
  (ref) =>
    `${ref[0]},Group ${ref[0]},Gail Grouplead,${ref},Publish the local offer ${ref},Ann Lead,Jul-23,Nov-23,A,50%,Half is done.`,
);
/** People of the guides, and who plays them. */
const CAST: readonly (readonly [RegExp, string])[] = [
  [/Priya Shah/g, PEOPLE['co-lead'].name],
  [/Sam Reed/g, PEOPLE.lead.name],
  [/Jo March/g, PEOPLE['group lead'].name],
  [/\[name\]( no longer covers for )\[name\]/g, `${PEOPLE.deputy.name}$1${PEOPLE.lead.name}`],
  [/\[name\](?='s actions)/g, PEOPLE.lead.name],
  [/\[name\]/g, PEOPLE['co-lead'].name],
];

interface Sentence {
  readonly line: number;
  readonly text: string;
  /** It is about measures, which the plan of this test has none of. */
  readonly isOfMeasures: boolean;
}

const MEASURE = 'Advice in time for new plans';

/** What a sentence is read with where the plan has measures. */
const MEASURED: AskContext = {
  scale: DEFAULT_SCALE,
  groups: [],
  today: '2023-09-25',
  period: '2023-09',
  measures: true,
  titles: [MEASURE],
  measureNames: [MEASURE],
};

/** The sentences of a file with the line that each stands in. */
function sentencesOf(file: string): Sentence[] {
  return readFileSync(join(DOCS, file), 'utf8')
    .split('\n')
    .flatMap((line, at) =>
      [...line.matchAll(/`([^`]+)`/g)].map(([, text = '']) => ({
        line: at + 1,
        text,
        isOfMeasures: line.includes('where the plan has any'),
      })),
    )
    .filter(({ text }) => !OTHER.test(text));
}

let world: TeamWorld;
beforeAll(async () => {
  world = await startTeam(ROWS);
});
afterAll(() => world.close());

test.each(FILES)('%s: each sentence is understood', async (file) => {
  const sentences = sentencesOf(file);
  expect(sentences.length).toBeGreaterThan(5);
  const missed: string[] = [];
  for (const { line, text, isOfMeasures } of sentences) {
    const said = CAST.reduce((played, [name, by]) => played.replace(name, by), text);
    if (isOfMeasures) {
      const read = readQuestion(said, MEASURED);
      if (read.kind !== 'question' || read.question.kind !== 'command')
        missed.push(`${file}:${line} “${said}”`);
      continue;
    }
    const answer = await answerTo(said);
    if (answer === '' || MISSED.some((miss) => miss.test(answer)))
      missed.push(`${file}:${line} “${said}”: ${answer.slice(0, 200)}`);
  }
  expect(missed).toEqual([]);
});

/** What a programme officer is answered with, in their own chat, or in the channel where the sentence mentions Steward. */
async function answerTo(text: string): Promise<string> {
  const { client, teams } = world.clientOf('officer');
  const speaker = / for me /.test(text) ? PEOPLE.lead : PEOPLE.officer;
  const isForChannel = text.startsWith('@Steward ');
  const heard = () => (isForChannel ? teams.postsIn(GENERAL) : teams.chatWith(speaker));
  // Some sentences go on from a list.
  if (/^(?:only the|and for|next|as a list)/.test(text))
    await client.say(PEOPLE.officer, 'show amber actions');
  const before = heard().length;
  await client.say(
    speaker,
    text.replace('@Steward ', '').replace('…', 'the portal goes live'),
    isForChannel ? { channel: GENERAL } : {},
  );
  return heard()
    .slice(before)
    .map(({ activity }) => String(activity.summary ?? activity.text))
    .join('\n');
}
