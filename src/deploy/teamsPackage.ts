import { z } from 'zod';

/** What an installation fills in of the Teams app. */
export interface TeamsApp {
  /** The bot's application (client) id: what `BOT_APP_ID` is in production. */
  readonly botId: string;
  /** The Teams app's own id; the bot's unless the council already has another app of that id. */
  readonly appId: string;
  /** At most 30 characters: what people see beside its messages. */
  readonly name: string;
  /** Who runs it, at most 32 characters, with their pages. */
  readonly developer: string;
  readonly website: string;
  readonly privacy: string;
  readonly terms: string;
  /** As `1.2.3`; Teams takes an update only where it has grown. */
  readonly version: string;
}

/** What is not right about an installation's settings, all at once. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
  constructor(readonly faults: readonly string[]) {
    super(`The Teams app can't be packed:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Icons as Teams wants them, in pixels each way (https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package). */
const ICONS = { color: 192, outline: 32 } as const;

/** Bounds of Teams' manifest (https://learn.microsoft.com/microsoft-365/extensibility/schema/root), in characters. */
const LONGEST = { name: 30, developer: 32, url: 2048 } as const;

const https = z.url({ protocol: /^https$/ }).max(LONGEST.url);

/** Fills an installation's ids and names into the manifest. Throws a {@link PackageError} that lists every fault. */
export function fillManifest(template: string, app: TeamsApp): string {
  const faults: string[] = [];
  const check = (schema: z.ZodType, value: unknown, fault: string): void => {
    if (!schema.safeParse(value).success) faults.push(fault);
  };
  check(z.guid(), app.botId, '--bot-id is the bot’s application (client) id, a GUID.');
  if (app.appId !== app.botId) check(z.guid(), app.appId, '--app-id is the Teams app’s id, a GUID.');
  check(z.string().min(1).max(LONGEST.name), app.name, `--name has 1 to ${LONGEST.name} characters.`);
  check(
    z.string().min(1).max(LONGEST.developer),
    app.developer,
    `--developer, who runs it, has 1 to ${LONGEST.developer} characters.`,
  );
  check(https, app.website, '--website is an address that begins with https://.');
  check(https, app.privacy, '--privacy is an address that begins with https://.');
  check(https, app.terms, '--terms is an address that begins with https://.');
  check(z.string().regex(/^\d+\.\d+\.\d+$/), app.version, '--version has the form 1.2.3.');
  if (faults.length > 0) throw new PackageError(faults);
  const manifest = JSON.parse(template) as Manifest;
  const filled: Manifest = {
    ...manifest,
    version: app.version,
    id: app.appId,
    name: { ...manifest.name, short: app.name },
    developer: {
      name: app.developer,
      websiteUrl: app.website,
      privacyUrl: app.privacy,
      termsOfUseUrl: app.terms,
    },
    bots: manifest.bots.map((bot) => ({ ...bot, botId: app.botId })),
    composeExtensions: manifest.composeExtensions.map((extension) => ({ ...extension, botId: app.botId })),
  };
  return `${JSON.stringify(filled, null, 2)}\n`;
}

/** What is changed of the manifest; the rest stays as it stands in `appPackage/`. */
interface Manifest {
  readonly version: string;
  readonly id: string;
  readonly name: { readonly short: string; readonly full: string };
  readonly developer: Readonly<Record<string, string>>;
  readonly bots: readonly { readonly botId: string }[];
  readonly composeExtensions: readonly { readonly botId: string }[];
}

/**
 * The zip that is uploaded to Teams: the manifest and both icons, nothing else, at its top. The same settings give the same bytes. Throws a
 * {@link PackageError} when an icon is not of the size that Teams wants.
 */
export async function zipTeamsApp(
  manifest: string,
  icons: { readonly color: Uint8Array; readonly outline: Uint8Array },
): Promise<Uint8Array> {
  const faults = (['color', 'outline'] as const).flatMap((kind) => {
    const size = pngSize(icons[kind]);
    const wanted = ICONS[kind];
    if (size?.width === wanted && size.height === wanted) return [];
    const found = size ? `${size.width} × ${size.height}` : 'no PNG';
    return [`appPackage/${kind}.png is to be a PNG of ${wanted} × ${wanted} pixels; it is ${found}.`];
  });
  if (faults.length > 0) throw new PackageError(faults);
  const { strToU8, zipSync } = await import('fflate');
  const files = {
    'manifest.json': strToU8(manifest),
    'color.png': icons.color,
    'outline.png': icons.outline,
  };
  // Zip's own first day, so that the bytes do not tell when they were made.
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}

/** Width and height of a PNG, from its header; null for anything else. */
function pngSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPng =
    view.length >= 24 && view.readUInt32BE(0) === 0x89504e47 && view.toString('latin1', 12, 16) === 'IHDR';
  return isPng ? { width: view.readUInt32BE(16), height: view.readUInt32BE(20) } : null;
}
