import { isLoopback } from './outbound';

/** A file that was sent in a chat, as its message describes it. */
export interface SentFile {
  readonly name: string;
  readonly url: string;
}

/** What fetching a file came to. */
export type Download =
  | { readonly outcome: 'fetched'; readonly bytes: Buffer }
  /** The address is none of Microsoft 365's: nothing was asked of it. */
  | { readonly outcome: 'elsewhere' }
  | { readonly outcome: 'too-large' | 'too-slow' }
  /** The server said no (its HTTP status), or did not answer (null). */
  | { readonly outcome: 'failed'; readonly status: number | null };

/** What a download is held to. */
export interface DownloadLimits {
  /** Most bytes that are taken. */
  readonly bytes: number;
  /** Time for all of it, redirects included, in milliseconds. */
  readonly ms: number;
}

/**
 * Where Teams keeps files that are sent in a personal chat: the sender's OneDrive, which is SharePoint
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4). The clouds of the US government and of China have their own.
 */
const FILE_HOSTS = [/\.sharepoint\.com$/, /\.sharepoint(?:-mil)?\.us$/, /\.sharepoint\.cn$/];

/** More hops than this are a loop. SharePoint makes at most one. */
const MOST_REDIRECTS = 3;

/** Whether a file may be fetched from an address: Microsoft 365's own hosts over https; in the demo's open mode loopback alone. */
export function isAllowedFileUrl(address: string, open: boolean): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || url.username || url.password) return false;
  if (open) return (url.protocol === 'http:' || url.protocol === 'https:') && isLoopback(url.hostname);
  return url.protocol === 'https:' && url.port === '' && FILE_HOSTS.some((host) => host.test(url.hostname));
}

/**
 * Fetches a file that somebody sent. The address comes from the message and is believed no further than {@link isAllowedFileUrl}: each redirect is
 * held to the same, nothing that proves who Steward is goes with it (the address carries its own short-lived permission), and reading
 * stops at the limit whatever length was announced. Never throws.
 */
export async function download(address: string, open: boolean, limits: DownloadLimits): Promise<Download> {
  const signal = AbortSignal.timeout(limits.ms);
  try {
    let url = address;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      if (!isAllowedFileUrl(url, open)) return { outcome: 'elsewhere' };
      const response = await fetch(url, { redirect: 'manual', credentials: 'omit', signal });
      const next = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && next !== null && URL.canParse(next, url)) {
        await response.body?.cancel();
        url = new URL(next, url).href;
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        return { outcome: 'failed', status: response.status };
      }
      return await readBody(response, limits.bytes);
    }
    return { outcome: 'failed', status: null };
  } catch {
    return signal.aborted ? { outcome: 'too-slow' } : { outcome: 'failed', status: null };
  }
}

async function readBody(response: Response, most: number): Promise<Download> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > most) {
    await response.body?.cancel();
    return { outcome: 'too-large' };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the rest: what is over the limit is never taken.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > most) return { outcome: 'too-large' };
    chunks.push(chunk);
  }
  return { outcome: 'fetched', bytes: Buffer.concat(chunks) };
}
