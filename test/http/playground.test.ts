import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PRELOAD = join(__dirname, '..', '..', 'src', 'demo', 'loopbackOnly.cjs');

test('a program that would listen everywhere answers this machine alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-'));
  const script = join(folder, 'server.cjs');
  writeFileSync(
    script,
    `const server = require('node:http').createServer((_, answer) => answer.end('hello'));
     server.listen(0, '0.0.0.0', () => console.log(JSON.stringify(server.address())));`,
  );
  const child = spawn(process.execPath, ['--require', PRELOAD, script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const line = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
    const { address, port } = JSON.parse(line) as { address: string; port: number };
    expect(address).toBe('127.0.0.1');
    expect(await statusOf(port, { host: `localhost:${port}` })).toBe(200);
    expect(await statusOf(port, { host: 'rebound.example.org' })).toBe(403);
    expect(await statusOf(port, { host: 'localhost', origin: 'https://example.org' })).toBe(403);
    expect(await statusOf(port, { host: 'localhost', origin: `http://localhost:${port}` })).toBe(200);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true });
  }
});

function statusOf(port: number, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
