import fc from 'fast-check';
import { Conflict } from '../../src/app/ports';
import { keyPart } from '../../src/storage/codec';
import { afterPrefix, type Table, TRANSACTION_LIMIT, type Write } from '../../src/storage/table';

let partitions = 0;

/** A partition that no other test has used. */
export function newPartition(): string {
  partitions += 1;
  return `p${process.pid}-${Date.now()}-${partitions}`;
}

/** What every table must do: one suite for the fake and for Azure Tables. */
export function describeTable(name: string, open: () => Table): void {
  describe(`a table: ${name}`, () => {
    const put = (row: string, cells: Record<string, string | number | boolean> = { n: 1 }): Write => ({
      op: 'put',
      row,
      cells,
    });

    test('gives back what was written, cell for cell, with the etag of the write', async () => {
      const partition = newPartition();
      const cells = { text: 'Zoë’s plan — 50%', number: 0, fraction: 12.5, yes: true, no: false, empty: '' };
      const [etag] = await open().write(partition, [{ op: 'insert', row: 'a', cells }]);
      expect(await open().read(partition, 'a')).toEqual({ partition, row: 'a', etag, cells });
      expect(await open().read(partition, 'b')).toBeNull();
      expect(await open().read(newPartition(), 'a')).toBeNull();
    });

    test('takes any text as part of a key, and keeps two texts apart', async () => {
      const partition = newPartition();
      const texts = [
        'a/b',
        'a\\b',
        'a#b',
        'a?b',
        'a%b',
        'a|b',
        'a~b',
        "O'Neil",
        'a b',
        ' a',
        '\u0000\u001f\u007f\u009f',
        '\ud800',
        '\udc00x',
        '\uffff',
        'Zoë',
        'Łukasz',
        'محمد',
        '李小龍',
        '😀',
        '%2F',
        '~002f',
        '~',
        'a+b',
        'a&b=c',
        '"',
        '',
        '..',
      ];
      for (const [at, text] of texts.entries())
        await open().write(partition, [{ op: 'insert', row: `k|${keyPart(text)}|x`, cells: { at } }]);
      for (const [at, text] of texts.entries())
        expect((await open().read(partition, `k|${keyPart(text)}|x`))?.cells).toEqual({ at });
      for (const [at, text] of texts.entries()) {
        const prefix = `k|${keyPart(text)}|`;
        const found = await open().range(partition, prefix, afterPrefix(prefix));
        expect(found.map(({ cells }) => cells.at)).toEqual([at]);
      }
    });

    test('takes any text as part of a key (random)', async () => {
      const partition = newPartition();
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
          const row = `r|${keyPart(text)}`;
          await open().write(partition, [put(row, { length: text.length })]);
          const found = await open().read(partition, row);
          expect(found?.row).toBe(row);
          expect(found?.cells).toEqual({ length: text.length });
        }),
        { numRuns: 40 },
      );
    });

    test('refuses to insert what is there, and to replace what has changed or gone', async () => {
      const partition = newPartition();
      const table = open();
      const [first = ''] = await table.write(partition, [{ op: 'insert', row: 'a', cells: { n: 1 } }]);
      await expect(table.write(partition, [{ op: 'insert', row: 'a', cells: { n: 2 } }])).rejects.toThrow(
        Conflict,
      );
      const [second = ''] = await table.write(partition, [
        { op: 'replace', row: 'a', etag: first, cells: { n: 3 } },
      ]);
      expect(second).not.toBe(first);
      await expect(
        table.write(partition, [{ op: 'replace', row: 'a', etag: first, cells: { n: 4 } }]),
      ).rejects.toThrow(Conflict);
      expect((await table.read(partition, 'a'))?.cells).toEqual({ n: 3 });
      await table.write(partition, [{ op: 'delete', row: 'a' }]);
      await expect(
        table.write(partition, [{ op: 'replace', row: 'a', etag: second, cells: { n: 5 } }]),
      ).rejects.toThrow(Conflict);
      expect(await table.read(partition, 'a')).toBeNull();
    });

    test('replaces whole rows: cells that are left out are gone', async () => {
      const partition = newPartition();
      const [etag = ''] = await open().write(partition, [put('a', { body0: 'x', body1: 'y' })]);
      await open().write(partition, [{ op: 'replace', row: 'a', etag, cells: { body0: 'z' } }]);
      expect((await open().read(partition, 'a'))?.cells).toEqual({ body0: 'z' });
      await open().write(partition, [put('a', { other: 1 })]);
      expect((await open().read(partition, 'a'))?.cells).toEqual({ other: 1 });
    });

    test('a new etag with every write, also of the same content', async () => {
      const partition = newPartition();
      const [first] = await open().write(partition, [put('a')]);
      const [second] = await open().write(partition, [put('a')]);
      expect(second).not.toBe(first);
    });

    test('deletes what is there, and what is not there is no fault, alone or among others', async () => {
      const partition = newPartition();
      await open().write(partition, [put('a'), put('b')]);
      expect(await open().write(partition, [{ op: 'delete', row: 'gone' }])).toEqual(['']);
      const etags = await open().write(partition, [
        { op: 'delete', row: 'a' },
        { op: 'delete', row: 'gone' },
        put('c'),
      ]);
      expect(etags).toHaveLength(3);
      expect(etags[2]).toBeTruthy();
      const rows = await open().range(partition, '', '\u007f');
      expect(rows.map(({ row }) => row)).toEqual(['b', 'c']);
    });

    test.each(['insert', 'replace', 'gone'] as const)('writes all or nothing (%s)', async (conflict) => {
      const partition = newPartition();
      const table = open();
      const [stale = ''] = await table.write(partition, [put('there')]);
      await table.write(partition, [put('there', { n: 2 })]);
      const bad: Record<typeof conflict, Write> = {
        insert: { op: 'insert', row: 'there', cells: { n: 9 } },
        replace: { op: 'replace', row: 'there', etag: stale, cells: { n: 9 } },
        gone: { op: 'replace', row: 'never', etag: stale, cells: { n: 9 } },
      };
      await expect(
        table.write(partition, [
          put('x'),
          { op: 'insert', row: 'y', cells: { n: 1 } },
          bad[conflict],
          put('z'),
        ]),
      ).rejects.toThrow(Conflict);
      const rows = await table.range(partition, '', '\u007f');
      expect(rows.map(({ row, cells }) => [row, cells.n])).toEqual([['there', 2]]);
    });

    test(`takes ${TRANSACTION_LIMIT} operations at once, each row once, with an etag for each`, async () => {
      const partition = newPartition();
      const writes = Array.from({ length: TRANSACTION_LIMIT }, (_, n) =>
        put(`r${String(n).padStart(3, '0')}`),
      );
      const etags = await open().write(partition, writes);
      expect(etags).toHaveLength(TRANSACTION_LIMIT);
      const rows = await open().range(partition, 'r', 's');
      expect(rows.map(({ etag }) => etag)).toEqual(etags);
      await expect(open().write(partition, [...writes, put('one-more')])).rejects.toThrow();
      await expect(open().write(partition, [put('twice'), put('twice')])).rejects.toThrow();
      expect(await open().read(partition, 'twice')).toBeNull();
      expect(await open().write(partition, [])).toEqual([]);
    });

    test('gives ranges whole and in key order, over more than one page', async () => {
      const partition = newPartition();
      const keys = Array.from(
        { length: 1_500 },
        (_, n) => `row|${String((n * 7_919) % 100_003).padStart(6, '0')}`,
      );
      for (let at = 0; at < keys.length; at += TRANSACTION_LIMIT)
        await open().write(
          partition,
          keys.slice(at, at + TRANSACTION_LIMIT).map((key) => put(key)),
        );
      await open().write(partition, [put('rov|z'), put('rox|a'), put('row}')]);
      const rows = await open().range(partition, 'row|', afterPrefix('row|'));
      expect(rows.map(({ row }) => row)).toEqual([...keys].sort());
    });

    test('compares keys by code units: capitals before small letters, accents and other scripts behind', async () => {
      const partition = newPartition();
      const keys = ['a', 'B', 'Z', 'aa', 'a b', 'z', 'é', '9', '10', '_', 'ж', '李'].map((key) => `k|${key}`);
      await open().write(
        partition,
        keys.map((key) => put(key)),
      );
      const rows = await open().range(partition, 'k|', afterPrefix('k|'));
      expect(rows.map(({ row }) => row)).toEqual([...keys].sort());
      expect((await open().range(partition, 'k|a', 'k|b')).map(({ row }) => row)).toEqual([
        'k|a',
        'k|a b',
        'k|aa',
      ]);
    });

    test('of two writers of one row one wins', async () => {
      const partition = newPartition();
      const [etag = ''] = await open().write(partition, [put('a', { by: 'nobody' })]);
      const outcomes = await Promise.allSettled(
        ['x', 'y', 'z'].map((by) =>
          open().write(partition, [{ op: 'replace', row: 'a', etag, cells: { by } }]),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Conflict);
    });
  });
}
