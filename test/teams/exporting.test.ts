import { readExport } from '../../src/teams/exporting';
import { isAllowedUpload } from '../../src/teams/upload';

test.each([
  ['export', ['tracker', 'report'], 'now', false, false],
  ['Export the September report', ['report'], '2023-09', false, false],
  ['export the tracker for March', ['tracker'], '2023-03', false, false],
  ['export the public version', ['tracker', 'report'], 'now', true, false],
  ['please export the June 2023 public tracker with cleared narratives', ['tracker'], '2023-06', true, true],
] as const)('%s', (text, kinds, period, isPublic, withCleared) => {
  expect(readExport(text, '2023-09')).toEqual({ kinds, period, isPublic, withCleared });
});

test.each(['export my amber actions', 'exports of goods', 'show the report', 'export 1.3.2'])(
  '%s is no export of papers',
  (text) => {
    expect(readExport(text, '2023-09')).toBeNull();
  },
);

test('files go where Teams keeps them, and nowhere else', () => {
  const allowed = (url: string) => isAllowedUpload(url, false);
  expect(allowed('https://contoso-my.sharepoint.com/personal/x/uploadSession?guid=1')).toBe(true);
  for (const url of [
    'http://contoso.sharepoint.com/x',
    'https://sharepoint.com.example.org/x',
    'https://127.0.0.1/x',
    'https://a:b@contoso.sharepoint.com/x',
    'nothing',
  ])
    expect([url, allowed(url)]).toEqual([url, false]);
  expect(isAllowedUpload('http://127.0.0.1:80/x', true)).toBe(true);
  expect(isAllowedUpload('https://contoso.sharepoint.com/x', true)).toBe(false);
});
