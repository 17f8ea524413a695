import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** Where the pictures go. */
const PICTURES = join(__dirname, '..', '..', 'test-output', 'browser');

/** Debian's Chromium; nothing is downloaded. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The Playground as the person at it uses it: what is typed, pressed and read. Waits for what it looks for; never for a time. */
export class PlaygroundPage {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  /** Opens the Playground; `width` 390 is a phone's. Its fonts come from outside and are not waited for. */
  static async open(url: string, width = 1500): Promise<PlaygroundPage> {
    mkdirSync(PICTURES, { recursive: true });
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--host-resolver-rules=MAP * 127.0.0.1, EXCLUDE localhost',
      ],
    });
    const page = await browser.newPage({ viewport: { width, height: 2300 } });
    page.setDefaultTimeout(30_000);
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await page.getByRole('treeitem', { name: 'Personal Chat' }).waitFor();
    return new PlaygroundPage(browser, page);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  async openPersonalChat(): Promise<void> {
    await this.page.getByRole('treeitem', { name: 'Personal Chat' }).click();
  }

  async openChannel(name: string): Promise<void> {
    await this.page.getByRole('treeitem', { name: new RegExp(`- ${name}$`) }).click();
  }

  async say(text: string): Promise<void> {
    const box = this.page.locator('[role=textbox][contenteditable=true][data-lexical-editor]').first();
    await box.click();
    await box.pressSequentially(text);
    await this.page.keyboard.press('Enter');
  }

  /** The newest card that says this, once it is there. */
  async card(text: string | RegExp): Promise<Locator> {
    const card = this.page.locator('.ac-adaptiveCard').filter({ hasText: text }).last();
    await card.waitFor();
    return card;
  }

  /** Something said, once it is there. */
  async heard(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).last().waitFor();
  }

  /** A picture of the whole page, in `test-output/browser/`, as high as a screen. */
  async picture(name: string): Promise<string> {
    const path = join(PICTURES, `${name}.png`);
    // The log beside the chat is for developers: what people see is the chat.
    await this.page.getByText('Log Panel').locator('xpath=..').getByRole('button').last().click();
    await this.page.setViewportSize({ width: 1280, height: 860 });
    await this.page.screenshot({ path });
    return path;
  }

  /** A picture of one card. */
  async pictureOf(card: Locator, name: string): Promise<string> {
    const path = join(PICTURES, `${name}.png`);
    await card.scrollIntoViewIfNeeded();
    await card.screenshot({ path });
    return path;
  }
}
