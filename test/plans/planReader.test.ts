import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planReader } from '../../src/plans/planReader';
import { readPlan } from '../../src/plans/readPlan';
import { HARBOUR } from '../fixtures/plans/documents';
import { makeDocx, packedZeros } from '../fixtures/plans/office';

const plan = makeDocx(HARBOUR);
const errors = (read: Awaited<ReturnType<typeof readPlan>>): string[] =>
  read.problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));

describe('a plan read in a thread of its own', () => {
  it('is the same as read here, and the bytes stay the caller’s', async () => {
    const kept = Buffer.from(plan);
    expect(await planReader().readFile(plan, 'plan.docx')).toEqual(await readPlan(plan, 'plan.docx'));
    expect(plan.equals(kept)).toBe(true);
  });

  it('reads pasted text', async () => {
    const text = 'Ref\tAction\tLead\tRAG\n1.1\tBuild it\tAda Stone\tR\n1.2\tPaint it\tBen Reed\tG';
    const read = await planReader().readText(text);
    expect(read.actions.map(({ ref, status }) => `${ref} ${status.key}`)).toEqual(['1.1 red', '1.2 green']);
  });

  it('ends at its time with a sentence, and the next file is read all the same', async () => {
    const rows = Array.from({ length: 19_000 }, (_, n) => `${n},Do it,Ann Cole,R,${'word '.repeat(150)}`);
    const long = Buffer.from(`Ref,Action,Lead,RAG,Progress\n${rows.join('\n')}`);
    const reader = planReader({ time: 900 });
    const [read, next] = await Promise.all([
      reader.readFile(long, 'plan.csv'),
      planReader().readFile(plan, 'plan.docx'),
    ]);
    expect(errors(read)).toEqual([expect.stringMatching(/still not read after 1 seconds?/)]);
    expect(next.actions).toHaveLength(6);
  });

  it('ends at its memory with a sentence', async () => {
    const rows = Array.from({ length: 19_000 }, (_, n) => `${n},Do it,Ann Cole,R,${'word '.repeat(150)}`);
    const wide = Buffer.from(`Ref,Action,Lead,RAG,Progress\n${rows.join('\n')}`);
    const read = await planReader({ heap: 48 }).readFile(wide, 'plan.csv');
    expect(errors(read)).toEqual([expect.stringMatching(/needs more than 48 MB of memory/)]);
  });

  it('stays within bounds of memory, whatever a file unpacks to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'steward-'));
    try {
      const run = `<w:r><w:t>a</w:t></w:r>`;
      const runs = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>${run.repeat(150_000)}</w:p></w:body></w:document>`;
      writeFileSync(join(folder, 'zeros.docx'), makeDocx([], { 'word/media/a.xml': packedZeros(1024) }));
      writeFileSync(join(folder, 'runs.docx'), makeDocx([], { 'word/document.xml': runs }));
      const script = `
        const { planReader } = require('./src/plans/planReader.ts');
        const { readFileSync } = require('node:fs');
        (async () => {
          const reader = planReader({ heap: 64 });
          for (const file of process.argv.slice(1)) {
            const { problems } = await reader.readFile(readFileSync(file), 'plan.docx');
            console.log(problems[0].message);
          }
          console.log(process.resourceUsage().maxRSS);
        })();`;
      const files = ['zeros.docx', 'runs.docx'].map((file) => join(folder, file));
      const said = execFileSync(process.execPath, ['--import', 'tsx', '-e', script, ...files], {
        encoding: 'utf8',
      });
      const [zeros, many, kibibytes] = said.trim().split('\n');
      expect(zeros).toMatch(/unpacks to more than 150 MB/);
      expect(many).toMatch(/needs more than 64 MB of memory/);
      // The process itself, the heap of the thread, and what the survey of the first file unpacks.
      expect(Number(kibibytes) / 1024).toBeLessThan(150 + 64 + 160 + 100);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lets no more files wait than it is told', async () => {
    const reader = planReader({ waiting: 1 });
    const reads = await Promise.all([1, 2, 3].map(() => reader.readFile(plan, 'plan.docx')));
    expect(reads.map(({ actions }) => actions.length)).toEqual([6, 6, 0]);
    expect(reads.flatMap(errors)).toEqual([expect.stringMatching(/reading several other files/)]);
  });

  it('keeps the event loop free while a large file is read', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => `${n},Do it,Ann Cole,R,${'word '.repeat(50)}`);
    const large = Buffer.from(`Ref,Action,Lead,RAG,Progress\n${rows.join('\n')}`);
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    const read = await planReader().readFile(large, 'plan.csv');
    clearInterval(counting);
    expect(read.actions).toHaveLength(5_000);
    expect(turns).toBeGreaterThan(20);
  });
});
