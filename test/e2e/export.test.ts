import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readPlan } from '../../src/plans/readPlan';
import { BOARD, install, startWorld, type World } from './support/world';

/** "Export" in chat, over HTTP: the offer, the yes with the address to put the file to, and what is said after. */

interface Upload {
  readonly range: string;
  readonly bytes: Buffer;
}

let world: World;
let drive: Server;
const uploads: Upload[] = [];

beforeAll(async () => {
  drive = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      uploads.push({ range: String(request.headers['content-range']), bytes: Buffer.concat(chunks) });
      // In two steps: restify, which is loaded in this process too, has writeHead give nothing back.
      response.writeHead(201);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => drive.listen(0, '127.0.0.1', resolve));
  world = await startWorld();
  await install(world);
}, 60_000);

afterAll(async () => {
  await world.close();
  drive.close();
});

function filesIn(): { contentType: string; name: string; content: Record<string, unknown> }[] {
  return world.teams
    .chatWith(world.officer)
    .flatMap(
      ({ activity }) =>
        (activity.attachments ?? []) as {
          contentType: string;
          name: string;
          content: Record<string, unknown>;
        }[],
    )
    .filter(({ contentType }) => contentType.includes('teams.card.file'));
}

test('the tracker is offered, made on a yes, put where Teams says, and reads as the same plan', async () => {
  const { client, officer, teams } = world;
  await client.say(officer, 'export the tracker');
  const [offer] = filesIn();
  expect(offer).toMatchObject({
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name: expect.stringMatching(/tracker\.xlsx$/),
    content: { acceptContext: { paper: 'tracker', period: 'now', public: false, cleared: false } },
  });
  const { port } = drive.address() as AddressInfo;
  const uploadInfo = {
    name: offer?.name,
    uploadUrl: `http://127.0.0.1:${port}/session`,
    contentUrl: 'https://contoso-my.sharepoint.com/tracker.xlsx',
    uniqueId: 'unique',
    fileType: 'xlsx',
  };
  const context = offer?.content.acceptContext;
  await client.invoke(officer, 'fileConsent/invoke', {
    type: 'fileUpload',
    action: 'accept',
    context,
    uploadInfo,
  });
  await teams.until(() => filesIn().find(({ contentType }) => contentType.endsWith('file.info')));
  expect(uploads).toHaveLength(1);
  const bytes = uploads[0]?.bytes ?? Buffer.alloc(0);
  expect(uploads[0]?.range).toBe(`bytes 0-${bytes.length - 1}/${bytes.length}`);
  expect((await readPlan(bytes, 'tracker.xlsx')).actions).toHaveLength(90);

  // Elsewhere than where Teams keeps files nothing is sent, whatever the invoke says; and another's plan is none of theirs.
  const elsewhere = { ...uploadInfo, uploadUrl: 'https://example.org/session' };
  await client.invoke(officer, 'fileConsent/invoke', { action: 'accept', context, uploadInfo: elsewhere });
  const other = { ...(context as object), plan: 'another' };
  await client.invoke(officer, 'fileConsent/invoke', { action: 'accept', context: other, uploadInfo });
  await client.invoke(officer, 'fileConsent/invoke', { action: 'decline', context });
  await teams.until(() => saidTo().includes('Nothing was exported.'));
  await teams.until(() => saidTo().find((text) => text.startsWith('That is not a place')));
  expect(uploads).toHaveLength(1);
}, 60_000);

test('in a channel it says where to ask; words are cleared in one’s own chat', async () => {
  const { client, officer, teams } = world;
  await client.say(officer, 'export', { channel: BOARD });
  const said = (): string => JSON.stringify(teams.postsIn(BOARD).map(({ activity }) => activity.text));
  await teams.until(() => said().includes('ask me in our own chat'));
  await client.say(officer, 'clear 1.1.5 for publication');
  await teams.until(() =>
    saidTo().find((text) => text.startsWith('Cleared for publication, as it stands: 1.1.5')),
  );
}, 30_000);

function saidTo(): string[] {
  return world.teams.chatWith(world.officer).map(({ activity }) => String(activity.text ?? ''));
}
