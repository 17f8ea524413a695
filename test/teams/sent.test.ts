import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import { filesOf, pastedTable } from '../../src/teams/sent';

function message(more: object): Activity {
  return { type: 'message', ...more } as Activity;
}

const FILE = 'application/vnd.microsoft.teams.file.download.info';

test('a file is read from the message as Teams describes it', () => {
  const attachments = [
    { contentType: 'text/html', content: '<p>see</p>' },
    {
      contentType: FILE,
      content: { downloadUrl: 'https://x/y', uniqueId: 'u', fileType: 'xlsx' },
      name: 'plan.xlsx',
    },
  ];
  expect(filesOf(message({ attachments }))).toEqual([{ name: 'plan.xlsx', url: 'https://x/y' }]);
  expect(filesOf(message({}))).toEqual([]);
  expect(filesOf(message({ attachments: [{ contentType: FILE, content: {} }] }))).toEqual([
    { name: 'the file', url: '' },
  ]);
});

test('a table is taken for one only where it clearly is', () => {
  const table = 'Ref\tAction\tLead\n1.1\tMend it\tAnn Archer';
  expect(pastedTable(message({ text: table }))).toBe(table);
  expect(pastedTable(message({ text: 'Ref | Action | Lead | RAG\n1.1 | Mend it | Ann | R' }))).not.toBeNull();
  for (const text of ['show my actions', 'update 1.3.2 to 60% amber: a | b', 'one\ttwo\tthree', ''])
    expect(pastedTable(message({ text }))).toBeNull();
});

test('Teams’ own table is read as one', () => {
  const content =
    '<p>Here:</p><table><tr><th>Ref</th><th>Action</th><th>Lead</th></tr><tr><td><p>1.1</p></td><td>Mend<br>it &amp; paint</td><td>Ann</td></tr></table>';
  expect(pastedTable(message({ text: 'Here:', attachments: [{ contentType: 'text/html', content }] }))).toBe(
    'Ref\tAction\tLead\n1.1\tMend it & paint\tAnn',
  );
});

test('whatever a message carries, it is read or left', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (attachments, text) => {
      filesOf(message({ attachments, text }));
      pastedTable(message({ attachments, text }));
    }),
  );
});
