import type { Table } from '../../src/storage/table';
export function describeStores(_name: string, _open: () => Table): void {}
