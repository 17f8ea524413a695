import { isAllowedFileUrl } from './download';

/** Time for one upload, in milliseconds: a paper has some hundred kilobytes. */
const LONGEST_MS = 30_000;
/** What OneDrive takes in one request of an upload session (https://learn.microsoft.com/graph/api/driveitem-createuploadsession). */
const MOST_BYTES = 60 * 1024 * 1024;

/** Whether a file may be put to an address: where Teams keeps people's files, and in the demo's open mode loopback. */
export function isAllowedUpload(address: string, open: boolean): boolean {
  return isAllowedFileUrl(address, open);
}

/**
 * Puts a file where Teams says that it goes: one PUT of all its bytes to an upload session. The address carries its own permission; nothing that
 * proves who Steward is goes with it, and redirects are not followed. Never throws.
 */
export async function upload(
  address: string,
  bytes: Uint8Array,
  open: boolean,
): Promise<'done' | 'elsewhere' | 'too-large' | 'failed'> {
  if (!isAllowedUpload(address, open)) return 'elsewhere';
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return 'too-large';
  try {
    const response = await fetch(address, {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
      },
      body: Buffer.from(bytes),
      redirect: 'error',
      credentials: 'omit',
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    await response.body?.cancel();
    return response.ok ? 'done' : 'failed';
  } catch {
    return 'failed';
  }
}
