import { TableClient } from '@azure/data-tables';
import type { RunningAzurite } from '../../src/demo/processes';
import { AzureTable, ensureTable } from '../../src/storage/azureTable';
import { MemoryTable } from '../../src/storage/memoryTable';
import type { Table } from '../../src/storage/table';
import { startTestAzurite } from '../e2e/support/azurite';
import { describeStores } from './storesContract';
import { describeTable } from './tableContract';

const memory = new MemoryTable();
describeTable('in memory', () => memory);
describeStores('in memory', () => memory);

describe('on Azurite', () => {
  let azurite: RunningAzurite;
  let table: Table;
  beforeAll(async () => {
    azurite = await startTestAzurite();
    const client = TableClient.fromConnectionString(azurite.connectionString, 'contract', {
      allowInsecureConnection: true,
    });
    await ensureTable(client);
    await ensureTable(client);
    table = new AzureTable(client);
  });
  afterAll(() => azurite.stop());

  describeTable('on Azurite', () => table);
  describeStores('on Azurite', () => table);
});
