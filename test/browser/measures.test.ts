import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningChild, startChild } from '../../src/demo/child';
import { freePort } from '../../src/demo/ports';
import { PlaygroundPage } from './playgroundPage';

const ROOT = join(__dirname, '..', '..');

/** A plan with measures, seen in Chromium. */
describe('measures in the Playground', () => {
  const data = mkdtempSync(join(tmpdir(), 'steward-browser-'));
  let demo: RunningChild;
  let page: PlaygroundPage;

  beforeAll(async () => {
    const [port, playgroundPort] = [await freePort(), await freePort()];
    const plan = join(ROOT, 'src', 'demo', 'measuredPlan.csv');
    const ports = ['--port', String(port), '--playground-port', String(playgroundPort)];
    demo = await startChild({
      name: 'The demo',
      nodeOptions: ['--import', 'tsx'],
      script: join(ROOT, 'src', 'demo.ts'),
      args: [...ports, '--data', data, '--plan', plan, '--now', '2023-09-25T08:30:00Z'],
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

  test('asks for readings in the month’s card, each in its own field', async () => {
    await page.openChannel('General');
    await page.card('Hello, I am Steward');
    await page.openPersonalChat();
    await page.say('open the September 2023 update');
    const month = await page.card('Measures to read');
    await page.pictureOf(month, 'measures-1-month');
    await month.getByRole('textbox').nth(0).fill('18');
    await month.getByRole('textbox').nth(1).fill('fewer');
    await month.getByRole('button', { name: 'Save readings' }).click();
    const back = await page.card(/holds no figure/);
    await page.pictureOf(back, 'measures-2-back');
    expect(await back.getByRole('textbox').nth(1).inputValue()).toBe('fewer');
    await back.getByRole('textbox').nth(1).fill('11');
    await back.getByRole('button', { name: 'Save readings' }).click();
    await page.pictureOf(await page.card(/Saved: .*Complaints about plans: 11/), 'measures-3-saved');
  });

  test('asks a group’s lead what the board should decide', async () => {
    const month = await page.card(/Saved: /);
    await month.getByRole('button', { name: /Recommend/ }).click();
    const form = await page.card('What should the board decide?');
    await form.locator('textarea').first().fill('Agree a second therapist until March.');
    await page.pictureOf(form, 'measures-4-report');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await page.pictureOf(await page.card(/a decision is asked for/), 'measures-5-thanks');
  });

  test('shows the board how they stand, and draws it', async () => {
    await page.say('publish the September 2023 update');
    await page.heard(/^Published: /);
    await page.openChannel('General');
    const post = await page.card('Position at September 2023');
    await page.pictureOf(post, 'measures-6-post');
    await page.openPersonalChat();
    await page.say('how are the measures doing?');
    const path = await page.pictureOf(
      await page.card('as they stand for September 2023'),
      'measures-7-asked',
    );
    expect(existsSync(path)).toBe(true);
  });
});
