import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePlans } from '../../src/domain/planDiff';
import { diffProblems } from '../../src/plans/diffProblems';
import { readPlan } from '../../src/plans/readPlan';

const OLDER = [
  'Priority,Priority lead,Ref,Action,Lead,Target date,RAG',
  'Priority 1: Boats,Ada Stone,1.1,Build a boat that floats,Ada Stone,Mar-24,A',
  'Priority 1: Boats,Ada Stone,1.2,Paint the hull before the winter,Ben Reed,Apr-24,G',
  'Priority 1: Boats,Ada Stone,1.3,Write to each family on the quay,Ben Reed,May-24,G',
].join('\n');
const NEWER = [
  'Priority,Priority lead,Ref,Action,Lead,Target date,RAG',
  'Priority 1: Boats,Cleo Marsh,1.1,Build a boat that floats,Ben Reed,Mar-24,B',
  'Priority 1: Boats,Cleo Marsh,1.2,Write to each family on the quay,Ben Reed,May-24,G',
  'Priority 1: Boats,Cleo Marsh,1.3,Count the gulls at dawn,Ben Reed,Jun-24,G',
].join('\n');

test('what became of an older plan is listed as problems', async () => {
  const [older, newer] = await Promise.all(
    [OLDER, NEWER].map((text) => readPlan(Buffer.from(text), 'plan.csv')),
  );
  if (!older || !newer) throw new Error('not read');
  expect(diffProblems(comparePlans(older, newer)).map(({ message }) => message)).toEqual([
    'Action 1.2 has no row here: mark it as closed or put it back.',
    'Action 1.3 is 1.2 here, going by its words.',
    'Action 1.3 is new.',
    'Group 1 has other leads: Ada Stone left; Cleo Marsh joined.',
    'Ada Stone, who led or co-led 1 action, is named nowhere here: who has taken them on?',
  ]);
});

test('the command line compares two files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-'));
  try {
    writeFileSync(join(folder, 'older.csv'), OLDER);
    writeFileSync(join(folder, 'newer.csv'), NEWER);
    const said = execFileSync(
      process.execPath,
      [
        '--import',
        'tsx',
        'src/cli.ts',
        'check',
        join(folder, 'newer.csv'),
        '--json',
        '--against',
        join(folder, 'older.csv'),
      ],
      { encoding: 'utf8' },
    );
    const { against, problems } = JSON.parse(said);
    expect(against.moved.map((one: { before: string; after: string }) => [one.before, one.after])).toEqual([
      ['1.3', '1.2'],
    ]);
    expect(
      problems.filter(({ where }: { where: string }) => where === 'against the older file'),
    ).toHaveLength(5);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
