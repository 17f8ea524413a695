import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningChild, startChild } from '../../src/demo/child';
import { freePort } from '../../src/demo/ports';
import { PlaygroundPage } from './playgroundPage';

const ROOT = join(__dirname, '..', '..');

/** The demo as a newcomer starts it, seen in Chromium. Its pictures are kept for people to look at. */
describe('the month in the Playground', () => {
  const data = mkdtempSync(join(tmpdir(), 'steward-browser-'));
  let demo: RunningChild;
  let page: PlaygroundPage;

  beforeAll(async () => {
    const [port, playgroundPort] = [await freePort(), await freePort()];
    demo = await startChild({
      name: 'The demo',
      nodeOptions: ['--import', 'tsx'],
      script: join(ROOT, 'src', 'demo.ts'),
      args: ['--port', String(port), '--playground-port', String(playgroundPort), '--data', data],
      cwd: ROOT,
      ready: { says: (line) => line.startsWith('Open http') },
    });
    page = await PlaygroundPage.open(`http://localhost:${playgroundPort}`);
  });

  afterAll(async () => {
    await page?.close();
    await demo?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  test('greets, and asks who is meant by the names it could not match', async () => {
    await page.heard(/I am Steward/);
    const settle = await page.card('names to settle');
    await page.pictureOf(settle, '1-names-to-settle');
    await page.openChannel('General');
    await page.pictureOf(await page.card('Hello, I am Steward'), '2-greeting');
    await page.openPersonalChat();
  });

  test('opens the month, and asks in one card', async () => {
    await page.say('open the September 2023 update');
    const month = await page.card('7 actions to answer');
    await page.pictureOf(month, '3-month');
    await month
      .getByRole('button', { name: /^Update/ })
      .first()
      .click();
  });

  test('keeps what was typed when it refuses', async () => {
    const form = await page.card('Where does it stand?');
    await page.pictureOf(form, '4-form');
    await form.getByRole('spinbutton').fill('40');
    await form.getByRole('radio', { name: /Blue/ }).check();
    await form.locator('textarea').first().fill('Half of the teams have begun.');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    const refused = await page.card(/Not saved/);
    await page.pictureOf(refused, '5-refused');
    expect(await refused.locator('textarea').first().inputValue()).toBe('Half of the teams have begun.');
    expect(await refused.getByRole('spinbutton').inputValue()).toBe('40');
  });

  test('saves', async () => {
    const form = await page.card(/Not saved/);
    await form.getByRole('radio', { name: /Green/ }).check();
    await form.getByRole('spinbutton').fill('90');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    const asked = page.page.getByRole('button', { name: 'Save anyway' });
    const saved = page.page.getByText(/^Saved: /);
    await asked.or(saved).first().waitFor();
    if (await asked.isVisible()) await asked.click();
    await page.pictureOf(await page.card(/Saved: /), '6-saved');
  });

  test('answers "show my amber actions"', async () => {
    await page.say('show my amber actions');
    await page.pictureOf(await page.card(/[Aa]mber actions that you lead/), '7-amber');
  });

  test.each([
    ['rank', 'which priority has most reds?', /Which priority has most/],
    ['action', 'tell me about 5.1.4', /Start the new autism assessment pathway/],
    ['history', 'history of 1.2.1', /History of 1\.2\.1/],
    ['leads', 'who leads 7.3.1?', /Who leads 7\.3\.1/],
    ['group', 'how is priority 5 doing?', /How priority 5 is doing/],
    ['person', 'what does Helen Brackley lead?', /What Helen Brackley leads/],
    ['count', 'how many amber in priority 7?', /Amber actions in priority 7/],
    ['compare', 'compare September with March 2023', /Compare March 2023/],
    ['near', 'wibble wobble', /mentions|did not understand/],
    [
      'filled',
      'update 2.2.3 to 80% amber: seven of eight publish theirs',
      /seven of eight|Where does it stand/,
    ],
  ])('answers: %s', async (name, question, says) => {
    await page.say(question);
    await page.pictureOf(await page.card(says), `answer-${name}`);
  });

  test('posts the position in the channel', async () => {
    await page.say('play the month');
    await page.heard(/leads have answered/);
    await page.say('who has not replied');
    await page.pictureOf(await page.card(/who has not answered/), '8-silent');
    await page.say('publish the September 2023 update');
    await page.heard(/^Published: /);
    await page.openChannel('General');
    const post = await page.card('Position at September 2023');
    const path = await page.pictureOf(post, '9-post');
    await page.page.getByText('Position at September 2023').last().scrollIntoViewIfNeeded();
    await page.picture('10-channel');
    expect(existsSync(path)).toBe(true);
  });
});
