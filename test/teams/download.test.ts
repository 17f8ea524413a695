import { createServer, type RequestListener, type Server } from 'node:http';
import { download, isAllowedFileUrl } from '../../src/teams/download';

describe('where a file may be fetched from', () => {
  test.each([
    'https://contoso-my.sharepoint.com/personal/ann/_layouts/15/download.aspx?UniqueId=1&tempauth=x',
    'https://contoso.sharepoint.com/sites/board/plan.xlsx',
    'https://contoso.sharepoint.us/plan.xlsx',
  ])('%s in production', (url) => expect(isAllowedFileUrl(url, false)).toBe(true));

  test.each([
    'http://contoso.sharepoint.com/plan.xlsx',
    'https://contoso.sharepoint.com:8443/plan.xlsx',
    'https://contoso.sharepoint.com.example.org/plan.xlsx',
    'https://sharepoint.com.example.org/plan.xlsx',
    'https://contososharepoint.com/plan.xlsx',
    'https://user:secret@contoso.sharepoint.com/plan.xlsx',
    'https://127.0.0.1/plan.xlsx',
    'http://localhost/plan.xlsx',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('%s is nowhere to fetch from in production', (url) => expect(isAllowedFileUrl(url, false)).toBe(false));

  test('the demo fetches from this machine alone', () => {
    expect(isAllowedFileUrl('http://127.0.0.1:8080/plan.csv', true)).toBe(true);
    expect(isAllowedFileUrl('https://contoso.sharepoint.com/plan.xlsx', true)).toBe(false);
    expect(isAllowedFileUrl('http://169.254.169.254/latest', true)).toBe(false);
  });
});

describe('fetching', () => {
  let server: Server;
  let base: string;
  let answer: RequestListener;
  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    base = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const limits = { bytes: 1000, ms: 5_000 };

  test('gives the bytes, and sends nothing that proves who asks', async () => {
    let headers: object = {};
    answer = (request, response) => {
      headers = request.headers;
      response.end('Ref,Action');
    };
    expect(await download(`${base}/plan.csv`, true, limits)).toEqual({
      outcome: 'fetched',
      bytes: Buffer.from('Ref,Action'),
    });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']));
  });

  test('stops at the limit, whatever length is announced', async () => {
    answer = (_, response) => {
      response.write(Buffer.alloc(600));
      response.write(Buffer.alloc(600));
      response.end();
    };
    expect(await download(base, true, limits)).toEqual({ outcome: 'too-large' });
    answer = (_, response) => {
      response.setHeader('content-length', '5000');
      response.end(Buffer.alloc(5000));
    };
    expect(await download(base, true, limits)).toEqual({ outcome: 'too-large' });
  });

  test('follows a redirect within the same bounds, and no further', async () => {
    answer = (request, response) => {
      if (request.url === '/there') {
        response.end('here');
        return;
      }
      response.statusCode = 302;
      response.setHeader('location', request.url === '/out' ? 'https://files.example.org/' : '/there');
      response.end();
    };
    expect(await download(`${base}/in`, true, limits)).toMatchObject({ outcome: 'fetched' });
    expect(await download(`${base}/out`, true, limits)).toEqual({ outcome: 'elsewhere' });
    answer = (_, response) => {
      response.statusCode = 302;
      response.setHeader('location', '/again');
      response.end();
    };
    expect(await download(`${base}/loop`, true, limits)).toEqual({ outcome: 'failed', status: null });
  });

  test('gives up in time, and says what was answered', async () => {
    answer = (_, response) => {
      response.write('slow');
    };
    expect(await download(base, true, { bytes: 1000, ms: 200 })).toEqual({ outcome: 'too-slow' });
    answer = (_, response) => {
      response.statusCode = 403;
      response.end();
    };
    expect(await download(base, true, limits)).toEqual({ outcome: 'failed', status: 403 });
  });
});
